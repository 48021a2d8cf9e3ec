"""Missiles by family, and what share was reported shot down."""

import pandas as pd
import pytest

from analysis import measures
from analysis.measures.missile_lines import SEVERAL


def lines(*rows, **columns):
    """Missile reports of (family, launched, shot down), one per day."""
    frame = pd.DataFrame(rows, columns=["family", "launched_count", "shot_down_count"])
    frame = frame.astype({"launched_count": "Int64", "shot_down_count": "Int64"})
    plain = {
        "report_id": [f"r{i}" for i in range(len(frame))],
        "report_date": pd.date_range("2025-01-01", periods=len(frame)),
        "weapon_class": "cruise_missile",
    }
    return frame.assign(**plain | columns)


BOTH = ("Kh-101/555 + Kalibr", 10, 9)


def test_composite_line_is_in_the_most_of_both_its_families_and_in_the_least_of_neither():
    table = measures.family_launches(lines(("Kalibr", 4, 4), BOTH)).set_index("family")
    assert table.loc["Kalibr"].tolist()[1:] == [4, 14]
    assert table.loc["Kh-101/555"].tolist()[1:] == [pd.NA, 10]


def test_least_of_all_families_adds_up_to_everything_launched():
    table = measures.family_launches(lines(("Kalibr", 4, 4), BOTH, ("Oniks", 2, 0)))
    assert table["launched_at_least_count"].sum() == 16
    assert table.set_index("family").at[SEVERAL, "launched_at_least_count"] == 10


def test_quarter_with_unknown_launches_alone_is_missing_not_zero():
    table = measures.family_launches(lines(("Kalibr", None, 2)))
    assert table["launched_at_least_count"].isna().all()


def families_of(rows):
    marked = measures.interception_lines(rows)
    return marked.groupby("line", observed=True)["family"].agg(list).to_dict()


def test_line_that_names_a_hard_family_among_others_is_left_out_of_without():
    hard = ("Kh-101/555 + Kalibr + Kh-22/32", 9, 5)
    found = families_of(lines(("Kalibr", 1, 1), hard, ("Oniks", 2, 0)))
    assert found["without Kh-22/32, Oniks, Zircon"] == ["Kalibr"] and len(found["all"]) == 3


def test_without_s_300_is_a_line_of_ballistic_missiles_alone():
    classes = ["ballistic_missile", "ballistic_missile", "cruise_missile"]
    rows = lines(("Kinzhal", 1, 1), ("S-300/400", 9, 0), ("Kalibr", 4, 4), weapon_class=classes)
    assert families_of(rows)["without S-300/400"] == ["Kinzhal"]


def test_composite_line_is_in_all_and_in_no_single_family():
    assert set(families_of(lines(BOTH, weapon_class="mixed_missiles"))) == {"all", SEVERAL}


def test_share_is_sum_over_sum_not_mean_of_rates():
    rows = lines(("Kalibr", 1, 1), ("Kalibr", 9, 0))
    assert measures.interception(rows, "family").at[0, "share"] == 0.1


def test_unknown_outcome_is_left_out_of_numerator_and_denominator():
    rows = lines(("Kalibr", 4, 2), ("Kalibr", 8, None), ("Kalibr", None, 3))
    row = measures.interception(rows, "family").iloc[0]
    assert row[
        ["launched_count", "shot_down_count", "unknown_launched_count", "share"]
    ].tolist() == [
        4,
        2,
        8,
        0.5,
    ]


def test_group_without_a_known_outcome_has_no_share():
    row = measures.interception(lines(("Kalibr", 14, None), ("Oniks", 2, 0)), "family").iloc[0]
    assert pd.isna(row["share"])
    assert row[["launched_count", "unknown_launched_count", "night_count"]].tolist() == [0, 14, 0]


def test_period_is_taken_by_its_name_and_beside_a_column():
    rows = lines(("Kalibr", 4, 4), ("Kalibr", 4, 1))
    rows["report_date"] = pd.to_datetime(["2024-03-05", "2025-03-05"])
    years = measures.interception(rows, by="year")
    assert years["year"].dt.year.tolist() == [2024, 2025]
    assert measures.interception(rows, ["family", "year"])["share"].tolist() == [1.0, 0.25]
    assert measures.interception(rows, "all")["share"].tolist() == [0.625]


@pytest.mark.parametrize(
    ("nights", "launched", "is_small"), [(10, 3, False), (9, 9, True), (10, 2, True)]
)
def test_fewer_than_ten_nights_or_thirty_launched_are_marked(nights, launched, is_small):
    rows = lines(*[("Kalibr", launched, 1)] * nights)
    assert measures.interception(rows, "family").at[0, "is_small"] == is_small


@pytest.mark.parametrize(
    ("weapon_class", "rule"), [("one_way_attack_drone", "R12"), ("reconnaissance_uav", "R20")]
)
@pytest.mark.parametrize(
    "measure",
    [
        measures.interception,
        measures.family_launches,
        measures.interception_lines,
        measures.double_count_bound,
    ],
)
def test_rows_of_other_weapons_are_refused(measure, weapon_class, rule):
    rows = lines(("Orlan-10", 9, 9), weapon_class=weapon_class, overlaps_national=False)
    with pytest.raises(ValueError, match=f"found {weapon_class}, expected missiles.*{rule}"):
        measure(rows)


def test_double_counting_is_at_most_what_overlaps_a_national_row():
    classes = ["ballistic_missile", "cruise_missile", "cruise_missile"]
    rows = lines(("Kalibr", 6, 6), ("Oniks", 2, 0), ("Oniks", 2, 0), weapon_class=classes)
    table = measures.double_count_bound(rows.assign(overlaps_national=[False, False, True]))
    assert table["overlapping_launched_count"].tolist() == [0, 2]
    assert table["overlapping_share"].tolist() == [0.0, 0.5]
