"""Claims: what a cell says of a sentence that stands or falls with the data."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.claims import holds


@pytest.mark.parametrize(
    "found, said, line",
    [
        (np.int64(810), 810, "holds: 810"),
        (688.0, 688, "holds: 688"),
        (pd.Series([3113, 54585]), [3113, 54585], "holds: 3,113; 54,585"),
        (
            np.array([[0.94, 0.9], [0.82, 0.8]]),
            [[0.94, 0.9], [0.82, 0.8]],
            "holds: 0.94; 0.9; 0.82; 0.8",
        ),
        (pd.Timestamp("2025-09-07"), date(2025, 9, 7), "holds: 7 September 2025"),
        (0.921, 0.92, "no longer holds: found 0.921, the text says 0.92"),
        ([5, 4], [5, 3], "no longer holds: found 5; 4, the text says 5; 3"),
        ([], ["2025-11"], "no longer holds: found none, the text says 2025-11"),
        ({"A": 1}, {"A": 2}, "no longer holds: found A; 1, the text says A; 2"),
        ({"B": 2, "A": 1}, {"A": 1, "B": 2}, "holds: A; 1; B; 2"),
        (np.True_, "every month rose", "holds: every month rose"),
        (np.False_, "every month rose", "no longer holds: every month rose"),
        (
            54595,
            "54,585",
            "no longer holds: found 54,595, the text says 54,585",
        ),  # a number is no condition
    ],
)
def test_line_says_what_was_found_and_what_the_text_says(capsys, found, said, line):
    holds(found, said)
    assert capsys.readouterr().out == f"{line}\n"
