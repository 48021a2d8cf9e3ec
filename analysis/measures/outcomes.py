"""What was reported of the drones' fate: only what the regime of the night gives (R11 to R14).

Every share is a sum over a sum, over the rows whose report gives all the counts
that its regime gives; the others are left out of numerator and denominator. A
share that the regime does not give is missing, with the reason.
"""

import numpy as np
import pandas as pd

from analysis import intervals
from analysis.gate import columns_of
from analysis.measures.launches import drones
from analysis.names import known
from analysis.periods import FREQUENCIES, periods, span

NUMERATORS = {
    "claimed_share": "claimed_count",
    "shot_down_share": "shot_down_count",
    "lost_share": "lost_count",
    "neutralised_share": "neutralised_count",
    "residual_share": "residual_count",
}
# By `lost_is` of regimes.csv.
_REASONS = {
    "not reported": "lost drones were not reported, so that shot down of launched is a claimed "
    "upper bound (R13)",
    "reported on some nights": "lost drones were reported on some nights only (R12)",
    "lost from radar: reported separately": "shot down and lost are reported separately: "
    "see shot_down_share (R12)",
    "merged into shot down": "lost is merged into shot down: not separable, between 0 and the "
    "neutralised share (R12)",
}


def _nights(air):
    """The drones of each night by outcome, each count only where the night's regime gives it.

    Of rows that give every count that their regime gives: launched and shot down
    in A and B, where the latter is a claim (R13); the neutralised since.
    """
    needed = ["regime_id", "launched_count", "shot_down_count", "lost_count", "neutralised_count"]
    rows = columns_of(drones(air), "air.reports", *needed)
    counts = rows[["report_date", *needed]].assign(
        claimed_count=rows["shot_down_count"],
        residual_count=rows["launched_count"] - rows["neutralised_count"],
    )
    for measure, count in NUMERATORS.items():
        is_valid = rows["regime_id"].isin(_regimes_of(air, measure))
        counts[count] = counts[count].where(is_valid)
    has_outcome = counts[["claimed_count", "neutralised_count"]].notna().any(axis=1)
    counts = counts[has_outcome & counts["launched_count"].notna()]
    groups = counts.groupby(["report_date", "regime_id"], observed=True)
    return groups.sum(min_count=1).reset_index()


def _regimes_of(air, measure):
    """The regimes that give a measure; the residual is what is left of the neutralised."""
    name = "neutralised_share" if measure == "residual_share" else measure
    gives = air.regimes["valid_measures"].str.split(";").map(lambda names: name in names)
    return air.regimes.loc[gives.astype(bool), "regime_id"]


def night_outcomes(air, measure: str) -> pd.DataFrame:
    """Return the nights whose reports give an outcome, with its count and their own launched count.

    A sum of the count over a sum of `launched_count`, over any of these nights,
    is the share (R14). On the other nights the share is not known, not zero.

    Parameters
    ----------
    air : Dataset
    measure : str
        ``claimed_share`` (regimes A, B: an upper bound), ``shot_down_share`` and
        ``lost_share`` (C alone), ``neutralised_share`` and ``residual_share`` (C, D).

    Returns
    -------
    DataFrame
        One row per night: `report_date`, `regime_id`, the count of the measure,
        such as `neutralised_count`, and `launched_count` of the same reports.

    Raises
    ------
    ValueError
        An unknown measure, with the nearest ones.

    Examples
    --------
    >>> from analysis import load, measures
    >>> nights = measures.night_outcomes(load(), "neutralised_share")
    >>> sums = nights.groupby(measures.wave_band(nights["launched_count"]), observed=True)[
    ...     ["neutralised_count", "launched_count"]].sum()
    >>> (sums["neutralised_count"] / sums["launched_count"]).round(3).tolist()
    [0.842, 0.841, 0.877, 0.916]
    """
    count = NUMERATORS[known("measure", measure, NUMERATORS)]
    nights = _nights(air)[["report_date", "regime_id", count, "launched_count"]]
    return nights.dropna(subset=count, ignore_index=True)


