"""Waves: the size distributions over nights with drones."""

import pandas as pd

from analysis.gate import nights_of
from analysis.periods import periods

# Drones launched in a night; R14 names the edges 150 and 300.
BANDS = [0, 50, 150, 300, float("inf")]


def wave_sizes(
    nightly: pd.DataFrame, *, by: str = "quarter", thresholds=(100, 300, 500)
) -> pd.DataFrame:
    """Return the distribution of drones per night over the nights with at least one.

    Parameters
    ----------
    nightly : DataFrame
        As from `nightly_launches`. Nights without drones or without a report are left out.
    by : {"quarter", "week", "month", "year", "all"}
    thresholds : sequence of int
        For each, the share of nights with at least that many drones is added.

    Returns
    -------
    DataFrame
        One row per period, named `by`: its first day. `night_count`, quantiles
        `q10_count` to `q90_count`, `max_count`, and `at_least_100_share`, … in 0 to 1.

    Examples
    --------
    >>> from analysis import load, measures
    >>> sizes = measures.wave_sizes(measures.nightly_launches(load()), by="year")
    >>> sizes["max_count"].tolist()
    [35, 75, 193, 810]
    """
    nights = nights_of(nightly, "launched_count").query("launched_count > 0")
    launched = nights["launched_count"].astype(int)
    keys = periods(nights["report_date"], by).rename(by)
    quantiles = {f"q{q}_count": _quantile(q) for q in (10, 25, 50, 75, 90)}
    sizes = launched.groupby(keys).agg(night_count="size", **quantiles, max_count="max")
    for threshold in thresholds:
        sizes[f"at_least_{threshold}_share"] = (launched >= threshold).groupby(keys).mean()
    return sizes.reset_index()


def _quantile(percent):
    return lambda counts: counts.quantile(percent / 100)


def wave_band(launched: pd.Series) -> pd.Series:
    """Return the size band of each launched count, an ordered categorical named by its edges.

    Examples
    --------
    >>> from analysis import measures
    >>> measures.wave_band(pd.Series([50, 810])).tolist()
    ['1–50', 'over 300']
    """
    names = [f"{low + 1}–{high}" for low, high in zip(BANDS[:-2], BANDS[1:-1])]
    return pd.cut(launched.astype("float64"), BANDS, labels=[*names, f"over {BANDS[-2]}"])
