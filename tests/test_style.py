"""The house figure."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import load, style


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_title_and_subtitle_are_wrapped_within_the_figure():
    fig, _ = style.figure("W" * 20 + " and many more wide words WWWW WWWW WWWW MMMM", "m" * 30 + " words " * 12)
    fig.draw_without_rendering()
    for text in fig.texts:
        assert text.get_window_extent().x1 <= fig.bbox.x1


def test_no_text_of_the_head_overlaps_the_axes():
    fig, ax = style.figure("A finding " * 9, "A measure " * 14)
    fig.draw_without_rendering()
    assert min(t.get_window_extent().y0 for t in fig.texts) > ax.get_tightbbox().y1


def test_edges_stand_where_the_regimes_begin():
    _, ax = style.figure("Finding", "Measure")
    style.regime_edges(ax, load().regimes)
    assert [pd.Timestamp(line.get_xdata()[0]) for line in ax.lines] == [pd.Timestamp("2024-08-21"), pd.Timestamp("2025-07-24")]
    assert "21 Aug 2024" in ax.texts[0].get_text() and "24 Jul 2025" in ax.texts[1].get_text()


def test_no_break_space_is_not_broken():
    fig, _ = style.figure("Finding", "word " * 14 + "95\u00a0%")
    assert "95\u00a0%" in fig.texts[1].get_text()


def test_settled_axes_stay_on_rounded_places():
    fig, axes = style.figure("A title", "launched, as reported", 2, 3)
    style.settle(fig)
    axes.flat[0].set_ylabel("a label that would move them")
    fig.draw_without_rendering()
    bounds = [edge for ax in fig.axes for edge in ax.get_position(original=True).bounds]
    assert bounds == pytest.approx([round(edge, 4) for edge in bounds], abs=1e-12)
