import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import press


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


@pytest.fixture
def totals(ax):
    table = pd.DataFrame(
        {
            "month": pd.to_datetime(["2025-03-01", "2025-04-01", "2025-06-01"]),
            "qualifier": ["exact", "nearly", "exact"],
            "difference_share": [0.06, 0.0, -0.55],
            "printed": ["106", "nearly 90", "2,453"],
        }
    )
    return press.total_differences(ax, table, "Air Force", limit=12)


def test_total_is_drawn_in_percent_of_the_record_and_hollow_if_qualified(totals):
    points = totals.collections[0]
    assert points.get_offsets().data[:, 1].tolist() == [6, 0, -12]
    assert [(face == 1).all() for face in points.get_facecolors()] == [False, True, False]


def test_only_a_total_beyond_the_axis_is_named_as_printed(totals):
    assert [text.get_text() for text in totals.texts] == ["2,453"]
    assert [totals.yaxis.get_major_formatter()(y, None) for y in (6, 0, -6)] == [
        "+6%",
        "equal",
        "−6%",
    ]
