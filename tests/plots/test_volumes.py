"""What the charts of volumes draw is what their tables say."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import plots, style

MONTHS = pd.DataFrame(
    {
        "month": pd.date_range("2024-11-01", periods=3, freq="MS"),
        "launched_count": pd.array([3, None, 8], "Int64"),
    }
)
NIGHTS = pd.DataFrame(
    {
        "report_date": pd.date_range("2025-01-01", periods=3),
        "launched_count": pd.array([3, None, 8], "Int64"),
    }
)


@pytest.fixture
def ax():
    yield style.figure("Finding", "Measure")[1]
    plt.close("all")


def test_bars_have_the_table_s_heights_and_a_missing_month_none(ax):
    totals = pd.DataFrame(
        {"year": pd.to_datetime(["2024-01-01", "2025-01-01"]), "launched_count": [3, 8]}
    )
    plots.monthly_bars(ax, MONTHS, totals, style.BLUE, "Drones")
    assert [bar.get_height() for bar in ax.patches] == [3, 8] and ax.get_ylim()[0] == 0
    assert [t.get_text() for t in ax.texts] == ["2024\n3", "2025\n8"]


def test_bars_of_weeks_are_refused_by_the_chart_of_months(ax):
    weeks = MONTHS.rename(columns={"month": "week"})
    with pytest.raises(ValueError, match="found a row a week, expected a row a month"):
        plots.monthly_bars(ax, weeks, None, style.BLUE, "Drones")


def test_column_that_a_chart_needs_is_named(ax):
    table = pd.DataFrame({"quarter": pd.to_datetime(["2025-01-01"]), "cruise_missiles": [10]})
    with pytest.raises(ValueError, match="no column 'cruise_missile'; nearest: cruise_missiles"):
        plots.class_stack(ax, table, {"cruise_missile": ("Cruise", style.VERMILLION)})


def test_missing_night_has_no_dot_and_the_record_runs_through(ax):
    records = NIGHTS.dropna()
    plots.record_steps(ax, NIGHTS, records, records.tail(1))
    dots = ax.collections[0].get_offsets()[:, 1]
    assert dots.count() == 2 and ax.lines[0].get_ydata().tolist() == [3, 8, 8]
    assert "8  3 Jan 2025" in ax.texts[0].get_text()


def test_boxes_draw_median_and_largest_night(ax):
    sizes = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2025-01-01"]),
            "q10_count": [2.0],
            "q25_count": [5.0],
            "q50_count": [9.0],
            "q75_count": [20.0],
            "q90_count": [40.0],
            "max_count": [90],
        }
    )
    plots.size_boxes(ax, sizes)
    assert ax.patches[0].get_y() == 5 and ax.patches[0].get_height() == 15
    assert (
        ax.collections[1].get_segments()[0][0][1] == 9
        and ax.collections[2].get_offsets()[0][1] == 90
    )


def test_each_year_ends_at_its_sum_and_the_day_of_overtaking_is_marked(ax):
    dates = pd.to_datetime(["2024-12-31", "2025-04-05", "2025-04-06", "2025-12-31"])
    days = pd.DataFrame(
        {
            "report_date": dates,
            "year": [2024, 2025, 2025, 2025],
            "day_of_year_count": [366, 95, 96, 365],
            "launched_cumulative_count": [11048, 11000, 11100, 54585],
        }
    )
    plots.cumulative_lines(ax, days, 2025)
    assert [line.get_ydata()[-1] for line in ax.lines if not line.get_gid()] == [11048, 54585]
    marks = {line.get_gid(): line for line in ax.lines if line.get_gid()}
    assert (marks["overtaking"].get_xdata()[0], marks["year-before"].get_ydata()[0]) == (96, 11048)
    assert [t.get_text() for t in ax.texts] == [
        "2024: 11,048",
        "2025: 54,585",
        "6 April: more than in all of 2024",
    ]


def test_shares_of_a_row_stand_side_by_side_and_fill_it(ax):
    shares = pd.DataFrame(
        {"date_share": [0.25, 0.75], "drones_share": [0.02, 0.98]},
        pd.Index(["1–50", "over 50"], name="wave_band"),
    )
    plots.size_shares(ax, shares, {"date_share": "nights", "drones_share": "drones"})
    assert [(round(b.get_x()), round(b.get_width())) for b in ax.patches] == [
        (0, 25),
        (0, 2),
        (25, 75),
        (2, 98),
    ]
    assert [t.get_text() for t in ax.texts] == [
        "25%",
        "75%",
        "98%",
    ]  # a part under four percent is too narrow for its number


def test_calendar_shades_a_night_dots_a_quiet_one_and_leaves_a_date_without_report_blank():
    _, axes = style.figure("Finding", "Measure", rows=1)
    nightly = pd.DataFrame(
        {
            "report_date": pd.date_range("2025-01-01", periods=3),
            "launched_count": pd.array([30, 0, None], "Int64"),
        }
    )
    plots.launch_calendar([axes], nightly, [1, 25, 50])
    shown = axes.collections[0].get_array()
    assert [int(shown[row, 0]) if not shown.mask[row, 0] else None for row in (2, 3, 4)] == [
        30,
        None,
        None,
    ]  # noqa: E712
    assert next(c for c in axes.collections if c.get_gid() == "quiet").get_offsets().tolist() == [
        [0.5, 3.5]
    ]


def test_stack_stands_on_the_parts_below(ax):
    table = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2025-01-01", "2025-04-01"]),
            "cruise_missile": [10, 4],
            "ballistic_missile": pd.array([None, 6], "Int64"),
        }
    )
    plots.class_stack(
        ax,
        table,
        {"cruise_missile": ("Cruise", style.BLUE), "ballistic_missile": (None, style.GREY)},
    )
    assert [(b.get_y(), b.get_height()) for b in ax.patches] == [(0, 10), (0, 4), (10, 0), (4, 6)]
    assert [t.get_text() for t in ax.texts] == ["Cruise"]


def test_ratio_line_leaves_a_gap_where_the_ratio_is_missing(ax):
    ratio = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2022-10-01", "2023-01-01", "2023-04-01"]),
            "drones_per_missile_ratio": pd.array([0.6, None, 37.3], "Float64"),
        }
    )
    plots.ratio_line(ax, ratio, "drones_per_missile_ratio", "Drones per missile")
    assert pd.isna(ax.lines[0].get_ydata()[1]) and ax.get_ylim()[0] == 0
    assert [t.get_text() for t in ax.texts] == ["0.6", "37.3", "37.3"]
