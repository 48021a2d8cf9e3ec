import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.plots.missiles import family_bars, interception_ranges, yearly_interception


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def with_gid(artists, gid):
    return [artist for artist in artists if artist.get_gid() == gid]


def test_composite_part_stands_on_the_known_part(ax):
    counts = pd.DataFrame(
        {
            "family": "Kalibr",
            "quarter": pd.to_datetime(["2024-01-01", "2024-04-01"]),
            "launched_at_least_count": pd.array([5, None], "Int64"),
            "launched_at_most_count": pd.array([8, 7], "Int64"),
        }
    )
    family_bars(ax, counts, "Kalibr")
    alone, composite = (
        [bar for bars in ax.containers for bar in bars if bar.get_gid() == gid]
        for gid in ("alone", "composite")
    )
    assert [bar.get_height() for bar in alone] == [5, 0]
    assert [(bar.get_y(), bar.get_height()) for bar in composite] == [(5, 3), (0, 7)]


def interception(groups, shares, small):
    return pd.DataFrame(
        {
            **groups,
            "launched_count": 40,
            "share": shares,
            "low_share": [s - 0.1 for s in shares],
            "high_share": [s + 0.1 for s in shares],
            "is_small": small,
        }
    )


def test_small_denominators_are_hollow_and_the_class_is_named(ax):
    lines = {"weapon_class": "cruise_missile", "line": ["all", "Zircon"]}
    interception_ranges(ax, interception(lines, [0.75, 0.6], [False, True]))
    points = with_gid(ax.lines, "share")
    assert [point.get_xdata()[0] for point in points] == [75, 60]
    assert [point.get_markerfacecolor() == "white" for point in points] == [False, True]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Cruise missiles", "Zircon"]
    assert [text.get_text() for text in ax.texts] == ["75% of 40", "60% of 40"]
    assert not any(
        text.get_annotation_clip() is None for text in ax.texts
    )  # they stand beside the axes


def test_rare_but_not_never_is_not_written_as_zero(ax):
    lines = {"weapon_class": "cruise_missile", "line": ["all", "Oniks"]}
    interception_ranges(ax, interception(lines, [0.004, 0.0], [False, False]))
    assert [text.get_text() for text in ax.texts] == ["<1% of 40", "0% of 40"]


def test_interval_is_drawn_from_low_to_high(ax):
    lines = {"weapon_class": "mixed_missiles", "line": ["all"]}
    interception_ranges(ax, interception(lines, [0.5], [False]))
    assert with_gid(ax.lines, "interval")[0].get_xdata() == pytest.approx([40, 60])


def yearly(ax):
    years = {
        "line": ["all", "all", "without S-300/400"],
        "year": pd.to_datetime(["2022-01-01", "2024-01-01", "2024-01-01"]),
    }
    table = interception(years, [0.2, 0.3, 0.4], [True, False, False])
    return yearly_interception(
        ax, table, {"all": "#949494", "without S-300/400": "#D55E00"}, "Ballistic missiles"
    )


def test_year_without_missiles_has_no_bar_and_few_missiles_a_hollow_one(ax):
    yearly(ax)
    assert [bar.get_height() for bar in with_gid(ax.patches, "all")] == [20, 30]
    assert [bar.get_height() for bar in with_gid(ax.patches, "without S-300/400")] == [40]
    assert [bar.get_facecolor() == (1, 1, 1, 1) for bar in with_gid(ax.patches, "all")] == [
        True,
        False,
    ]


def test_year_has_its_interval_and_says_of_how_many(ax):
    yearly(ax)
    ends = with_gid(ax.collections, "interval")[0].get_segments()[0]
    assert ends[:, 1] == pytest.approx([10, 30])
    assert "20%\n(40)" in [text.get_text() for text in ax.texts]
