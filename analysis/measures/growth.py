"""How fast the monthly series grew."""

import numpy as np
import pandas as pd

from analysis.gate import nights_of
from analysis.names import level_of
from analysis.periods import span


def doubling_time(monthly: pd.DataFrame, start: str, end: str, *, level: float = 0.95) -> dict:
    """Return the doubling time of a monthly series, by a straight line through its logarithms.

    Parameters
    ----------
    monthly : DataFrame
        As from `launches(..., by="month")`; months without a positive count are left out.
    start, end : str
        First and last month, ``YYYY-MM``, or dates in them.
    level : float
        Of the interval, which is that of the least-squares slope (Student's t):
        it takes the months as independent and so is rather too narrow.

    Returns
    -------
    dict
        `start`, `end`, `month_count`; `doubling_months`, `doubling_low_months`
        and `doubling_high_months`, infinite where the slope is or may be zero
        or less; `slope` and `intercept` of log2 launches by months since `start`.

    Raises
    ------
    ValueError
        A month that is none, or fewer than three months with a count.

    Examples
    --------
    >>> from analysis import load, measures
    >>> monthly = measures.launches(measures.drones(load()))
    >>> round(measures.doubling_time(monthly, "2024-06", "2025-07")["doubling_months"], 1)
    3.5
    """
    from scipy import stats  # a second to import, and only intervals need it

    first, last = span(start, "month"), span(end, "month")
    monthly = nights_of(monthly, "launched_count", date="month", like="launches(drones(air))")
    within = monthly.query("@first.start_time <= month <= @last.end_time")
    counts = within["launched_count"].astype("float64")[within["launched_count"] > 0]
    if len(counts) < 3:
        raise ValueError(
            f"{first} to {last}: found {len(counts)} months with a count, expected three or more"
        )
    dates = within["month"][counts.index].dt
    months = (dates.year - first.year) * 12 + dates.month - first.month
    line = stats.linregress(months, np.log2(counts))
    margin = stats.t.ppf((1 + level_of(level)) / 2, len(counts) - 2) * line.stderr
    low, middle, high = (
        float(1 / slope) if slope > 0 else np.inf
        for slope in (line.slope + margin, line.slope, line.slope - margin)
    )
    return {
        "start": str(first),
        "end": str(last),
        "month_count": len(counts),
        "doubling_months": middle,
        "doubling_low_months": low,
        "doubling_high_months": high,
        "slope": float(line.slope),
        "intercept": float(line.intercept),
    }
