"""Where a published picture draws which cell of its table."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import load, paths, style
from analysis.citing import manifest
from analysis.figures import publish
from analysis.periods import as_text
from analysis.values import mark, with_values

MONTHS = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]).astype("datetime64[us]")
TABLE = pd.DataFrame(
    {
        "month": MONTHS,
        "launched_count": pd.array([20, 60, pd.NA], dtype="Int64"),
        "share": [0.25, 0.5, np.nan],
    }
)
MARKS = re.compile('<g id="values" data-marks="([^"]*)"/>')


def groups(svg):
    """For each mark the numbers of its columns, of those that name a row, and of its places."""
    for group in found[1].split("|") if (found := MARKS.search(svg)) else []:
        head, *places = group.split(";")
        yield (
            *([int(n) for n in own.split(",")] for own in head.split()),
            [[float(n) for n in place.split()] for place in places],
        )


def marks(draw, table=TABLE):
    fig, ax = style.figure("Launches rose", "Drones launched a month")
    ax.set(xlim=(MONTHS[0], MONTHS[2]), ylim=(0, 100))
    draw(ax)
    return list(groups(with_values(b"<svg></svg>", fig, as_text(table)).decode()))


def test_each_point_has_the_row_of_its_month_and_what_is_told_with_it():
    [(columns, names, found)] = marks(
        lambda ax: mark(ax, MONTHS, [25, 50, 75], TABLE, "share", "launched_count")
    )
    assert (columns, names, [place[2] for place in found]) == ([2, 1], [0], [0, 1])
    assert found[0][0] < found[1][0] and found[0][1] > found[1][1]


def test_box_has_both_corners():
    [(_, _, [[left, bottom, row, right, top]])] = marks(
        lambda ax: mark(ax, MONTHS[1:2], 0, TABLE[1:2], "launched_count", to=(MONTHS[2:], 60))
    )
    assert row == 1 and left < right and bottom > top


def test_equal_values_of_a_month_are_told_apart_by_what_the_chart_says_they_are():
    twice = pd.DataFrame(
        {"month": MONTHS[[0, 0]], "series": ["drones", "missiles"], "launched_count": [7, 7]}
    )
    [(_, names, found)] = marks(
        lambda ax: mark(ax, MONTHS[:1], 7, twice[1:], "launched_count"), twice
    )
    assert (names, [place[2] for place in found]) == ([0, 1], [1])


def test_place_out_of_view_has_no_mark():
    assert marks(lambda ax: mark(ax, MONTHS, [120, 130, 140], TABLE, "share")) == []


def test_place_whose_row_cannot_be_told_has_no_mark():
    twice = pd.DataFrame({"month": MONTHS[[0, 0, 1]], "launched_count": [7, 9, 9]})
    [(_, _, found)] = marks(
        lambda ax: mark(ax, MONTHS[:2], [7, 9], twice[["month"]][1:], "launched_count"), twice
    )
    assert [place[2] for place in found] == [2]
    assert (
        marks(lambda ax: mark(ax, [1], [7], twice[["launched_count"]][:1], "launched_count"), twice)
        == []
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    fig, ax = style.figure("Launches rose", "Drones launched a month")
    ax.plot(MONTHS, [25, 50, 75])
    mark(ax, MONTHS, [25, 50, 75], TABLE, "share")
    return publish(fig, "my-launches", TABLE, load(), folder=tmp_path_factory.mktemp("own")).paths


def test_values_are_in_the_svg_alone(published):
    marked = {s for s, path in published.items() if b"data-marks" in path.read_bytes()}
    assert marked == {"svg"}


def drawn(entry):
    """What a published picture marks: column, rows and how high each mark stands."""
    svg = (paths.FIGURES / entry["files"]["svg"]["path"]).read_text("utf-8")
    table = pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"])
    for columns, _, places in groups(svg):
        rows = [int(place[2]) for place in places]
        heights = [place[1] - place[4] if len(place) > 3 else -place[1] for place in places]
        yield table.iloc[rows, columns[0]], np.array(heights)


def test_no_mark_of_a_published_picture_is_without_a_value():
    for entry in manifest.entries(paths.FIGURES):
        assert all(values.notna().all() for values, _ in drawn(entry)), entry["id"]


@pytest.mark.parametrize(
    "figure", ["02-monthly-launches", "03-neutralised-share", "03-outcome-shares"]
)
def test_mark_stands_as_high_as_the_value_of_its_row(figure):
    for values, heights in drawn(manifest.find(figure)):
        if values.nunique() > 1:
            slope, start = np.polyfit(values, heights, 1)
            assert slope > 0 and np.abs(slope * values + start - heights).max() < 0.2
