"""Missiles: what was launched by family, and what share was reported shot down.

Reports often give one count for two or three types (R9), and two commands
sometimes report the same missile (R7): counts of a family are therefore a lower
bound, and the double counting is bounded, not removed.
"""

import pandas as pd

from analysis.intervals import share_intervals
from analysis.measures.launches import periods

HARD_FAMILIES = {"cruise_missile": ["Kh-22/32", "Oniks", "Zircon"], "ballistic_missile": ["S-300/400"]}  # R22
SMALL_LAUNCHED, SMALL_NIGHTS = 30, 10
_COUNTS = ["launched_count", "shot_down_count"]


def family_parts(rows):
    """Return the families that each row names, as a list: one, or several for a composite line (R9)."""
    return rows["family"].str.split(" + ", regex=False)


def family_launches(missiles, by="quarter"):
    """Return missiles launched by family, as bounds (R10).

    Parameters
    ----------
    missiles : DataFrame
        Rows with `report_date`, `family` and `launched_count`.
    by : {"week", "month", "quarter", "year"}

    Returns
    -------
    DataFrame
        Index: `family` and the period. `launched_count`: lines that name this
        family alone, so "at least". `composite_launched_count`: lines that name
        it with others, of which it may have any part; never to be added up
        over families. Missing: no such line, or none with a known count (R11).
    """
    parts = family_parts(missiles)
    rows = missiles.assign(**{by: periods(missiles["report_date"], by)}, family=parts,
                           is_alone=parts.str.len() == 1).explode("family")
    sums = rows.groupby(["family", by, "is_alone"])["launched_count"].sum(min_count=1).unstack()
    sums = sums.reindex(columns=[True, False]).astype("Int64")
    return sums.set_axis(["launched_count", "composite_launched_count"], axis="columns")


def interception_lines(missiles):
    """Return the rows once for each line of an interception table that they belong to.

    Column `line`, ordered: ``all`` of the class; of cruise and ballistic
    missiles ``without`` the types hardly ever shot down (R22), which also
    leaves out composites that name them; then each family by the lines that
    name it alone, the most launched first.
    """
    parts, without = family_parts(missiles), {}
    for weapon_class, hard in HARD_FAMILIES.items():
        is_free = (missiles["weapon_class"] == weapon_class) & parts.map(set(hard).isdisjoint).astype(bool)
        without[f"without {', '.join(hard)}"] = missiles[is_free]
    alone = missiles[parts.str.len() == 1]
    launched = alone.groupby("family")["launched_count"].sum().sort_values(ascending=False, kind="stable")
    lines = [missiles.assign(line="all"), *(rows.assign(line=name) for name, rows in without.items()),
             alone.assign(line=alone["family"])]
    order = pd.CategoricalDtype(["all", *without, *launched.index], ordered=True)
    return pd.concat(lines).astype({"line": order})


def interception(rows, by, **options):
    """Return the share reported shot down, sum over sum, with its interval over nights.

    Parameters
    ----------
    rows : DataFrame
        Rows with `report_date`, `launched_count` and `shot_down_count`.
    by : str or list of str
        Columns of `rows` to group by.
    **options
        Passed to `intervals.share_interval`.

    Returns
    -------
    DataFrame
        Index: the groups. `launched_count` and `shot_down_count` over rows that
        give both; `unknown_launched_count`: launched on the other rows, out of
        both sides (R11). `share` shot down in 0 to 1 with `low_share` and
        `high_share`, missing with fewer than five nights or where all nights
        agree; `night_count`. `is_small`: fewer than 30 launched or 10 nights,
        to be read with care.

    Raises
    ------
    ValueError
        One-way attack drones are among the rows: what shot down means of them
        depends on the regime.
    """
    if "regime_id" in rows and rows["regime_id"].notna().any():
        raise ValueError("interception: found one-way attack drones, expected other rows; "
                         "use outcome_share, which knows the regime (R12)")
    keys = [by] if isinstance(by, str) else by
    known = rows.dropna(subset=_COUNTS)
    nights = known.groupby([*keys, "report_date"], observed=True)[_COUNTS].sum().reset_index()
    shares = share_intervals(nights[nights["launched_count"] > 0], "shot_down_count", by, **options)
    table = known.groupby(by, observed=True)[_COUNTS].sum()
    reported = rows.groupby(by, observed=True)["launched_count"].sum()
    table = table.reindex(reported.index, fill_value=0)
    table["unknown_launched_count"] = reported - table["launched_count"]
    table = table.join(shares)
    table["night_count"] = table["night_count"].fillna(0).astype(int)
    return table.assign(is_small=(table["launched_count"] < SMALL_LAUNCHED) | (table["night_count"] < SMALL_NIGHTS))


def double_count_bound(missiles, by="weapon_class"):
    """Return how much of what was launched may be counted twice (R7).

    A regional row whose window touches a national row of the same family may
    repeat it. `overlapping_launched_count` is the most that this can be,
    `overlapping_share` its part of `launched_count`.
    """
    overlapping = missiles[missiles["overlaps_national"]].groupby(by, observed=True)["launched_count"]
    table = missiles.groupby(by, observed=True)[["launched_count"]].sum()
    table["overlapping_row_count"] = overlapping.size().reindex(table.index, fill_value=0)
    table["overlapping_launched_count"] = overlapping.sum().reindex(table.index, fill_value=0)
    return table.assign(overlapping_share=table["overlapping_launched_count"] / table["launched_count"])
