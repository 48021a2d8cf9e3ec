"""What bars draw is what their table says."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import plots, style

MONTHS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2024-11-01", "2024-12-01", "2025-01-01"]),
        "launched_count": pd.array([3, None, 8], "Int64"),
    }
)
PARTS = pd.DataFrame(
    {
        "quarter": pd.to_datetime(["2025-01-01", "2025-04-01"]),
        "cruise_missile": [10, 4],
        "ballistic_missile": pd.array([None, 6], "Int64"),
    }
)


@pytest.fixture
def ax():
    yield style.figure("Finding", "Measure")[1]
    plt.close("all")


def heights(ax):
    return [bar.get_height() for bar in ax.patches]


def test_bars_have_the_table_s_heights_and_a_missing_month_none(ax):
    plots.bars(ax, MONTHS, x="month", y="launched_count")
    assert heights(ax)[::2] == [3, 8] and pd.isna(heights(ax)[1]) and ax.get_ylim()[0] == 0


def test_bar_stands_where_its_month_does(ax):
    plots.bars(ax, MONTHS, x="month", y="launched_count")
    starts = [plt.matplotlib.dates.num2date(bar.get_x()).day for bar in ax.patches]
    assert starts == [1, 1, 1] and ax.patches[1].get_width() == pytest.approx(31 * 0.84)


def test_bars_of_one_place_stand_side_by_side_with_their_numbers(ax):
    table = pd.DataFrame({"band": ["1–50"] * 2, "kind": ["a", "b"], "rate": [4.0, 2.0]})
    colors, names = {"a": style.INK, "b": style.GREY}, {"a": "hits", "b": "places"}
    plots.bars(
        ax, table, x="band", y="rate", by="kind", color=colors, label=names, numbers="{:.0f}"
    )
    assert ax.patches[0].get_x() + ax.patches[0].get_width() <= ax.patches[1].get_x()
    assert [text.get_text() for text in ax.texts] == ["4", "2"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["hits", "places"]


def test_no_line_of_a_grid_runs_through_the_numbers_of_bars(ax):
    plots.bars(ax, MONTHS, x="month", y="launched_count", numbers="{:.0f}")
    assert not any(line.get_visible() for line in ax.get_ygridlines())


def test_lying_bars_begin_on_top(ax):
    table = pd.DataFrame({"bound": ["first", "second"], "growth_ratio": [17.5, 15.9]})
    plots.bars(ax, table, x="bound", y="growth_ratio", horizontal=True)
    assert [bar.get_width() for bar in ax.patches] == [17.5, 15.9] and ax.yaxis_inverted()


def test_stack_stands_on_the_parts_below(ax):
    plots.stacked_bars(ax, PARTS, x="quarter", y=["cruise_missile", "ballistic_missile"])
    found = [(bar.get_y(), bar.get_height()) for bar in ax.patches]
    assert found[:2] == [(0, 10), (0, 4)] and found[3] == (4, 6)


def test_part_has_the_colour_of_its_class_in_every_chart(ax):
    plots.stacked_bars(ax, PARTS, x="quarter", y=["ballistic_missile"])
    color = plt.matplotlib.colors.to_hex(ax.patches[1].get_facecolor())
    assert color == style.COLORS["ballistic_missile"].lower()


def test_names_of_parts_stand_beside_the_last_bar(ax):
    names = {"cruise_missile": "cruise", "ballistic_missile": "ballistic"}
    plots.stacked_bars(ax, PARTS, x="quarter", y=list(names), label=names)
    assert [(text.get_text(), text.xy[1]) for text in ax.texts] == [("cruise", 2), ("ballistic", 7)]


def test_bracket_says_the_total_of_its_year(ax):
    plots.bars(ax, MONTHS, x="month", y="launched_count")
    years = pd.DataFrame({"year": pd.to_datetime(["2024-01-01"]), "launched_count": [3]})
    plots.brackets(ax, years, x="year", y="launched_count")
    assert [text.get_text() for text in ax.texts] == ["2024\n3"]


def test_month_of_two_regimes_is_refused_with_the_option_that_pools_them(ax):
    twice = pd.concat([MONTHS, MONTHS.tail(1)])
    with pytest.raises(ValueError, match="month 2025-01 has 2 rows; expected one: .*pool=True"):
        plots.bars(ax, twice, x="month", y="launched_count")


def test_column_that_is_missing_is_named_with_the_nearest(ax):
    with pytest.raises(ValueError, match="no column 'launched'; nearest: launched_count"):
        plots.bars(ax, MONTHS, x="month", y="launched")
