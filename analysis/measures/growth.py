"""How fast the monthly series grew, and whether steps describe it better than steady growth."""

import numpy as np
import pandas as pd

from analysis.gate import nights_of
from analysis.names import level_of
from analysis.periods import span

_SHORTEST = 2  # months of a level


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
    months = _months_since(within["month"][counts.index], first)
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


def fitted_growth(monthly: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return two descriptions of a monthly series: three levels, and steady growth.

    Both are fitted to the logarithms of the counts. The levels' two edges are
    those that leave the least squares, each level at least two months long.
    They spend five numbers where steady growth spends two, and so fit any rising
    series well: the levels are a description, and no evidence of a step.

    Parameters
    ----------
    monthly : DataFrame
        As from `launches(..., by="month")`, a count in every month.
    start, end : str
        First and last month, ``YYYY-MM``: give whole months alone.

    Returns
    -------
    DataFrame
        One row per month: `month`, `launched_count`, `level_count` (the geometric
        mean of the level's months) and `steady_count`.

    Raises
    ------
    ValueError
        A month that is none, or fewer than six months with a count.

    Examples
    --------
    >>> from analysis import load, measures
    >>> monthly = measures.launches(measures.drones(load()))
    >>> fit = measures.fitted_growth(monthly, "2022-10", "2025-12")
    >>> fit["level_count"].round().unique().tolist()
    [88.0, 365.0, 3529.0]
    """
    first, last = span(start, "month"), span(end, "month")
    monthly = nights_of(monthly, "launched_count", date="month", like="launches(drones(air))")
    within = monthly.query("@first.start_time <= month <= @last.end_time and launched_count > 0")
    if len(within) < 3 * _SHORTEST:
        raise ValueError(f"{first} to {last}: found {len(within)} months with a count, expected 6")
    logs = np.log(within["launched_count"].to_numpy(dtype=float))
    places = _months_since(within["month"], first)
    steady = np.polyval(np.polyfit(places, logs, 1), places)
    return pd.DataFrame(
        {
            "month": within["month"].to_numpy(),
            "launched_count": within["launched_count"].to_numpy(),
            "level_count": np.exp(_levels(logs)),
            "steady_count": np.exp(steady),
        }
    )


def _months_since(dates, first):
    return (dates.dt.year - first.year) * 12 + dates.dt.month - first.month


def _levels(logs):
    """The mean of each of the three parts that leave the least squares."""
    last = len(logs) - _SHORTEST
    pairs = [
        (left, right)
        for left in range(_SHORTEST, last)
        for right in range(left + _SHORTEST, last + 1)
    ]
    fits = [
        np.concatenate([np.full(len(part), part.mean()) for part in np.split(logs, pair)])
        for pair in pairs
    ]
    return min(fits, key=lambda fit: ((logs - fit) ** 2).sum())
