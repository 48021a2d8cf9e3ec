"""Intervals by resampling nights."""

import numpy as np
import pandas as pd
import pytest

from analysis.intervals import difference_interval, share_interval, share_intervals

NIGHTS = pd.DataFrame({"month": ["a"] * 6 + ["b"] * 3, "neutralised_count": [9, 80, 45, 20, 70, 28, 1, 2, 3],
                       "launched_count": [10, 100, 50, 40, 90, 30, 2, 4, 6]})


def test_interval_holds_the_share_and_is_the_same_for_the_same_seed():
    low, high = share_interval(NIGHTS.head(6), "neutralised_count")
    assert low < 252 / 320 < high
    assert share_interval(NIGHTS.head(6), "neutralised_count") == (low, high)


def test_another_seed_gives_another_interval():
    assert share_interval(NIGHTS.head(6), "neutralised_count") != share_interval(NIGHTS.head(6), "neutralised_count", seed=1)


def test_fewer_than_five_nights_have_no_interval():
    assert np.isnan(share_interval(NIGHTS.tail(3), "neutralised_count")).all()


def test_nights_all_alike_have_no_interval():
    alike = pd.DataFrame({"neutralised_count": [1, 2, 3, 4, 5], "launched_count": [2, 4, 6, 8, 10]})
    assert np.isnan(share_interval(alike, "neutralised_count")).all()


def test_intervals_by_group_are_sums_over_sums():
    table = share_intervals(NIGHTS, "neutralised_count", by="month")
    assert table["share"].tolist() == pytest.approx([252 / 320, 0.5])
    assert table["night_count"].tolist() == [6, 3] and np.isnan(table.at[1, "low_share"])


def test_night_with_an_unknown_count_is_left_out():
    nights = NIGHTS.assign(neutralised_count=NIGHTS["neutralised_count"].astype("Int64")).copy()
    nights.loc[0, "neutralised_count"] = pd.NA
    assert share_intervals(nights, "neutralised_count", by="month")["night_count"].tolist() == [5, 3]


DRONES = pd.DataFrame({"report_date": pd.to_datetime(["2024-08-30", "2025-08-01"]), "regime_id": ["C", "D"],
                       "launched_count": [10, 10], "shot_down_count": [6, 8], "lost_count": pd.array([3, None], "Int64"),
                       "neutralised_count": [9, 8]})


@pytest.mark.parametrize("numerator", ["shot_down_count", "lost_count"])
def test_outcome_that_a_regime_merges_is_refused_on_every_road(numerator):
    for road in (lambda: share_interval(DRONES, numerator), lambda: share_intervals(DRONES, numerator, by="regime_id"),
                 lambda: difference_interval(DRONES[:1], DRONES[1:], numerator)):
        with pytest.raises(ValueError, match=rf"{numerator}: found 1 rows of regime D \(2025-08-01 to 2025-08-01\)"):
            road()


def test_claimed_upper_bound_is_not_a_shot_down_share():
    before = DRONES.assign(regime_id="A", lost_count=pd.NA, neutralised_count=pd.NA)
    with pytest.raises(ValueError, match="shot_down_count: found 2 rows of regime A"):
        share_intervals(before, "shot_down_count", by="regime_id")


def test_merged_figure_is_given_in_both_late_regimes():
    assert share_intervals(DRONES, "neutralised_count", by="regime_id")["share"].tolist() == [0.9, 0.8]


def test_misspelt_numerator_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column 'lost'; nearest: lost_count"):
        share_interval(DRONES, "lost")


def test_difference_of_two_periods_has_an_interval_around_it():
    better = NIGHTS.head(6).assign(neutralised_count=[10, 90, 50, 30, 80, 29])
    low, high = difference_interval(NIGHTS.head(6), better, "neutralised_count", resamples=499)
    assert low < (289 - 252) / 320 < high
