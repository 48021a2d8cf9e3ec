"""A share at a fixed mix of wave sizes: a change of the waves apart from a change of the share.

Since spring 2025 large waves have a higher neutralised share than small ones, and in the
same months they became common (R14). Direct standardisation keeps the two apart.
"""

import numpy as np
import pandas as pd

from analysis.measures.outcomes import NUMERATORS, nights_by_period, outcome_share
from analysis.measures.waves import wave_band
from analysis.names import level_of
from analysis.periods import span


def standardised_share(
    air,
    measure: str,
    by: str = "quarter",
    *,
    reference: str,
    interval: bool = False,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return an outcome share as it would be with the wave sizes of a reference period.

    The share of each wave band in a period, weighted by the drones that were
    launched in waves of that band in the reference period. Bands that the
    reference period lacks have no weight, whatever they report (R14).

    Parameters
    ----------
    air : Dataset
    measure : str
        As for `night_outcomes`.
    by : {"quarter", "day", "week", "month", "year", "all"}
    reference : str
        A day, week, month, quarter or year, such as ``"2025Q1"``.
    interval : bool
        Add `low_share` and `high_share` of the standardised share, over nights: a
        Student interval on the logit scale from the cluster-robust variance of
        each band (a night is a cluster), with Satterthwaite's degrees of freedom.
        Nights are taken to be independent, the weights to be fixed.
    level : float
        Of the interval.

    Returns
    -------
    DataFrame
        The period, named `by`: its first day. `night_count`; the `share` reported
        over all waves, and the `standardised_share`, both in 0 to 1. It is missing
        where the period has no wave of a band that has weight; its ends also where
        two equal nights would bear more than a band's nights do.
        `outside_mix_share`: the part of the period's drones that came in waves of
        bands without weight. `reason` says why a share is missing.

    Raises
    ------
    ValueError
        An unknown measure or period, or a reference period without a night that gives
        the measure.

    Examples
    --------
    >>> from analysis import load, measures
    >>> found = measures.standardised_share(load(), "neutralised_share", reference="2025Q1")
    >>> found.set_index("quarter").loc["2025", "standardised_share"].round(3).tolist()
    [0.944, 0.821, 0.792, 0.745]
    """
    table = outcome_share(air, measure, by, pool=True)[[by, "night_count", "share", "reason"]]
    count = NUMERATORS[measure]
    nights = nights_by_period(air, by).dropna(subset=count).query("launched_count > 0").copy()
    nights["wave_band"] = wave_band(nights["launched_count"]).astype("str")
    weights = _weights(nights, reference)
    mixed = _mixed(_bands(nights, by, count), by, weights, level_of(level))
    shown = ["standardised_share", "low_share", "high_share", "outside_mix_share"]
    if not interval:
        del shown[1:3]
    table = table.merge(mixed[[*shown, "lacking"]], on=by, how="left")
    table["reason"] = table.pop("lacking").fillna(table["reason"])
    return table[[by, "night_count", "share", *shown, "reason"]]


def _weights(nights, reference):
    """The part of the reference period's drones that came in waves of each band."""
    period = span(reference)
    own = nights[nights["report_date"].between(period.start_time, period.end_time)]
    if own.empty:
        raise ValueError(
            f"reference: found {reference}, in which no report gives the measure (R12), expected "
            "a period for which measures.outcome_share gives a share"
        )
    launched = own.groupby("wave_band")["launched_count"].sum().astype(float)
    return (launched / launched.sum()).rename("weight")


def _bands(nights, by, count):
    """The share of each period and band, with its variance and degrees of freedom over nights."""
    nights = nights.assign(square=nights["launched_count"].astype(float) ** 2)
    groups = nights.groupby([by, "wave_band"])
    sums = groups[[count, "launched_count", "square"]].transform("sum").astype(float)
    expected = nights["launched_count"] * sums[count] / sums["launched_count"]
    others = (sums["launched_count"] - nights["launched_count"]).replace(0, np.nan)
    errors = ((nights[count] - expected) / others).astype(float) ** 2
    bands = groups[["launched_count", "square"]].sum().astype(float)
    bands["share"] = (groups[count].sum() / bands["launched_count"]).astype(float)
    bands["variance"] = errors.groupby([nights[by], nights["wave_band"]]).sum(min_count=1)
    bands["freedom"] = bands["launched_count"] ** 2 / bands["square"] - 1
    is_few = bands["freedom"] < 1  # fewer than two equal nights, as in `intervals`
    return bands.assign(variance=bands["variance"].mask(is_few)).reset_index()


def _mixed(bands, by, weights, level):
    """The bands of each period weighed into one share, and what stands against it."""
    from scipy import special  # half a second to import, and only an interval needs it

    bands = bands.merge(weights, on="wave_band", how="left")
    parts = pd.DataFrame({by: bands[by], "share": bands["weight"] * bands["share"]})
    parts["variance"] = bands["weight"] ** 2 * bands["variance"]
    parts["per_freedom"] = parts["variance"] ** 2 / bands["freedom"]
    mixed = parts.groupby(by).sum(min_count=len(weights))
    share = mixed["share"]
    error = np.sqrt(mixed["variance"]) / (share * (1 - share))
    freedom = mixed["variance"] ** 2 / mixed["per_freedom"]
    margin = special.stdtrit(freedom, (1 + level) / 2) * error
    logit = special.logit(share)
    launched = bands.groupby(by)["launched_count"].sum()
    outside = bands[bands["weight"].isna()].groupby(by)["launched_count"].sum()
    present = bands.groupby(by)["wave_band"].agg(set)
    lacking = [_lacking(weights.index, found) for found in present]
    return mixed.assign(
        standardised_share=share,
        low_share=special.expit(logit - margin),
        high_share=special.expit(logit + margin),
        outside_mix_share=(outside / launched).reindex(mixed.index).fillna(0),
        lacking=pd.Series(lacking, mixed.index, dtype="object"),
    )


def _lacking(expected, found):
    """Why a period has no standardised share, missing where it has."""
    names = " and ".join(band for band in expected if band not in found)
    return f"no wave of {names} drones, which the reference period has" if names else None
