"""What the charts of choices and traps draw is what their tables say."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import sensitivity, style

TABLE = pd.DataFrame({"finding_id": ["a", "a", "b"], "choice": ["one", "two", "one"], "difference_percent": [0.2, -21.7, 5.4]})
TRAPS = pd.DataFrame([("Growth", "naive", "", 61.6, "×"), ("Growth", "correct", "", 17.5, "×"),
                      *[("Jamming", "naive", m, v, "%") for m, v in (("2025-06", 36.0), ("2025-07", 32.0), ("2025-08", 0.0))],
                      *[("Jamming", "correct", m, v, "%") for m, v in (("2025-06", 36.0), ("2025-07", 40.0), ("2025-08", None))]],
                     columns=["trap", "reading", "point", "value", "unit"])


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_choices_that_move_a_finding_are_named():
    _, ax = style.figure("Finding", "Measure")
    sensitivity.choice_dots(ax, TABLE, {"a": "A", "b": "B"})
    assert [t.get_text() for t in ax.texts] == ["two", "one"]
    assert sorted(float(x) for c in ax.collections for x, _ in c.get_offsets()) == [-21.7, 0.2, 5.4]
    assert ax.lines[0].get_gid() == "base"


def test_missing_correct_value_is_not_drawn_and_naive_zero_is():
    _, axes = style.figure("Finding", "Measure", cols=2)
    sensitivity.trap_panels(axes, TRAPS)
    assert [bar.get_height() for bar in axes[0].patches] == [61.6, 17.5]
    naive, correct = (line.get_ydata() for line in axes[1].lines)
    assert naive.tolist() == [36, 32, 0] and pd.isna(correct[2])
