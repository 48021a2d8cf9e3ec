"""What the cells of a calendar and of a heat map show is what their table says."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import plots, style

AREAS = pd.DataFrame(
    {
        "quarter": pd.to_datetime(["2024-10-01", "2025-04-01", "2025-04-01"]),
        "area": ["Chauda", "Chauda", "Yeysk"],
        "report_share": [0.9, 0.1, 0.5],
    }
)


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_calendar_shades_a_night_dots_a_quiet_one_and_leaves_a_date_without_report_blank():
    dates = pd.date_range("2025-01-01", periods=3, name="report_date")
    nightly = pd.DataFrame({"launched_count": pd.array([30, 0, None], "Int64")}, dates)
    fig, ax = style.figure("Finding", "Measure")
    plots.calendar([ax], nightly, y="launched_count", edges=[1, 25, 50])
    cells = ax.collections[0].get_array()[:, 0]
    assert cells[2] == 30 and cells.mask.tolist() == [True, True, False, True, True, True, True]
    assert ax.collections[1].get_offsets().tolist() == [[0.5, 3.5]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "1–24",
        "25–49",
        "50 or more",
    ]


def test_heatmap_leaves_a_quarter_without_a_row_blank_and_in_its_place():
    _, ax = style.figure("Finding", "Measure")
    plots.heatmap(ax, AREAS, x="quarter", y="area", value="report_share", numbers="{:.0%}".format)
    shares = ax.collections[0].get_array()
    assert shares.mask.tolist() == [[False, True, False], [True, True, False]]
    assert [text.get_text() for text in ax.texts] == ["90%", "10%", "50%"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2025"]


def test_rows_of_a_heatmap_have_the_order_of_their_categories():
    ordered = AREAS.assign(area=pd.Categorical(AREAS["area"], ["Yeysk", "Chauda"]))
    _, ax = style.figure("Finding", "Measure")
    plots.heatmap(ax, ordered, x="quarter", y="area", value="report_share")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Yeysk", "Chauda"]


def test_numbers_of_a_heatmap_are_white_only_on_the_darkest_shades():
    _, ax = style.figure("Finding", "Measure")
    plots.heatmap(ax, AREAS, x="quarter", y="area", value="report_share", numbers="{:.0%}".format)
    assert [text.get_color() for text in ax.texts] == ["white", style.INK, style.INK]
