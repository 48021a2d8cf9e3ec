"""Other choices in curating and computing: each does what its name says, and the base nothing."""

import pandas as pd
import pytest

from analysis import load, measures
from analysis.sensitivity import choices


@pytest.fixture(scope="module")
def air():
    return load()


@pytest.fixture(scope="module")
def by_choice(air):
    return choices.findings_by_choice(air)


def test_base_is_the_published_findings(air, by_choice):
    assert (
        by_choice[by_choice["choice"] == choices.BASE]
        .drop(columns="choice")
        .equals(measures.findings(air))
    )


@pytest.mark.parametrize(
    ("choice", "finding", "value"),
    [
        (
            "every regional report counts",
            "drones-2025",
            54702,
        ),  # 117 of the 127 overlapping drones are of 2025
        ("without rows that name several weapons", "missiles-2025", 1584),
        ("no regional report counts", "missiles-2025", 1945),
        (
            "silent nights with all that the sirens allow",
            "drone-growth",
            54585 / 3705,
        ),  # 592 more than 3,113
        (
            "silent nights with all that the sirens allow",
            "july-on-july",
            6297 / 494,
        ),  # 68 more than 426
        ("the Air Force's own total to the end of 2023", "drone-growth", 54585 / 3531),  # 418 more
    ],
)
def test_choice_moves_the_number_it_should(by_choice, choice, finding, value):
    assert by_choice.set_index(["choice", "finding_id"]).at[(choice, finding), "value"] == value


def test_corrections_off_brings_the_old_values_back(air):
    reports = choices._uncorrected(air).reports.set_index("correction_ids")
    assert reports.at["C1", "lost_count"] == 11
    assert reports.at["C4", "report_date"] == pd.Timestamp("2023-08-11")


def test_booking_by_start_moves_a_night_to_the_evening_before(air):
    night = choices._booked_by_start(air).reports.query(
        "weapon_class == 'one_way_attack_drone' and launched_count == 539"
    )
    assert night["report_date"].tolist() == [pd.Timestamp("2025-07-03")]


def test_missing_lost_counts_of_c_become_zero_and_no_others(air):
    reports = choices._lost_as_zero(air).reports
    changed = reports["lost_count"].notna() & air.reports["lost_count"].isna()
    assert (changed & reports["is_in_drone_series"]).sum() == 12 and (
        reports.loc[changed, "regime_id"] == "C"
    ).all()


def test_mean_of_nights_weighs_small_nights_as_large_ones():
    nights = pd.DataFrame({"neutralised_count": [1, 90], "launched_count": [10, 100]})
    assert choices._mean_of_nights(nights, "neutralised_count")[0] == pytest.approx(0.5)


def test_largest_move_is_named_and_a_number_that_nothing_moves_has_none():
    by_choice = pd.DataFrame(
        {
            "choice": [choices.BASE, choices.BASE, "one", "one", "two", "two"],
            "finding_id": ["a", "b"] * 3,
            "finding": ["A", "B"] * 3,
            "value": [100.0, 7, 98, 7, 101, 7],
        }
    )
    moves = choices.largest_moves(by_choice)
    assert moves[["finding_id", "choice"]].fillna("").to_numpy().tolist() == [
        ["a", "one"],
        ["b", ""],
    ]
    assert moves["difference_percent"].tolist() == pytest.approx([-2, 0])
