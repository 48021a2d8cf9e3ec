"""On no road through the library can an outcome be computed where its regime does not give it (R12)."""

import inspect

import pytest

from analysis import intervals, load, measures
from analysis.measures.outcomes import NUMERATORS

AIR = load()
FORBIDDEN = [
    (regime.regime_id, measure)
    for regime in AIR.regimes.itertuples()
    for measure in NUMERATORS
    if measure.replace("residual", "neutralised") not in regime.valid_measures.split(";")
]
PERIODS = {
    "A": ("2022", "2023"),
    "B": ("2024-07", "2024-08"),
    "C": ("2025-02", "2025-03"),
    "D": ("2025-11", "2025-12"),
}
SHARES_OF_SOMETHING_ELSE = {
    "area_coverage",
    "double_count_bound",
    "launch_areas",
    "quantity_coverage",
    "wave_sizes",
}  # no outcome
ROADS = {
    "outcome_share": lambda rows, measure: measures.outcome_share(
        rows, AIR.regimes, measure, interval=True
    )["share"],
    "outcome_shares": lambda rows, measure: measures.outcome_shares(rows, AIR.regimes)[measure],
    "difference": lambda rows, measure: measures.difference(
        rows, measure, *PERIODS[rows["regime_id"].iloc[0]]
    )["first_share"],
    "share_intervals": lambda rows, measure: intervals.share_intervals(
        measures.nightly_outcomes(rows), NUMERATORS[measure], "month"
    )["share"],
    "interception": lambda rows, measure: measures.interception(rows, "regime_id")["share"],
}


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(("regime", "measure"), FORBIDDEN)
def test_share_that_a_regime_does_not_give_is_missing_or_refused(road, regime, measure):
    rows = measures.drones(AIR)
    try:
        found = ROADS[road](rows[rows["regime_id"] == regime], measure)
    except ValueError as error:
        assert "R12" in str(error)
    else:
        assert len(found) and found.isna().all()


@pytest.mark.parametrize("regime", ["A", "B", "D"])
@pytest.mark.parametrize("numerator", ["shot_down_count", "lost_count"])
def test_rows_as_they_stand_in_reports_are_refused_too(regime, numerator):
    rows = measures.drones(AIR)
    rows = rows[(rows["regime_id"] == regime) & rows[numerator].notna()].assign(year=2025)
    if len(rows):
        with pytest.raises(ValueError, match="R12"):
            intervals.share_intervals(rows, numerator, by="year")


def test_every_public_function_that_gives_a_share_is_one_of_the_roads():
    public = [
        f
        for module in (measures, intervals)
        for _, f in inspect.getmembers(module, inspect.isfunction)
        if not f.__name__.startswith("_")
    ]
    sharing = {
        f.__name__
        for f in public
        if "_share`" in (f.__doc__ or "") or "`share`" in (f.__doc__ or "")
    }
    assert sharing - SHARES_OF_SOMETHING_ELSE - {"findings"} <= set(ROADS)


def test_findings_of_lost_drones_end_with_the_regime_that_counts_them():
    lost = measures.findings(AIR).set_index("finding_id").loc["lost-share"]
    assert lost["period"] == "2024-08-21 to 2025-07-23"


def by_month(rows, **sums):
    """Rows summed by hand over months: a count that is missing throughout becomes 0."""
    rows = rows.assign(month=measures.periods(rows["report_date"], "month"))
    return (
        rows.groupby(["month", "report_date", "regime_id"], observed=True)[list(sums)]
        .sum()
        .reset_index()
    )


@pytest.mark.parametrize("numerator", ["shot_down_count", "lost_count"])
def test_counts_summed_by_hand_are_refused_though_none_is_missing(numerator):
    nights = by_month(
        measures.drones(AIR),
        launched_count=0,
        **{numerator: 0, "neutralised_count": 0, "lost_count": 0},
    )
    with pytest.raises(ValueError, match=f"{numerator}: found .* rows of regime A, B, D .*R12"):
        intervals.share_intervals(nights, numerator, by="month")


@pytest.mark.parametrize(
    "numerator", ["drones_shot_down_count", "drones_lost_count", "drones_neutralised_count"]
)
def test_table_of_nights_is_guarded_under_its_own_names(numerator):
    nights = AIR.nights.assign(month=measures.periods(AIR.nights["report_date"], "month"))
    with pytest.raises(ValueError, match=f"{numerator}: found .*R12"):
        intervals.share_intervals(
            nights, numerator, by="month", denominator="drones_launched_count"
        )


@pytest.mark.parametrize(
    "road", [intervals.share_intervals, lambda rows, numerator, by: measures.interception(rows, by)]
)
def test_drones_without_their_regime_are_refused(road):
    rows = measures.drones(AIR).drop(columns="regime_id").assign(year=2025)
    with pytest.raises(ValueError, match="R12"):
        road(rows, "shot_down_count", by="year")


@pytest.mark.parametrize(("regime", "measure"), FORBIDDEN)
def test_every_refusal_has_a_reason(regime, measure):
    asked = measures.outcome_share(AIR, measure, interval=False)
    assert asked.loc[asked["regime_id"] == regime, "reason"].notna().all()


def test_period_may_follow_the_measure():
    assert "week" in measures.outcome_share(AIR, "lost_share", "week")
    with pytest.raises(ValueError, match="no period 'weeks'; nearest: week"):
        measures.outcome_share(AIR, "lost_share", "weeks")
