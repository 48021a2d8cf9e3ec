"""The table of nights, and single nights in their month."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, measures
from analysis.measures.nights import nightly_table

COUNTS = ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]
OTHERS = ["shahed_count", "hit_location_count", "debris_location_count"]
REGIMES = pd.DataFrame(
    {
        "regime_id": ["A", "C", "D"],
        "first_report_date": pd.to_datetime(["2022-09-28", "2024-08-21", "2025-07-24"]),
    }
)
NO_VERDICTS = pd.DataFrame({"report_date": pd.to_datetime([]), "verdict": []})
DRONE, MISSILE = "one_way_attack_drone", "cruise_missile"


def rows(*records, date="2025-07-04", state="counted", **columns):
    """National rows: (class, launched, shot down, lost, neutralised); None is missing."""
    frame = pd.DataFrame(records, columns=["weapon_class", *COUNTS])
    frame = frame.astype(dict.fromkeys(COUNTS, "Int64"))
    plain = {
        "report_date": pd.Timestamp(date),
        "level": "national",
        "origin": "air_force",
        "lost_state": state,
        "window_part": "night",
        "is_in_drone_series": frame["weapon_class"] == DRONE,
        **{name: pd.array([pd.NA] * len(frame), "Int64") for name in OTHERS},
    }
    return frame.assign(**plain | columns)


def night(reports, verdicts=NO_VERDICTS, date="2025-07-04"):
    day = pd.Timestamp(date)
    return nightly_table(reports, verdicts, REGIMES, (day, day)).iloc[0]


def test_missiles_of_regional_reports_stand_beside_the_national_ones():
    missiles = [(MISSILE, 13, 7, None, None), (MISSILE, 2, 0, None, None)]
    found = night(rows(*missiles, level=["national", "regional"]))
    names = ["missiles_launched_count", "regional_missiles_launched_count"]
    assert found[names].tolist() == [13, 2]


def test_merged_night_has_neither_shot_down_nor_lost():
    date = "2025-08-01"
    found = night(rows((DRONE, 100, 80, None, 80), date=date, state="merged"), date=date)
    names = ["drones_shot_down_count", "drones_lost_count", "drones_neutralised_count"]
    assert found[[*names, "lost_state"]].tolist() == [pd.NA, pd.NA, 80, "merged"]


def test_count_that_one_report_of_the_night_lacks_is_missing():
    pair = [(DRONE, 50, 20, 10, 30), (DRONE, 5, 5, None, None)]
    found = night(rows(*pair, state=["counted", "not_reported"]))
    names = ["drones_launched_count", "drones_lost_count", "drones_lost_of_count", "lost_state"]
    assert found[names].tolist() == [55, pd.NA, pd.NA, "not_reported"]


def test_outcome_is_divided_by_what_was_launched_on_the_dates_that_give_it():
    found = night(rows((DRONE, 50, 20, 10, 30), (MISSILE, 9, 4, None, None)))
    names = ["drones_neutralised_of_count", "drones_lost_of_count", "missiles_shot_down_of_count"]
    assert found[names].tolist() == [50, 50, 9]
    assert found[["shahed_of_count", "missiles_lost_of_count"]].isna().all()


def test_natural_line_gives_the_share_of_the_reports_that_give_it():
    nights = load().nights
    year = nights["report_date"].dt.year
    counts = nights[["drones_neutralised_count", "drones_neutralised_of_count"]]
    sums = counts.groupby(year).sum().loc[2024:2025]
    assert (sums.iloc[:, 0] / sums.iloc[:, 1]).round(2).tolist() == [0.94, 0.86]


def test_no_drone_lost_is_zero_not_missing():
    found = night(rows((DRONE, 50, 50, 0, 50)))
    assert found[["drones_lost_count", "lost_state"]].tolist() == [0, "zero"]


def test_date_without_a_report_is_missing_and_a_quiet_one_zero():
    empty, date = rows()[:0], pd.Timestamp("2025-07-04")
    quiet = pd.DataFrame({"report_date": [date], "verdict": ["quiet"]})
    names = ["report_kind", "drones_launched_count", "drones_neutralised_of_count"]
    assert night(empty)[names].tolist() == ["unknown", pd.NA, pd.NA]
    assert night(empty, quiet)[names].tolist() == ["quiet", 0, pd.NA]
    assert night(empty, date="2024-08-31")["report_kind"] == "none"


def test_press_addition_beside_a_report_of_the_same_date_is_a_report():
    pair = rows((DRONE, 5, 5, 0, 5), (DRONE, 5, 5, 0, 5), origin=["press", "air_force"])
    assert night(pair)["report_kind"] == "report" and night(pair[:1])["report_kind"] == "press"


def test_date_without_a_report_has_the_regime_of_its_time():
    days = "2024-08-20", "2024-08-21", "2025-07-24"
    assert [night(rows()[:0], date=day)["regime_id"] for day in days] == ["A", "C", "D"]


@pytest.mark.parametrize(
    ("record", "state", "fate"),
    [
        ((DRONE, 539, 268, 208, 476), "counted", [539, 268, 208, 63]),
        # the regime does not give the neutralised (R12)
        ((DRONE, 35, 30, None, None), "not_reported", [35, 30, pd.NA, pd.NA]),
        # of missiles a lost that is not given counts none
        ((MISSILE, 11, 2, None, None), "not_reported", [11, 2, pd.NA, 9]),
    ],
)
def test_residual_is_what_is_neither_shot_down_nor_lost(record, state, fate):
    dates = (pd.Timestamp("2025-07-04"),) * 2
    nights = nightly_table(rows(record, state=state), NO_VERDICTS, REGIMES, dates)
    air = SimpleNamespace(nights=nights, reports=None)
    assert measures.night_fates(air, "2025-07-04").iloc[0, 2:].tolist() == fate


def test_one_date_or_several_are_accepted_as_people_write_them():
    for dates in ("2025-07-04", pd.Timestamp("2025-07-04").date(), ["2025-07-04"]):
        assert measures.night_fates(load(), dates)["launched_count"].tolist() == [539, 11]
