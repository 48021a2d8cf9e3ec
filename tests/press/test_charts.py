import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import press


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def months(**counts):
    return pd.DataFrame(
        {
            "month": pd.to_datetime(["2025-01-01", "2025-03-01"]),
            **{column: counts.get(column, [0, 0]) for column in press.AGREEMENT_LOOKS},
        }
    )


def test_counts_are_stacked_as_shares_of_their_month(ax):
    counts = months(equal_night_count=[3, 1], unclaimed_night_count=[1, 0])
    layers = dict(
        zip(
            press.AGREEMENT_LOOKS,
            press.period_stack(ax, counts, press.AGREEMENT_LOOKS, is_share=True).containers,
        )
    )
    assert [bar.get_height() for bar in layers["equal_night_count"]] == [75, 100]
    assert [bar.get_y() for bar in layers["unclaimed_night_count"]] == [75, 100]


def test_counts_are_stacked_as_they_are_below_room_for_a_name(ax):
    press.period_stack(
        ax,
        months(equal_night_count=[3, 1], unclaimed_night_count=[1, 0]),
        press.AGREEMENT_LOOKS,
        "By majority",
    )
    assert [bar.get_height() for bar in ax.containers[0]] == [3, 1] and ax.get_ylim() == (0, 5)
    assert ax.get_title() + ax.get_title(loc="left") == "By majority"


def test_month_without_nights_stays_empty(ax):
    press.period_stack(ax, months(equal_night_count=[3, 1]), press.AGREEMENT_LOOKS)
    assert len(ax.containers[0]) == 2


def test_every_layer_is_named(ax):
    press.key(
        press.period_stack(ax, months(equal_night_count=[3, 1]), press.AGREEMENT_LOOKS), cols=3
    )
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["equal", "consistent", "explained", "contradicted", "unexplained", "no claim"]


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
