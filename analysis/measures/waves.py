"""How large the waves were and how far apart: distributions over nights with drones."""

import pandas as pd

from analysis.measures.launches import nightly_launches
from analysis.periods import periods

BANDS = [
    0,
    50,
    150,
    300,
    float("inf"),
]  # drones launched in a night; R14 names the edges 150 and 300


def wave_sizes(
    nightly: pd.DataFrame, by: str = "quarter", thresholds=(100, 300, 500)
) -> pd.DataFrame:
    """Return the distribution of drones a night over the nights with at least one.

    Parameters
    ----------
    nightly : DataFrame or Dataset
        As for `nightly_launches`. Nights without drones or without a report are left out.
    by : {"week", "month", "quarter", "year"}
    thresholds : int or sequence of int
        For each, the share of nights with at least that many drones is added.

    Returns
    -------
    DataFrame
        A row a period, named `by`: its first day. `night_count`, quantiles
        `q10_count` to `q90_count`, `max_count`, and `at_least_100_share`, … in 0 to 1.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.wave_sizes(measures.nightly_launches(load()), by="year")["max_count"].tolist()
    [35, 75, 193, 810]
    """
    nights = nightly_launches(nightly).query("launched_count > 0")
    known, keys = (
        nights["launched_count"].astype(int),
        periods(nights["report_date"], by).rename(by),
    )
    groups = known.groupby(keys)
    sizes = groups.agg(
        night_count="size",
        **{f"q{q}_count": _quantile(q) for q in (10, 25, 50, 75, 90)},
        max_count="max",
    )
    for threshold in [thresholds] if isinstance(thresholds, int) else thresholds:
        sizes[f"at_least_{threshold}_share"] = (known >= threshold).groupby(keys).mean()
    return sizes.reset_index()


def _quantile(percent):
    return lambda counts: counts.quantile(percent / 100)


def days_between_waves(nightly: pd.DataFrame, at_least: int) -> pd.DataFrame:
    """Return each night of at least so many drones with the days since the one before (`gap_days`, missing for the first).

    `nightly` is as for `nightly_launches`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.days_between_waves(load(), at_least=700)["gap_days"].tolist()
    [<NA>, 60]
    """
    big = nightly_launches(nightly).query("launched_count >= @at_least")
    return big.assign(gap_days=big["report_date"].diff().dt.days.astype("Int64")).reset_index(
        drop=True
    )


def wave_band(launched: pd.Series) -> pd.Series:
    """Return the size band of each night's launched count, as an ordered categorical named by its edges.

    Examples
    --------
    >>> from analysis import measures
    >>> measures.wave_band(pd.Series([50, 810])).tolist()
    ['1–50', 'over 300']
    """
    names = [
        f"{low + 1}–{high}" if high < BANDS[-1] else f"over {low}"
        for low, high in zip(BANDS, BANDS[1:])
    ]
    return pd.cut(launched.astype("float64"), BANDS, labels=names)
