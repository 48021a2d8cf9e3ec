"""What a person passes in place of a name, a table, the dataset or a level."""

import ast
import inspect

import pandas as pd
import pytest

from analysis import load, measures, paths
from analysis.measures import silence
from analysis.names import level_of, table_of

AIR = load()
NIGHTLY = {
    "nightly_launches": (),
    "record_nights": (),
    "cumulative_by_year": (),
    "wave_sizes": (),
    "days_between_waves": (100,),
    "nights_in_month": ("2025-07-04",),
}
OF_MISSILES = ("family_launches", "interception_lines", "double_count_bound")
OF_DATASET = [
    measures.findings,
    measures.date_states,
    measures.launch_areas,
    measures.area_coverage,
    silence.night_sirens,
]


@pytest.mark.parametrize("name", NIGHTLY)
def test_dataset_and_its_nights_stand_for_nightly_launches(name):
    measure = getattr(measures, name)
    expected = measure(measures.nightly_launches(AIR), *NIGHTLY[name])
    assert len(expected) and all(
        measure(given, *NIGHTLY[name]).equals(expected) for given in (AIR, AIR.nights)
    )


def test_launches_by_day_are_nights_as_well():
    by_day = measures.launches(measures.drones(AIR), by="day")
    assert measures.record_nights(by_day).equals(measures.record_nights(AIR))


@pytest.mark.parametrize("name", NIGHTLY)
def test_reports_are_no_nights(name):
    with pytest.raises(
        ValueError, match="nights: found 2022-.* in several rows, expected one a night"
    ):
        getattr(measures, name)(AIR.reports, *NIGHTLY[name])


@pytest.mark.parametrize("name", OF_MISSILES)
def test_dataset_and_all_reports_stand_for_their_missiles(name):
    expected = getattr(measures, name)(measures.missiles(AIR))
    assert getattr(measures, name)(AIR).equals(expected) and getattr(measures, name)(
        AIR.reports
    ).equals(expected)


@pytest.mark.parametrize("measure", OF_DATASET)
def test_table_in_place_of_the_dataset_is_refused(measure):
    with pytest.raises(
        ValueError, match="found DataFrame, expected the dataset, as load.. returns it"
    ):
        measure(AIR.reports)


@pytest.mark.parametrize(
    ("measure", "like"),
    [
        (measures.quantity_coverage, "quantity_states"),
        (measures.quantity_history, "quantity_states"),
        (lambda air: measures.doubling_time(air, "2024-06", "2025-07"), "launches"),
    ],
)
def test_dataset_in_place_of_a_computed_frame_is_refused_with_the_function_that_gives_it(
    measure, like
):
    with pytest.raises(ValueError, match=f"found Dataset, expected a frame like that of {like}"):
        measure(AIR)


MORE = {
    "days_between_waves": (100,),
    "nights_in_month": ("2025-07-04",),
    "night_outcomes": ("2025-07-04",),
    "change_points": ([4],),
    "doubling_time": ("2024-06", "2025-07"),
    "outcome_share": (None, "lost_share"),
    "difference": ("lost_share", "2025-01", "2025-02"),
    "interception": ("weapon_class",),
    "quantity_states": (measures.date_states(AIR),),
}
OF_FRAMES = [
    name for name in measures.__all__ if name not in ("MISSILE_CLASSES", "periods", "wave_band")
]  # these two take a column


@pytest.mark.parametrize("name", OF_FRAMES)
@pytest.mark.parametrize(
    "given",
    [None, "drones", AIR.press_claims, AIR.regimes, [1, 2]],
    ids=["none", "text", "claims", "regimes", "list"],
)
def test_anything_else_is_refused_with_what_was_expected(name, given):
    with pytest.raises(ValueError, match="expected|nearest"):
        getattr(measures, name)(given, *MORE.get(name, ()))


@pytest.mark.parametrize("measure", [measures.quantity_coverage, measures.quantity_history])
def test_counts_are_no_states_of_quantities(measure):
    with pytest.raises(
        ValueError, match="found counts, expected a frame like that of quantity_states"
    ):
        measure(AIR.reports)


def test_missing_column_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column 'lunched_count'; nearest: launched_count"):
        table_of(AIR.reports, "reports", "lunched_count")
    with pytest.raises(ValueError, match="no column 'weapon_clas'; nearest: weapon_class"):
        measures.double_count_bound(AIR, by="weapon_clas")


def test_column_named_like_a_table_is_not_taken_for_it():
    frame = pd.DataFrame({"nights": [1], "report_date": pd.to_datetime(["2025-07-04"])})
    assert table_of(frame, "nights") is frame


@pytest.mark.parametrize(
    "measure", [measures.launches, measures.nightly_outcomes, measures.launch_areas]
)
def test_list_in_place_of_a_period_is_refused_with_the_nearest(measure):
    with pytest.raises(ValueError, match=r"no period \['month'\]; nearest: month"):
        measure(AIR if measure != measures.launches else measures.drones(AIR), by=["month"])


def test_one_threshold_needs_no_list():
    assert "at_least_100_share" in measures.wave_sizes(AIR, thresholds=100)


def test_level_may_be_given_in_percent():
    assert level_of(95) == level_of(0.95) == 0.95
    with pytest.raises(ValueError, match="level: found -1, expected a share such as 0.95"):
        level_of(-1)


@pytest.mark.parametrize(
    "file", sorted((paths.ROOT / "analysis").rglob("*.py")), ids=lambda file: file.name
)
def test_every_public_function_says_what_comes_back(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [
        node
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef) and node.name[0] != "_"
    ]
    assert not [function.name for function in functions if function.returns is None]


def test_every_public_measure_is_shown_at_work():
    public = [
        *(getattr(measures, name) for name in measures.__all__ if name != "MISSILE_CLASSES"),
        *(
            f
            for _, f in inspect.getmembers(silence, inspect.isfunction)
            if f.__module__ == silence.__name__ and f.__name__[0] != "_"
        ),
    ]
    assert not [f.__name__ for f in public if ">>>" not in f.__doc__]
