"""What the charts of outcomes draw is what their tables say, and only where the regime gives it."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import load, plots, style

REGIMES = load().regimes
NAN = float("nan")
TABLE = pd.DataFrame(
    {
        "regime_id": ["A", "C", "D"],
        "first_date": pd.to_datetime(["2024-06-01", "2025-07-01", "2025-07-24"]),
        "last_date": pd.to_datetime(["2024-06-30", "2025-07-23", "2025-07-31"]),
        "claimed_share": [0.9, NAN, NAN],
        "shot_down_share": [NAN, 0.5, NAN],
        "lost_share": [NAN, 0.4, NAN],
        "merged_share": [NAN, NAN, 0.8],
        "residual_share": [NAN, 0.1, 0.2],
    }
)
SHARES = pd.DataFrame(
    {
        "month": pd.to_datetime(["2025-05-01", "2025-07-01"]),
        "share": [0.9, 0.8],
        "low_share": [0.85, 0.7],
        "high_share": [0.95, 0.9],
    }
)


@pytest.fixture
def ax():
    yield style.figure("Finding", "Measure")[1]
    plt.close("all")


def test_stack_draws_each_share_where_its_regime_gives_it(ax):
    plots.outcome_stack(ax, TABLE, REGIMES)
    drawn = [(round(b.get_y(), 6), round(b.get_height(), 6)) for b in ax.patches]
    assert drawn == [(0, 90), (0, 50), (50, 40), (0, 80), (90, 10), (80, 20)]
    assert [line.get_gid() for line in ax.lines] == ["regime-C", "regime-D"]


def test_band_leaves_a_gap_for_a_month_that_is_missing(ax):
    plots.share_with_band(ax, SHARES, style.BLUE, "Neutralised")
    heights = ax.lines[0].get_ydata()
    assert heights[[0, 2]].tolist() == [90, 80] and pd.isna(heights[1])
    assert ax.texts[0].get_text() == "Neutralised" and ax.get_ylim() == (0, 100)


def test_band_of_weeks_is_drawn_like_one_of_months(ax):
    weekly = SHARES.rename(columns={"month": "week"}).assign(
        week=pd.to_datetime(["2025-05-05", "2025-05-12"])
    )
    plots.share_with_band(ax, weekly, style.BLUE, "Neutralised")
    assert ax.lines[0].get_ydata().tolist() == [90, 80]


def test_table_without_a_period_is_refused_with_the_columns_found():
    with pytest.raises(
        ValueError,
        match="found the columns share, low_share, high_share; expected one of day, week, month",
    ):
        plots.share_with_band(None, SHARES.drop(columns="month"), style.BLUE, "Neutralised")


def test_band_ends_with_the_regime_not_with_the_month(ax):
    plots.share_with_band(ax, SHARES, style.BLUE, "Lost", ends=("2025-05-01", "2025-07-23"))
    assert pd.Timestamp(ax.lines[0].get_xdata()[-1]) == pd.Timestamp("2025-07-12")


def test_naive_line_draws_its_shares_dashed(ax):
    plots.naive_line(
        ax,
        SHARES[["month", "share"]].rename(columns={"share": "naive_share"}),
        "as often charted",
        at="2025-07",
    )
    assert ax.lines[0].get_ydata().tolist() == [90, 80] and ax.lines[0].get_linestyle() == "--"


def test_time_after_the_merge_is_hatched_from_its_first_day(ax):
    style.date_axis(ax, "2025-01-01", "2026-01-01")
    plots.not_separable(ax, REGIMES, "not separable")
    assert ax.patches[0].get_hatch() and ax.patches[0].get_x() == plt.matplotlib.dates.date2num(
        pd.Timestamp("2025-07-24")
    )


def test_points_of_two_spans_stand_side_by_side_with_their_nights(ax):
    table = pd.DataFrame(
        {
            "span": ["to July", "from July"] * 2,
            "wave_band": ["1–50", "1–50", "over 300", "over 300"],
            "share": [0.9, 0.7, 0.8, 0.92],
            "low_share": [0.85, 0.6, 0.7, 0.9],
            "high_share": [0.95, 0.8, 0.9, 0.94],
            "night_count": [52, 14, 17, 25],
        }
    )
    plots.size_points(ax, table, {"to July": (style.TEXT, "o"), "from July": (style.BLUE, "s")})
    assert [c.lines[0].get_ydata().tolist() for c in ax.containers] == [[90, 80], [70, 92]]
    assert {"52", "14", "17", "25", "to July", "from July"} <= {t.get_text() for t in ax.texts}


def test_bar_of_a_size_without_a_value_is_left_out(ax):
    table = pd.DataFrame(
        {
            "series": ["a", "a", "b", "b"],
            "wave_band": ["1–50", "over 50"] * 2,
            "rate": [4.0, 2.0, NAN, 1.0],
        }
    )
    plots.size_bars(ax, table, "rate", {"a": (style.INK, "hits"), "b": (style.GREY, "places")})
    assert [t.get_text() for t in ax.texts] == ["4", "2", "1"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["hits", "places"]


def test_span_of_a_wording_runs_over_its_dates(ax):
    wordings = load().wordings
    plots.wording_spans(ax, wordings, {w: w for w in wordings["wording_id"]})
    assert [pd.Timestamp(line.get_xdata()[0]) for line in ax.lines] == list(
        wordings["first_report_date"]
    )


def test_table_without_an_interval_is_refused_with_the_option_that_adds_it(ax):
    with pytest.raises(ValueError, match="found no low_share and high_share; .*interval=True"):
        plots.share_with_band(ax, SHARES[["month", "share"]], style.BLUE, "Lost")


def test_month_of_two_regimes_is_refused_with_the_option_that_pools_them(ax):
    twice = pd.concat([SHARES.assign(regime_id="C"), SHARES.tail(1).assign(regime_id="D")])
    with pytest.raises(ValueError, match="month 2025-07 has 2 rows; expected one: .*pool=True"):
        plots.share_with_band(ax, twice, style.BLUE, "Lost")


@pytest.mark.parametrize(
    ("regimes", "said", "edges"),
    [
        (
            ["C", "D"],
            {"shot down", "lost from\nradar", "shot down or\nsuppressed,\none figure"},
            ["regime-D"],
        ),
        (["C"], {"shot down", "lost from\nradar"}, []),
    ],
)
def test_stack_of_some_regimes_names_what_it_draws_and_no_more(ax, regimes, said, edges):
    plots.outcome_stack(ax, TABLE[TABLE["regime_id"].isin(regimes)], REGIMES)
    assert [line.get_gid() for line in ax.lines] == edges
    names = {text.get_text() for text in ax.texts} - {"not reported\nas neutralised"}
    assert {name for name in names if "20" not in name} == said
