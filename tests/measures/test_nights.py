import pandas as pd

from analysis.measures.nights import night_outcomes, nights_in_month


def rows(*records):
    """Rows of (class, launched, shot down, lost, neutralised) for 4 July 2025, national."""
    frame = pd.DataFrame(records, columns=["weapon_class", "launched_count", "shot_down_count", "lost_count",
                                           "neutralised_count"])
    counts = dict.fromkeys([name for name in frame if name.endswith("_count")], "Int64")
    return frame.astype(counts).assign(report_date=pd.Timestamp("2025-07-04"), level="national",
                                       is_in_drone_series=frame["weapon_class"] == "one_way_attack_drone")


def outcome(reports, series):
    return night_outcomes(reports, ["2025-07-04"]).loc[("2025-07-04", series)].tolist()


def test_residual_is_what_is_neither_shot_down_nor_lost():
    assert outcome(rows(("one_way_attack_drone", 539, 268, 208, 476)), "drones") == [539, 268, 208, 63]


def test_residual_of_drones_is_missing_where_the_regime_does_not_give_it():
    assert outcome(rows(("one_way_attack_drone", 35, 30, None, None)), "drones")[2:] == [pd.NA, pd.NA]


def test_missile_without_a_lost_figure_counts_none_as_lost():
    reports = rows(("cruise_missile", 4, 2, None, None), ("ballistic_missile", 7, 0, 3, None))
    assert outcome(reports, "missiles") == [11, 2, 3, 6]


def test_missile_with_unknown_outcome_leaves_the_residual_unknown():
    reports = rows(("cruise_missile", 4, 2, None, None), ("cruise_missile", 8, None, None, None))
    assert outcome(reports, "missiles") == [12, 2, pd.NA, pd.NA]


def test_regional_row_does_not_count_twice():
    reports = rows(("ballistic_missile", 6, 0, None, None), ("ballistic_missile", 2, 0, None, None))
    assert outcome(reports.assign(level=["national", "regional"]), "missiles")[0] == 6


def test_night_is_ranked_among_the_nights_with_drones_of_its_month():
    dates = pd.to_datetime(["2025-05-31", "2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04"])
    nightly = pd.DataFrame({"launched_count": pd.array([999, 5, 9, None, 0], "Int64")}, index=dates)
    table = nights_in_month(nightly, ["2025-06-01"])
    assert table["launched_count"].tolist() == [5, 9]
    assert table.loc["2025-06-01", ["is_named", "month_rank", "night_count"]].tolist() == [True, 2, 2]
