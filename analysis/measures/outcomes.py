"""What was reported of the drones' fate, and only what the reporting regime of the night identifies (R11 to R14).

Every share is a sum over a sum, over the rows whose report gives all the counts
that its regime gives; the others are out of both sides. Asking for a share where
the regime does not identify it gives missing, with the reason.
"""

import numpy as np
import pandas as pd

from analysis.measures.launches import drones, periods

NUMERATORS = {
    "claimed_share": "shot_down_count",
    "shot_down_share": "shot_down_count",
    "lost_share": "lost_count",
    "neutralised_share": "neutralised_count",
    "residual_share": "residual_count",
}
_REASONS = {
    "not reported": "lost drones were not reported, so that shot down of launched is a claimed upper bound (R13)",
    "reported on some nights": "lost drones were reported on some nights only (R12)",
    "reported separately": "shot down and lost are counted apart: see shot_down_share (R12)",
    "merged into shot down": "lost is merged into shot down: not separable, between 0 and the neutralised share (R12)",
}


def outcomes(reports):
    """Return the drone rows whose report gives every count that its regime gives.

    Rows of regimes A and B need launched and shot down, those of C also lost,
    those of D the merged figure. `residual_count` is added: launched minus
    neutralised, the drones not reported as neutralised (R18), missing in A and B.
    """
    rows = drones(reports)
    counted = rows["neutralised_count"].notna() | (
        rows["regime_id"].isin(["A", "B"]) & rows["shot_down_count"].notna())
    rows = rows[counted & rows["launched_count"].notna()]
    return rows.assign(residual_count=rows["launched_count"] - rows["neutralised_count"])


def nightly_outcomes(reports, by="month"):
    """Return the sums of `outcomes` a night and regime, with the night's period: the clusters of the intervals.

    Columns: the period named `by`, `report_date`, `regime_id`, and the counts
    launched, shot down, lost, neutralised and residual.
    """
    rows = outcomes(reports)
    counts = ["launched_count", "shot_down_count", "lost_count", "neutralised_count", "residual_count"]
    nights = rows.groupby(["report_date", "regime_id"], observed=True)[counts].sum(min_count=1).reset_index()
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights


def outcome_share(reports, regimes, measure, by="month", pool=False):
    """Return one outcome measure a period and regime.

    Parameters
    ----------
    reports, regimes : DataFrame
        The tables of those names.
    measure : str
        A key of `NUMERATORS`: ``claimed_share`` (regimes A, B: an upper bound),
        ``shot_down_share`` and ``lost_share`` (C alone), ``neutralised_share``
        and ``residual_share`` (C and D).
    by : {"day", "week", "month", "quarter", "year"}
    pool : bool
        Give one row a period, over the regimes that identify the measure, e.g.
        for July 2025; periods without such a regime are left out.

    Returns
    -------
    DataFrame
        Index: period (and `regime_id`). `numerator_count`, `launched_count`,
        `night_count`, `share` in 0 to 1, missing where the regime does not
        identify it, and then `reason` says why.
    """
    if measure not in NUMERATORS:
        raise ValueError(f"unknown measure {measure!r}; expected one of {', '.join(NUMERATORS)}")
    nights = nightly_outcomes(reports, by)
    needed = "neutralised_share" if measure == "residual_share" else measure
    given = regimes.set_index(regimes["regime_id"].astype(str))
    valid = given["valid_measures"].str.split(";").map(lambda names: needed in names)
    is_valid = nights["regime_id"].astype(str).map(valid)
    nights["numerator_count"] = nights[NUMERATORS[measure]].where(is_valid)
    if pool:
        nights = nights[is_valid]
    groups = nights.groupby([by] if pool else [by, "regime_id"], observed=True)
    table = groups[["numerator_count", "launched_count"]].sum(min_count=1)
    table["night_count"] = groups.size()
    table["share"] = table["numerator_count"].astype("float64") / table["launched_count"].astype("float64")
    if not pool:
        reasons = given["lost_is"].map(_REASONS)
        names = table.index.get_level_values("regime_id").astype(str)
        table["reason"] = pd.Series(names.map(reasons), table.index).where(table["share"].isna())
    return table


def outcome_shares(reports, regimes, by="month"):
    """Return all outcome shares side by side, a row a period and regime, with the dates that the row covers.

    Columns: `first_date`, `last_date`, the shares of `outcome_share` and
    `merged_share` (regime D: shot down or suppressed, reported as one figure).
    A share that the regime does not identify is missing.
    """
    shares = pd.DataFrame({m: outcome_share(reports, regimes, m, by)["share"] for m in NUMERATORS})
    names = shares.index.get_level_values("regime_id")
    shares["merged_share"] = shares["neutralised_share"].where(names == "D")
    spans = regimes.set_index("regime_id").loc[names]
    span = shares.index.get_level_values(by)
    shares.insert(0, "first_date", np.maximum(span.start_time, spans["first_report_date"].to_numpy()))
    last = spans["last_report_date"].fillna(span.end_time.max()).to_numpy()
    shares.insert(1, "last_date", np.minimum(span.end_time.normalize(), last))
    return shares


def location_nights(reports, by="month"):
    """Return the nights whose report gives places hit, with launched, places hit and places of debris.

    Places, not drones, and not only drones' (R18): a night's report counts the
    places hit by everything that was launched. Given since May 2025.
    """
    rows = drones(reports)
    counts = ["launched_count", "hit_location_count", "debris_location_count"]
    known = rows[rows["launched_count"].notna() & rows["hit_location_count"].notna()]
    nights = known.groupby("report_date")[counts].sum(min_count=1).reset_index()
    nights.insert(0, by, periods(nights["report_date"], by))
    return nights
