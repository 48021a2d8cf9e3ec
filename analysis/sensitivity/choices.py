"""Other defensible choices in curating and computing, each as a dataset or a share computed that other way.

For notebook 06, which asks of every headline number which choice moves it.
"""

from dataclasses import replace

import pandas as pd

from analysis import intervals
from analysis.measures.findings import findings
from analysis.measures.launches import drones
from analysis.measures.nights import nightly_table
from analysis.measures.outcomes import pooled_share

BASE = "as curated"


def findings_by_choice(air) -> pd.DataFrame:
    """Return `findings` under the base and every other choice, long: `choice` and the columns of `findings`.

    The choices: booking by the start of the window (R4); regional rows all in,
    or all out (R6, R7); additions off (R16); corrections off (R15); composite
    lines out (R9); monthly totals of the General Staff where an article prints
    one; unreported nights as zero (R17); a missing lost count of regime C as
    zero (R11); mean of nightly shares instead of sum over sum (R14);
    resampling weeks instead of nights, which moves intervals alone.
    """
    datasets = {BASE: air, "booked by start": _booked_by_start(air), "regional rows all in": _regional_in(air),
                "regional rows out": _without(air, air.reports["level"] == "regional"),
                "additions off": _without(air, air.reports["origin"] == "press"),
                "corrections off": _uncorrected(air), "composite lines out": _without(air, air.reports["is_composite"]),
                "General Staff months": _general_staff_months(air), "unreported nights as zero": _all_quiet(air),
                "missing lost as zero": _lost_as_zero(air)}
    tables = {name: findings(data) for name, data in datasets.items()}
    tables |= {"mean of nights": findings(air, share=_mean_of_nights), "resampled by week": findings(air, share=_by_week)}
    return pd.concat([table.assign(choice=name) for name, table in tables.items()], ignore_index=True)


def _remade(air, reports, quiet_nights=None):
    """The dataset with other reports, and the nights that they make."""
    quiet_nights = air.quiet_nights if quiet_nights is None else quiet_nights
    nights = nightly_table(reports, quiet_nights, air.regimes, air.period)
    return replace(air, reports=reports, quiet_nights=quiet_nights, nights=nights)


def _with_reports(air, **columns):
    return _remade(air, air.reports.assign(**columns))


def _without(air, dropped):
    return _remade(air, air.reports[~dropped])


def _booked_by_start(air):
    return _with_reports(air, report_date=air.reports["window_start"].dt.normalize())


def _regional_in(air):
    return _with_reports(air, is_in_drone_series=air.reports["weapon_class"] == "one_way_attack_drone")


def _uncorrected(air):
    """The reports with every applied correction undone."""
    reports = air.reports.copy()
    for c in air.corrections[air.corrections["status"] == "applied"].itertuples():
        hit = reports["correction_ids"].fillna("").str.split(";").map(lambda ids: c.correction_id in ids)
        reports.loc[hit, c.field] = pd.Timestamp(c.was) if c.field == "report_date" else int(c.was)
        if c.field == "lost_count":
            reports.loc[hit, "neutralised_count"] = reports["shot_down_count"] + reports["lost_count"]
    return _remade(air, reports)


def _general_staff_months(air):
    """The drone series brought to the printed totals of the General Staff: the difference on a month's last day."""
    claims, series = air.press_claims, drones(air.reports)
    last = claims["period_start"] + pd.offsets.MonthEnd(0)
    told = claims[(claims["attributed_to"] == "Ukrainian military") & (claims["quantity"] == "launched")
                  & (claims["target_class"] == "drones") & (claims["qualifier"] == "exact") & (claims["scope"] == "Ukraine")
                  & (claims["period_start"].dt.day == 1) & (claims["period_end"] == last)]
    totals = told.groupby("period_end")["value"].max()
    ours = series.groupby(series["report_date"] + pd.offsets.MonthEnd(0))["launched_count"].sum()
    extra = (totals - ours.reindex(totals.index)).rename_axis("report_date").rename("launched_count").reset_index()
    extra = extra.assign(is_in_drone_series=True, weapon_class="one_way_attack_drone", is_composite=False)
    return _remade(air, pd.concat([air.reports, extra.astype({"launched_count": "Int64"})], ignore_index=True))


def _all_quiet(air):
    dates = pd.date_range(*air.period)
    empty = dates[~dates.isin(drones(air.reports)["report_date"])]
    return _remade(air, air.reports, pd.DataFrame({"report_date": empty, "verdict": "quiet"}))


def _lost_as_zero(air):
    """The reports with a missing lost count of regime C read as none lost."""
    unknown = (air.reports["regime_id"] == "C") & air.reports["lost_count"].isna()
    return _with_reports(
        air, lost_count=air.reports["lost_count"].mask(unknown, 0),
        neutralised_count=air.reports["neutralised_count"].mask(unknown, air.reports["shot_down_count"]))


def _mean_of_nights(nights, numerator):
    shares = (nights[numerator] / nights["launched_count"]).dropna()
    return shares.mean(), float("nan"), float("nan")


def _by_week(nights, numerator):
    known = nights[nights[numerator].notna()]
    weeks = known.groupby(known["report_date"].dt.to_period("W"))[[numerator, "launched_count"]].sum()
    return pooled_share(known, numerator)[0], *intervals.share_interval(weeks, numerator)
