"""Missiles: what was launched by family, and what share was reported shot down.

Reports often give one count for two or three types (R9), and two commands
sometimes report the same missile (R7): counts of a family are therefore a lower
bound, and the double counting is bounded, not removed.
"""

import pandas as pd

from analysis.intervals import share_intervals
from analysis.measures.launches import missiles
from analysis.names import level_of, table_of
from analysis.periods import periods

HARD_FAMILIES = {
    "cruise_missile": ["Kh-22/32", "Oniks", "Zircon"],
    "ballistic_missile": ["S-300/400"],
}  # R22
SEVERAL = "several families named"
SMALL_LAUNCHED, SMALL_NIGHTS = 30, 10
_COUNTS = ["launched_count", "shot_down_count"]


def family_parts(rows: pd.DataFrame) -> pd.Series:
    """Return the families that each row names, as a list: one, or several for a composite line (R9)."""
    return rows["family"].str.split(" + ", regex=False)


def family_launches(reports, by: str = "quarter") -> pd.DataFrame:
    """Return missiles launched by family, as bounds (R10); the parts sum to the total.

    Parameters
    ----------
    reports : DataFrame or Dataset
        Of its rows those of missiles count (R7).
    by : {"week", "month", "quarter", "year"}

    Returns
    -------
    DataFrame
        A row a `family` and period (its first day). `launched_at_least_count`:
        lines that name this family alone; of the family `SEVERAL`, lines that
        name several, so that the column adds up to everything launched.
        `launched_at_most_count`: with the lines that name the family among
        others, of which it may have any part; never to be added up. Missing: no
        line that names the family, or none with a known count (R11).

    Examples
    --------
    >>> from analysis import load, measures
    >>> table = measures.family_launches(load(), by="year")
    >>> int(table["launched_at_least_count"].sum())
    6324
    """
    rows = missiles(table_of(reports, "reports", "report_date", "family", "launched_count"))
    parts = family_parts(rows)
    rows = rows.assign(**{by: periods(rows["report_date"], by)}, family=parts)
    alone = rows[parts.str.len() == 1].explode("family")
    several = rows[parts.str.len() > 1]
    at_least = pd.concat([alone, several.assign(family=SEVERAL)]).groupby(["family", by])[
        "launched_count"
    ]
    at_most = pd.concat([alone, several.explode("family"), several.assign(family=SEVERAL)]).groupby(
        ["family", by]
    )["launched_count"]
    return (
        pd.DataFrame(
            {
                "launched_at_least_count": at_least.sum(min_count=1),
                "launched_at_most_count": at_most.sum(min_count=1),
            }
        )
        .astype("Int64")
        .reset_index()
    )


def interception_lines(reports) -> pd.DataFrame:
    """Return the missile rows of a frame or dataset once for each line of an interception table that they belong to.

    Column `line`, ordered: ``all`` of the class; of cruise and ballistic
    missiles ``without`` the types hardly ever shot down (R22), which also
    leaves out composites that name them; then each family by the lines that
    name it alone, the most launched first, and last the lines that name several,
    so that with it the families of a class sum to all of it.

    Examples
    --------
    >>> from analysis import load, measures
    >>> lines = measures.interception_lines(load())
    >>> lines["line"].cat.categories[:3].tolist()
    ['all', 'without Kh-22/32, Oniks, Zircon', 'without S-300/400']
    """
    rows, without = missiles(table_of(reports, "reports", "family", "launched_count")), {}
    parts = family_parts(rows)
    for weapon_class, hard in HARD_FAMILIES.items():
        is_free = (rows["weapon_class"] == weapon_class) & parts.map(set(hard).isdisjoint).astype(
            bool
        )
        without[f"without {', '.join(hard)}"] = rows[is_free]
    alone = rows[parts.str.len() == 1]
    launched = (
        alone.groupby("family")["launched_count"].sum().sort_values(ascending=False, kind="stable")
    )
    lines = [
        rows.assign(line="all"),
        *(free.assign(line=name) for name, free in without.items()),
        alone.assign(line=alone["family"]),
        rows[parts.str.len() > 1].assign(line=SEVERAL),
    ]
    order = pd.CategoricalDtype(["all", *without, *launched.index, SEVERAL], ordered=True)
    return pd.concat(lines).astype({"line": order})


