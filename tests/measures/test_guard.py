"""By no function can an outcome be computed where its regime does not give it (R12)."""

import inspect
from types import SimpleNamespace

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
# No outcome of drones, or the ten numbers, whose periods are fixed.
OTHER_SHARES = {"coverage", "double_count_bound", "findings", "launch_areas", "wave_sizes"}


def by_regime(rows):
    """Counts of each night as a first look sums them: one that is missing becomes 0."""
    counts = ["launched_count", *(set(NUMERATORS.values()) & set(rows))]
    return rows.groupby(["report_date", "regime_id"], observed=True)[counts].sum().reset_index()


FUNCTIONS = {
    "outcome_share": lambda air, name, _: measures.outcome_share(air, name, interval=True)["share"],
    "all shares": lambda air, name, _: measures.outcome_share(air)[name],
    "night_outcomes": lambda air, name, _: measures.night_outcomes(air, name)["launched_count"],
    "difference": lambda air, name, regime: measures.difference(air, name, *PERIODS[regime]),
    "standardised_share": lambda air, name, regime: measures.standardised_share(
        air, name, by="year", reference=PERIODS[regime][0][:4]
    )["standardised_share"],
    "share_intervals": lambda air, name, _: intervals.share_intervals(
        by_regime(air.reports).assign(residual_count=0, claimed_count=0),
        NUMERATORS[name],
        "regime_id",
    ),
    "interception": lambda air, *_: measures.interception(measures.drones(air), "regime_id"),
}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(("regime", "measure"), FORBIDDEN)
def test_share_that_a_regime_does_not_give_is_missing_or_refused(function, regime, measure):
    rows = measures.drones(AIR)
    rows = rows[rows["regime_id"] == regime]
    air = SimpleNamespace(reports=rows, regimes=AIR.regimes, period=AIR.period)
    try:
        found = FUNCTIONS[function](air, measure, regime)
    except ValueError as error:
        assert "R12" in str(error)
    else:
        assert found.isna().all()


def test_every_public_function_that_gives_a_share_is_among_them():
    functions = [
        function
        for module in (measures, intervals)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name in module.__all__
    ]
    words = "_share`", "`share`"
    shares = {f.__name__ for f in functions if any(word in f.__doc__ for word in words)}
    assert shares - OTHER_SHARES <= set(FUNCTIONS)


@pytest.mark.parametrize("outcome", ["shot_down", "lost", "neutralised"])
def test_table_of_nights_is_guarded_under_its_own_names(outcome):
    count = f"drones_{outcome}_count"
    denominator = f"drones_{outcome}_of_count"
    with pytest.raises(ValueError, match=f"{count}: found .*R12"):
        intervals.share_intervals(AIR.nights, count, "report_kind", denominator)


def test_nights_summed_by_hand_without_their_regime_are_refused():
    nights = by_regime(measures.drones(AIR)).drop(columns="regime_id")
    nights["quarter"] = measures.periods(nights["report_date"], "quarter")
    with pytest.raises(ValueError, match="found nights without their regime_id.*R12"):
        intervals.share_intervals(nights, "shot_down_count", "quarter")


@pytest.mark.parametrize(("regime", "measure"), FORBIDDEN)
def test_every_refusal_has_a_reason(regime, measure):
    asked = measures.outcome_share(AIR, measure)
    assert asked.loc[asked["regime_id"] == regime, "reason"].notna().all()
