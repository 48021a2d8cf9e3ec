"""From the period of a table to places on a time axis."""

import pandas as pd
import pytest

from analysis.plots.shared import by_period, middle, spans


@pytest.mark.parametrize(
    "name, lasts",
    [
        ("day", 1),
        ("report_date", 1),
        ("week", 7),
        ("outcome_week", 7),
        ("month", 31),
        ("quarter", 91),
        ("year", 365),
    ],
)
def test_period_starts_where_its_column_says_and_lasts_as_long_as_its_name(name, lasts):
    first = {
        "week": "2025-05-05",
        "outcome_week": "2025-05-01",
        "quarter": "2025-04-01",
        "year": "2025-01-01",
    }.get(name, "2025-05-01")
    starts, days = spans(
        by_period(pd.DataFrame({name: pd.to_datetime([first]), "share": [0.5]})).index
    )
    assert (starts[0], days[0]) == (pd.Timestamp(first), lasts)


def test_period_may_be_the_index_or_pandas_own():
    own = pd.DataFrame({"share": [0.5]}, index=pd.PeriodIndex(["2025-05"], freq="M", name="month"))
    for table in (own, own.reset_index(), own.to_timestamp()):
        assert by_period(table).index.equals(own.index)


def test_period_with_two_rows_is_refused():
    table = pd.DataFrame(
        {"month": pd.to_datetime(["2025-05-01", "2025-05-01"]), "share": [0.5, 0.9]}
    )
    with pytest.raises(
        ValueError, match="month 2025-05 has 2 rows; expected one: choose what to draw first"
    ):
        by_period(table)


def test_middle_is_that_of_the_dates_covered_not_of_the_month():
    july = pd.PeriodIndex(["2025-07"], freq="M")
    assert middle(july, ends=("2025-07-01", "2025-07-23"))[0] == pd.Timestamp("2025-07-12")
