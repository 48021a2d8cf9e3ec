"""How fast the monthly series grew, and where its level changed."""

import numpy as np
import pandas as pd


def doubling_time(monthly, start, end, level=0.95):
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

    counts = monthly.loc[start:end, "launched_count"].astype("float64")
    counts = counts[counts > 0]
    months = np.array([p.ordinal for p in counts.index]) - pd.Period(start, "M").ordinal
    line = stats.linregress(months, np.log2(counts))
    margin = stats.t.ppf((1 + level) / 2, len(counts) - 2) * line.stderr
    low, middle, high = (float(1 / slope) if slope > 0 else np.inf
                         for slope in (line.slope + margin, line.slope, line.slope - margin))
    return {"start": start, "end": end, "month_count": len(counts), "doubling_months": middle,
            "doubling_low_months": low, "doubling_high_months": high,
            "slope": float(line.slope), "intercept": float(line.intercept)}


def change_points(monthly, penalties):
    """Return the months in which the level of log launches changed, for each penalty.

    PELT with a squared-error cost on log2 counts, segments of at least three
    months (ruptures). A higher penalty finds fewer changes. Index `penalty`;
    `month`: the first month of a new level.
    """
    import ruptures

    counts = monthly["launched_count"].dropna()
    signal = np.log2(counts.to_numpy(dtype=float)).reshape(-1, 1)
    search = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(signal)
    found = [(penalty, counts.index[i]) for penalty in penalties for i in search.predict(pen=penalty)[:-1]]
    return pd.DataFrame(found, columns=["penalty", "month"]).set_index("penalty")
