"""Periods and days as a person names them."""

import pandas as pd
import pytest

from analysis.periods import days, span


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025q2", "2025-04-01", "2025-06-30"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2025-06-30/2025-07-06", "2025-06-30", "2025-07-06"),
        (pd.Timestamp("2025-07-04 05:00"), "2025-07-04", "2025-07-04"),
        (2025, "2025-01-01", "2025-12-31"),
    ],
)
def test_period_is_read_as_a_csv_names_it(named, first, last):
    assert [f"{day:%Y-%m-%d}" for day in (span(named).start_time, span(named).end_time)] == [
        first,
        last,
    ]


@pytest.mark.parametrize(
    "named",
    ["1/6/2025", "04.07.2025", "", "2025-W23", "June 2025", "2025-13", "20250704", None, pd.NaT],
)
def test_period_that_may_be_read_in_two_ways_or_in_none_is_refused(named):
    with pytest.raises(
        ValueError, match="period: found .*, expected one of the calendar, like 2025-07-04"
    ):
        span(named)


def test_month_that_is_asked_for_is_no_year():
    with pytest.raises(
        ValueError, match="month: found '2025', expected one of the calendar, like 2025-07"
    ):
        span("2025", "month")


@pytest.mark.parametrize("named", ["2025-07", "04.07.2025", ["2025-07-04", "2025-07"]])
def test_day_is_no_month_and_has_one_spelling(named):
    with pytest.raises(
        ValueError, match="day: found .*, expected one of the calendar, like 2025-07-04"
    ):
        days(named)


def test_day_beyond_the_known_ones_is_refused_with_their_ends():
    with pytest.raises(
        ValueError, match="day: found 2030-01-01, expected one of 2022-09-28 to 2025-12-31"
    ):
        days("2030-01-01", pd.Series(pd.to_datetime(["2022-09-28", "2025-12-31"])))
