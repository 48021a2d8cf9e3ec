"""Deliberately naive readings of the same data, each with the right one: the traps of notebook 06.

Nothing here is a measure. Each reading does, on purpose, what a first look at
the columns suggests, so that the notebook can show what it would have shown.
"""

import pandas as pd

from analysis.measures.launches import drones
from analysis.measures.outcomes import night_outcomes, outcome_share
from analysis.periods import periods

COLUMNS = ["trap", "reading", "point", "value", "unit"]
_FROM, _TO = "2024-09", "2025-10"  # months on both sides of the merge


def naive_share(air, column) -> pd.Series:
    """Return a column over launched by month, whatever it means; a missing count as zero."""
    rows = drones(air)
    months = periods(rows["report_date"], "month").rename("month")
    sums = rows.groupby(months)[[column, "launched_count"]].sum()
    return (sums[column] / sums["launched_count"]).astype("float64")


def traps(air) -> pd.DataFrame:
    """Return every trap as naive and right values, long.

    Columns: `trap`, `reading`, `point`, `value` and `unit`. `reading` is naive or
    right; `point` the month, or what is counted; `unit` that of the value, in words. A right
    value that does not exist is missing.

    Examples
    --------
    >>> from analysis import load, sensitivity
    >>> sensitivity.traps(load())["trap"].nunique()
    5
    """
    rows = [
        *_months(air, "“Interception leaps”", "shot_down_count", "neutralised_share"),
        *_months(air, "“Jamming ends”", "lost_count", "lost_share"),
        *_not_neutralised(air),
        *_mean_share(air),
        *_growth(air),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float})


def _months(air, trap, column, measure):
    """A count over launched, through the merge of July 2025, and the share that it is taken for."""
    right = outcome_share(air, measure, pool=True).set_index("month")["share"]
    for reading, shares in (("naive", naive_share(air, column)), ("right", right)):
        for month, share in shares[_FROM:_TO].items():
            yield trap, reading, f"{month:%Y-%m}", share * 100, "% of drones launched, by month"


def _not_neutralised(air):
    rows = drones(air).dropna(subset=["neutralised_count", "launched_count"])
    sums = rows[["launched_count", "shot_down_count", "neutralised_count"]].sum()
    trap, unit = "“The rest got through”", "drones, Aug 2024 to Dec 2025"
    for reading, kind in (("naive", "shot down"), ("right", "neutralised")):
        rest = sums["launched_count"] - sums[f"{kind.replace(' ', '_')}_count"]
        yield trap, reading, f"not {kind}", rest, unit


def _mean_share(air):
    """A small night counting as much as a large one."""
    nights = night_outcomes(air, "neutralised_share").query("regime_id == 'D'")
    neutralised, launched = nights["neutralised_count"], nights["launched_count"]
    trap, unit = "“The average night”", "% neutralised, Jul to Dec 2025"
    yield trap, "naive", "mean of nights", (neutralised / launched).mean() * 100, unit
    yield trap, "right", "sum over sum", neutralised.sum() / launched.sum() * 100, unit


def _growth(air):
    """Only dates with a time survive the parsing of mixed formats."""
    rows = drones(air)
    timed = rows[rows["window_start_precision"] == "minute"]
    trap, unit = "“Growth by half the dates”", "drones of 2025 by 2023, times"
    for reading, point, kept in (
        ("naive", "dates with a time", timed),
        ("right", "all dates", rows),
    ):
        years = kept.groupby(kept["report_date"].dt.year)["launched_count"].sum()
        yield trap, reading, point, years[2025] / years[2023], unit
