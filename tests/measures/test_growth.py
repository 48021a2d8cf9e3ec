"""Doubling times, levels and steady growth."""

import numpy as np
import pandas as pd
import pytest

from analysis import measures


def monthly(*counts):
    months = pd.date_range("2024-01", periods=len(counts), freq="MS")
    return pd.DataFrame({"month": months, "launched_count": pd.array(counts, dtype="Int64")})


def test_series_that_doubles_every_two_months_has_that_doubling_time():
    fit = measures.doubling_time(monthly(100, 141, 200, 283, 400, 566, 800), "2024-01", "2024-07")
    assert fit["doubling_months"] == pytest.approx(2, abs=0.01)
    assert fit["doubling_low_months"] < 2 < fit["doubling_high_months"]


def test_falling_series_never_doubles():
    fit = measures.doubling_time(monthly(800, 400, 200, 100), "2024-01", "2024-04")
    assert fit["doubling_months"] == np.inf


def test_months_without_a_count_are_left_out_of_the_fit():
    fit = measures.doubling_time(monthly(100, None, 400, 800, 0), "2024-01", "2024-05")
    assert (fit["month_count"], round(fit["doubling_months"], 2)) == (3, 1.0)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2024-07", "2024-01", "found 0 months with a count"),
        ("1/6/2025", "2025-07", "month: found '1/6/2025'"),
    ],
)
def test_period_without_months_is_refused(first, last, message):
    with pytest.raises(ValueError, match=message):
        measures.doubling_time(monthly(100, 141, 200, 283), first, last)


def test_levels_find_the_edges_of_steps():
    fit = measures.fitted_growth(monthly(*[10] * 4, *[40] * 5, *[80] * 3), "2024-01", "2024-12")
    assert fit["level_count"].round(6).tolist() == [10] * 4 + [40] * 5 + [80] * 3


def test_steady_growth_finds_a_doubling_and_levels_do_not():
    fit = measures.fitted_growth(monthly(*[2**n for n in range(12)]), "2024-01", "2024-12")
    assert fit["steady_count"].round(6).tolist() == [2**n for n in range(12)]
    assert fit["level_count"].nunique() == 3


def test_level_has_two_months_or_more():
    fit = measures.fitted_growth(monthly(*[10] * 8, 999, *[10] * 3), "2024-01", "2024-12")
    assert fit["level_count"].value_counts().min() >= 2


def test_levels_of_five_months_are_refused():
    with pytest.raises(ValueError, match="found 5 months with a count, expected 6"):
        measures.fitted_growth(monthly(*range(1, 6)), "2024-01", "2024-12")
