import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.plots.coverage import area_heatmap, date_calendar

REGIMES = pd.DataFrame(
    {
        "regime_id": ["B", "C", "D"],
        "first_report_date": pd.to_datetime(["2024-07-10", "2024-08-21", "2025-07-24"]),
    }
)


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def calendar(ax, **states):
    table = pd.DataFrame(
        {"state": "report"}, index=pd.date_range("2024-07-01", "2025-08-31", name="report_date")
    )
    for day, state in states.items():
        table.loc[day[1:].replace("_", "-"), "state"] = state
    return date_calendar(ax, table.reset_index(), REGIMES)


def cells(ax, state):
    """Column and row of the cells of a state, without the one of the key."""
    bars = [bar for bar in ax.patches if bar.get_gid() == state][:-1]
    return [(round(bar.get_x() + 0.4), round(bar.get_y() + 0.4)) for bar in bars]


def test_every_date_is_one_cell_of_its_state(ax):
    calendar(ax, d2024_08_03="no report", d2025_01_31="quiet")
    assert cells(ax, "no report") == [(3, 1)]
    assert cells(ax, "quiet") == [(31, 6)]
    assert len(cells(ax, "report")) == 427 - 2


def test_missing_and_zero_and_unknown_look_different(ax):
    calendar(
        ax,
        d2024_08_03="no report",
        d2024_08_04="quiet",
        d2024_08_05="unknown",
        d2024_08_06="presumed quiet",
    )
    bars = {bar.get_gid(): bar for bar in ax.patches}
    looks = {(bar.get_facecolor(), bar.get_edgecolor(), bar.get_hatch()) for bar in bars.values()}
    assert len(looks) == 6


def test_key_counts_the_dates_of_each_state(ax):
    calendar(ax, d2024_08_03="no report", d2024_08_04="no report")
    assert "no report: 2" in [text.get_text() for text in ax.texts if text.get_gid() == "key"]


def test_regime_edge_steps_before_its_first_date(ax):
    calendar(ax)
    edge = [line for line in ax.lines if line.get_gid() == "regime-edge"][1]
    assert edge.get_xydata().tolist() == [[0.5, 1.5], [20.5, 1.5], [20.5, 0.5], [32.5, 0.5]]


AREAS = pd.DataFrame(
    {
        "quarter": pd.to_datetime(["2024-10-01", "2025-04-01", "2025-04-01", "2025-04-01"]),
        "area": ["Chauda", "Chauda", "Kursk oblast", "Yeysk"],
        "report_count": [9, 1, 5, 2],
        "report_share": [0.9, 0.1, 0.5, 0.2],
    }
)


def test_heatmap_has_the_areas_named_most_with_their_shares_in_percent(ax):
    area_heatmap(ax, AREAS, most=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Chauda", "Kursk oblast"]
    assert sorted(text.get_text() for text in ax.texts) == ["10", "50", "90"]


def test_heatmap_leaves_a_quarter_in_which_no_report_names_an_area_blank_but_in_its_place(ax):
    area_heatmap(ax, AREAS, most=2)
    shares = ax.collections[0].get_array().reshape(2, 3)
    assert shares.mask.tolist() == [[False, True, False], [True, True, False]]
    assert [
        (tick, label.get_text()) for tick, label in zip(ax.get_xticks(), ax.get_xticklabels())
    ] == [(1.5, "2025")]


def test_heatmap_of_months_is_one_of_quarters_with_other_columns(ax):
    months = AREAS.assign(month=AREAS["quarter"]).drop(columns="quarter")
    area_heatmap(ax, months, most=2)
    assert ax.collections[0].get_array().reshape(2, -1).shape[1] == 7


def test_silent_date_is_shaded_by_its_sirens_and_its_stroke_stays_visible(ax):
    table = pd.DataFrame(
        {"report_date": pd.date_range("2024-07-01", "2025-08-31"), "state": "no report"}
    )
    date_calendar(
        ax, table, REGIMES, pd.Series([0.0, 1.0], pd.to_datetime(["2024-08-03", "2024-08-04"]))
    )
    shades = [bar.get_facecolor()[3] for bar in ax.patches if bar.get_gid() == "sirens"]
    assert shades == [0, 0.8, 0, 0.4, 0.8]  # the last three are the key's


def test_calendar_names_its_first_month_with_the_year_and_every_later_january(ax):
    calendar(ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Jul 2024",
        "Oct",
        "2025",
        "Apr",
        "Jul",
    ]
