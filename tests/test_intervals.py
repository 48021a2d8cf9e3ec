"""Intervals of shares over nights."""

import numpy as np
import pandas as pd
import pytest

from analysis.intervals import (
    difference_interval,
    effective_nights,
    share_interval,
    share_intervals,
)

NIGHTS = pd.DataFrame(
    {
        "month": ["a"] * 6 + ["b"] * 3,
        "neutralised_count": [9, 80, 45, 20, 70, 28, 1, 2, 3],
        "launched_count": [10, 100, 50, 40, 90, 30, 2, 4, 6],
    }
)


def test_interval_holds_the_share_and_is_the_same_for_the_same_seed():
    low, high = share_interval(NIGHTS.head(6), "neutralised_count")
    assert low < 252 / 320 < high
    assert share_interval(NIGHTS.head(6), "neutralised_count") == (low, high)


def test_few_nights_have_a_student_interval_on_the_logit():
    # Errors of 1/40 on two nights: se sqrt(2)/40, on the logit 0.141421, times t = 2.776445 of 4 degrees: 0.392649.
    nights = pd.DataFrame({"lost_count": [4, 5, 5, 5, 6], "launched_count": [10] * 5})
    assert share_interval(nights, "lost_count") == pytest.approx((0.403080, 0.596920), abs=1e-6)


def test_large_night_leaves_fewer_effective_nights():
    assert effective_nights(np.array([10] * 6)) == 6
    assert effective_nights(np.array([10] * 5 + [30])) == pytest.approx(6400 / 1400)


def test_interval_of_a_share_near_one_stays_below_one():
    nights = pd.DataFrame(
        {"neutralised_count": [10, 10, 10, 10, 10, 9], "launched_count": [10] * 6}
    )
    low, high = share_interval(nights, "neutralised_count")
    assert 0.7 < low < 59 / 60 < high < 1


# Ten weeks: five in which a tenth was lost, then five in which half was; the nights of a week hardly differ.
LONG = pd.DataFrame(
    {
        "report_date": pd.date_range("2025-01-01", periods=70),
        "launched_count": 100,
        "lost_count": [10 + day % 7 for day in range(35)] + [50 + day % 7 for day in range(35)],
    }
)


def test_another_seed_gives_another_interval_of_a_long_period():
    assert share_interval(LONG, "lost_count") != share_interval(LONG, "lost_count", seed=1)


def test_runs_of_like_nights_widen_the_interval_of_a_long_period():
    mixed = LONG.assign(report_date=[*LONG["report_date"][::2], *LONG["report_date"][1::2]])
    runs, alone = share_interval(LONG, "lost_count"), share_interval(mixed, "lost_count")
    assert np.ptp(runs) > 1.5 * np.ptp(alone)


def test_sixty_nights_are_a_long_period():
    few, many = LONG.iloc[5:64], LONG.iloc[5:65]
    assert share_interval(few, "lost_count") == share_interval(few, "lost_count", seed=1)
    assert share_interval(many, "lost_count") != share_interval(many, "lost_count", seed=1)


@pytest.mark.parametrize(
    "nights", [NIGHTS.head(6).assign(report_date=pd.date_range("2025-01-01", periods=6)), LONG]
)
def test_order_of_the_rows_does_not_move_the_interval(nights):
    numerator = "lost_count" if "lost_count" in nights else "neutralised_count"
    assert share_interval(nights[::-1], numerator) == pytest.approx(
        share_interval(nights, numerator), rel=1e-12
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_fewer_than_five_nights_have_no_interval(count):
    assert np.isnan(share_interval(NIGHTS.tail(3).head(count), "neutralised_count")).all()


@pytest.mark.parametrize("per_ten", [0, 5, 10])
@pytest.mark.parametrize("night_count", [6, 70])
def test_nights_all_alike_have_no_interval(per_ten, night_count):
    alike = pd.DataFrame({"neutralised_count": per_ten, "launched_count": [10] * night_count})
    assert np.isnan(share_interval(alike, "neutralised_count")).all()


@pytest.mark.parametrize("night_count", [6, 70])
def test_night_that_carries_all_leaves_no_interval(night_count):
    one = pd.DataFrame(
        {
            "neutralised_count": [0] * (night_count - 1) + [400],
            "launched_count": [1] * (night_count - 1) + [500],
        }
    )
    assert np.isnan(share_interval(one, "neutralised_count")).all()


def test_ratio_that_is_no_share_has_no_interval_of_few_nights():
    assert np.isnan(share_interval(NIGHTS.head(6), "launched_count", "neutralised_count")).all()


def test_intervals_by_group_are_sums_over_sums():
    table = share_intervals(NIGHTS, "neutralised_count", by="month")
    assert table["share"].tolist() == pytest.approx([252 / 320, 0.5])
    assert table["night_count"].tolist() == [6, 3] and np.isnan(table.at[1, "low_share"])


def test_night_with_an_unknown_count_is_left_out():
    nights = NIGHTS.assign(neutralised_count=NIGHTS["neutralised_count"].astype("Int64")).copy()
    nights.loc[0, "neutralised_count"] = pd.NA
    assert share_intervals(nights, "neutralised_count", by="month")["night_count"].tolist() == [
        5,
        3,
    ]


DRONES = pd.DataFrame(
    {
        "report_date": pd.to_datetime(["2024-08-30", "2025-08-01"]),
        "regime_id": ["C", "D"],
        "launched_count": [10, 10],
        "shot_down_count": [6, 8],
        "lost_count": pd.array([3, None], "Int64"),
        "neutralised_count": [9, 8],
    }
)


@pytest.mark.parametrize("numerator", ["shot_down_count", "lost_count"])
def test_outcome_that_a_regime_merges_is_refused_on_every_road(numerator):
    for road in (
        lambda: share_interval(DRONES, numerator),
        lambda: share_intervals(DRONES, numerator, by="regime_id"),
        lambda: difference_interval(DRONES[:1], DRONES[1:], numerator),
    ):
        with pytest.raises(
            ValueError, match=rf"{numerator}: found 1 rows of regime D \(2025-08-01 to 2025-08-01\)"
        ):
            road()


def test_claimed_upper_bound_is_not_a_shot_down_share():
    before = DRONES.assign(regime_id="A", lost_count=pd.NA, neutralised_count=pd.NA)
    with pytest.raises(ValueError, match="shot_down_count: found 2 rows of regime A"):
        share_intervals(before, "shot_down_count", by="regime_id")


def test_merged_figure_is_given_in_both_late_regimes():
    assert share_intervals(DRONES, "neutralised_count", by="regime_id")["share"].tolist() == [
        0.9,
        0.8,
    ]


def test_misspelt_numerator_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column 'lost'; nearest: lost_count"):
        share_interval(DRONES, "lost")


def test_difference_of_two_periods_has_an_interval_around_it():
    better = NIGHTS.head(6).assign(neutralised_count=[10, 90, 50, 30, 80, 29])
    low, high = difference_interval(NIGHTS.head(6), better, "neutralised_count", resamples=499)
    assert low < (289 - 252) / 320 < high


def test_margins_of_a_difference_add_as_squares():
    nights = pd.DataFrame({"lost_count": [4, 5, 5, 5, 6], "launched_count": [10] * 5})
    assert difference_interval(nights, nights, "lost_count") == pytest.approx(
        (-0.137066, 0.137066), abs=1e-6
    )


@pytest.mark.parametrize("short", [NIGHTS.head(0), NIGHTS.tail(3)])
def test_difference_has_no_interval_where_a_period_has_none(short):
    assert np.isnan(difference_interval(NIGHTS.head(6), short, "neutralised_count")).all()
