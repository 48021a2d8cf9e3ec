"""What `legibility.faults` finds in small figures, and what it lets pass."""

import matplotlib.pyplot as plt
import pytest

from analysis import style
from analysis.legibility import faults


@pytest.fixture
def house():
    fig, ax = style.figure("A finding", "A measure, as reported")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    yield fig, ax
    plt.close(fig)


def found(fig):
    style.settle(fig)
    return faults(fig)


def test_house_figure_with_bars_of_a_tint_has_no_fault(house):
    house[1].bar([0.2, 0.5], [0.4, 0.3], width=0.2, color=["#DCE9F2", style.RUST])
    assert found(house[0]) == []


def test_texts_that_overlap_are_both_named(house):
    style.note(house[1], 0.5, 0.5, "many drones")
    style.note(house[1], 0.52, 0.5, "few")
    assert found(house[0]) == ["'many drones' overlaps 'few'"]


def test_lines_of_one_text_do_not_overlap(house):
    style.note(house[1], 0.5, 0.5, "many\ngreat drones")
    assert found(house[0]) == []


def test_text_that_leaves_the_canvas_is_named(house):
    house[0].text(0.98, 0.5, "beyond")
    assert found(house[0]) == ["'beyond' leaves the canvas"]


def test_text_on_a_line_is_named_but_not_one_on_the_grid(house):
    house[1].axhline(0.5, color=style.GREY)
    style.note(house[1], 0.3, 0.5, "struck", va="center")
    style.note(house[1], 0.7, 0.2, "on the grid", va="center")
    assert found(house[0]) == ["'struck' stands on a line"]


def test_line_out_of_view_strikes_no_text(house):
    house[1].plot([0.5, 0.5], [1.5, 2])
    style.note(house[1], 0.5, 1.02, "above the axes", ha="center")
    assert found(house[0]) == []


def test_colour_that_is_not_of_the_dictionary_is_named(house):
    house[1].plot([0, 1], [0, 1], color="#029E73")
    assert found(house[0]) == ["#029e73 is not of style.COLORS"]


def test_faults_are_of_the_width_in_which_the_figure_stands(house):
    style.note(house[1], 0.02, 0.5, "seven words that fill a third of it")
    style.note(house[1], 0.42, 0.5, "other words")
    assert found(house[0]) == []
    style.narrow(house[0])
    assert faults(house[0]) == ["'seven words that fill a third of it' overlaps 'other words'"]


def test_every_colour_of_the_dictionary_may_be_drawn(house):
    names = list(style.COLORS)
    house[1].bar(names, 1, color=list(style.COLORS.values()))
    house[1].set_xticks([])
    assert found(house[0]) == []
