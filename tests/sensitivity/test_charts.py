"""What the chart of traps draws is what its table says."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import sensitivity, style

TRAPS = pd.DataFrame(
    [
        ("Growth", "naive", "dates with a time", 61.6, "times"),
        ("Growth", "right", "all dates", 17.5, "times"),
        *[
            ("Jamming", "naive", m, v, "%")
            for m, v in (("2025-06", 36.0), ("2025-07", 32.0), ("2025-08", 0.0))
        ],
        *[
            ("Jamming", "right", m, v, "%")
            for m, v in (("2025-06", 36.0), ("2025-07", 40.0), ("2025-08", None))
        ],
    ],
    columns=["trap", "reading", "point", "value", "unit"],
)
REGIMES = pd.DataFrame(
    {"regime_id": ["C", "D"], "first_report_date": pd.to_datetime(["2024-08-21", "2025-07-24"])}
)


@pytest.fixture
def axes():
    _, axes = style.figure("Finding", "Measure", cols=3)
    yield sensitivity.trap_panels(axes, TRAPS, REGIMES)
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_missing_right_value_is_not_drawn_and_naive_zero_is(axes):
    assert [bar.get_height() for bar in axes[0].patches] == [61.6, 17.5]
    naive, right = (line.get_ydata() for line in axes[1].lines[:2])
    assert naive.tolist() == [36, 32, 0] and pd.isna(right[2])
    assert {"36", "0"} <= set(texts(axes[1]))


def test_panel_of_months_has_the_edge_of_the_merge_and_every_panel_its_unit(axes):
    assert [line.get_gid() for line in axes[1].lines].count("regime-D") == 1
    assert "times" in texts(axes[0]) and "%" in texts(axes[1])


def test_last_panel_is_the_key(axes):
    assert texts(axes[2]) == [
        "grey, dashed or hatched:\na first look",
        "blue: what the reports\nbear out",
    ]
