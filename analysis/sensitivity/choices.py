"""Other defensible choices in curating and computing, each as reports or a share made that way.

For notebook 06, which asks which choice moves each headline number.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import intervals
from analysis.measures import silence
from analysis.measures.findings import findings
from analysis.measures.launches import MISSILE_CLASSES
from analysis.measures.nights import nightly_table
from analysis.measures.outcomes import night_outcomes
from analysis.measures.wave_mix import standardised_share
from analysis.names import table_of

BASE = "as curated"
# The press claim of most drones beyond the record: a military total of September 2025.
_TOTAL_OF_DAYS = "c5308"
_MIXES = {"2025Q1": "first quarter of 2025", "2024Q4": "last quarter of 2024"}


def findings_by_choice(air) -> pd.DataFrame:
    """Return `findings` as curated and under every other choice, long.

    Columns: those of `findings`, and `choice` in words. A choice of curation has values, no ends
    of shares.

    The choices of curation: booking by the start of the window (R4); without
    windows that lie in the day; regional rows all in, or all out, and regional missiles too
    (R6, R7); additions off (R16); corrections off (R15); composite rows out
    (R9); S-300 and S-400 out (R22); drones that unreported nights of 2023 may
    hide, by two specifications of the sirens, by the Air Force's own total, or
    by both (R17); all of 2025 as far below 24-hour totals as its September
    (R21); a missing lost count of regime C as zero (R11). Those of computing: mean of
    nightly shares instead of sum over sum, wave sizes of one quarter (R14),
    lost of one wording alone; intervals over weeks instead of nights.
    """
    base = findings(air)
    tables = {BASE: base}
    tables |= {
        name: findings(_remade(air, rows), share=_alone) for name, rows in _curated(air).items()
    }
    tables["mean of nightly shares"] = findings(air, share=_mean_of_nights)
    for reference, name in _MIXES.items():
        tables[f"wave sizes of the {name}"] = _with_shares(base, _at_mix(air, reference))
    for span, share in _of_wordings(air).items():
        tables[f"lost from {span} alone"] = _with_shares(base, {"lost-share": share})
    tables["intervals over weeks"] = findings(air, share=_by_week)
    parts = [table.assign(choice=name) for name, table in tables.items()]
    return pd.concat(parts, ignore_index=True)


def _curated(air):
    """The reports under each other choice of curation."""
    reports = air.reports
    is_regional = reports["level"] == "regional"
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    is_drone = reports["weapon_class"] == "one_way_attack_drone"
    by_start = reports["window_start"].dt.normalize()
    choices = {
        "a report counts for the day its window starts": reports.assign(report_date=by_start),
        "without windows that lie in the day": reports[reports["window_part"] != "day"],
        "every regional report counts": reports.assign(
            is_in_drone_series=is_drone,
            level=reports["level"].mask(is_missile & is_regional, "national"),
        ),
        "no regional report counts": reports[~is_regional],
        "without reports known from the press": reports[reports["origin"] != "press"],
        "without corrections": _uncorrected(air),
        "without rows that name several weapons": reports[~reports["is_composite"]],
        "without S-300 and S-400": reports[reports["family"] != "S-300/400"],
        "a missing lost count is zero": _lost_as_zero(reports),
    }
    for name, (date, count) in _undercounts(air).items():
        choices[name] = _with_more(reports, {date: count})
    return choices


def _undercounts(air):
    """How many drones the reports may lack, and a date of the year that lacks them."""
    bounds = silence.growth_bounds(air, silence.night_sirens(air)).set_index("bound")
    hidden = bounds["hidden_count"]
    launched = air.nights.set_index("report_date")["drones_launched_count"]
    total = air.press_claims.set_index("claim_id").at[_TOTAL_OF_DAYS, "value"]
    beyond = launched.loc["2025"].sum() * (total / launched.loc["2025-09"].sum() - 1)
    names = {
        "unreported nights with all that the sirens allow": "sirens, upper end of the interval",
        "the same by the one of sixteen specifications that allows most": (
            "sirens, least of sixteen specifications"
        ),
        "the Air Force's own total to the end of 2023": "Air Force total to the end of 2023",
        "the sirens' upper end and the Air Force's total": "sirens' upper end and Air Force total",
    }
    of_2023 = {name: ("2023-12-31", hidden[bound]) for name, bound in names.items()}
    # in the middle of the year: no date of a quarter that a finding is about
    return of_2023 | {"2025 in 24-hour totals, at the rate of September": ("2025-06-30", beyond)}


def largest_moves(by_choice: pd.DataFrame) -> pd.DataFrame:
    """Return for each headline number the choice that moves it most, and those that leave its ends.

    Parameters
    ----------
    by_choice : DataFrame
        As from `findings_by_choice`.

    Returns
    -------
    DataFrame
        One row per number, in its order: `finding_id`, `finding`, `value`, `low`,
        `high` and `bounds` as curated, `choice`, `other_value` under it,
        `difference_percent` of the value. Choice and other value are missing
        where none moves it. `outside`: the choices whose value lies outside
        low and high, split by semicolons; empty where none does, missing
        where the number has no ends.
    """
    columns = ["choice", "finding_id", "finding", "value", "low", "high", "bounds"]
    table_of(by_choice, "sensitivity.findings_by_choice", *columns)
    base = by_choice[by_choice["choice"] == BASE]
    others = by_choice[by_choice["choice"] != BASE].rename(columns={"value": "other_value"})
    moves = base[columns[1:]].merge(
        others[["finding_id", "choice", "other_value"]], on="finding_id"
    )
    moves["difference_percent"] = (moves["other_value"] / moves["value"] - 1) * 100
    sizes = moves["difference_percent"].abs()
    largest = moves.loc[sizes.groupby(moves["finding_id"], sort=False).idxmax()]
    is_unmoved = largest["difference_percent"] == 0
    changes = largest[["choice", "other_value"]].mask(is_unmoved)
    outside = largest["finding_id"].map(_outside(moves)).fillna("").mask(largest["low"].isna())
    return largest.assign(**changes, outside=outside).reset_index(drop=True)


def _outside(moves):
    """By number, the choices whose value lies outside its ends."""
    is_outside = (moves["other_value"] < moves["low"]) | (moves["other_value"] > moves["high"])
    return moves[is_outside].groupby("finding_id")["choice"].agg("; ".join)


def _remade(air, reports):
    """The dataset with other reports, and the nights that they make."""
    nights = nightly_table(reports, air.quiet_nights, air.regimes, air.period)
    return replace(air, tables=air.tables | {"reports": reports, "nights": nights})


def _uncorrected(air):
    """The reports with every applied correction undone."""
    reports = air.reports.copy()
    ids = reports["correction_ids"].str.split(";").explode()
    for c in air.corrections.query("status == 'applied'").itertuples():
        rows = ids.index[ids == c.correction_id]
        reports.loc[rows, c.field] = pd.Timestamp(c.was) if "date" in c.field else int(c.was)
        if c.field == "lost_count":
            neutralised = reports["shot_down_count"] + reports["lost_count"]
            reports.loc[rows, "neutralised_count"] = neutralised
    return reports


def _with_more(reports, launched):
    """The reports with so many more drones launched on these dates."""
    extra = pd.DataFrame(
        {
            "report_id": [f"hidden-{date}" for date in launched],
            "report_date": pd.to_datetime(list(launched)),
            "launched_count": pd.array([round(n) for n in launched.values()], "Int64"),
            "weapon_class": "one_way_attack_drone",
            "is_in_drone_series": True,
            "is_composite": False,
        }
    )
    return pd.concat([reports, extra], ignore_index=True)


def _lost_as_zero(reports):
    """The reports with a missing lost count of regime C read as none lost."""
    is_missing = (reports["regime_id"] == "C") & reports["lost_count"].isna()
    return reports.assign(
        lost_count=reports["lost_count"].mask(is_missing, 0),
        neutralised_count=reports["neutralised_count"].mask(is_missing, reports["shot_down_count"]),
    )


def _with_shares(base, shares):
    """The findings with other values and ends of some of them, by id."""
    table = base.set_index("finding_id")
    for name, ends in shares.items():
        table.loc[name, ["value", "low", "high"]] = ends
    return table.reset_index()[list(base)]


def _at_mix(air, reference):
    """The shares at the wave sizes of a quarter."""
    columns = ["standardised_share", "low_share", "high_share"]
    quarters = standardised_share(
        air, "neutralised_share", reference=reference, interval=True
    ).set_index("quarter")
    first, last = (quarters.loc[start, columns] for start in ("2025-01-01", "2025-10-01"))
    whole = standardised_share(air, "lost_share", "all", reference=reference, interval=True)
    return {
        "neutralised-2025q1": first.tolist(),
        "neutralised-2025q4": last.tolist(),
        "standardised-2025q4": last.tolist(),
        "lost-share": whole.loc[0, columns].tolist(),
    }


def _of_wordings(air):
    """The share lost while the reports worded it in one way, by the span of that."""
    nights = night_outcomes(air, "lost_share")
    shares = {}
    for wording in air.wordings.itertuples():
        first, last = wording.first_report_date, wording.last_report_date
        own = nights[nights["report_date"].between(first, last)]
        share = own["lost_count"].sum() / own["launched_count"].sum()
        ends = intervals.share_interval(own, "lost_count")
        shares[f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"] = [share, *ends]
    return shares


def _alone(nights, count):
    """The share without its interval, which takes long and is not asked."""
    return nights[count].sum() / nights["launched_count"].sum(), np.nan, np.nan


def _mean_of_nights(nights, count):
    return (nights[count] / nights["launched_count"]).mean(), np.nan, np.nan


def _by_week(nights, count):
    week = nights["report_date"].dt.to_period("W")
    weeks = nights.groupby([week, "regime_id"], observed=True)[[count, "launched_count"]].sum()
    share = weeks[count].sum() / weeks["launched_count"].sum()
    return share, *intervals.share_interval(weeks.reset_index("regime_id"), count)
