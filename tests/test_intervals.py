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

# A count of a name of its own: what `given` asks of outcomes is tested below.
NIGHTS = pd.DataFrame(
    {
        "month": ["a"] * 6 + ["b"] * 3,
        "stopped_count": [9, 80, 45, 20, 70, 28, 1, 2, 3],
        "launched_count": [10, 100, 50, 40, 90, 30, 2, 4, 6],
    }
)
SIX = NIGHTS.head(6)


def test_interval_holds_the_share_and_is_the_same_for_the_same_seed():
    low, high = share_interval(SIX, "stopped_count")
    assert low < 252 / 320 < high
    assert share_interval(SIX, "stopped_count") == (low, high)


# Errors of 1/40 on two nights: se sqrt(2)/40, on the logit 0.141421, times t = 2.776445 of
# 4 degrees: 0.392649.
FIVE = pd.DataFrame({"stopped_count": [4, 5, 5, 5, 6], "launched_count": [10] * 5})


def test_few_nights_have_a_student_interval_on_the_logit():
    assert share_interval(FIVE, "stopped_count") == pytest.approx((0.403080, 0.596920), abs=1e-6)


def test_large_night_leaves_fewer_effective_nights():
    assert effective_nights(np.array([10] * 6)) == 6
    assert effective_nights(np.array([10] * 5 + [30])) == pytest.approx(6400 / 1400)


# Ten weeks, in which first a tenth was stopped and then half; nights of a week hardly differ.
LONG = pd.DataFrame(
    {
        "report_date": pd.date_range("2025-01-01", periods=70),
        "launched_count": 100,
        "stopped_count": [level + day % 7 for level in (10, 50) for day in range(35)],
    }
)


def test_runs_of_like_nights_widen_the_interval_of_a_long_period():
    mixed = LONG.assign(report_date=[*LONG["report_date"][::2], *LONG["report_date"][1::2]])
    runs, alone = share_interval(LONG, "stopped_count"), share_interval(mixed, "stopped_count")
    assert np.ptp(runs) > 1.5 * np.ptp(alone)


def test_from_sixty_nights_on_the_interval_is_drawn_with_a_seed():
    few, many = LONG.iloc[5:64], LONG.iloc[5:65]
    assert share_interval(few, "stopped_count") == share_interval(few, "stopped_count", seed=1)
    assert share_interval(many, "stopped_count") != share_interval(many, "stopped_count", seed=1)


@pytest.mark.parametrize("nights", [LONG, LONG.head(20)])
def test_order_of_the_rows_does_not_move_the_interval(nights):
    backwards = share_interval(nights[::-1], "stopped_count")
    assert backwards == pytest.approx(share_interval(nights, "stopped_count"), rel=1e-12)


def test_night_in_two_rows_is_refused():
    with pytest.raises(ValueError, match="report_date: found 2025-01-05 in several rows"):
        share_interval(pd.concat([LONG, LONG[4:5]]), "stopped_count")


def long_and_short(stopped, launched):
    """The same kind of night six and seventy times, the last with other counts."""
    for count in (6, 70):
        stopped_counts = [stopped[0]] * (count - 1) + [stopped[1]]
        launched_counts = [launched[0]] * (count - 1) + [launched[1]]
        yield pd.DataFrame({"stopped_count": stopped_counts, "launched_count": launched_counts})


@pytest.mark.parametrize(
    "nights",
    [
        *(NIGHTS.tail(3).head(count) for count in (0, 3)),  # fewer than five
        *long_and_short((0, 0), (10, 10)),
        *long_and_short((5, 5), (10, 10)),
        *long_and_short((0, 400), (1, 500)),  # one night carries all
        SIX.rename(columns={"stopped_count": "launched_count", "launched_count": "stopped_count"}),
    ],
)
def test_nights_that_do_not_tell_how_a_share_varies_have_no_interval(nights):
    assert np.isnan(share_interval(nights, "stopped_count")).all()


def test_intervals_by_group_are_sums_over_sums():
    table = share_intervals(NIGHTS, "stopped_count", by="month")
    assert table["share"].tolist() == pytest.approx([252 / 320, 0.5])
    assert table["night_count"].tolist() == [6, 3] and np.isnan(table.at[1, "low_share"])


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
@pytest.mark.parametrize(
    "function",
    [
        lambda count: share_interval(DRONES, count),
        lambda count: share_intervals(DRONES, count, by="regime_id"),
        lambda count: difference_interval(DRONES[:1], DRONES[1:], count),
    ],
)
def test_outcome_that_a_regime_merges_is_refused_by_every_function(function, numerator):
    found = rf"{numerator}: found 1 rows of regime D \(2025-08-01 to 2025-08-01\)"
    with pytest.raises(ValueError, match=found):
        function(numerator)


def test_report_that_does_not_count_lost_drones_has_no_shot_down_share():
    unknown = DRONES[:1].assign(lost_count=pd.array([None], "Int64"))
    with pytest.raises(ValueError, match="shot_down_count: found 1 rows of regime C"):
        share_intervals(unknown, "shot_down_count", by="regime_id")


def test_margins_of_a_difference_add_as_squares():
    margins = difference_interval(FIVE, FIVE, "stopped_count")
    assert margins == pytest.approx((-0.137066, 0.137066), abs=1e-6)


@pytest.mark.parametrize("short", [NIGHTS.head(0), NIGHTS.tail(3)])
def test_difference_has_no_interval_where_a_period_has_none(short):
    assert np.isnan(difference_interval(SIX, short, "stopped_count")).all()
