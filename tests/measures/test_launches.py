"""Launches: series, periods, gaps, hours, records."""

import pandas as pd
import pytest

from analysis import measures


def reports(*rows, **columns):
    """Drone reports: (report date, launched count or None)."""
    plain = {
        "report_id": [f"r{i}" for i in range(len(rows))],
        "report_date": pd.to_datetime([day for day, _ in rows]),
        "launched_count": pd.array([count for _, count in rows], dtype="Int64"),
        "is_in_drone_series": [True] * len(rows),
        "weapon_class": "one_way_attack_drone",
    }
    return pd.DataFrame(plain | columns)


def nightly(first, *counts):
    """Nights in a row from a first date: drones launched, None is missing."""
    dates = pd.date_range(first, periods=len(counts))
    return pd.DataFrame({"report_date": dates, "launched_count": pd.array(counts, dtype="Int64")})


def test_month_without_reports_is_missing_not_zero():
    monthly = measures.launches(reports(("2023-01-05", 4), ("2023-03-01", 2)))
    assert monthly["launched_count"].tolist() == [4, pd.NA, 2]
    assert monthly["report_date_count"].tolist() == [1, 0, 1]


@pytest.mark.parametrize("count", [None, 0])
def test_unknown_count_is_missing_and_reported_zero_stays_zero(count):
    launched = measures.launches(reports(("2024-02-12", count)))["launched_count"]
    assert launched.tolist() == [pd.NA if count is None else 0]


def test_period_is_a_column_of_its_first_days():
    rows = reports(("2025-02-05", 4), ("2025-06-30", 2))
    quarters = measures.launches(rows, by="quarter")["quarter"]
    assert quarters.dt.strftime("%m-%d").tolist() == ["01-01", "04-01"]
    assert measures.launches(rows, by="all")["launched_count"].tolist() == [6]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"by": "fortnight"}, "no period 'fortnight'; expected one of day, week, .*, year, all"),
        ({"by": ["month"]}, r"no period \['month'\]; nearest: month"),
        ({"of": "wapon_class"}, "no column 'wapon_class'; nearest: weapon_class"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(asked, message):
    with pytest.raises(ValueError, match=message):
        measures.launches(reports(("2025-07-01", 3)), **asked)


MIXED = reports(
    *[("2025-07-01", count) for count in (1, 2, 3)],
    is_in_drone_series=[True, False, False],
    weapon_class=["one_way_attack_drone", "cruise_missile", "reconnaissance_uav"],
)


def test_drones_missiles_and_rows_of_neither_series_are_not_added_up():
    with pytest.raises(ValueError, match=r"found drones, missiles, others to add up.*drones\(air"):
        measures.launches(MIXED)


def test_reports_are_of_drones_of_missiles_or_of_neither_series():
    assert measures.with_series(MIXED)["series"].fillna("neither").tolist() == [
        "drones",
        "missiles",
        "neither",
    ]
    table = measures.launches(MIXED, of="series")
    assert table[["series", "launched_count"]].to_numpy().tolist() == [
        ["drones", 1],
        ["missiles", 2],
    ]


def test_month_with_a_withheld_night_has_no_total_rather_than_a_part_of_it():
    nights = reports(("2026-08-01", 90), ("2026-08-02", None), ("2026-09-01", 70))
    nights = nights.assign(lost_state=["merged", "withheld", "merged"])
    assert measures.launches(nights)["launched_count"].fillna(-1).tolist() == [-1, 70]
    assert measures.launches(nights, by="day")["launched_count"].fillna(-1).tolist()[:2] == [90, -1]


def windows(*ends):
    """Windows of (start, end, precision of the start, precision of the end)."""
    names = ["window_start", "window_end", "window_start_precision", "window_end_precision"]
    frame = pd.DataFrame(ends, columns=names)
    return frame.astype(dict.fromkeys(names[:2], "datetime64[us]"))


def test_hours_are_missing_where_one_end_is_a_mere_date():
    timed = ("2025-07-03 18:30", "2025-07-04 08:00", "minute", "minute")
    dated = ("2024-07-03 00:00", "2024-07-04 08:00", "day", "minute")
    rows = measures.with_hours(windows(timed, dated))
    assert rows["start_hour"].tolist() == [18, pd.NA]
    assert rows["duration_hours"].fillna(-1).tolist() == [13.5, -1]


def test_record_is_a_night_above_every_night_before():
    records = measures.record_nights(nightly("2025-01-01", 5, 5, 9))
    assert records["launched_count"].tolist() == [5, 9]
    assert records["previous_record_count"].tolist() == [pd.NA, 5]


def test_cumulative_sum_starts_anew_each_year_and_passes_over_gaps():
    nights = nightly("2023-12-30", 5, None, 2, 1)
    assert measures.cumulative_by_year(nights)["launched_cumulative_count"].tolist() == [5, 5, 2, 3]
