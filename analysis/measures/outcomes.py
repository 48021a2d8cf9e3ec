"""What was reported of the drones' fate, and only what the reporting regime of the night identifies (R11 to R14).

Every share is a sum over a sum, over the rows whose report gives all the counts
that its regime gives; the others are out of both sides. Asking for a share where
the regime does not identify it gives missing, with the reason.
"""

import numpy as np
import pandas as pd

from analysis import intervals
from analysis.measures.launches import drones
from analysis.names import dataset_of, known, level_of, table_of
from analysis.periods import FREQUENCIES, periods, span

NUMERATORS = {
    "claimed_share": "claimed_count",
    "shot_down_share": "shot_down_count",
    "lost_share": "lost_count",
    "neutralised_share": "neutralised_count",
    "residual_share": "residual_count",
}
_COUNTS = ["launched_count", *NUMERATORS.values()]
_REASONS = {
    "not reported": "lost drones were not reported, so that shot down of launched is a claimed upper bound (R13)",
    "reported on some nights": "lost drones were reported on some nights only (R12)",
    "lost from radar: reported separately": "shot down and lost are reported separately: see shot_down_share (R12)",
    "merged into shot down": "lost is merged into shot down: not separable, between 0 and the neutralised share (R12)",
}


def outcomes(reports) -> pd.DataFrame:
    """Return the drone rows whose report gives every count that its regime gives, each count only where it is given.

    Rows of regimes A and B need launched and shot down, which is a claim there:
    `claimed_count` (R13). Those of C also need lost, those of D the merged
    figure. `shot_down_count` and `lost_count` are missing but in C;
    `neutralised_count` and `residual_count` (launched minus neutralised, R18)
    in A and B. `reports` is the table of that name, or the dataset.

    Examples
    --------
    >>> from analysis import load, measures
    >>> rows = measures.outcomes(load())
    >>> counts = ["shot_down_count", "lost_count", "neutralised_count", "residual_count"]
    >>> rows.loc[rows["report_date"] == "2025-07-04", counts].to_numpy().tolist()
    [[268, 208, 476, 63]]
    """
    rows = table_of(
        drones(reports), "reports", "regime_id", "launched_count", "neutralised_count", "lost_count"
    )
    is_claim = rows["regime_id"].isin(["A", "B"])
    rows = rows[
        (rows["neutralised_count"].notna() | is_claim & rows["shot_down_count"].notna())
        & rows["launched_count"].notna()
    ]
    is_apart = rows["neutralised_count"].notna() & rows["lost_count"].notna()
    return rows.assign(
        claimed_count=rows["shot_down_count"].where(rows["neutralised_count"].isna()),
        shot_down_count=rows["shot_down_count"].where(is_apart),
        lost_count=rows["lost_count"].where(is_apart),
        residual_count=rows["launched_count"] - rows["neutralised_count"],
    )


def nightly_outcomes(reports, by: str = "month") -> pd.DataFrame:
    """Return the sums of `outcomes` a night and regime, with the night's period: the clusters of the intervals.

    Parameters
    ----------
    reports : DataFrame or Dataset
    by : {"day", "week", "month", "quarter", "year"}

    Returns
    -------
    DataFrame
        A row a night: the first day of its period, named `by`; `report_date`,
        `regime_id`, and the counts launched, claimed, shot down, lost,
        neutralised and residual, missing where its regime does not give them (R12).

    Examples
    --------
    >>> from analysis import load, measures
    >>> nights = measures.nightly_outcomes(load()).query("report_date >= '2025-07-24'")
    >>> bool(nights["lost_count"].isna().all())
    True
    """
    rows = outcomes(reports)
    nights = (
        rows.groupby(["report_date", "regime_id"], observed=True)[_COUNTS]
        .sum(min_count=1)
        .reset_index()
    )
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights


