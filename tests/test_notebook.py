"""What a notebook says of itself: sentences that hold or do not, and tables shown whole."""

import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import holds, show

ADDRESS = "https://www.facebook.com/kpszsu/posts/" + "pfbid" * 12
REASON = "lost drones were not reported, so that shot down is claimed alone, an upper bound (R13)"


@pytest.mark.parametrize(
    "found, said",
    [
        (np.int64(810), 810),
        (688.0, 688),
        (pd.Series([3113, 54585]), [3113, 54585]),
        (np.array([[0.94, 0.9], [0.82, 0.8]]), [[0.94, 0.9], [0.82, 0.8]]),
        (pd.Timestamp("2025-09-07"), date(2025, 9, 7)),
        ({"B": 2, "A": 1}, {"A": 1, "B": 2}),
        (np.True_, "every month rose"),
    ],
)
def test_sentence_that_holds_is_silent(capsys, found, said):
    holds(found, said)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "found, said, line",
    [
        (0.921, 0.92, "found 0.921, the text says 0.92"),
        ([5, 4], [5, 3], "found 5; 4, the text says 5; 3"),
        ([], ["2025-11"], "found none, the text says 2025-11"),
        ({"A": 1}, {"A": 2}, "found A; 1, the text says A; 2"),
        (np.False_, "every month rose", "every month rose"),
        (54595, "54,585", "found 54,595, the text says 54,585"),  # a number is no condition
    ],
)
def test_sentence_that_does_not_hold_says_what_was_found_and_what_the_text_says(
    capsys, found, said, line
):
    holds(found, said)
    assert capsys.readouterr().out == f"no longer holds: {line}\n"


def test_long_text_is_not_cut_and_an_address_is_a_link_by_the_name_of_its_site():
    table = show(pd.DataFrame({"reason": [REASON], "post_address": [ADDRESS]}))
    assert f'<a href="{ADDRESS}" target="_blank">facebook.com</a>' in table._repr_html_()
    assert REASON in table._repr_html_() and REASON in repr(table) and ADDRESS in repr(table)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        'https://t.me/kpszsu/1"><img/src=x/onerror=alert(1)>',
        "https://t.me/1'onclick='alert(1)",
        "javascript:alert(1)//kpszsu",
    ],
)
def test_text_of_a_cell_is_escaped_and_no_address_carries_more_than_itself(text):
    html = show(pd.DataFrame({"a": [text]}))._repr_html_()
    assert "<b>" not in html and "<img" not in html and "<a " not in html


def test_no_column_is_left_out():
    table = show(pd.DataFrame([range(40)]))
    assert "..." not in table._repr_html_() + repr(table)


def test_everyday_names_are_found_by_tab_and_import():
    assert set(analysis.__all__) <= set(dir(analysis))
    assert all(getattr(analysis, name) is not None for name in analysis.__all__)


def test_package_imports_nothing_heavy():
    code = (
        "import analysis, sys; print({'pandas', 'matplotlib', 'frictionless'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said.stdout == "set()\n"
