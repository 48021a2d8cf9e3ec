"""Other choices in curating and computing: each does what its name says, and the base nothing."""

import pandas as pd
import pytest

from analysis import load, measures, sensitivity
from analysis.sensitivity import choices

AIR = load()


@pytest.fixture(scope="module")
def by_choice():
    return sensitivity.findings_by_choice(AIR)


def test_base_is_the_published_findings(by_choice):
    base = by_choice[by_choice["choice"] == choices.BASE]
    assert base.drop(columns="choice").equals(measures.findings(AIR))


@pytest.mark.parametrize(
    ("choice", "finding", "value"),
    [
        # 117 of the 127 overlapping drones are of 2025
        ("every regional report counts", "drones-2025", 54702),
        ("without rows that name several weapons", "missiles-2025", 1508),
        ("no regional report counts", "missiles-2025", 1945),
        # 592 more than 3,113, and 68 more than 426
        ("silent nights with all that the sirens allow", "drone-growth", 54585 / 3705),
        # 418 more than 3,113
        ("the Air Force's own total to the end of 2023", "drone-growth", 54585 / 3531),
    ],
)
def test_choice_moves_the_number_it_should(by_choice, choice, finding, value):
    assert by_choice.set_index(["choice", "finding_id"]).at[(choice, finding), "value"] == value


def test_corrections_off_brings_the_old_values_back():
    reports = choices._uncorrected(AIR).set_index("correction_ids")
    assert reports.at["C1", "lost_count"] == 11
    assert reports.at["C4", "report_date"] == pd.Timestamp("2023-08-11")


def test_only_missing_lost_counts_of_regime_c_become_zero():
    reports = choices._lost_as_zero(AIR.reports)
    changed = reports[reports["lost_count"].notna() & AIR.reports["lost_count"].isna()]
    assert changed["is_in_drone_series"].sum() == 12
    assert (changed["regime_id"] == "C").all() and (changed["lost_count"] == 0).all()


def test_mean_of_nights_weighs_small_nights_as_large_ones():
    nights = pd.DataFrame({"neutralised_count": [1, 90], "launched_count": [10, 100]})
    assert choices._mean_of_nights(nights, "neutralised_count")[0] == pytest.approx(0.5)


def test_largest_move_is_named_and_a_number_that_nothing_moves_has_none():
    names = ["choice", "finding_id", "finding", "value"]
    curated = [(choices.BASE, "a", "A", 100.0), (choices.BASE, "b", "B", 7.0)]
    others = [("one", "a", "A", 98.0), ("one", "b", "B", 7.0), ("two", "a", "A", 101.0)]
    moves = sensitivity.largest_moves(pd.DataFrame([*curated, *others], columns=names))
    assert moves["choice"].fillna("none").tolist() == ["one", "none"]
    assert moves["difference_percent"].tolist() == pytest.approx([-2, 0])
