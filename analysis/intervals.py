"""The one road to an interval: how much a share depends on which nights happened to fall into the period.

The record is a census of reports, so an interval here is not a margin of error
of a sample: it covers night-to-night variation. It does not cover what one side
chose to report, or how it counted: no resampling of its own figures can. Of
drones, a share is computed only where the reporting regime of every night gives
its numerator (R12).
"""

import csv
from functools import cache

import numpy as np
import pandas as pd

from analysis import paths
from analysis.names import unknown

SEED = 20220928
RESAMPLES = 4999
# The counts that a row must also give for the outcome to be what its name says.
_BESIDE = {"claimed_count": [], "shot_down_count": ["lost_count", "neutralised_count"], "lost_count": ["neutralised_count"],
           "neutralised_count": [], "residual_count": ["neutralised_count"]}


def share_interval(nights: pd.DataFrame, numerator: str, denominator: str = "launched_count", level: float = 0.95,
                   seed: int = SEED, resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return (low, high) of a ratio of sums, by the BCa bootstrap over nights (R14).

    Parameters
    ----------
    nights : DataFrame
        A row a night; a night with an unknown count is left out. With a column
        `regime_id` the nights are of drones, and `given` is asked of them first.
    numerator, denominator : str
        Columns whose sums are divided.
    seed, resamples : int
        Same seed, same interval.

    Returns
    -------
    tuple of float
        In the unit of the ratio. Missing with fewer than five nights, or where
        every night has the same share, so that there is nothing to resample.

    Raises
    ------
    ValueError
        The regime of a night does not give the numerator.

    Examples
    --------
    >>> from analysis import intervals, load, measures
    >>> nights = measures.nightly_outcomes(load(), by="quarter").query("quarter >= '2025-10-01'")
    >>> [round(end, 2) for end in intervals.share_interval(nights, "neutralised_count")]
    [0.79, 0.84]
    """
    sample = _sample(nights, numerator, denominator)
    if len(sample) < 5 or np.ptp(sample[:, 0] / sample[:, 1]) == 0:
        return np.nan, np.nan
    return _bootstrap([sample], level, seed, resamples)


def difference_interval(first: pd.DataFrame, second: pd.DataFrame, numerator: str, denominator: str = "launched_count",
                        level: float = 0.95, seed: int = SEED, resamples: int = RESAMPLES) -> tuple[float, float]:
    """Return (low, high) of the second ratio of sums minus the first, the nights of each resampled on their own.

    Parameters, guard and missing are those of `share_interval`; both need five nights.
    """
    samples = [_sample(nights, numerator, denominator) for nights in (first, second)]
    if min(map(len, samples)) < 5:
        return np.nan, np.nan
    return _bootstrap(samples, level, seed, resamples)


def share_intervals(nights: pd.DataFrame, numerator: str, by: str | list[str], denominator: str = "launched_count",
                    **options) -> pd.DataFrame:
    """Return the ratio of sums of each group of nights, with its interval.

    Parameters
    ----------
    nights : DataFrame
        As for `share_interval`, with the columns of `by`.
    by : str or list of str
        One or more columns of `nights`.
    **options
        Passed to `share_interval`.

    Returns
    -------
    DataFrame
        The columns of `by`; `share`, `low_share`, `high_share` in the unit of
        the ratio; `night_count`. A group without a known night is left out.

    Raises
    ------
    ValueError
        The regime of a night does not give the numerator.

    Examples
    --------
    >>> from analysis import intervals, load, measures
    >>> nights = measures.nightly_outcomes(load(), by="quarter").query("report_date >= '2025-07-24'")
    >>> intervals.share_intervals(nights, "neutralised_count", by="quarter")["share"].round(2).tolist()
    [0.86, 0.82]
    """
    keys = [by] if isinstance(by, str) else by
    _known_columns(nights, [*keys, numerator, denominator])
    given(nights, numerator)
    known = nights.dropna(subset=[numerator, denominator])
    rows = [[*key, group[numerator].sum() / group[denominator].sum(),
             *share_interval(group, numerator, denominator, **options), len(group)]
            for key, group in known.groupby(keys, observed=True)]
    table = pd.DataFrame(rows, columns=[*keys, "share", "low_share", "high_share", "night_count"])
    return table.astype({**{key: nights[key].dtype for key in keys}, "share": float, "night_count": int})


def given(nights: pd.DataFrame, numerator: str) -> pd.DataFrame:
    """Return nights of drones as they are, if the regime of each gives the numerator by `regimes.csv`; else raise ValueError (R12).

    Shot down, lost and neutralised are outcomes only where the row holds what
    its regime counts: lost is merged into shot down in regime D, and not
    reported in A and B, where shot down of launched is a claimed upper bound
    (R13). A count that was summed over missing ones is 0 and no less refused.
    Rows without a `regime_id` pass, unless they say that they are drones.
    """
    outcome = numerator.removeprefix("drones_")
    if outcome not in _BESIDE:
        return nights
    if "regime_id" not in nights:
        if nights.get("is_in_drone_series", pd.Series(dtype=bool)).any():
            raise ValueError(f"{numerator}: found drones without their regime_id, expected it: it says what the count means (R12)")
        return nights
    counts = nights.reindex(columns=[numerator, *_BESIDE[outcome]] if outcome == numerator else [])
    is_given = nights["regime_id"].astype("str").isin(_regimes_giving(outcome))
    refused = nights[nights["regime_id"].notna() & (~is_given | counts.isna().any(axis=1))]
    if len(refused):
        regimes = ", ".join(sorted(refused["regime_id"].astype(str).unique()))
        dates = refused.get("report_date", pd.Series(dtype="datetime64[us]"))
        span = f" ({dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d})" if len(dates) else ""
        raise ValueError(f"{numerator}: found {len(refused):,} rows of regime {regimes}{span} whose reports do not give it "
                         "(R12), expected rows that do; leave them out, or ask measures.outcome_share, which says why")
    return nights


@cache
def _regimes_giving(outcome):
    """The regimes that give an outcome, as the package's own `regimes.csv` says."""
    measure = outcome.replace("residual", "neutralised").removesuffix("_count") + "_share"
    with open(paths.DATA / "regimes.csv", encoding="utf-8", newline="") as file:
        return {row["regime_id"] for row in csv.DictReader(file) if measure in row["valid_measures"].split(";")}


def _known_columns(frame, columns):
    for column in columns:
        if column not in frame:
            raise unknown("column", column, frame.columns)


def _sample(nights, numerator, denominator):
    """The known counts of each night, an array of two columns."""
    _known_columns(nights, [numerator, denominator])
    counts = given(nights, numerator)[[numerator, denominator]].dropna().to_numpy(dtype=float)
    return counts[counts[:, 1] > 0]


def _bootstrap(samples, level, seed, resamples):
    from scipy import stats  # a second to import, and few of those who import this ask for an interval

    def statistic(*drawn, axis=-1):
        sums = [sample.T[:, rows].sum(axis=axis) for sample, rows in zip(samples, drawn, strict=True)]
        shares = [numerators / denominators for numerators, denominators in sums]
        return shares[-1] - (shares[0] if shares[1:] else 0)

    found = stats.bootstrap([np.arange(len(sample)) for sample in samples], statistic, vectorized=True, n_resamples=resamples,
                            confidence_level=level, method="BCa", rng=np.random.default_rng(seed)).confidence_interval
    return float(found.low), float(found.high)
