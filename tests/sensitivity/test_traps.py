"""The naive readings fall into the traps that they are named for."""

import pytest

from analysis import load, sensitivity

TRAPS = sensitivity.traps(load().until("2025-12-31")).set_index("trap")


@pytest.mark.parametrize(
    ("trap", "point", "naive", "right"),
    [
        ("“Interception leaps”", "2025-06", 49.7, 86.0),
        ("“Interception leaps”", "2025-08", 83.4, 83.4),
        # zero where the merged figure says nothing of jamming
        ("“Jamming ends”", "2025-08", 0, float("nan")),
        ("“Growth by half the dates”", None, 61.6, 17.5),
        ("“The rest got through”", None, 20919, 7975),
        ("“The average night”", None, 77.5, 83.4),
    ],
)
def test_naive_reading_differs_from_the_right_one(trap, point, naive, right):
    rows = TRAPS.loc[trap]
    found = rows[rows["point"] == point] if point else rows
    assert found["reading"].tolist() == ["naive", "right"]
    assert found["value"].tolist() == pytest.approx([naive, right], abs=0.05, nan_ok=True)
