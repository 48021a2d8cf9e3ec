"""What was reported of the drones' fate, and only what the reporting regime of the night identifies (R11 to R14).

Every share is a sum over a sum, over the rows whose report gives all the counts
that its regime gives; the others are out of both sides. Asking for a share where
the regime does not identify it gives missing, with the reason.
"""

import numpy as np
import pandas as pd

from analysis import intervals
from analysis.measures.launches import FREQUENCIES, drones, periods, table_of
from analysis.names import unknown

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
    "lost from radar: reported separately": "shot down and lost are counted apart: see shot_down_share (R12)",
    "merged into shot down": "lost is merged into shot down: not separable, between 0 and the neutralised share (R12)",
}


def outcomes(reports) -> pd.DataFrame:
    """Return the drone rows whose report gives every count that its regime gives, each count only where it is given.

    Rows of regimes A and B need launched and shot down, which is a claim there:
    `claimed_count` (R13). Those of C also need lost, those of D the merged
    figure. `shot_down_count` and `lost_count` are missing but in C;
    `neutralised_count` and `residual_count` (launched minus neutralised, R18)
    in A and B. `reports` is the table of that name, or the dataset.
    """
    rows = drones(reports)
    is_claim = rows["regime_id"].isin(["A", "B"])
    rows = rows[(rows["neutralised_count"].notna() | is_claim & rows["shot_down_count"].notna()) & rows["launched_count"].notna()]
    is_apart = rows["neutralised_count"].notna() & rows["lost_count"].notna()
    return rows.assign(claimed_count=rows["shot_down_count"].where(rows["neutralised_count"].isna()),
                       shot_down_count=rows["shot_down_count"].where(is_apart), lost_count=rows["lost_count"].where(is_apart),
                       residual_count=rows["launched_count"] - rows["neutralised_count"])


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
    nights = rows.groupby(["report_date", "regime_id"], observed=True)[_COUNTS].sum(min_count=1).reset_index()
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights


def outcome_share(reports, regimes=None, measure: str | None = None, by: str = "month", pool: bool = False,
                  interval: bool = False, **options) -> pd.DataFrame:
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
        Add `low_share` and `high_share`, see `intervals.share_interval`, which
        also takes the `options`.

    Returns
    -------
    DataFrame
        The period, named `by`: its first day (and `regime_id`).
        `numerator_count`, `launched_count` and `night_count` of the nights that
        give the measure, and `share` in 0 to 1. Where no regime of the row
        identifies it, numerator and share are missing and `reason` says why.

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
    >>> asked.loc["2025-10-01", "reason"]
    'lost is merged into shot down: not separable, between 0 and the neutralised share (R12)'
    """
    if isinstance(regimes, str):
        regimes, measure, by = None, regimes, measure or by
    regimes = table_of(reports if regimes is None else regimes, "regimes", "regime_id", "valid_measures")
    if measure not in NUMERATORS:
        raise unknown("measure", measure, NUMERATORS)
    nights = nightly_outcomes(reports, by)
    about = regimes.set_index(regimes["regime_id"].astype(str)).loc[nights["regime_id"].astype(str)]
    needed = "neutralised_share" if measure == "residual_share" else measure
    is_valid = about["valid_measures"].str.split(";").map(lambda names: needed in names).to_numpy(dtype=bool)
    if strays := set(about["lost_is"].astype(str)) - set(_REASONS):
        raise unknown("reason for lost_is of regimes.csv", min(strays), _REASONS)
    nights = nights.assign(reason=about["lost_is"].astype(str).map(_REASONS).to_numpy(), is_valid=is_valid)
    keys = [by] if pool else [by, "regime_id"]
    rows = [[*key, *_share(group, NUMERATORS[measure], interval, options)] for key, group in nights.groupby(keys, observed=True)]
    shares = pd.DataFrame(rows, columns=[*keys, "numerator_count", "launched_count", "night_count", "share", "low_share",
                                         "high_share", "reason"])
    types = {"numerator_count": "Int64", "launched_count": "Int64", "night_count": int, "share": float, "reason": "str",
             **{key: nights[key].dtype for key in keys}}
    return shares.astype(types).drop(columns=[] if interval else ["low_share", "high_share"])


def _share(nights, numerator, interval, options):
    """The sums, share, interval and reason of one period's nights."""
    valid = intervals.given(nights[nights["is_valid"]], numerator)
    if valid.empty:
        return pd.NA, nights["launched_count"].sum(), len(nights), np.nan, np.nan, np.nan, nights["reason"].iloc[-1]
    sums = valid[numerator].sum(), valid["launched_count"].sum()
    ends = intervals.share_interval(valid, numerator, **options) if interval else (np.nan, np.nan)
    return *sums, len(valid), sums[0] / sums[1] if sums[1] else np.nan, *ends, None


