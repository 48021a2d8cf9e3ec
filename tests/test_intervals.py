"""Intervals by resampling nights."""

import numpy as np
import pandas as pd
import pytest

from analysis.intervals import share_interval, share_intervals

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
    assert table["night_count"].tolist() == [6, 3] and np.isnan(table.loc["b", "low_share"])


def test_night_with_an_unknown_count_is_left_out():
    nights = NIGHTS.assign(neutralised_count=NIGHTS["neutralised_count"].astype("Int64")).copy()
    nights.loc[0, "neutralised_count"] = pd.NA
    assert share_intervals(nights, "neutralised_count", by="month")["night_count"].tolist() == [5, 3]
