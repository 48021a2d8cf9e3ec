"""Missiles: what was launched by family, and what share was reported shot down.

Reports often give one count for two or three types (R9), and two commands
sometimes report the same missile (R7): counts of a family are therefore a lower
bound, and the double counting is bounded, not removed.
"""

import pandas as pd

from analysis.gate import columns_of, rows_of
from analysis.intervals import share_intervals
from analysis.measures.launches import MISSILE_CLASSES
from analysis.names import known
from analysis.periods import PERIODS, periods

# R22
HARD_FAMILIES = {
    "cruise_missile": ["Kh-22/32", "Oniks", "Zircon"],
    "ballistic_missile": ["S-300/400"],
}
SEVERAL = "several families named"
SMALL_LAUNCHED, SMALL_NIGHTS = 30, 10
_COUNTS = ["launched_count", "shot_down_count"]


def _missiles(rows, *columns, per=()):
    """The rows as they are, if all are missiles."""
    rows = rows_of(rows, "weapon_class", *columns, per=per)
    others = rows.loc[~rows["weapon_class"].isin(MISSILE_CLASSES), "weapon_class"]
    if len(others):
        raise ValueError(
            f"weapon_class: found {', '.join(sorted(others.astype(str).unique()))}, expected "
            "missiles alone, as from missiles(air). Of one-way attack drones the regime decides "
            "what shot down means: outcome_share (R12). Reconnaissance and tactical drones and "
            "bombs are tallies of single commands, nearly all of them shot down (R20)"
        )
    return rows


def _keyed(rows, keys, *columns):
    """The rows, if all are missiles, with each key that is a period as a column."""
    names = columns_of(rows, "missiles(air)").columns
    for key in keys:
        known("column or period", key, [*names, *PERIODS])
    own = [key for key in keys if key in names]
    rows = _missiles(rows, *columns, per=own)
    named = {key: periods(rows["report_date"], key) for key in keys if key not in own}
    return rows.assign(**named)


def family_parts(rows: pd.DataFrame) -> pd.Series:
    """Return the list of families that each row names: several for a composite line (R9)."""
    return rows["family"].str.split(" + ", regex=False)


def family_launches(missile_rows: pd.DataFrame, *, by: str = "quarter") -> pd.DataFrame:
    """Return missiles launched by family, as bounds (R10); the parts sum to the total.

    Parameters
    ----------
    missile_rows : DataFrame
        Such as ``missiles(air)``.
    by : {"quarter", "day", "week", "month", "year", "all"}

    Returns
    -------
    DataFrame
        One row per `family` and period (its first day). `launched_at_least_count`:
        lines that name this family alone; of the family `SEVERAL`, lines that
        name several, so that the column adds up to everything launched.
        `launched_at_most_count`: with the lines that name the family among
        others, of which it may have any part; never to be added up. Missing: no
        line that names the family, or none with a known count (R11).

    Examples
    --------
    >>> from analysis import load, measures
    >>> table = measures.family_launches(measures.missiles(load()), by="year")
    >>> int(table["launched_at_least_count"].sum())
    6324
    """
    rows = _missiles(missile_rows, "family", "launched_count")
    parts = family_parts(rows)
    rows = rows.assign(**{by: periods(rows["report_date"], by)}, family=parts)
    alone = rows[parts.str.len() == 1].explode("family")
    several = rows[parts.str.len() > 1]
    together = several.assign(family=SEVERAL)
    counted = {
        "launched_at_least_count": [alone, together],
        "launched_at_most_count": [alone, several.explode("family"), together],
    }
    sums = {
        name: pd.concat(lines).groupby(["family", by])["launched_count"].sum(min_count=1)
        for name, lines in counted.items()
    }
    return pd.DataFrame(sums).astype("Int64").reset_index()