def interception(
    rows: pd.DataFrame, by: str | list[str], level: float = 0.95, **options
) -> pd.DataFrame:
    """Return the share reported shot down, sum over sum, with its interval over nights.

    Parameters
    ----------
    rows : DataFrame
        Rows with `report_date`, `launched_count` and `shot_down_count`.
    by : str or list of str
        Columns of `rows` to group by.
    level : float
        Of the interval.
    **options
        Passed to `intervals.share_interval`.

    Returns
    -------
    DataFrame
        The columns of `by`; `launched_count` and `shot_down_count` over rows that
        give both; `unknown_launched_count`: launched on the other rows, out of
        both sides (R11). `share` shot down in 0 to 1 with `low_share` and
        `high_share`, missing with fewer than five nights or where all nights
        agree; `night_count`. `is_small`: fewer than 30 launched or 10 nights,
        to be read with care.

    Raises
    ------
    ValueError
        One-way attack drones are among the rows: what shot down means of them
        depends on the regime. Or a column that the rows lack.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.interception(measures.missiles(load()), "weapon_class")["share"].round(2).tolist()
    [0.77, 0.16, 0.56, 0.64]
    """
    keys = [by] if isinstance(by, str) else by
    rows = table_of(rows, "reports", "report_date", *keys, *_COUNTS)
    if (
        rows.reindex(columns=["regime_id"]).notna().any(axis=None)
        or rows.get("is_in_drone_series", pd.Series(dtype=bool)).any()
    ):
        raise ValueError(
            "interception: found one-way attack drones, expected other rows, such as missiles(air); "
            "of drones use outcome_share, which knows the regime (R12)"
        )
    known = rows.dropna(subset=_COUNTS)
    nights = known.groupby([*keys, "report_date"], observed=True)[_COUNTS].sum().reset_index()
    shares = share_intervals(
        nights[nights["launched_count"] > 0],
        "shot_down_count",
        keys,
        level=level_of(level),
        **options,
    ).set_index(keys)
    reported = rows.groupby(keys, observed=True)["launched_count"].sum()
    table = known.groupby(keys, observed=True)[_COUNTS].sum().reindex(reported.index, fill_value=0)
    table["unknown_launched_count"] = reported - table["launched_count"]
    table = table.join(shares).fillna({"night_count": 0}).astype({"night_count": int}).reset_index()
    return table.assign(
        is_small=(table["launched_count"] < SMALL_LAUNCHED) | (table["night_count"] < SMALL_NIGHTS)
    )


def double_count_bound(reports, by: str = "weapon_class") -> pd.DataFrame:
    """Return how many of the missiles launched may be counted twice, a row a value of the column `by` (R7).

    `reports` is the table of that name, the dataset, or some of its rows. A
    regional row whose window touches a national row of the same family may
    repeat it. `overlapping_launched_count` is the most that this can be,
    `overlapping_share` its part of `launched_count`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> int(measures.double_count_bound(load())["overlapping_launched_count"].sum())
    54
    """
    rows = missiles(table_of(reports, "reports", "overlaps_national", "launched_count", by))
    overlapping = rows[rows["overlaps_national"]].groupby(by, observed=True)["launched_count"]
    table = rows.groupby(by, observed=True)[["launched_count"]].sum()
    table["overlapping_row_count"] = overlapping.size().reindex(table.index, fill_value=0)
    table["overlapping_launched_count"] = overlapping.sum().reindex(table.index, fill_value=0)
    return table.assign(
        overlapping_share=table["overlapping_launched_count"] / table["launched_count"]
    ).reset_index()
