"""How much a share depends on which nights happened to fall into the period.

The record is a census of reports, so an interval here is not a margin of error
of a sample: it covers night-to-night variation. It does not cover what one side
chose to report, or how it counted: no resampling of its own figures can. An
outcome of drones gets a share only where the reporting regime of every night
gives it (R12): `given` asks that of each frame. What it asks is the name of the
count, so that it cannot know a count that was renamed. How often intervals made
this way cover is simulated in `benchmarks/coverage.py`; the datasheet shows it.
"""

import csv
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from analysis import paths
from analysis.gate import columns_of, nights_of
from analysis.names import level_of

__all__ = ["difference_interval", "effective_nights", "given", "share_interval", "share_intervals"]

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
        One row per night, as from `measures.night_outcomes`; a night with an unknown
        count is left out. An outcome (`shot_down_count`, `lost_count`, …) needs the
        `regime_id` beside it, and `given` is asked of it first. Nights are put in
        the order of `report_date`; without it they stand as they are.
    numerator, denominator : str
        Columns whose sums are divided. For a ratio of your own give the count a name
        of its own: whether such a count means the same on all nights is then yours
        to know.
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
        The regime of a night does not give the numerator, or is not said; a night in two rows.

    Examples
    --------
    >>> from analysis import intervals, load, measures
    >>> nights = measures.night_outcomes(load(), "neutralised_share")
    >>> first_quarter = nights.query("'2025-01-01' <= report_date < '2025-04-01'")
    >>> [round(end, 2) for end in intervals.share_interval(first_quarter, "neutralised_count")]
    [0.92, 0.97]
    """
    sample = _sample(nights, numerator, denominator)
    return _estimate(sample, level_of(level), seed, resamples)[1:]


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
    options = level_of(level), seed, resamples
    samples = [_sample(nights, numerator, denominator) for nights in (first, second)]
    return _difference(*(_estimate(sample, *options) for sample in samples))


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
        As `share_interval`.

    Examples
    --------
    >>> from analysis import intervals, load, measures
    >>> nights = measures.night_outcomes(load(), "neutralised_share")
    >>> nights["quarter"] = measures.periods(nights["report_date"], "quarter")
    >>> shares = intervals.share_intervals(nights, "neutralised_count", by="quarter")
    >>> shares["share"].round(2).tolist()[-2:]
    [0.87, 0.82]
    """
    keys = [by] if isinstance(by, str) else by
    columns_of(nights, "measures.night_outcomes", *keys, numerator, denominator)
    complete = given(nights, numerator).dropna(subset=[numerator, denominator])
    rows = [
        [
            *key,
            group[numerator].sum() / group[denominator].sum(),
            *share_interval(group, numerator, denominator, **options),
            len(group),
        ]
        for key, group in complete.groupby(keys, observed=True)
    ]
    table = pd.DataFrame(rows, columns=[*keys, "share", "low_share", "high_share", "night_count"])
    return table.astype(
        {**{key: nights[key].dtype for key in keys}, "share": float, "night_count": int}
    )


def given(nights: pd.DataFrame, numerator: str) -> pd.DataFrame:
    """Return nights as they are, if the regime of each gives the numerator by `regimes.csv` (R12).

    Shot down, lost and neutralised are outcomes only where the row holds what
    its regime counts: lost is merged into shot down in regime D, and not
    reported in A and B, where shot down of launched is a claimed upper bound
    (R13). A count that was summed over missing ones is 0 and no less refused.
    Rows whose `regime_id` is blank, such as those of missiles, pass, and so does
    any count with another name: of a renamed one nothing can be known here.

    Raises
    ------
    ValueError
        A regime does not give the outcome, or the rows do not say their regime.
    """
    outcome = numerator.removeprefix("drones_")
    if outcome not in _BESIDE:
        return nights
    if "regime_id" not in nights:
        raise ValueError(
            f"{numerator}: found nights without their regime_id, expected it: it says what the "
            "count means (R12); group by it too, or take measures.night_outcomes"
        )
    beside = [numerator, *(name for name in _BESIDE[outcome] if name in nights)]
    is_missing = nights[beside if outcome == numerator else []].isna().any(axis=1)
    is_given = nights["regime_id"].astype("str").isin(_regimes_giving(outcome))
    refused = nights[nights["regime_id"].notna() & (~is_given | is_missing)]
    if len(refused):
        regimes = ", ".join(sorted(refused["regime_id"].astype(str).unique()))
        dates = refused.get("report_date", pd.Series(dtype="datetime64[us]"))
        span = f" ({dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d})" if len(dates) else ""
        raise ValueError(
            f"{numerator}: found {len(refused):,} rows of regime {regimes}{span} whose reports do "
            "not give it (R12), expected rows that do; leave them out, or ask "
            "measures.outcome_share, which says why"
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


def _sample(nights, numerator, denominator):
    """The known counts of each night in the order of time, an array of two columns."""
    counts = [numerator, denominator]
    columns_of(nights, "measures.night_outcomes", *counts)
    if "report_date" in nights:
        nights = nights.sort_values("report_date", kind="stable")
        nights_of(nights, like="measures.night_outcomes")
    sample = given(nights, numerator)[counts].dropna().to_numpy(dtype=float)
    return sample[sample[:, 1] > 0]


def _estimate(sample, level, seed, resamples):
    """The share and the ends of its interval, missing where the nights can't tell."""
    numerators, denominators = sample.T
    is_few = len(sample) < FEWEST_NIGHTS or effective_nights(denominators) < 2
    if is_few or np.ptp(numerators / denominators) == 0:
        return np.nan, np.nan, np.nan
    share = numerators.sum() / denominators.sum()
    if len(sample) < LONG_NIGHTS:
        return share, *_logit_interval(numerators, denominators, share, level)
    counts = sample.astype(float).tobytes()
    return share, *_bootstrap_interval(counts, share, level, seed, resamples)


def _difference(first, second):
    (share_1, low_1, high_1), (share_2, low_2, high_2) = first, second
    difference = share_2 - share_1
    return (
        float(difference - np.hypot(share_2 - low_2, high_1 - share_1)),
        float(difference + np.hypot(high_2 - share_2, share_1 - low_1)),
    )


def effective_nights(denominators: np.ndarray) -> float:
    """Return how many nights of one size would bear a ratio of sums as well as these."""
    return denominators.sum() ** 2 / (denominators**2).sum()


def _logit_interval(numerators, denominators, share, level):
    if not 0 < share < 1:
        return np.nan, np.nan
    from scipy import special

    errors = (numerators - share * denominators) / (denominators.sum() - denominators)
    on_logit = np.sqrt((errors**2).sum()) / (share * (1 - share))
    margin = special.stdtrit(effective_nights(denominators) - 1, (1 + level) / 2) * on_logit
    return tuple(special.expit(special.logit(share) + np.array([-margin, margin])).tolist())


@lru_cache(256)  # a notebook asks for one period several times: table, figure, sentences
def _bootstrap_interval(counts, share, level, seed, resamples):
    """The ends for the columns of a sample, as bytes since a cache needs what can't change."""
    # Together two seconds to import, and few who import this ask for so long a period.
    from arch.bootstrap import StationaryBootstrap, optimal_block_length
    from scipy import stats

    sample = np.frombuffer(counts).reshape(-1, 2)
    # Each contiguous: to take from them is several times as fast.
    numerators, denominators = sample.T.copy()

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
