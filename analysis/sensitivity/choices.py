"""Other defensible choices in curating and computing, each as reports or a share made that way.

For notebook 06, which asks which choice moves each headline number.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import intervals
from analysis.measures import silence
from analysis.measures.findings import findings
from analysis.measures.nights import nightly_table

BASE = "as curated"


def findings_by_choice(air) -> pd.DataFrame:
    """Return `findings` as curated and under every other choice, long.

    Columns: those of `findings`, and `choice` in words.

    The choices: booking by the start of the window (R4); regional rows all in,
    or all out (R6, R7); additions off (R16); corrections off (R15); composite
    rows out (R9); the drones that silent nights may hide (R17), of 2023 and of
    July 2024 by the upper end of the sirens' bound, and of 2023 by the Air
    Force's own total; a missing lost count of regime C as zero (R11); mean of
    nightly shares instead of sum over sum (R14); intervals over weeks instead
    of nights.
    """
    sirens = silence.night_sirens(air)
    hidden = silence.growth_bounds(air, sirens).set_index("bound")["hidden_count"]
    hidden_of_2023 = hidden["sirens, upper end of the interval"]
    hidden_of_july = silence.hidden_at_most(sirens, "2024-07-01")
    of_total = hidden["Air Force total to the end of 2023"]
    reports = air.reports
    is_regional = reports["level"] == "regional"
    is_drone = reports["weapon_class"] == "one_way_attack_drone"
    by_start = reports["window_start"].dt.normalize()
    choices = {
        BASE: reports,
        "a report counts for the day its window starts": reports.assign(report_date=by_start),
        "every regional report counts": reports.assign(is_in_drone_series=is_drone),
        "no regional report counts": reports[~is_regional],
        "without reports known from the press": reports[reports["origin"] != "press"],
        "without corrections": _uncorrected(air),
        "without rows that name several weapons": reports[~reports["is_composite"]],
        "silent nights with all that the sirens allow": _with_more(
            reports, {"2023-12-31": hidden_of_2023, "2024-07-31": hidden_of_july}
        ),
        "the Air Force's own total to the end of 2023": _with_more(
            reports, {"2023-12-31": of_total}
        ),
        "a missing lost count is zero": _lost_as_zero(reports),
    }
    tables = {name: findings(_remade(air, rows)) for name, rows in choices.items()}
    tables["mean of nightly shares"] = findings(air, share=_mean_of_nights)
    tables["intervals over weeks"] = findings(air, share=_by_week)
    parts = [table.assign(choice=name) for name, table in tables.items()]
    return pd.concat(parts, ignore_index=True)


def largest_moves(by_choice: pd.DataFrame) -> pd.DataFrame:
    """Return for each headline number the choice that moves it most.

    Parameters
    ----------
    by_choice : DataFrame
        As from `findings_by_choice`.

    Returns
    -------
    DataFrame
        One row per number, in its order: `finding_id`, `finding`, `value` as
        curated, `choice`, `other_value` under it, `difference_percent` of the
        value. Choice and other value are missing where none moves it.
    """
    base = by_choice[by_choice["choice"] == BASE]
    others = by_choice[by_choice["choice"] != BASE].rename(columns={"value": "other_value"})
    moves = base[["finding_id", "finding", "value"]].merge(
        others[["finding_id", "choice", "other_value"]], on="finding_id"
    )
    moves["difference_percent"] = (moves["other_value"] / moves["value"] - 1) * 100
    sizes = moves["difference_percent"].abs()
    largest = moves.loc[sizes.groupby(moves["finding_id"], sort=False).idxmax()]
    is_unmoved = largest["difference_percent"] == 0
    changes = largest[["choice", "other_value"]].mask(is_unmoved)
    return largest.assign(**changes).reset_index(drop=True)


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


def _mean_of_nights(nights, count):
    return (nights[count] / nights["launched_count"]).mean(), np.nan, np.nan


def _by_week(nights, count):
    week = nights["report_date"].dt.to_period("W")
    weeks = nights.groupby([week, "regime_id"], observed=True)[[count, "launched_count"]].sum()
    share = weeks[count].sum() / weeks["launched_count"].sum()
    return share, *intervals.share_interval(weeks.reset_index("regime_id"), count)