def outcome_share(
    reports,
    regimes=None,
    measure: str | None = None,
    by: str = "month",
    pool: bool = False,
    interval: bool = False,
    level: float = 0.95,
    seed: int = intervals.SEED,
    resamples: int = intervals.RESAMPLES,
) -> pd.DataFrame:
    """Return one outcome measure a period and regime, with its interval and the reason where it is not given.

    Parameters
    ----------
    reports, regimes : DataFrame
        The tables of those names; or the dataset in place of both, as in
        ``outcome_share(air, "lost_share", "week")``.
    measure : str
        A key of `NUMERATORS`: ``claimed_share`` (regimes A, B: an upper bound),
        ``shot_down_share`` and ``lost_share`` (C alone), ``neutralised_share``
        and ``residual_share`` (C and D).
    by : {"day", "week", "month", "quarter", "year"}
    pool : bool
        Give one row a period, over the nights whose regime identifies the
        measure, e.g. those of 1 to 23 July 2025.
    interval : bool
        Add `low_share` and `high_share`.
    level, seed, resamples
        Of the interval, see `intervals.share_interval`.

    Returns
    -------
    DataFrame
        The period, named `by`: its first day (and `regime_id`).
        `numerator_count`, `launched_count` and `night_count` of the nights that
        give the measure, with the first and last of them (`first_date`,
        `last_date`), and `share` in 0 to 1. Where no regime of the row
        identifies it, numerator and share are missing. `reason` says why, and
        in a pooled row why its other nights are left out.

    Raises
    ------
    ValueError
        An unknown measure or period, with the nearest ones.

    Examples
    --------
    >>> from analysis import load, measures
    >>> asked = measures.outcome_share(load(), "lost_share", by="quarter", pool=True).set_index("quarter")
    >>> asked.loc[["2025-04-01", "2025-10-01"], "share"].round(2).tolist()
    [0.36, nan]
    >>> f"{asked.loc['2025-07-01', 'last_date']:%Y-%m-%d}"
    '2025-07-23'
    >>> asked.loc["2025-10-01", "reason"]
    'lost is merged into shot down: not separable, between 0 and the neutralised share (R12)'
    """
    if isinstance(regimes, str):
        regimes, measure, by = None, regimes, measure or by
    regimes = table_of(
        dataset_of(reports) if regimes is None else regimes,
        "regimes",
        "regime_id",
        "valid_measures",
    )
    numerator = NUMERATORS[known("measure", measure, NUMERATORS)]
    nights = nightly_outcomes(reports, by)
    about = regimes.set_index(regimes["regime_id"].astype(str)).loc[nights["regime_id"].astype(str)]
    needed = "neutralised_share" if measure == "residual_share" else measure
    is_valid = (
        about["valid_measures"]
        .str.split(";")
        .map(lambda names: needed in names)
        .to_numpy(dtype=bool)
    )
    lost_is = about["lost_is"].astype(str)
    reasons = lost_is.map(
        lambda text: _REASONS[known("reason for lost_is of regimes.csv", text, _REASONS)]
    )
    nights = nights.assign(reason=reasons.to_numpy(), is_valid=is_valid)
    keys, options = (
        [by] if pool else [by, "regime_id"],
        {"level": level_of(level), "seed": seed, "resamples": resamples},
    )
    rows = [
        [*key, *_share(group, numerator, interval, options)]
        for key, group in nights.groupby(keys, observed=True)
    ]
    shares = pd.DataFrame(
        rows,
        columns=[
            *keys,
            "numerator_count",
            "launched_count",
            "night_count",
            "first_date",
            "last_date",
            "share",
            "low_share",
            "high_share",
            "reason",
        ],
    )
    types = {
        "numerator_count": "Int64",
        "launched_count": "Int64",
        "night_count": int,
        "share": float,
        "reason": "str",
        **{key: nights[key].dtype for key in keys},
    }
    return shares.astype(types).drop(columns=[] if interval else ["low_share", "high_share"])


def _share(nights, numerator, interval, options):
    """The sums, dates, share, interval and reason of one period's nights."""
    valid, refused = nights[nights["is_valid"]], nights[~nights["is_valid"]]
    used = refused if valid.empty else valid
    reason = None if refused.empty else refused["reason"].iloc[-1]
    numerators = pd.NA if valid.empty else valid[numerator].sum()
    return (
        numerators,
        used["launched_count"].sum(),
        len(used),
        used["report_date"].min(),
        used["report_date"].max(),
        *pooled_share(valid, numerator, interval, **options),
        reason,
    )


def pooled_share(
    nights: pd.DataFrame, numerator: str, interval: bool = True, **options
) -> tuple[float, float, float]:
    """Return (share, low, high) of nights: sum over sum of those that give the numerator, with its interval (R14).

    A regime that does not give it is refused (R12). The options are those of `intervals.share_interval`; without
    `interval` low and high are missing.
    """
    rows = intervals.given(nights, numerator).dropna(subset=[numerator])
    launched = rows["launched_count"].sum()
    ends = intervals.share_interval(rows, numerator, **options) if interval else (np.nan, np.nan)
    return rows[numerator].sum() / launched if launched else np.nan, *ends


