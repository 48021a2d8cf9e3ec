"""Where a published picture draws which cell of its table."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import paths, style
from analysis.citing import manifest
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
    for group in filter(None, "".join(MARKS.findall(svg)).split("|")):
        numbers = [[float(n) for n in re.findall(r"[-\d.]+", part)] for part in group.split(";")]
        columns, _, names = group.partition(";")[0].partition(" ")
        yield columns, names, numbers[1:]


def marked(*drawn, table=TABLE, **corner):
    """The marks of a chart that draws these places of a table."""
    fig, ax = style.figure("Launches rose", "Drones launched a month")
    ax.set(xlim=(MONTHS[0], MONTHS[2]), ylim=(0, 100))
    mark(ax, *drawn, **corner)
    return [*groups(with_values(b"<svg></svg>", fig, as_text(table)).decode())]


def test_each_point_has_the_row_of_its_month_and_what_is_told_with_it():
    [(columns, names, found)] = marked(MONTHS, [25, 50, 75], TABLE, "share", "launched_count")
    assert (columns, names, [place[2] for place in found]) == ("2,1", "0", [0, 1])
    assert found[0][0] < found[1][0] and found[0][1] > found[1][1]


def test_box_has_both_corners():
    corner = {"to": (MONTHS[2:], 60)}
    [(_, _, [place])] = marked(MONTHS[1:2], 0, TABLE[1:2], "launched_count", **corner)
    left, bottom, row, right, top = place
    assert row == 1 and left < right and bottom > top


def test_equal_values_of_a_month_are_told_apart_by_what_the_chart_says_they_are():
    twice = TABLE[:2].assign(month=MONTHS[0], series=["drones", "missiles"], launched_count=7)
    [(_, names, found)] = marked(MONTHS[:1], 7, twice[1:], "launched_count", table=twice)
    assert (names, [place[2] for place in found]) == ("0,3", [1])


def test_place_out_of_view_has_no_mark():
    assert marked(MONTHS, [120, 130, 140], TABLE, "share") == []


def test_place_whose_row_cannot_be_told_has_no_mark():
    twice = TABLE.assign(month=MONTHS[[0, 0, 1]], launched_count=[7, 9, 9])
    rows = twice[["month"]][1:]
    [(_, _, found)] = marked(MONTHS[:2], [7, 9], rows, "launched_count", table=twice)
    assert [place[2] for place in found] == [2]


def drawn(entry):
    """What a published picture marks: column, rows and how high each mark stands."""
    svg = (paths.FIGURES / entry["files"]["svg"]["path"]).read_text("utf-8")
    table = pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"])
    for columns, _, places in groups(svg):
        column = table.columns[int(columns.partition(",")[0])]
        heights = [place[1] - place[4] if len(place) > 3 else -place[1] for place in places]
        yield table.loc[[place[2] for place in places], column], np.array(heights)


# Of these a picture draws a part: months of one panel, quarters, one number a quarter, large areas.
IN_PART = {
    ("03-neutralised-and-not", "launched_count"),
    ("03-neutralised-share", "standardised_share"),
    ("09-drones-and-missiles", "drones_per_missile_ratio"),
    ("09-launch-areas", "report_share"),
    ("10-wave-size-and-neutralised", "per_night_count"),
}


def test_pictures_mark_every_value_that_they_draw_and_nothing_without_one():
    in_part = set()
    for entry in manifest.entries(paths.FIGURES):
        table = pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"])
        marked = {}
        for values, _ in drawn(entry):
            assert values.notna().all(), entry["id"]
            marked.setdefault(values.name, set()).update(values.index)
        for column, rows in marked.items():
            if rows != {*table[column].dropna().index}:
                in_part.add((entry["id"], column))
    assert in_part == IN_PART


@pytest.mark.parametrize(
    "figure", ["02-monthly-launches", "03-neutralised-share", "03-outcome-shares"]
)
def test_mark_stands_as_high_as_the_value_of_its_row(figure):
    for values, heights in drawn(manifest.find(figure)):
        if values.nunique() > 1:
            slope, start = np.polyfit(values, heights, 1)
            assert slope > 0 and np.abs(slope * values + start - heights).max() < 0.2
