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
        ("every regional report counts", "missiles-2025", 2021),
        ("without S-300 and S-400", "missiles-2025", 1858),
        # 223 drones of five windows
        ("without windows that lie in the day", "drones-2025", 54362),
        # 592 more than 3,113
        ("unreported nights with all that the sirens allow", "drone-growth", 54585 / 3705),
        # 6,900 for 5,636 in September
        ("2025 in 24-hour totals, at the rate of September", "drones-2025", 66827),
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
    table = pd.DataFrame([*curated, *others], columns=names).assign(
        low=99.5, high=101.0, bounds="census"
    )
    moves = sensitivity.largest_moves(table)
    assert moves["choice"].fillna("none").tolist() == ["one", "none"]
    assert moves["difference_percent"].tolist() == pytest.approx([-2, 0])


def test_choice_that_leaves_the_bounds_of_a_number_is_named():
    names = ["choice", "finding_id", "finding", "value", "low", "high"]
    rows = [(choices.BASE, "a", "A", 0.82, 0.79, 0.84), ("mean", "a", "A", 0.76, None, None)]
    rows += [("mix", "a", "A", 0.745, 0.7, 0.8), ("weeks", "a", "A", 0.83, 0.8, 0.86)]
    moves = sensitivity.largest_moves(pd.DataFrame(rows, columns=names).assign(bounds=""))
    assert moves["outside"].tolist() == ["mean; mix"]


@pytest.mark.parametrize(
    ("choice", "finding", "percent"),
    [
        ("mean of nightly shares", "neutralised-2025q4", 76.1),
        ("wave sizes of the first quarter of 2025", "neutralised-2025q4", 74.5),
        ("wave sizes of the last quarter of 2024", "standardised-2025q4", 73.8),
        ("lost from 2024-08-21 to 2024-12-17 alone", "lost-share", 34.1),
    ],
)
def test_way_of_computing_moves_the_share_it_should(by_choice, choice, finding, percent):
    share = by_choice.set_index(["choice", "finding_id"]).at[(choice, finding), "value"]
    assert round(share * 100, 1) == percent
