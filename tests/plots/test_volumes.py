"""What the charts of volumes draw is what their tables say."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import plots, style

MONTHS = pd.DataFrame({"month": pd.date_range("2024-11-01", periods=3, freq="MS"), "launched_count": pd.array([3, None, 8], "Int64")})
NIGHTS = pd.DataFrame({"report_date": pd.date_range("2025-01-01", periods=3), "launched_count": pd.array([3, None, 8], "Int64")})


@pytest.fixture
def ax():
    yield style.figure("Finding", "Measure")[1]
    plt.close("all")


def test_bars_have_the_table_s_heights_and_a_missing_month_none(ax):
    totals = pd.DataFrame({"year": pd.to_datetime(["2024-01-01", "2025-01-01"]), "launched_count": [3, 8]})
    plots.monthly_bars(ax, MONTHS, totals, style.BLUE, "Drones")
    assert [bar.get_height() for bar in ax.patches][::2] == [3, 8]
    assert pd.isna(ax.patches[1].get_height()) and ax.get_ylim()[0] == 0
    assert [t.get_text() for t in ax.texts] == ["2024\n3", "2025\n8"]


def test_bars_of_weeks_are_refused_by_the_chart_of_months(ax):
    weeks = MONTHS.rename(columns={"month": "week"})
    with pytest.raises(ValueError, match="found a row a week, expected a row a month"):
        plots.monthly_bars(ax, weeks, None, style.BLUE, "Drones")


def test_column_that_a_chart_needs_is_named(ax):
    with pytest.raises(ValueError, match="no column 'launched_count'; nearest: lunched_count"):
        plots.monthly_bars(ax, MONTHS.rename(columns={"launched_count": "lunched_count"}), None, style.BLUE, "Drones")


def test_missing_night_has_no_dot_and_the_record_runs_through(ax):
    records = NIGHTS.dropna()
    plots.record_steps(ax, NIGHTS, records, records.tail(1))
    dots = ax.collections[0].get_offsets()[:, 1]
    assert dots.count() == 2 and ax.lines[0].get_ydata().tolist() == [3, 8, 8]
    assert "8  3 Jan 2025" in ax.texts[0].get_text()


def test_boxes_draw_median_and_largest_night(ax):
    sizes = pd.DataFrame({"quarter": pd.to_datetime(["2025-01-01"]), "q10_count": [2.0], "q25_count": [5.0], "q50_count": [9.0], "q75_count": [20.0], "q90_count": [40.0],
                          "max_count": [90]})
    plots.size_boxes(ax, sizes)
    assert ax.patches[0].get_y() == 5 and ax.patches[0].get_height() == 15
    assert ax.collections[1].get_segments()[0][0][1] == 9 and ax.collections[2].get_offsets()[0][1] == 90


def test_each_year_ends_at_its_sum(ax):
    days = pd.DataFrame({"year": [2024, 2025], "day_of_year_count": [366, 365], "launched_cumulative_count": [11016, 54585]})
    plots.cumulative_lines(ax, days, 2025)
    assert [line.get_ydata()[-1] for line in ax.lines] == [11016, 54585]
    assert [t.get_text() for t in ax.texts] == ["2024: 11,016", "2025: 54,585"]


def test_growth_line_doubles_as_its_fit_says(ax):
    fit = {"start": "2024-11", "end": "2025-01", "slope": 1.0, "intercept": 2.0, "doubling_months": 1.0,
           "doubling_low_months": 0.9, "doubling_high_months": 1.2}
    plots.growth_lines(ax, MONTHS, [fit], [pd.Timestamp("2025-01-01")])
    line = next(line for line in ax.lines if line.get_gid() != "change-point")
    assert line.get_ydata().tolist() == [4, 8, 16]
    assert any("1.0 months\n(0.9 to 1.2)" in t.get_text() for t in ax.texts)


def test_stack_stands_on_the_parts_below(ax):
    table = pd.DataFrame({"quarter": pd.to_datetime(["2025-01-01", "2025-04-01"]), "cruise_missile": [10, 4],
                          "ballistic_missile": pd.array([None, 6], "Int64")})
    plots.class_stack(ax, table, {"cruise_missile": ("Cruise", style.BLUE), "ballistic_missile": (None, style.GREY)})
    assert [(b.get_y(), b.get_height()) for b in ax.patches] == [(0, 10), (0, 4), (10, 0), (4, 6)]
    assert [t.get_text() for t in ax.texts] == ["Cruise"]


def test_ratio_line_leaves_a_gap_where_the_ratio_is_missing(ax):
    ratio = pd.DataFrame({"quarter": pd.to_datetime(["2022-10-01", "2023-01-01", "2023-04-01"]),
                          "drones_per_missile_ratio": pd.array([0.6, None, 37.3], "Float64")})
    plots.ratio_line(ax, ratio, "drones_per_missile_ratio", "Drones per missile")
    assert pd.isna(ax.lines[0].get_ydata()[1]) and ax.get_ylim()[0] == 0
    assert [t.get_text() for t in ax.texts] == ["0.6", "37.3", "37.3"]
