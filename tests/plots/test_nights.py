import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.plots.nights import outcome_marks

OUTCOMES = pd.DataFrame(
    {
        "launched_count": [539, 11],
        "shot_down_count": [268, 2],
        "lost_count": [208, None],
        "residual_count": [63, 9],
    },
    index=["drones", "missiles"],
).astype("Int64")


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def marks(ax, gid):
    return sum(len(dots.get_offsets()) for dots in ax.collections if dots.get_gid() == gid)


def test_every_aircraft_is_one_mark_and_a_missing_count_has_none(ax):
    outcome_marks(ax, OUTCOMES)
    assert [marks(ax, f"drones-{name}") for name in list(OUTCOMES)[1:]] == [268, 208, 63]
    assert [marks(ax, f"missiles-{name}") for name in list(OUTCOMES)[1:]] == [2, 0, 9]


def test_series_may_be_a_column_and_a_night_may_lack_missiles(ax):
    outcome_marks(ax, OUTCOMES.loc[["drones"]].rename_axis("series").reset_index())
    assert marks(ax, "drones-shot_down_count") == 268 and not any(
        "missiles" in text.get_text() for text in ax.texts
    )


def test_two_nights_are_refused(ax):
    with pytest.raises(ValueError, match="found several nights, expected one"):
        outcome_marks(ax, pd.concat([OUTCOMES, OUTCOMES]))


def test_no_two_marks_lie_on_each_other(ax):
    outcome_marks(ax, OUTCOMES)
    places = [tuple(place) for dots in ax.collections for place in dots.get_offsets()]
    assert len(set(places)) == 550


def test_headings_add_drones_and_missiles_and_never_say_hits(ax):
    outcome_marks(ax, OUTCOMES)
    texts = [text.get_text() for text in ax.texts]
    assert {
        "270 shot down",
        "208 lost",
        "72 not reported\nas neutralised",
        "63 drones + 9 missiles",
    } <= set(texts)
    assert not any("hit" in text for text in texts)


def test_heading_of_a_block_stands_over_it_and_not_over_its_neighbour(ax):
    outcome_marks(ax, OUTCOMES)
    heading = next(text for text in ax.texts if text.get_text().startswith("72 "))
    last = next(dots for dots in ax.collections if dots.get_gid() == "drones-residual_count")
    assert (heading.get_ha(), heading.xy[0]) == ("left", last.get_offsets()[0][0] - 0.5)
