"""Deliberately naive readings of the same data, each beside the right one: the traps of notebook 06.

Nothing here is a measure. Each function does, on purpose, what a first look at
the columns suggests, so that the notebook can show what it would have shown.
"""

import pandas as pd

from analysis.measures.launches import drones
from analysis.measures.outcomes import night_outcomes, outcome_share
from analysis.periods import periods

COLUMNS = ["trap", "reading", "point", "value", "unit"]
_FROM, _TO = "2024-09", "2025-10"  # months on both sides of the merge


def naive_share(reports, column) -> pd.Series:
    """Return a column over launched by month, whatever the regime says that the column means; a missing count as zero."""
    rows = reports[reports["is_in_drone_series"]]
    months = periods(rows["report_date"], "month").rename("month")
    sums = rows.groupby(months)[[column, "launched_count"]].sum()
    return sums[column].astype("float64") / sums["launched_count"]


def naive_growth(reports) -> float:
    """Return launches of 2025 by those of 2023 when only dates with a time survive the parsing."""
    return _growth(reports[reports["window_start_precision"] == "minute"])


def _growth(reports):
    rows = reports[reports["is_in_drone_series"]]
    years = rows.groupby(rows["report_date"].dt.year)["launched_count"].sum()
    return years[2025] / years[2023]


def naive_mean_share(nights) -> float:
    """Return the mean of the nightly neutralised shares, a small night counting as much as a large one."""
    return (nights["neutralised_count"] / nights["launched_count"]).mean()


def traps(air) -> pd.DataFrame:
    """Return every trap as naive and right values, long: `trap`, `reading`, `point`, `value`, `unit`.

    `reading` is naive or right; `point` the month, or what is counted; `unit`
    that of the value, in words. A right value that does not exist is missing.

    Examples
    --------
    >>> from analysis import load, sensitivity
    >>> sensitivity.traps(load())["trap"].nunique()
    5
    """
    return pd.DataFrame([*_months(air), *_sums(air)], columns=COLUMNS).astype({"value": float})


def _months(air):
    """Shot down read as what was brought down, and lost as what was jammed, through the merge of July 2025."""
    for trap, column, measure in (
        ("Interception leaps", "shot_down_count", "neutralised_share"),
        ("Jamming ends", "lost_count", "lost_share"),
    ):
        right = outcome_share(air, measure, pool=True).set_index("month")["share"]
        for reading, shares in (("naive", naive_share(air.reports, column)), ("right", right)):
            for month, share in shares[_FROM:_TO].items():
                yield trap, reading, f"{month:%Y-%m}", share * 100, "% of drones launched, by month"


def _sums(air):
    known = drones(air).dropna(subset=["neutralised_count", "launched_count"])
    merged = night_outcomes(air, "neutralised_share").query("regime_id == 'D'")
    launched, shot, neutralised = (
        known[c].sum() for c in ("launched_count", "shot_down_count", "neutralised_count")
    )
    for trap, unit, *readings in (
        (
            "The rest got through",
            "drones, Aug 2024 to Dec 2025",
            ("not shot down", launched - shot),
            ("not neutralised", launched - neutralised),
        ),
        (
            "The average night",
            "% neutralised, Jul to Dec 2025",
            ("mean of nights", naive_mean_share(merged) * 100),
            (
                "sum over sum",
                merged["neutralised_count"].sum() / merged["launched_count"].sum() * 100,
            ),
        ),
        (
            "Growth by half the dates",
            "drones of 2025 by 2023, times",
            ("dates with a time", naive_growth(air.reports)),
            ("all dates", _growth(air.reports)),
        ),
    ):
        for reading, (point, value) in zip(("naive", "right"), readings):
            yield trap, reading, point, value, unit
