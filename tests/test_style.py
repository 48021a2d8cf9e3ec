"""The house figure."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import load, plots, style
from analysis.figures import publish


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_title_and_subtitle_are_wrapped_within_the_figure():
    fig, _ = style.figure(
        "W" * 20 + " and many more wide words WWWW WWWW WWWW MMMM", "m" * 30 + " words " * 12
    )
    fig.draw_without_rendering()
    for text in fig.texts:
        assert text.get_window_extent().x1 <= fig.bbox.x1


def test_no_text_of_the_head_overlaps_the_axes():
    fig, ax = style.figure("A finding " * 9, "A measure " * 14)
    fig.draw_without_rendering()
    assert min(t.get_window_extent().y0 for t in fig.texts) > ax.get_tightbbox().y1


def test_edges_stand_where_the_regimes_in_view_begin():
    _, ax = style.figure("Finding", "Measure")
    style.date_axis(ax, "2024-01-01", "2026-01-01")
    style.regimes(ax, load().regimes)
    assert [pd.Timestamp(line.get_xdata()[0]) for line in ax.lines] == [
        pd.Timestamp("2024-08-21"),
        pd.Timestamp("2025-07-24"),
    ]
    assert "21 Aug 2024" in ax.texts[0].get_text() and "24 Jul 2025" in ax.texts[1].get_text()


@pytest.mark.parametrize("number", ["95 %", "95\u00a0%", "× 15.9"])
def test_number_is_not_broken_from_its_sign(number):
    figures = [style.figure("Finding", "word " * words + number)[0] for words in range(12, 17)]
    assert (
        all(number in fig.texts[1].get_text() for fig in figures)
        and "\n" in figures[-1].texts[1].get_text()
    )


def test_settled_axes_stay_on_rounded_places():
    fig, axes = style.figure("A title", "launched, as reported", 2, 3)
    style.settle(fig)
    axes.flat[0].set_ylabel("a label that would move them")
    fig.draw_without_rendering()
    bounds = [edge for ax in fig.axes for edge in ax.get_position(original=True).bounds]
    assert bounds == pytest.approx([round(edge, 4) for edge in bounds], abs=1e-12)


def test_narrow_figure_keeps_its_head_within_it_and_above_the_axes():
    fig, ax = style.figure("A finding " * 7, "A measure " * 12)
    style.settle(fig)
    tall = ax.get_window_extent().height
    style.narrow(fig)
    fig.draw_without_rendering()
    assert (
        max(t.get_window_extent().x1 for t in fig.texts) <= fig.bbox.x1 == pytest.approx(4.9 * 300)
    )
    assert min(t.get_window_extent().y0 for t in fig.texts) > ax.get_tightbbox().y1
    assert ax.get_window_extent().height == pytest.approx(tall, rel=0.02)


ODD = {
    "font.size": 30,
    "axes.grid": False,
    "savefig.dpi": 50,
    "svg.fonttype": "path",
    "lines.linewidth": 9,
    "hatch.linewidth": 5,
}


def drawn(folder):
    fig, ax = style.figure("Finding", "Measure")
    monthly = pd.DataFrame(
        {"month": pd.to_datetime(["2025-01-01", "2025-02-01"]), "launched_count": [5, 9]}
    )
    plots.bars(ax, monthly, x="month", y="launched_count", numbers="{:,}")
    publish(fig, "99-odd", monthly, load(), caption="c", alt="a", not_shown="n", folder=folder)
    return {path.name: path.read_bytes() for path in folder.glob("99-odd.*")}


def test_settings_of_a_user_neither_change_a_figure_nor_are_changed(tmp_path):
    plain = drawn(tmp_path / "plain")
    with plt.rc_context(ODD):
        before = dict(plt.rcParams)
        assert drawn(tmp_path / "odd") == plain
        assert dict(plt.rcParams) == before


@pytest.mark.parametrize("chart", plots.__all__)
def test_every_chart_draws_in_the_house_style(chart):
    assert hasattr(getattr(plots, chart), "__wrapped__")


def test_edge_out_of_view_is_not_drawn():
    _, ax = style.figure("Finding", "Measure")
    style.date_axis(ax, "2025-01-01", "2026-01-01")
    style.regimes(ax, load().regimes)
    assert [line.get_gid() for line in ax.lines] == ["regime-D"]


def test_one_class_has_one_colour_whatever_the_column_counts():
    assert style.color("lost_share") == style.color("lost_count") == style.COLORS["lost"]


def test_time_without_a_measure_is_hatched_from_its_first_day():
    _, ax = style.figure("Finding", "Measure")
    style.date_axis(ax, "2025-01-01", "2026-01-01")
    style.not_given(ax, "2025-07-24", "not separable")
    start = plt.matplotlib.dates.date2num(pd.Timestamp("2025-07-24"))
    assert ax.patches[0].get_hatch() and ax.patches[0].get_x() == start
    assert ax.texts[0].get_text() == "not separable"


def test_house_style_is_taken_over_only_when_asked_for():
    with plt.rc_context():
        style.use()
        assert (
            plt.rcParams["font.sans-serif"][0] == "House Sans"
            and plt.rcParams["axes.grid.axis"] == "y"
        )


def test_words_in_grey_are_darkened_so_that_they_can_be_read():
    _, ax = style.figure("Finding", "Measure")
    assert [
        style.direct_label(ax, 0, 0, "name", color).get_color()
        for color in (style.GREY, style.BLUE)
    ] == ["#595959", "#0173B2"]


def test_edge_stands_at_its_place_with_its_name():
    _, ax = style.figure("Finding", "Measure")
    style.edge(ax, 7, "median", gid="threshold")
    assert (
        list(ax.lines[0].get_xdata()) == [7, 7]
        and ax.lines[0].get_gid() == "threshold"
        and ax.texts[0].get_text() == "median"
    )


def test_date_of_a_note_may_be_a_text():
    _, ax = style.figure("Finding", "Measure")
    style.date_axis(ax, "2025-01-01", "2026-01-01")
    assert style.note(ax, "2025-07-24", 1, "merge").xy[0] == pd.Timestamp("2025-07-24")