def difference(reports, measure: str, first: str, second: str, **options) -> pd.DataFrame:
    """Return how much an outcome share of one period differs from that of another, with the interval of the difference.

    Parameters
    ----------
    reports : DataFrame or Dataset
    measure : str
        A key of `NUMERATORS`.
    first, second : str
        Days, months, quarters or years, such as ``"2025-06"`` or ``"2025Q2"``.
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
        A regime of either period does not give the measure, or there is no night in it.

    Examples
    --------
    >>> from analysis import load, measures
    >>> found = measures.difference(load(), "neutralised_share", "2025-06", "2025-11")
    >>> found[["difference_share", "low_share", "high_share"]].round(3).to_numpy().tolist()
    [[-0.023, -0.094, 0.046]]
    """
    if measure not in NUMERATORS:
        raise unknown("measure", measure, NUMERATORS)
    numerator, nights = NUMERATORS[measure], nightly_outcomes(reports)
    parts = [intervals.given(_within(nights, period), numerator) for period in (first, second)]
    shares = [part[numerator].sum() / part["launched_count"].sum() for part in parts]
    low, high = intervals.difference_interval(*parts, numerator, **options)
    row = [measure, first, second, *shares, shares[1] - shares[0], low, high]
    return pd.DataFrame([row], columns=["measure", "first_period", "second_period", "first_share", "second_share",
                                        "difference_share", "low_share", "high_share"])


def _within(nights, period):
    span = pd.Period(period)
    found = nights[nights["report_date"].between(span.start_time, span.end_time)]
    if found.empty:
        raise ValueError(f"{period}: found no night with an outcome; expected a period within "
                         f"{nights['report_date'].min():%Y-%m-%d} to {nights['report_date'].max():%Y-%m-%d}")
    return found


def outcome_shares(reports, regimes=None, by: str = "month") -> pd.DataFrame:
    """Return all outcome shares side by side, a row a period and regime, with the dates that the row covers.

    Columns: the period, named `by`, `regime_id`, `first_date`, `last_date`, the
    shares of `outcome_share` and `merged_share` (regime D: shot down or
    suppressed, reported as one figure). A share that the regime does not
    identify is missing. `reports` and `regimes` are those of `outcome_share`.
    """
    regimes = table_of(reports if regimes is None else regimes, "regimes", "regime_id")
    found = {m: outcome_share(reports, regimes, m, by) for m in NUMERATORS}
    shares = found["claimed_share"][[by, "regime_id"]].copy()
    span = shares[by].dt.to_period(FREQUENCIES[by]).dt
    about = regimes.set_index("regime_id").loc[shares["regime_id"]].reset_index()
    shares["first_date"] = np.maximum(span.start_time, about["first_report_date"])
    last = span.end_time.dt.normalize()
    shares["last_date"] = np.minimum(last, about["last_report_date"].fillna(last.max()))
    shares = shares.assign(**{m: table["share"] for m, table in found.items()})
    return shares.assign(merged_share=shares["neutralised_share"].where(shares["regime_id"] == "D"))


def location_nights(reports, by: str = "month") -> pd.DataFrame:
    """Return the nights whose report gives places hit, with launched, places hit and places of debris.

    Places, not drones, and not only drones' (R18): a night's report counts the
    places hit by everything that was launched. Given since May 2025. Columns:
    the period, named `by`, `report_date`, and the three counts.
    """
    rows = drones(reports)
    counts = ["launched_count", "hit_location_count", "debris_location_count"]
    known = rows[rows["launched_count"].notna() & rows["hit_location_count"].notna()]
    nights = known.groupby("report_date")[counts].sum(min_count=1).reset_index()
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights
