"""How fast the monthly series grew, and where its level changed."""

import numpy as np
import pandas as pd


def doubling_time(monthly: pd.DataFrame, start: str, end: str, level: float = 0.95) -> dict:
    """Return the doubling time of a monthly series over a period, by a straight line through its logarithms.

    Parameters
    ----------
    monthly : DataFrame
        As from `launches(..., by="month")`; months without a positive count are left out.
    start, end : str
        First and last month, ``YYYY-MM``.
    level : float
        Of the interval, which is that of the least-squares slope (Student's t):
        it takes the months as independent and so is rather too narrow.

    Returns
    -------
    dict
        `start`, `end`, `month_count`; `doubling_months`, `doubling_low_months`
        and `doubling_high_months`, infinite where the slope is or may be zero
        or less; `slope` and `intercept` of log2 launches by months since `start`.
    """
    from scipy import stats  # a second to import, and only intervals need it

    within = monthly[monthly["month"].between(pd.Timestamp(start), pd.Timestamp(end))]
    counts = within["launched_count"].astype("float64")[within["launched_count"] > 0]
    dates, first = within["month"][counts.index].dt, pd.Timestamp(start)
    months = (dates.year - first.year) * 12 + dates.month - first.month
    line = stats.linregress(months, np.log2(counts))
    margin = stats.t.ppf((1 + level) / 2, len(counts) - 2) * line.stderr
    low, middle, high = (float(1 / slope) if slope > 0 else np.inf
                         for slope in (line.slope + margin, line.slope, line.slope - margin))
    return {"start": start, "end": end, "month_count": len(counts), "doubling_months": middle,
            "doubling_low_months": low, "doubling_high_months": high,
            "slope": float(line.slope), "intercept": float(line.intercept)}


def change_points(monthly: pd.DataFrame, penalties: list[float]) -> pd.DataFrame:
    """Return the months in which the level of log launches changed, for each penalty.

    PELT with a squared-error cost on log2 counts, segments of at least three
    months (ruptures). A higher penalty finds fewer changes. Columns `penalty`
    and `month`: the first month of a new level.
    """
    import ruptures

    known = monthly.dropna(subset="launched_count")
    signal = np.log2(known["launched_count"].to_numpy(dtype=float)).reshape(-1, 1)
    search = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(signal)
    found = [(penalty, known["month"].iloc[i]) for penalty in penalties for i in search.predict(pen=penalty)[:-1]]
    return pd.DataFrame(found, columns=["penalty", "month"])
