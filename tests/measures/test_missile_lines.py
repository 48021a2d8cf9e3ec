import pandas as pd
import pytest

from analysis.measures.missile_lines import (
    SEVERAL,
    double_count_bound,
    family_launches,
    interception,
    interception_lines,
)


def lines(*rows, start="2025-01-01"):
    """Missile rows of (family, launched, shot down), one a day."""
    frame = pd.DataFrame(rows, columns=["family", "launched_count", "shot_down_count"])
    frame = frame.assign(
        report_date=pd.date_range(start, periods=len(frame)), weapon_class="cruise_missile"
    )
    return frame.astype({"launched_count": "Int64", "shot_down_count": "Int64"})


def test_composite_line_is_in_the_most_of_both_its_families_and_in_the_least_of_neither():
    table = family_launches(lines(("Kalibr", 4, 4), ("Kh-101/555 + Kalibr", 10, 9))).set_index(
        "family"
    )
    assert table.loc["Kalibr"].tolist()[1:] == [4, 14]
    assert table.loc["Kh-101/555"].tolist()[1:] == [pd.NA, 10]


def test_least_of_all_families_adds_up_to_everything_launched():
    table = family_launches(
        lines(("Kalibr", 4, 4), ("Kh-101/555 + Kalibr", 10, 9), ("Oniks", 2, 0))
    )
    assert table["launched_at_least_count"].sum() == 16
    assert table.set_index("family").at[SEVERAL, "launched_at_least_count"] == 10


def test_quarter_with_unknown_launches_alone_is_missing_not_zero():
    assert family_launches(lines(("Kalibr", None, 2)))["launched_at_least_count"].isna().all()


def families_of(marked, line):
    return marked.loc[marked["line"] == line, "family"].tolist()


def test_line_that_names_a_hard_family_among_others_is_left_out_of_without():
    rows = lines(("Kalibr", 1, 1), ("Kh-101/555 + Kalibr + Kh-22/32", 9, 5), ("Oniks", 2, 0))
    marked = interception_lines(rows.assign(weapon_class="cruise_missile"))
    assert families_of(marked, "without Kh-22/32, Oniks, Zircon") == ["Kalibr"]
    assert len(families_of(marked, "all")) == 3


def test_without_s_300_is_a_line_of_ballistic_missiles_alone():
    rows = lines(("Kinzhal", 1, 1), ("S-300/400", 9, 0), ("Kalibr", 4, 4)).assign(
        weapon_class=["ballistic_missile", "ballistic_missile", "cruise_missile"]
    )
    assert families_of(interception_lines(rows), "without S-300/400") == ["Kinzhal"]


def test_composite_line_is_in_all_and_in_no_single_family():
    marked = interception_lines(
        lines(("Kh-101/555 + Kalibr", 9, 5)).assign(weapon_class="mixed_missiles")
    )
    assert marked["line"].tolist() == ["all", SEVERAL]


def test_share_is_sum_over_sum_not_mean_of_rates():
    assert interception(lines(("Kalibr", 1, 1), ("Kalibr", 9, 0)), "family").at[0, "share"] == 0.1


def test_unknown_outcome_is_out_of_both_sides():
    row = (
        interception(lines(("Kalibr", 4, 2), ("Kalibr", 8, None), ("Kalibr", None, 3)), "family")
        .set_index("family")
        .loc["Kalibr"]
    )
    assert (row["launched_count"], row["shot_down_count"], row["unknown_launched_count"]) == (
        4,
        2,
        8,
    )
    assert row["share"] == 0.5


def test_group_without_a_known_outcome_has_no_share():
    row = (
        interception(lines(("Kalibr", 14, None), ("Oniks", 2, 0)), "family")
        .set_index("family")
        .loc["Kalibr"]
    )
    assert pd.isna(row["share"])
    assert (row["launched_count"], row["unknown_launched_count"], row["night_count"]) == (0, 14, 0)


def test_group_by_two_columns_keeps_a_share_for_each():
    rows = lines(("Kalibr", 4, 4), ("Kalibr", 4, 1)).assign(year=[2024, 2025])
    assert interception(rows, ["family", "year"])["share"].tolist() == [1.0, 0.25]


@pytest.mark.parametrize(
    ("nights", "launched", "is_small"), [(10, 3, False), (9, 9, True), (10, 2, True)]
)
def test_fewer_than_ten_nights_or_thirty_launched_are_marked(nights, launched, is_small):
    rows = lines(*[("Kalibr", launched, 1)] * nights)
    assert interception(rows, "family").at[0, "is_small"] == is_small


def test_interval_needs_nights_that_differ():
    assert interception(lines(*[("Oniks", 2, 0)] * 12), "family")["low_share"].isna().all()
    row = interception(
        lines(*[("Kalibr", 4, 2), ("Kalibr", 4, 4)] * 6), "family", resamples=99
    ).loc[0]
    assert row["low_share"] < 0.75 < row["high_share"]


def test_drones_are_refused_because_their_regime_decides():
    with pytest.raises(ValueError, match="outcome_share"):
        interception(lines(("Shahed-type", 9, 5)).assign(regime_id="D"), "family")


def test_double_counting_is_at_most_what_overlaps_a_national_row():
    rows = lines(("Kalibr", 6, 6), ("Oniks", 2, 0), ("Oniks", 2, 0)).assign(
        overlaps_national=[False, False, True],
        weapon_class=["ballistic_missile", "cruise_missile", "cruise_missile"],
    )
    table = double_count_bound(rows)
    assert table["overlapping_launched_count"].tolist() == [0, 2]
    assert table["overlapping_share"].tolist() == [0.0, 0.5]
