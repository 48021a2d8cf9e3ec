import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.plots.missiles import family_bars, interception_ranges, quarterly_interception

REGIMES = pd.DataFrame({"regime_id": ["C", "D"], "first_report_date": pd.to_datetime(["2024-08-21", "2025-07-24"])})


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def with_gid(artists, gid):
    return [artist for artist in artists if artist.get_gid() == gid]


def test_composite_part_stands_on_the_known_part(ax):
    counts = pd.DataFrame({"family": "Kalibr", "quarter": pd.to_datetime(["2024-01-01", "2024-04-01"]),
                           "launched_at_least_count": pd.array([5, None], "Int64"),
                           "launched_at_most_count": pd.array([8, 7], "Int64")})
    family_bars(ax, counts, "Kalibr")
    alone, composite = ([bar for bars in ax.containers for bar in bars if bar.get_gid() == gid]
                        for gid in ("alone", "composite"))
    assert [bar.get_height() for bar in alone] == [5, 0]
    assert [(bar.get_y(), bar.get_height()) for bar in composite] == [(5, 3), (0, 7)]


def interception(groups, shares, small):
    return pd.DataFrame({**groups, "launched_count": 40, "share": shares, "low_share": [s - 0.1 for s in shares],
                         "high_share": [s + 0.1 for s in shares], "is_small": small})


def test_small_denominators_are_hollow_and_the_class_is_named(ax):
    lines = {"weapon_class": "cruise_missile", "line": ["all", "Zircon"]}
    interception_ranges(ax, interception(lines, [0.75, 0.6], [False, True]))
    points = with_gid(ax.lines, "share")
    assert [point.get_xdata()[0] for point in points] == [75, 60]
    assert [point.get_markerfacecolor() == "white" for point in points] == [False, True]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Cruise missiles", "Zircon"]
    assert [text.get_text() for text in ax.texts] == ["75 % of 40", "60 % of 40"]


def test_rare_but_not_never_is_not_written_as_zero(ax):
    lines = {"weapon_class": "cruise_missile", "line": ["all", "Oniks"]}
    interception_ranges(ax, interception(lines, [0.004, 0.0], [False, False]))
    assert [text.get_text() for text in ax.texts] == ["<1 % of 40", "0 % of 40"]


def test_interval_is_drawn_from_low_to_high(ax):
    lines = {"weapon_class": "mixed_missiles", "line": ["all"]}
    interception_ranges(ax, interception(lines, [0.5], [False]))
    assert with_gid(ax.lines, "interval")[0].get_xdata() == pytest.approx([40, 60])


def quarterly(ax):
    quarters = pd.to_datetime(["2024-04-01", "2024-10-01", "2025-01-01"])
    table = interception({"quarter": quarters}, [0.2, 0.3, 0.4], [False, True, False])
    return quarterly_interception(ax, table, table, REGIMES, "#D55E00", "Ballistic missiles", at=1)


def test_quarter_without_missiles_is_a_gap_in_the_line(ax):
    coloured = quarterly(ax).lines[1]
    assert pd.Series(coloured.get_ydata()).round(9).tolist()[::2] == [20.0, 30.0]
    assert pd.isna(coloured.get_ydata()[1])


def test_small_quarter_is_hollow_and_the_edges_are_there(ax):
    quarterly(ax)
    assert with_gid(ax.lines, "hollow")[0].get_ydata().tolist() == [30.0]
    assert {"regime-C", "regime-D"} <= {line.get_gid() for line in ax.lines}
