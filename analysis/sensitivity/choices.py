"""Other defensible choices in curating and computing, each as a dataset or a share computed that other way.

For notebook 06, which asks of every headline number which choice moves it.
"""

from dataclasses import replace

import pandas as pd

from analysis import intervals
from analysis.measures import silence
from analysis.measures.findings import findings
from analysis.measures.nights import nightly_table

BASE, MEAN, WEEKS = "as curated", "mean of nightly shares", "intervals over weeks"


def findings_by_choice(air) -> pd.DataFrame:
    """Return `findings` under the base and every other choice, long: `choice` (in words) and the columns of `findings`.

    The choices: booking by the start of the window (R4); regional rows all in,
    or all out (R6, R7); additions off (R16); corrections off (R15); composite
    rows out (R9); the drones that silent nights may hide (R17), of 2023 and of
    July 2024 by the upper end of the sirens' bound, and of 2023 by the Air
    Force's own total; a missing lost count of regime C as zero (R11); mean of
    nightly shares instead of sum over sum (R14); intervals over weeks instead
    of nights.
    """
    nights = silence.night_sirens(air)
    hidden = silence.growth_bounds(air, nights).set_index("bound")["hidden_count"]
    datasets = {
        BASE: air,
        "a report counts for the day its window starts": _booked_by_start(air),
        "every regional report counts": _regional_in(air),
        "no regional report counts": _without(air, air.reports["level"] == "regional"),
        "without reports known from the press": _without(air, air.reports["origin"] == "press"),
        "without corrections": _uncorrected(air),
        "without rows that name several weapons": _without(air, air.reports["is_composite"]),
        "silent nights with all that the sirens allow": _with_more(
            air,
            {
                "2023-12-31": hidden["sirens, upper end of the interval"],
                "2024-07-31": silence.hidden_at_most(nights, "2024-07-01"),
            },
        ),
        "the Air Force's own total to the end of 2023": _with_more(
            air, {"2023-12-31": hidden["Air Force total to the end of 2023"]}
        ),
        "a missing lost count is zero": _lost_as_zero(air),
    }
    tables = {name: findings(data) for name, data in datasets.items()}
    tables |= {MEAN: findings(air, share=_mean_of_nights), WEEKS: findings(air, share=_by_week)}
    return pd.concat(
        [table.assign(choice=name) for name, table in tables.items()], ignore_index=True
    )


def largest_moves(by_choice: pd.DataFrame) -> pd.DataFrame:
    """Return for each headline number the choice that moves it most.

    Parameters
    ----------
    by_choice : DataFrame
        As from `findings_by_choice`.

    Returns
    -------
    DataFrame
        A row a number, in its order: `finding_id`, `finding`, `value` as
        curated, `choice`, `other_value` under it, `difference_percent` of the
        value. Choice and other value are missing where none moves it.
    """
    base = by_choice[by_choice["choice"] == BASE][["finding_id", "finding", "value"]]
    others = by_choice[by_choice["choice"] != BASE].rename(columns={"value": "other_value"})
    table = base.merge(others[["finding_id", "choice", "other_value"]], on="finding_id")
    table["difference_percent"] = (table["other_value"] / table["value"] - 1) * 100
    most = table.loc[
        table.groupby("finding_id", sort=False)["difference_percent"].agg(
            lambda moves: moves.abs().idxmax()
        )
    ]
    nothing = most["difference_percent"] == 0
    return most.assign(
        choice=most["choice"].mask(nothing), other_value=most["other_value"].mask(nothing)
    ).reset_index(drop=True)


def _remade(air, reports):
    """The dataset with other reports, and the nights that they make."""
    nights = nightly_table(reports, air.quiet_nights, air.regimes, air.period)
    return replace(air, tables=air.tables | {"reports": reports, "nights": nights})


def _with_reports(air, **columns):
    return _remade(air, air.reports.assign(**columns))


def _without(air, dropped):
    return _remade(air, air.reports[~dropped])


def _booked_by_start(air):
    return _with_reports(air, report_date=air.reports["window_start"].dt.normalize())


def _regional_in(air):
    return _with_reports(
        air, is_in_drone_series=air.reports["weapon_class"] == "one_way_attack_drone"
    )


def _uncorrected(air):
    """The reports with every applied correction undone."""
    reports = air.reports.copy()
    for c in air.corrections[air.corrections["status"] == "applied"].itertuples():
        hit = (
            reports["correction_ids"]
            .fillna("")
            .str.split(";")
            .map(lambda ids: c.correction_id in ids)
        )
        reports.loc[hit, c.field] = pd.Timestamp(c.was) if c.field == "report_date" else int(c.was)
        if c.field == "lost_count":
            reports.loc[hit, "neutralised_count"] = (
                reports["shot_down_count"] + reports["lost_count"]
            )
    return _remade(air, reports)


def _with_more(air, launched):
    """The dataset with so many more drones launched on these dates."""
    extra = pd.DataFrame(
        {
            "report_date": pd.to_datetime(list(launched)),
            "launched_count": [round(count) for count in launched.values()],
        }
    )
    extra = extra.assign(
        report_id=[f"more to {date}" for date in launched],
        is_in_drone_series=True,
        weapon_class="one_way_attack_drone",
        is_composite=False,
    )
    return _remade(
        air, pd.concat([air.reports, extra.astype({"launched_count": "Int64"})], ignore_index=True)
    )


def _lost_as_zero(air):
    """The reports with a missing lost count of regime C read as none lost."""
    unknown = (air.reports["regime_id"] == "C") & air.reports["lost_count"].isna()
    return _with_reports(
        air,
        lost_count=air.reports["lost_count"].mask(unknown, 0),
        neutralised_count=air.reports["neutralised_count"].mask(
            unknown, air.reports["shot_down_count"]
        ),
    )


def _mean_of_nights(nights, numerator):
    shares = (nights[numerator] / nights["launched_count"]).dropna()
    return shares.mean(), float("nan"), float("nan")


def _by_week(nights, numerator):
    known = nights[nights[numerator].notna()]
    counts = known[[numerator, "launched_count"]].set_axis(["count", "launched_count"], axis=1)
    weeks = counts.groupby(known["report_date"].dt.to_period("W")).sum()
    value = weeks["count"].sum() / weeks["launched_count"].sum()
    return value, *intervals.share_interval(weeks, "count")
