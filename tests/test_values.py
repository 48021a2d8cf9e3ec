"""Where a published picture draws which cell of its table."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import load, style
from analysis.figures import publish

MONTHS = pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]).astype("datetime64[us]")
TABLE = pd.DataFrame({"month": MONTHS, "launched_count": pd.array([20, 60, pd.NA], dtype="Int64"), "share": [0.25, 0.5, np.nan]})


def marks(draw, tmp_path, table=TABLE):
    fig, ax = style.figure("Launches rose", "Drones launched a month")
    draw(ax)
    svg = publish(fig, "my-launches", table, load(), folder=tmp_path).paths["svg"].read_text("utf-8")
    found = re.search('<g id="values" data-marks="([^"]*)"/>', svg)
    return [[float(n) for n in mark.split()] for mark in found[1].split(";")] if found else []


def test_each_bar_has_the_row_and_column_of_its_value(tmp_path):
    found = marks(lambda ax: ax.bar(MONTHS[:2], [20, 60], width=20), tmp_path)
    assert [mark[2:] for mark in found] == [[0, 1], [1, 1]] and found[0][0] < found[1][0] and found[0][1] > found[1][1]


def test_point_in_per_cent_is_the_share_of_the_table(tmp_path):
    assert [mark[2:] for mark in marks(lambda ax: ax.plot(MONTHS, [25, 50, np.nan]), tmp_path)] == [[0, 2], [1, 2]]


def test_what_draws_no_number_of_the_table_has_no_mark(tmp_path):
    assert marks(lambda ax: ax.plot(MONTHS, [1, 2, 3]), tmp_path) == []


def test_equal_values_without_a_date_to_tell_them_apart_have_no_mark(tmp_path):
    twice = pd.DataFrame({"weapon": ["a", "b", "c"], "launched_count": [7, 7, 9]})
    assert [mark[2:] for mark in marks(lambda ax: ax.bar([0, 2], [7, 9]), tmp_path, twice)] == [[2, 1]]


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_values_are_in_the_svg_alone(suffix, tmp_path):
    marks(lambda ax: ax.bar(MONTHS[:2], [20, 60], width=20), tmp_path)
    assert b"data-marks" not in (tmp_path / f"my-launches.{suffix}").read_bytes()