def difference(
    reports, measure: str, first: str, second: str, level: float = 0.95, **options
) -> pd.DataFrame:
    """Return how much an outcome share of one period differs from that of another, with the interval of the difference.

    Parameters
    ----------
    reports : DataFrame or Dataset
    measure : str
        A key of `NUMERATORS`.
    first, second : str
        Days, weeks, months, quarters or years, such as ``"2025-06"`` or ``"2025Q2"``, that do not overlap.
    level : float
        Of the interval.
    **options
        Passed to `intervals.difference_interval`.

    Returns
    -------
    DataFrame
        One row: `measure`, `first_period`, `second_period`, `first_share`,
        `second_share`, `difference_share` (second minus first, in -1 to 1), and
        `low_share` and `high_share` of the difference, over the nights of each.

    Raises
    ------
    ValueError
        A regime of either period does not give the measure, there is no night in it, or a night in both.

    Examples
    --------
    >>> from analysis import load, measures
    >>> found = measures.difference(load(), "neutralised_share", "2025-06", "2025-11")
    >>> found[["difference_share", "low_share", "high_share"]].round(3).to_numpy().tolist()
    [[-0.023, -0.094, 0.046]]
    """
    numerator, nights = NUMERATORS[known("measure", measure, NUMERATORS)], nightly_outcomes(reports)
    spans = sorted((span(first), span(second)), key=lambda period: period.start_time)
    if spans[0].end_time >= spans[1].start_time:
        raise ValueError(
            f"difference: found {first} and {second}, which overlap, expected two periods apart"
        )
    parts = [_within(nights, period) for period in (first, second)]
    shares = [pooled_share(part, numerator, interval=False)[0] for part in parts]
    low, high = intervals.difference_interval(*parts, numerator, level=level_of(level), **options)
    row = [measure, first, second, *shares, shares[1] - shares[0], low, high]
    return pd.DataFrame(
        [row],
        columns=[
            "measure",
            "first_period",
            "second_period",
            "first_share",
            "second_share",
            "difference_share",
            "low_share",
            "high_share",
        ],
    )


def _within(nights, period):
    found = nights[nights["report_date"].between(span(period).start_time, span(period).end_time)]
    if found.empty:
        raise ValueError(
            f"{period}: found no night with an outcome; expected a period within "
            f"{nights['report_date'].min():%Y-%m-%d} to {nights['report_date'].max():%Y-%m-%d}"
        )
    return found


def outcome_shares(reports, regimes=None, by: str = "month") -> pd.DataFrame:
    """Return all outcome shares side by side, a row a period and regime, with the dates that the row covers.

    Columns: the period, named `by`, `regime_id`, `first_date`, `last_date`, the
    shares of `outcome_share` and `merged_share` (regime D: shot down or
    suppressed, reported as one figure). A share that the regime does not
    identify is missing. `reports` and `regimes` are those of `outcome_share`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> shares = measures.outcome_shares(load(), by="year").set_index(["year", "regime_id"]).loc["2025-01-01"]
    >>> shares[["lost_share", "neutralised_share", "merged_share"]].round(2).to_numpy().tolist()
    [[0.37, 0.89, nan], [nan, 0.83, 0.83]]
    """
    regimes = table_of(dataset_of(reports) if regimes is None else regimes, "regimes", "regime_id")
    found = {m: outcome_share(reports, regimes, m, by) for m in NUMERATORS}
    shares = found["claimed_share"][[by, "regime_id"]].copy()
    whole = shares[by].dt.to_period(FREQUENCIES[by]).dt
    about = regimes.set_index("regime_id").loc[shares["regime_id"]].reset_index()
    shares["first_date"] = np.maximum(whole.start_time, about["first_report_date"])
    last = whole.end_time.dt.normalize()
    shares["last_date"] = np.minimum(last, about["last_report_date"].fillna(last.max()))
    shares = shares.assign(**{m: table["share"] for m, table in found.items()})
    return shares.assign(merged_share=shares["neutralised_share"].where(shares["regime_id"] == "D"))


def location_nights(reports, by: str = "month") -> pd.DataFrame:
    """Return the nights whose report gives places hit, with launched, places hit and places of debris.

    Places, not drones, and not only drones' (R18): a night's report counts the
    places hit by everything that was launched. Given since May 2025. Columns:
    the period, named `by`, `report_date`, and the three counts.

    Examples
    --------
    >>> from analysis import load, measures
    >>> nights = measures.location_nights(load())
    >>> nights.loc[nights["report_date"] == "2025-07-04", "hit_location_count"].tolist()
    [8]
    """
    counts = ["launched_count", "hit_location_count", "debris_location_count"]
    rows = table_of(drones(reports), "reports", "report_date", *counts)
    nights = (
        rows.dropna(subset=counts[:2]).groupby("report_date")[counts].sum(min_count=1).reset_index()
    )
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights
