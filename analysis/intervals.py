"""Intervals by resampling nights: how much a share depends on which nights happened to be in the period.

They cover night-to-night variation. They do not cover what one side chose to
report, or how it counted: no resampling of its own figures can.
"""

import numpy as np
import pandas as pd

SEED = 20220928
RESAMPLES = 4999


def share_interval(nights, numerator, denominator="launched_count", level=0.95, seed=SEED, resamples=RESAMPLES):
    """Return (low, high) of a ratio of sums, by the BCa bootstrap over nights (R14).

    Parameters
    ----------
    nights : DataFrame
        A row a night; both counts known.
    numerator, denominator : str
        Columns whose sums are divided.
    seed, resamples : int
        Same seed, same interval.

    Returns
    -------
    tuple of float
        Missing with fewer than five nights, or where every night has the same
        share, so that there is nothing to resample.
    """
    from scipy import stats  # a second to import, and few of those who import this ask for an interval

    counts = nights[[numerator, denominator]].dropna().to_numpy(dtype=float)
    counts = counts[counts[:, 1] > 0]
    if len(counts) < 5 or np.ptp(counts[:, 0] / counts[:, 1]) == 0:
        return np.nan, np.nan
    found = stats.bootstrap(tuple(counts.T), _ratio, paired=True, vectorized=True, n_resamples=resamples,
                            confidence_level=level, method="BCa", rng=np.random.default_rng(seed))
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def _ratio(numerators, denominators, axis=-1):
    return numerators.sum(axis=axis) / denominators.sum(axis=axis)


def share_intervals(nights, numerator, by, denominator="launched_count", **options):
    """Return `share`, `low_share`, `high_share` and `night_count` for each group of nights.

    `by` is one or more columns of `nights`; `options` go to `share_interval`.
    """
    known = nights.dropna(subset=[numerator, denominator])
    found = {}
    for key, group in known.groupby(by, observed=True):
        low, high = share_interval(group, numerator, denominator, **options)
        found[key] = (group[numerator].sum() / group[denominator].sum(), low, high, len(group))
    table = pd.DataFrame.from_dict(found, orient="index", columns=["share", "low_share", "high_share", "night_count"])
    table.index = pd.MultiIndex.from_tuples(table.index, names=by) if isinstance(by, list) else table.index.rename(by)
    return table.astype({"share": float, "night_count": int})