def interception_lines(missile_rows: pd.DataFrame) -> pd.DataFrame:
    """Return missile rows once for each line of an interception table that they belong to.

    `missile_rows` is such as ``missiles(air)``. Column `line`, ordered: ``all``
    of the class; of cruise and ballistic missiles ``without`` the types hardly
    ever shot down (R22), which also leaves out composites that name them; then
    each family by the lines that name it alone, the most launched first, and
    last the lines that name several, so that with it the families of a class
    sum to all of it.

    Examples
    --------
    >>> from analysis import load, measures
    >>> lines = measures.interception_lines(measures.missiles(load()))
    >>> lines["line"].cat.categories[:3].tolist()
    ['all', 'without Kh-22/32, Oniks, Zircon', 'without S-300/400']
    """
    rows = _missiles(missile_rows, "family", "launched_count")
    parts = family_parts(rows)
    without = {}
    for weapon_class, hard in HARD_FAMILIES.items():
        is_free = parts.map(set(hard).isdisjoint).astype(bool)
        is_free &= rows["weapon_class"] == weapon_class
        without[f"without {', '.join(hard)}"] = rows[is_free]
    alone = rows[parts.str.len() == 1]
    launched = alone.groupby("family")["launched_count"].sum()
    families = launched.sort_values(ascending=False, kind="stable").index
    lines = [
        rows.assign(line="all"),
        *(free.assign(line=name) for name, free in without.items()),
        alone.assign(line=alone["family"]),
        rows[parts.str.len() > 1].assign(line=SEVERAL),
    ]
    order = pd.CategoricalDtype(["all", *without, *families, SEVERAL], ordered=True)
    return pd.concat(lines).astype({"line": order})


def interception(
    missile_rows: pd.DataFrame, by: str | list[str] = "weapon_class", *, level: float = 0.95
) -> pd.DataFrame:
    """Return the share of missiles reported shot down, sum over sum, with its interval over nights.

    Parameters
    ----------
    missile_rows : DataFrame
        Such as ``missiles(air)``, each report once, or once for each line of
        `interception_lines` where `by` has the column ``line``.
    by : str or list of str
        Columns to group by, or periods: ``"day"`` to ``"year"``, ``"all"``.
    level : float
        Of the interval.

    Returns
    -------
    DataFrame
        The columns of `by`, a period as its first day; `launched_count` and
        `shot_down_count` over rows that give both; `unknown_launched_count`:
        launched on the other rows, left out of numerator and denominator (R11).
        `share` shot down in 0 to 1 with `low_share` and `high_share`, missing
        with fewer than five nights or where all nights agree; `night_count`.
        `is_small`: fewer than 30 launched or 10 nights, to be read with care.

    Raises
    ------
    ValueError
        Rows of other weapons than missiles (R12, R20), a report in two rows, or
        a column that the rows lack.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.interception(measures.missiles(load()))["share"].round(2).tolist()
    [0.77, 0.16, 0.56, 0.64]
    >>> measures.interception(measures.missiles(load()), by="year")["share"].round(2).tolist()
    [0.68, 0.67, 0.55, 0.55]
    """
    keys = [by] if isinstance(by, str) else list(by)
    rows = _keyed(missile_rows, keys, *_COUNTS)
    complete = rows.dropna(subset=_COUNTS)
    nights = complete.groupby([*keys, "report_date"], observed=True)[_COUNTS].sum().reset_index()
    # Missiles have no regime, which says what the outcomes of drones mean.
    nights = nights[nights["launched_count"] > 0].assign(regime_id=pd.NA)
    shares = share_intervals(nights, "shot_down_count", keys, level=level).set_index(keys)
    reported = rows.groupby(keys, observed=True)["launched_count"].sum()
    sums = complete.groupby(keys, observed=True)[_COUNTS].sum()
    table = sums.reindex(reported.index, fill_value=0)
    table["unknown_launched_count"] = reported - table["launched_count"]
    table = table.join(shares).fillna({"night_count": 0}).astype({"night_count": int}).reset_index()
    is_small = (table["launched_count"] < SMALL_LAUNCHED) | (table["night_count"] < SMALL_NIGHTS)
    return table.assign(is_small=is_small)


def double_count_bound(missile_rows: pd.DataFrame, *, by: str = "weapon_class") -> pd.DataFrame:
    """Return how many missiles may be counted twice, per value of a column or period (R7).

    `missile_rows` is such as ``missiles(air)``. A regional row whose window
    touches a national row of the same family may repeat it.
    `overlapping_launched_count` is the most that this can be,
    `overlapping_share` its part of `launched_count`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> bound = measures.double_count_bound(measures.missiles(load()))
    >>> int(bound["overlapping_launched_count"].sum())
    54
    """
    rows = _keyed(missile_rows, [by], "overlaps_national", "launched_count")
    overlapping = rows[rows["overlaps_national"]].groupby(by, observed=True)["launched_count"]
    table = rows.groupby(by, observed=True)[["launched_count"]].sum()
    table["overlapping_row_count"] = overlapping.size().reindex(table.index, fill_value=0)
    table["overlapping_launched_count"] = overlapping.sum().reindex(table.index, fill_value=0)
    share = table["overlapping_launched_count"] / table["launched_count"]
    return table.assign(overlapping_share=share).reset_index()
