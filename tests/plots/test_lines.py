"""What lines and points draw is what their table says."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import plots, style

SHARES = pd.DataFrame(
    {
        "month": pd.to_datetime(["2025-05-01", "2025-07-01"]),
        "share": [0.9, 0.8],
        "low_share": [0.85, 0.7],
        "high_share": [0.95, 0.9],
        "is_small": [True, False],
        "night_count": [9, 20],
    }
)
COLUMNS = {"x": "month", "y": "share", "low": "low_share", "high": "high_share"}


@pytest.fixture
def ax():
    yield style.figure("Finding", "Measure")[1]
    plt.close("all")


def test_line_leaves_a_gap_for_a_month_that_is_missing(ax):
    plots.line_with_band(ax, SHARES, **COLUMNS, label="Neutralised")
    heights = ax.lines[0].get_ydata()
    assert heights[[0, 2]].tolist() == [0.9, 0.8] and pd.isna(heights[1])
    assert ax.texts[0].get_text() == "Neutralised" and ax.texts[0].xy[1] == 0.8


def test_band_has_the_ends_of_the_interval(ax):
    plots.line_with_band(ax, SHARES[:1], **COLUMNS)
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (0.85, 0.95)


def test_line_ends_with_the_regime_not_with_the_month(ax):
    plots.line_with_band(ax, SHARES, x="month", y="share", ends=("2025-05-01", "2025-07-23"))
    last = plt.matplotlib.dates.num2date(ax.lines[0].get_xdata()[-1])
    assert (last.month, last.day) == (7, 12)


@pytest.mark.parametrize(
    ("name", "first", "middle"), [("week", "2025-05-05", 3.5), ("quarter", "2025-04-01", 45.5)]
)
def test_point_stands_at_the_middle_of_its_period(ax, name, first, middle):
    table = pd.DataFrame({name: pd.to_datetime([first]), "share": [0.5]})
    plots.line_with_band(ax, table, x=name, y="share")
    start = plt.matplotlib.dates.date2num(pd.Timestamp(first))
    assert ax.lines[0].get_xdata()[0] - start == pytest.approx(middle)


def test_points_have_intervals_and_few_nights_are_hollow(ax):
    plots.points_with_intervals(ax, SHARES, **COLUMNS, hollow="is_small", counts="night_count")
    intervals, points = ax.collections
    assert [end[:, 1].tolist() for end in intervals.get_segments()] == [[0.85, 0.95], [0.7, 0.9]]
    assert points.get_offsets()[:, 1].tolist() == [0.9, 0.8]
    assert points.get_facecolors()[:, 0].tolist() == [1, pytest.approx(1 / 255)]
    assert [text.get_text() for text in ax.texts] == ["9", "20"]


def test_points_of_two_spans_stand_side_by_side(ax):
    table = pd.concat([SHARES[:1].assign(span=span, band="1–50") for span in ("a", "b")])
    columns = COLUMNS | {"x": "band", "by": "span"}
    plots.points_with_intervals(ax, table, **columns, color={"a": style.INK, "b": style.BLUE})
    places = [dots.get_offsets()[0, 0] for dots in ax.collections[1::2]]
    assert places == pytest.approx([-0.12, 0.12])


def test_lying_intervals_begin_on_top(ax):
    plots.points_with_intervals(ax, SHARES, **COLUMNS | {"x": "night_count"}, horizontal=True)
    assert ax.collections[1].get_offsets().tolist() == [[0.9, 9], [0.8, 20]]
    assert ax.yaxis_inverted()