def outcome_share(
    air,
    measure: str | None = None,
    by: str = "month",
    *,
    pool: bool = False,
    interval: bool = False,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return an outcome as a share of drones launched, with the reason where it is missing.

    Parameters
    ----------
    air : Dataset
    measure : str, optional
        As for `night_outcomes`; without one all shares stand side by side.
    by : {"month", "day", "week", "quarter", "year", "all"}
    pool : bool
        Give one row per period, over the nights whose regime gives the measure,
        e.g. those of 1 to 23 July 2025.
    interval : bool
        Add `low_share` and `high_share`, see `intervals.share_interval`.
    level : float
        Of the interval.

    Returns
    -------
    DataFrame
        The period, named `by`: its first day (and `regime_id`).
        `numerator_count`, `launched_count` and `night_count` of the nights that
        give the measure, with the first and last of them (`first_date`,
        `last_date`), and `share` in 0 to 1. Where no regime of the row
        gives it, numerator and share are missing. `reason` says why, and
        in a pooled row why its other nights are left out.

        Without a measure: the period, `regime_id`, `first_date` and `last_date`
        that the row covers, every share, and `merged_share` (regime D: shot down
        or suppressed, reported as one figure).

    Raises
    ------
    ValueError
        An unknown measure or period, with the nearest ones; `pool` or `interval` without a measure.

    Examples
    --------
    >>> from analysis import load, measures
    >>> asked = measures.outcome_share(load(), "lost_share", by="quarter", pool=True)
    >>> asked = asked.set_index("quarter")
    >>> asked.loc[["2025-04-01", "2025-10-01"], "share"].round(2).tolist()
    [0.36, nan]
    >>> f"{asked.loc['2025-07-01', 'last_date']:%Y-%m-%d}"
    '2025-07-23'
    >>> asked.loc["2025-10-01", "reason"]
    'lost is merged into shot down: not separable, between 0 and the neutralised share (R12)'
    """
    if measure is None:
        if pool or interval:
            raise ValueError("measure: found None with pool or interval, expected one measure")
        return _side_by_side(air, by)
    count = NUMERATORS[known("measure", measure, NUMERATORS)]
    nights = nights_by_period(air, by)
    keys = [by] if pool else [by, "regime_id"]
    is_given = nights[count].notna()
    # Where no night of a row gives the measure, its dates and launches are those of the refused.
    has_given = is_given.groupby([nights[key] for key in keys], observed=True).transform("any")
    groups = nights[is_given == has_given].groupby(keys, observed=True)
    dates = groups["report_date"]
    sums = groups[[count, "launched_count"]].sum(min_count=1)
    table = sums.rename(columns={count: "numerator_count"})
    table = table.assign(night_count=dates.size(), first_date=dates.min(), last_date=dates.max())
    table["share"] = (sums[count] / sums["launched_count"]).astype("float64")
    if interval:
        ends = [
            intervals.share_interval(group.dropna(subset=count), count, level=level)
            for _, group in groups
        ]
        table[["low_share", "high_share"]] = ends
    refused = nights[~is_given].groupby(keys, observed=True)["regime_id"].last()
    table["reason"] = refused.map(_reasons(air)).astype("object")
    return table.reset_index()


def nights_by_period(air, by: str) -> pd.DataFrame:
    """Return the nights that give an outcome, with the period of each in a column named `by`."""
    nights = _nights(air)
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights


def _reasons(air):
    """Why a regime does not give a measure, by its id."""
    return {
        regime.regime_id: _REASONS[known("reason for lost_is", regime.lost_is, _REASONS)]
        for regime in air.regimes.itertuples()
    }


def _side_by_side(air, by):
    """All shares of each period and regime, with the dates that the row covers."""
    groups = nights_by_period(air, by).groupby([by, "regime_id"], observed=True)
    sums = groups[["launched_count", *NUMERATORS.values()]].sum(min_count=1)
    shares = {m: sums[count] / sums["launched_count"] for m, count in NUMERATORS.items()}
    table = pd.DataFrame(shares).astype("float64").reset_index()
    regimes = air.regimes.set_index("regime_id").loc[table["regime_id"]].reset_index()
    if by == "all":
        ends = pd.Series(air.period[1], table.index)
    else:
        ends = table[by].dt.to_period(FREQUENCIES[by]).dt.end_time.dt.normalize()
    last = regimes["last_report_date"].fillna(ends.max())
    table.insert(2, "first_date", np.maximum(table[by], regimes["first_report_date"]))
    table.insert(3, "last_date", np.minimum(ends, last))
    return table.assign(merged_share=table["neutralised_share"].where(table["regime_id"] == "D"))


def difference(air, measure: str, first: str, second: str, *, level: float = 0.95) -> pd.DataFrame:
    """Return how much an outcome share of two periods differs, with the interval of that.

    Parameters
    ----------
    air : Dataset
    measure : str
        As for `night_outcomes`.
    first, second : str
        Days, weeks, months, quarters or years that do not overlap, such as
        ``"2025-06"`` or ``"2025Q2"``.
    level : float
        Of the interval.

    Returns
    -------
    DataFrame
        One row: `measure`, `first_period`, `second_period`, `first_share`,
        `second_share`, `difference_share` (second minus first, in -1 to 1), and
        `low_share` and `high_share` of the difference, over the nights of each.

    Raises
    ------
    ValueError
        A regime of either period does not give the measure, there is no night in
        it, or a night in both.

    Examples
    --------
    >>> from analysis import load, measures
    >>> found = measures.difference(load(), "neutralised_share", "2025-06", "2025-11")
    >>> found[["difference_share", "low_share", "high_share"]].round(3).to_numpy().tolist()
    [[-0.023, -0.094, 0.046]]
    """
    count = NUMERATORS[known("measure", measure, NUMERATORS)]
    spans = sorted((span(first), span(second)), key=lambda period: period.start_time)
    if spans[0].end_time >= spans[1].start_time:
        raise ValueError(
            f"difference: found {first} and {second}, which overlap, expected two periods apart"
        )
    nights = _nights(air)
    parts = [_within(nights, period) for period in (first, second)]
    sums = [intervals.given(part, count)[[count, "launched_count"]].sum() for part in parts]
    shares = [part[count] / part["launched_count"] for part in sums]
    low, high = intervals.difference_interval(*parts, count, level=level)
    row = {
        "measure": measure,
        "first_period": first,
        "second_period": second,
        "first_share": shares[0],
        "second_share": shares[1],
        "difference_share": shares[1] - shares[0],
        "low_share": low,
        "high_share": high,
    }
    return pd.DataFrame([row])


def _within(nights, period):
    found = nights[nights["report_date"].between(span(period).start_time, span(period).end_time)]
    if found.empty:
        raise ValueError(
            f"{period}: found no night with an outcome; expected a period within "
            f"{nights['report_date'].min():%Y-%m-%d} to {nights['report_date'].max():%Y-%m-%d}"
        )
    return found
