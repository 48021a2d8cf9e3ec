"""The table of nights, and single nights in their month."""

import pandas as pd
import pytest

from analysis import load
from analysis.measures.nights import nightly_table, night_outcomes, nights_in_month

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
    """National rows of one date: (class, launched, shot down, lost, neutralised); None is missing."""
    frame = pd.DataFrame(records, columns=["weapon_class", *COUNTS]).astype(
        dict.fromkeys(COUNTS, "Int64")
    )
    plain = {
        "report_date": pd.Timestamp(date),
        "level": "national",
        "origin": "air_force",
        "lost_state": state,
        **{name: pd.array([pd.NA] * len(frame), "Int64") for name in OTHERS},
    }
    return frame.assign(is_in_drone_series=frame["weapon_class"] == DRONE, **{**plain, **columns})


def night(reports, verdicts=NO_VERDICTS, date="2025-07-04"):
    day = pd.Timestamp(date)
    return nightly_table(reports, verdicts, REGIMES, (day, day)).iloc[0]


def test_missiles_of_regional_reports_stand_beside_the_national_ones():
    reports = rows(
        (DRONE, 728, 296, 415, 711), (MISSILE, 13, 7, None, None), (MISSILE, 2, 0, None, None)
    )
    found = night(reports.assign(level=["national", "national", "regional"]))
    assert found[
        ["drones_launched_count", "missiles_launched_count", "regional_missiles_launched_count"]
    ].tolist() == [728, 13, 2]


def test_merged_night_has_neither_shot_down_nor_lost():
    found = night(
        rows((DRONE, 100, 80, None, 80), date="2025-08-01", state="merged"), date="2025-08-01"
    )
    assert found[
        ["drones_shot_down_count", "drones_lost_count", "lost_state", "drones_neutralised_count"]
    ].tolist() == [pd.NA, pd.NA, "merged", 80]


def test_count_that_one_report_of_the_night_lacks_is_missing():
    found = night(
        rows((DRONE, 50, 20, 10, 30), (DRONE, 5, 5, None, None), state=["counted", "not_reported"])
    )
    assert found[["drones_launched_count", "drones_lost_count", "lost_state"]].tolist() == [
        55,
        pd.NA,
        "not_reported",
    ]


def test_outcome_is_divided_by_what_was_launched_on_the_dates_that_give_it():
    given = night(rows((DRONE, 50, 20, 10, 30), (MISSILE, 9, 4, None, None)))
    names = ["drones_neutralised_of_count", "drones_lost_of_count", "missiles_shot_down_of_count"]
    assert given[names].tolist() == [50, 50, 9]
    assert given[["shahed_of_count", "missiles_lost_of_count"]].isna().all()


def test_natural_line_gives_the_share_of_the_reports_that_give_it():
    nights = load().nights
    year = nights["report_date"].dt.year
    counts = nights[["drones_neutralised_count", "drones_neutralised_of_count"]]
    sums = counts.groupby(year).sum().loc[2024:2025]
    assert (sums.iloc[:, 0] / sums.iloc[:, 1]).round(2).tolist() == [0.94, 0.86]


def test_no_drone_lost_is_zero_not_missing():
    found = night(rows((DRONE, 50, 50, 0, 50)))
    assert (found["drones_lost_count"], found["lost_state"]) == (0, "zero")


def test_date_without_a_report_is_missing_and_a_quiet_one_zero():
    empty, quiet = (
        rows()[:0],
        pd.DataFrame({"report_date": [pd.Timestamp("2025-07-04")], "verdict": ["quiet"]}),
    )
    assert night(empty)[["report_kind", "drones_launched_count"]].tolist() == ["unknown", pd.NA]
    assert night(empty, date="2024-08-31")["report_kind"] == "none"
    assert night(empty, quiet)[["report_kind", "drones_launched_count"]].tolist() == ["quiet", 0]


def test_press_addition_beside_a_report_of_the_same_date_is_a_report():
    pair = rows((DRONE, 5, 5, 0, 5), (DRONE, 5, 5, 0, 5), origin=["press", "air_force"])
    assert night(pair)["report_kind"] == "report" and night(pair[:1])["report_kind"] == "press"


def test_date_without_a_report_has_the_regime_of_its_time():
    assert [
        night(rows()[:0], date=day)["regime_id"]
        for day in ("2024-08-20", "2024-08-21", "2025-07-24")
    ] == ["A", "C", "D"]


def outcome(reports, series):
    table = night_outcomes(
        nightly_table(reports, NO_VERDICTS, REGIMES, (pd.Timestamp("2025-07-04"),) * 2),
        "2025-07-04",
    )
    return table[table["series"] == series].iloc[0, 2:].tolist()


def test_residual_is_what_is_neither_shot_down_nor_lost():
    assert outcome(rows((DRONE, 539, 268, 208, 476)), "drones") == [539, 268, 208, 63]


def test_residual_of_drones_is_missing_where_the_regime_does_not_give_it():
    assert outcome(rows((DRONE, 35, 30, None, None), state="not_reported"), "drones")[2:] == [
        pd.NA,
        pd.NA,
    ]


def test_missile_without_a_lost_figure_counts_none_as_lost():
    assert outcome(rows((MISSILE, 11, 2, None, None)), "missiles") == [11, 2, pd.NA, 9]


def test_missile_with_unknown_outcome_leaves_the_residual_unknown():
    assert outcome(
        rows((MISSILE, 4, 2, None, None), (MISSILE, 8, None, None, None)), "missiles"
    ) == [12, pd.NA, pd.NA, pd.NA]


def test_regional_row_does_not_count_twice():
    reports = rows((MISSILE, 6, 0, None, None), (MISSILE, 2, 0, None, None))
    assert outcome(reports.assign(level=["national", "regional"]), "missiles")[0] == 6


def test_one_date_or_several_are_accepted_as_people_write_them():
    air = load()
    for dates in ("2025-07-04", pd.Timestamp("2025-07-04").date(), ["2025-07-04"]):
        assert night_outcomes(air, dates)["launched_count"].tolist() == [539, 11]


@pytest.mark.parametrize("dates", ["04.07.2025", "2025-07", "2030-01-01", ["2025-07-04", ""]])
@pytest.mark.parametrize("measure", [night_outcomes, nights_in_month])
def test_date_that_is_unknown_or_has_two_readings_is_refused(measure, dates):
    with pytest.raises(ValueError, match="day: found .*, expected one of"):
        measure(load(), dates)


def test_night_is_ranked_among_the_nights_with_drones_of_its_month():
    dates = pd.to_datetime(["2025-05-31", "2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04"])
    nightly = pd.DataFrame(
        {"report_date": dates, "launched_count": pd.array([999, 5, 9, None, 0], "Int64")}
    )
    table = nights_in_month(nightly, ["2025-06-01"])
    assert table["launched_count"].tolist() == [5, 9]
    assert table.loc[0, ["is_named", "month_rank", "night_count"]].tolist() == [True, 2, 2]
