"""Launches: series, periods, gaps, records."""

import pandas as pd
import pytest

from analysis import load, measures


def reports(*rows):
    """Reports of drones: (report date, launched count or None), all in the drone series."""
    return pd.DataFrame(
        {
            "report_date": pd.to_datetime([day for day, _ in rows]),
            "launched_count": pd.array([count for _, count in rows], dtype="Int64"),
            "is_in_drone_series": [True] * len(rows),
            "weapon_class": ["one_way_attack_drone"] * len(rows),
        }
    )


def nightly(first, *counts):
    """Nights in a row from a first date: drones launched, None is missing."""
    dates = pd.date_range(first, periods=len(counts))
    return pd.DataFrame({"report_date": dates, "launched_count": pd.array(counts, dtype="Int64")})


def test_month_without_reports_is_missing_not_zero():
    monthly = measures.launches(reports(("2023-01-05", 4), ("2023-03-01", 2)))
    assert monthly["launched_count"].tolist() == [4, pd.NA, 2]
    assert monthly["report_date_count"].tolist() == [1, 0, 1]


def test_month_with_only_unknown_counts_is_missing():
    assert measures.launches(reports(("2024-02-12", None)))["launched_count"].tolist() == [pd.NA]


def test_reported_zero_stays_zero():
    assert measures.launches(reports(("2024-02-12", 0)))["launched_count"].tolist() == [0]


def test_launches_split_by_class_keep_their_sums():
    rows = reports(("2025-07-01", 3), ("2025-07-02", 5)).assign(
        weapon_class=["cruise_missile", "ballistic_missile"], is_in_drone_series=False
    )
    assert measures.launches(rows, by="year", of="weapon_class")[
        ["weapon_class", "launched_count"]
    ].to_numpy().tolist() == [["ballistic_missile", 5], ["cruise_missile", 3]]


def test_unknown_period_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match="no period 'fortnight'; expected one of day, week, month, quarter, year"
    ):
        measures.launches(reports(("2025-07-01", 3)), by="fortnight")


def test_period_is_a_column_of_its_first_days():
    quarterly = measures.launches(reports(("2025-02-05", 4), ("2025-06-30", 2)), by="quarter")
    assert quarterly["quarter"].tolist() == [pd.Timestamp("2025-01-01"), pd.Timestamp("2025-04-01")]


def test_misspelt_column_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column 'wapon_class'; nearest: weapon_class"):
        measures.launches(reports(("2025-07-01", 3)), of="wapon_class")


MIXED = reports(("2025-07-01", 1), ("2025-07-01", 2), ("2025-07-01", 3)).assign(
    is_in_drone_series=[True, False, False],
    weapon_class=["one_way_attack_drone", "cruise_missile", "one_way_attack_drone"],
)


@pytest.mark.parametrize("of", [None, "weapon_class"])
def test_drones_missiles_and_rows_of_neither_series_are_not_added_up(of):
    with pytest.raises(
        ValueError,
        match=r"launches: found drones, missiles, others to add up, .*drones\(air\) or missiles\(air\)",
    ):
        measures.launches(MIXED, of=of)


def test_launches_of_all_reports_by_series_leave_the_others_out():
    assert measures.launches(MIXED, of="series")[
        ["series", "launched_count"]
    ].to_numpy().tolist() == [["drones", 1], ["missiles", 2]]


def test_dataset_stands_for_its_reports():
    air = load()
    assert measures.drones(air).equals(measures.drones(air.reports))


def test_series_are_drones_missiles_or_neither():
    rows = reports(("2025-07-01", 1), ("2025-07-01", 2), ("2025-07-01", 3))
    rows["is_in_drone_series"] = [True, False, False]
    rows["weapon_class"] = ["one_way_attack_drone", "cruise_missile", "reconnaissance_uav"]
    assert measures.with_series(rows)["series"].fillna("neither").tolist() == [
        "drones",
        "missiles",
        "neither",
    ]


def test_record_is_a_night_above_every_night_before():
    records = measures.record_nights(nightly("2025-01-01", 5, 5, 9))
    assert records["launched_count"].tolist() == [5, 9]
    assert records["previous_record_count"].tolist() == [pd.NA, 5]


def test_cumulative_sum_starts_anew_each_year_and_passes_over_gaps():
    nights = nightly("2023-12-30", 5, None, 2, 1)
    assert measures.cumulative_by_year(nights)["launched_cumulative_count"].tolist() == [5, 5, 2, 3]


def test_month_with_a_withheld_night_has_no_total_rather_than_a_part_of_it():
    table = pd.DataFrame(
        {
            "report_date": pd.to_datetime(["2026-08-01", "2026-08-02", "2026-09-01"]),
            "launched_count": pd.array([90, None, 70], dtype="Int64"),
            "lost_state": ["merged", "withheld", "merged"],
            "family": "Shahed-type",
        }
    )
    assert measures.launches(table)["launched_count"].fillna(-1).tolist() == [-1, 70]
    assert measures.launches(table, of="family")["launched_count"].fillna(-1).tolist() == [-1, 70]
    assert measures.launches(table, by="day")["launched_count"].fillna(-1).tolist()[:2] == [90, -1]
