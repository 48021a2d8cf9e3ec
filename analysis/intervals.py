"""The one road to an interval: how much a share depends on which nights happened to fall into the period.

The record is a census of reports, so an interval here is not a margin of error
of a sample: it covers night-to-night variation. It does not cover what one side
chose to report, or how it counted: no resampling of its own figures can. Of
drones, a share is computed only where the reporting regime of every night gives
its numerator (R12). How often intervals made this way cover is simulated in
`benchmarks/coverage.py`; the datasheet shows it.
"""

import csv
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from analysis import paths
from analysis.names import unknown

SEED = 20220928
RESAMPLES = 4999
FEWEST_NIGHTS = 5
# From so many nights on, autocorrelation can be told from their order, and a bootstrap covers.
LONG_NIGHTS = 60
# The counts that a row must also give for the outcome to be what its name says.
_BESIDE = {
    "claimed_count": [],
    "shot_down_count": ["lost_count", "neutralised_count"],
    "lost_count": ["neutralised_count"],
    "neutralised_count": [],
    "residual_count": ["neutralised_count"],
}


def share_interval(
    nights: pd.DataFrame,
    numerator: str,
    denominator: str = "launched_count",
    level: float = 0.95,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> tuple[float, float]:
    """Return (low, high) of a share, a ratio of sums over nights (R14).

    Of fewer than 60 nights: a Student interval on the logit scale, with the
    cluster-robust standard error of the ratio (a night is a cluster) and the
    degrees of freedom of as many equal nights as bear it, (Σn)² / Σn² − 1. A
    BCa bootstrap of so few nights is too narrow. Of 60 nights and more: the
    wider of the BCa bootstrap over nights and the percentile interval of a
    stationary block bootstrap, which keeps runs of nights together; the mean
    length of a block follows from the nights (Politis and White).

    Parameters
    ----------
    nights : DataFrame
        A row a night; a night with an unknown count is left out. With a column
        `regime_id` the nights are of drones, and `given` is asked of them first.
        They are put in the order of `report_date`; without it they stand as they are.
    numerator, denominator : str
        Columns whose sums are divided.
    seed, resamples : int
        Of the bootstraps. Same seed, same interval.

    Returns
    -------
    tuple of float
        In the unit of the ratio. Missing with fewer than five nights; where
        one night carries nearly all, so that fewer than two equal ones would
        bear as much; where every night has the same share, such as none or
        all, so that nights do not tell how it varies; and of fewer than 60
        nights where the ratio is not between 0 and 1.

    Raises
    ------
    ValueError
        The regime of a night does not give the numerator.

    Examples
    --------
    >>> from analysis import intervals, load, measures
    >>> nights = measures.nightly_outcomes(load(), by="quarter")
    >>> first_quarter = nights.query("'2025-01-01' <= report_date < '2025-04-01'")
    >>> [round(end, 2) for end in intervals.share_interval(first_quarter, "neutralised_count")]
    [0.92, 0.97]
    >>> [round(end, 2) for end in intervals.share_interval(nights.query("regime_id == 'C'"), "lost_count")]
    [0.35, 0.38]
    """
    return _estimate(_sample(nights, numerator, denominator), level, seed, resamples)[1:]


def difference_interval(
    first: pd.DataFrame,
    second: pd.DataFrame,
    numerator: str,
    denominator: str = "launched_count",
    level: float = 0.95,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> tuple[float, float]:
    """Return (low, high) of the second ratio of sums minus the first, from the intervals of both.

    The margins add as squares (Zou and Donner's MOVER, Newcombe's method): the
    lower one of the difference from the second's lower and the first's upper.
    Parameters, guard and missing are those of `share_interval`, of either.
    """
    return _difference(
        *(
            _estimate(_sample(nights, numerator, denominator), level, seed, resamples)
            for nights in (first, second)
        )
    )


def share_intervals(
    nights: pd.DataFrame,
    numerator: str,
    by: str | list[str],
    denominator: str = "launched_count",
    **options,
) -> pd.DataFrame:
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
    rows = [
        [
            *key,
            group[numerator].sum() / group[denominator].sum(),
            *share_interval(group, numerator, denominator, **options),
            len(group),
        ]
        for key, group in known.groupby(keys, observed=True)
    ]
    table = pd.DataFrame(rows, columns=[*keys, "share", "low_share", "high_share", "night_count"])
    return table.astype(
        {**{key: nights[key].dtype for key in keys}, "share": float, "night_count": int}
    )


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
            raise ValueError(
                f"{numerator}: found drones without their regime_id, expected it: it says what the count means (R12)"
            )
        return nights
    counts = nights.reindex(columns=[numerator, *_BESIDE[outcome]] if outcome == numerator else [])
    is_given = nights["regime_id"].astype("str").isin(_regimes_giving(outcome))
    refused = nights[nights["regime_id"].notna() & (~is_given | counts.isna().any(axis=1))]
    if len(refused):
        regimes = ", ".join(sorted(refused["regime_id"].astype(str).unique()))
        dates = refused.get("report_date", pd.Series(dtype="datetime64[us]"))
        span = f" ({dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d})" if len(dates) else ""
        raise ValueError(
            f"{numerator}: found {len(refused):,} rows of regime {regimes}{span} whose reports do not give it "
            "(R12), expected rows that do; leave them out, or ask measures.outcome_share, which says why"
        )
    return nights


@cache
def _regimes_giving(outcome):
    """The regimes that give an outcome, as the package's own `regimes.csv` says."""
    measure = outcome.replace("residual", "neutralised").removesuffix("_count") + "_share"
    with open(paths.DATA / "regimes.csv", encoding="utf-8", newline="") as file:
        return {
            row["regime_id"]
            for row in csv.DictReader(file)
            if measure in row["valid_measures"].split(";")
        }


def _known_columns(frame, columns):
    for column in columns:
        if column not in frame:
            raise unknown("column", column, frame.columns)


def _sample(nights, numerator, denominator):
    """The known counts of each night in the order of time, an array of two columns."""
    _known_columns(nights, [numerator, denominator])
    if "report_date" in nights:
        nights = nights.sort_values("report_date", kind="stable")
    counts = given(nights, numerator)[[numerator, denominator]].dropna().to_numpy(dtype=float)
    return counts[counts[:, 1] > 0]


def _estimate(sample, level, seed, resamples):
    """The share and the ends of its interval, missing where the nights can't tell."""
    numerators, denominators = sample.T
    if (
        len(sample) < FEWEST_NIGHTS
        or effective_nights(denominators) < 2
        or np.ptp(numerators / denominators) == 0
    ):
        return np.nan, np.nan, np.nan
    share = numerators.sum() / denominators.sum()
    if len(sample) < LONG_NIGHTS:
        return share, *_logit_interval(numerators, denominators, share, level)
    return share, *_bootstrap_interval(
        sample.astype(float).tobytes(), share, level, seed, resamples
    )


def _difference(first, second):
    (share_1, low_1, high_1), (share_2, low_2, high_2) = first, second
    difference = share_2 - share_1
    return (
        float(difference - np.hypot(share_2 - low_2, high_1 - share_1)),
        float(difference + np.hypot(high_2 - share_2, share_1 - low_1)),
    )


def effective_nights(denominators: np.ndarray) -> float:
    """Return how many nights of one size would bear a ratio of sums as well as these: it hangs on the large ones."""
    return denominators.sum() ** 2 / (denominators**2).sum()


def _logit_interval(numerators, denominators, share, level):
    if not 0 < share < 1:
        return np.nan, np.nan
    from scipy import special

    errors = (numerators - share * denominators) / (denominators.sum() - denominators)
    on_logit = np.sqrt((errors**2).sum()) / (share * (1 - share))
    margin = special.stdtrit(effective_nights(denominators) - 1, (1 + level) / 2) * on_logit
    return tuple(special.expit(special.logit(share) + np.array([-margin, margin])).tolist())


@lru_cache(
    256
)  # a notebook asks for the same period several times: in its table, its figure and its sentences
def _bootstrap_interval(counts, share, level, seed, resamples):
    """The ends for the two columns of a sample, given as bytes because a cache needs what can't change."""
    from arch.bootstrap import (
        StationaryBootstrap,
        optimal_block_length,
    )  # with scipy.stats, two seconds to import,
    from scipy import (
        stats,
    )  # and few of those who import this ask for the interval of so long a period

    sample = np.frombuffer(counts).reshape(-1, 2)
    numerators, denominators = (
        sample.T.copy()
    )  # each contiguous: to take from them is several times as fast

    def share_of(rows, axis=-1):
        return numerators[rows].sum(axis=axis) / denominators[rows].sum(axis=axis)

    nights = np.arange(len(sample))
    alone = stats.bootstrap(
        [nights],
        share_of,
        vectorized=True,
        n_resamples=resamples,
        confidence_level=level,
        method="BCa",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    block = max(1, optimal_block_length(sample @ [1, -share])["stationary"].item())
    in_runs = StationaryBootstrap(block, nights, seed=np.random.default_rng(seed)).conf_int(
        share_of, resamples, method="percentile", size=level
    )
    return tuple(np.ravel(max(alone, in_runs, key=np.ptp)).tolist())
