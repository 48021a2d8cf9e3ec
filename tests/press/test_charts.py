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
    return pd.DataFrame({"month": pd.to_datetime(["2025-01-01", "2025-03-01"]),
                         **{column: counts.get(column, [0, 0]) for column in press.AGREEMENT_LOOKS}})


def points(*verdicts, **columns):
    return pd.DataFrame({"value": 20, "ledger_count": 10, "verdict": verdicts, "label": "", **columns})


def offsets(collection):
    return collection.get_offsets().data.tolist()


def test_counts_are_stacked_as_shares_of_their_month(ax):
    press.share_stack(ax, months(equal_night_count=[3, 1], unclaimed_night_count=[1, 0]), press.AGREEMENT_LOOKS)
    layers = dict(zip(press.AGREEMENT_LOOKS, ax.containers))
    assert [bar.get_height() for bar in layers["equal_night_count"]] == [75, 100]
    assert [bar.get_y() for bar in layers["unclaimed_night_count"]] == [75, 100]


def test_month_without_nights_stays_empty(ax):
    press.share_stack(ax, months(equal_night_count=[3, 1]), press.AGREEMENT_LOOKS)
    assert len(ax.containers[0]) == 2


def test_totals_stand_above_their_bars_when_asked_for(ax):
    press.share_stack(ax, months(equal_night_count=[3, 1]), press.AGREEMENT_LOOKS, numbers=True)
    assert [text.get_text() for text in ax.texts] == ["3", "1"]


def test_every_layer_is_named(ax):
    press.share_stack(ax, months(equal_night_count=[3, 1]), press.AGREEMENT_LOOKS)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["equal", "consistent", "explained", "unexplained", "no claim"]


def test_ledger_runs_across_and_the_press_up(ax):
    press.claims_scatter(ax, points("equal"), "Drones", 100)
    drawn = next(c for c in ax.collections if c.get_gid() == "equal")
    assert offsets(drawn) == [[10, 20]] and ax.get_xlabel() == "in the ledger"


def test_only_labelled_differences_are_named(ax):
    press.claims_scatter(ax, points("unexplained difference", "equal", label=["16 May 2023", ""]), "Missiles", 100)
    assert [text.get_text() for text in ax.texts] == ["16 May 2023"]


def test_total_is_drawn_in_percent_of_the_ledger_and_hollow_if_qualified(ax):
    table = pd.DataFrame({"month": pd.to_datetime(["2025-03-01", "2025-03-01"]), "group": "others",
                          "difference_share": [0.25, 0.0], "is_exact": [True, False], "label": ""})
    press.total_differences(ax, table, {"others": ("black", "s", 0)})
    assert [y for _, y in offsets(ax.collections[0])] == [25, 0]
    assert ax.collections[0].get_facecolors()[:, 0].tolist() == [0, 1]


def test_lost_are_drawn_by_night_and_target(ax):
    table = pd.DataFrame({"report_date": pd.to_datetime(["2024-02-02", "2024-01-13"]), "target": ["drones", "missiles"],
                          "lost_count": [7, 20], "label": ["at least 7", ""]})
    press.lost_counts(ax, table, {"drones": ("red", "o", 24), "missiles": ("black", "s", 52)})
    assert [offsets(c)[0][1] for c in ax.collections] == [7, 20]
    assert [text.get_text() for text in ax.texts] == ["at least 7"]


def test_press_series_has_no_dot_where_the_press_is_silent(ax):
    table = pd.DataFrame({"ledger_count": [5, 6, None], "press_count": [5, None, 9], "is_disputed": [False, None, True],
                          "qualifier": ["nearly", None, "exact"]},
                         index=pd.date_range("2025-01-01", periods=3)).astype({"is_disputed": "boolean"})
    press.press_beside_ledger(ax, table, "2025")
    assert [[y for _, y in offsets(c)] for c in ax.collections] == [[5], [9]]
    assert [c.get_facecolor()[0].tolist() == [1, 1, 1, 1] for c in ax.collections] == [True, False]  # hollow: qualified
    assert [bar.get_height() for bar in ax.containers[0]] == [5, 6]
