"""Nights of air raid alerts from typed lines of an alert file, whose times are UTC."""

import pytest

from analysis import load
from analysis.dataset import DataError
from upkeep.curation.sirens import AWAY, read_alerts, siren_nights, update_sirens

HEADER = "region,started_at,finished_at,naive"
LAST = "Kyiv City,2023-12-31 12:00:00+00:00,2023-12-31 12:10:00+00:00,False"


@pytest.fixture
def night(tmp_path):
    """Return a function that reads `region|start|end|naive` lines and gives the row of a date."""

    def run(date, *lines):
        text = "\n".join([HEADER, *(_line(*line.split("|")) for line in lines), LAST, ""])
        (tmp_path / "alerts.csv").write_text(text, encoding="utf-8")
        alerts, _ = read_alerts(tmp_path / "alerts.csv")
        return siren_nights(alerts).set_index("report_date").loc[date]

    return run


def _line(region, start, end, is_open="False"):
    return f"{region},{start}:00+00:00,{end}:00+00:00,{is_open}"


def test_alert_across_midnight_belongs_to_the_morning(night):
    found = night("2023-01-11", "Kyiv City|2023-01-10 21:00|2023-01-10 23:00")  # 23:00 in Kyiv
    columns = ["away_minutes", "away_region_count", "away_long_region_count"]
    assert found[columns].tolist() == [120, 1, 1]


def test_alert_is_cut_to_the_window(night):
    lines = [
        "Kyiv City|2023-01-10 15:00|2023-01-10 16:30",
        "Kyiv City|2023-01-11 05:45|2023-01-11 07:00",
    ]
    assert night("2023-01-11", *lines)["away_minutes"] == 30 + 15  # from 18:00, and to 08:00


@pytest.mark.parametrize(
    ("day_before", "day", "hours"),
    [("2023-03-25", "2023-03-26", 13), ("2023-10-28", "2023-10-29", 15)],
)
def test_night_of_the_clock_change_has_its_own_length(night, day_before, day, hours):
    assert night(day, f"Kyiv City|{day_before} 10:00|{day} 10:00")["away_minutes"] == hours * 60


def test_long_alert_counts_in_every_night_it_touches(night):
    line = "Kyiv City|2023-01-10 10:00|2023-01-12 10:00"
    found = [night(f"2023-01-{day}", line)["away_minutes"] for day in (10, 11, 12, 13)]
    assert found == [0, 840, 840, 0]


def test_overlapping_alerts_of_a_region_count_once(night):
    lines = [
        "Kyiv City|2023-01-10 20:00|2023-01-10 21:00",
        "Kyiv City|2023-01-10 20:30|2023-01-10 21:30",
        "Kyiv City|2023-01-10 21:30|2023-01-10 21:40",
    ]
    found = night("2023-01-11", *lines)
    assert (found["away_minutes"], found["away_long_region_count"]) == (100, 1)


def test_alert_without_an_end_counts_and_is_noted(night):
    found = night("2023-01-11", "Kyiv City|2023-01-10 20:00|2023-01-10 20:30|True")
    assert (found["away_minutes"], found["open_alert_count"]) == (30, 1)
    # Its set end is no sign of life: from 22:00 to 08:00.
    assert found["longest_silence_minutes"] == 10 * 60


def test_region_near_the_front_is_kept_out_of_the_sixteen(night):
    found = night("2023-01-11", "Sumska oblast|2023-01-10 20:00|2023-01-10 22:00")
    columns = ["region_count", "alert_minutes", "away_region_count", "away_minutes"]
    assert found[columns].tolist() == [1, 120, 0, 0]


def test_nationwide_alert_is_not_partial(night):
    lines = [f"{region}|2023-01-10 20:00|2023-01-10 21:00" for region in AWAY]
    lines[0] = lines[0].replace("21:00", "22:00")  # one region stays on alert for another hour
    found = night("2023-01-11", *lines)
    assert (found["away_minutes"], found["away_partial_minutes"]) == (17 * 60, 60)


def test_late_window_is_from_22_to_6(night):
    lines = [
        "Kyiv City|2023-01-10 19:30|2023-01-10 20:30",
        "Kyiv City|2023-01-11 03:30|2023-01-11 04:30",
    ]
    found = night("2023-01-11", *lines)
    assert found[["away_partial_minutes", "away_partial_late_minutes"]].tolist() == [120, 60]


def test_file_other_than_the_one_described_is_refused(tmp_path, data_copy):
    (tmp_path / "alerts.csv").write_text(f"{HEADER}\n{LAST}\n", encoding="utf-8")
    with pytest.raises(DataError, match="expected 5014a90f2bf0a47b"):
        update_sirens(tmp_path / "alerts.csv", data_copy)


def test_table_holds_every_night_to_9_october_2024():
    nights = load().siren_nights
    assert (len(nights), f"{nights['report_date'].max():%Y-%m-%d}") == (743, "2024-10-09")
    july = nights.set_index("report_date").loc["2023-07-25"]
    assert july[["away_minutes", "away_partial_minutes"]].tolist() == [2274, 2274]
