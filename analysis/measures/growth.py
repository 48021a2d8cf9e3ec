"""How fast the monthly series grew, and where its level changed."""

import numpy as np
import pandas as pd

from analysis.names import level_of, table_of
from analysis.periods import span


def doubling_time(monthly: pd.DataFrame, start: str, end: str, level: float = 0.95) -> dict:
    """Return the doubling time of a monthly series over a period, by a straight line through its logarithms.

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
    within = table_of(monthly, "launches", "month", "launched_count").query(
        "@first.start_time <= month <= @last.end_time"
    )
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


def change_points(monthly: pd.DataFrame, penalties: list[float]) -> pd.DataFrame:
    """Return the months in which the level of log launches changed, for each penalty.

    PELT with a squared-error cost on log2 counts, segments of at least three
    months (ruptures). A higher penalty finds fewer changes. Columns `penalty`
    and `month`: the first month of a new level.

    Examples
    --------
    >>> from analysis import load, measures
    >>> monthly = measures.launches(measures.drones(load()))
    >>> measures.change_points(monthly, penalties=[4])["month"].dt.strftime("%Y-%m").tolist()
    ['2023-05', '2024-09', '2025-02']
    """
    import ruptures

    known = table_of(monthly, "launches", "month", "launched_count").dropna(subset="launched_count")
    signal = np.log2(known["launched_count"].to_numpy(dtype=float)).reshape(-1, 1)
    search = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(signal)
    found = [
        (penalty, known["month"].iloc[i])
        for penalty in penalties
        for i in search.predict(pen=penalty)[:-1]
    ]
    return pd.DataFrame(found, columns=["penalty", "month"])
