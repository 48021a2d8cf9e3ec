"""The bound on unreported dates, on typed nights by hand, and the published numbers."""

import pandas as pd
import pytest

from analysis import load
from analysis.measures import silence


@pytest.fixture(scope="module")
def early():
    nights = silence.night_sirens(load())
    return nights[nights["report_date"] < "2024-09-01"]


def typed(reported, unreported, launched=10):
    """Dates of 2023 with so many minutes of alert; the reported ones with drones."""
    return pd.DataFrame(
        {
            "report_date": pd.date_range("2023-01-01", periods=len(reported + unreported)),
            "year": pd.Timestamp("2023-01-01"),
            "has_report": [True] * len(reported) + [False] * len(unreported),
            "minutes": reported + unreported,
            "launched_count": pd.array(
                [launched] * len(reported) + [None] * len(unreported), "Int64"
            ),
        }
    )


def bound(reported, unreported):
    return silence.silence_bound(typed(reported, unreported), statistic="minutes").iloc[0]


def test_bound_is_the_ratio_of_the_tails():
    found = bound([10, 20, 30, 40, 50, 60], [0, 0, 0, 0, 0, 0, 5, 5, 45, 70])
    names = ["threshold", "reported_tail_count", "unreported_tail_count"]
    assert found[names].tolist() == [35, 3, 2]
    assert found["bound_share"] == pytest.approx(0.4)  # 2 of 10 by 3 of 6
    assert found["hidden_count"] == pytest.approx(
        40
    )  # 4 of 10 unreported dates with 10 drones each


def test_bound_without_an_alarmed_unreported_date_has_width():
    found = bound([10, 20, 30, 40, 50, 60], [0] * 20)
    assert found["bound_share"] == found["low_share"] == 0 and 0.1 < found["high_share"] < 0.5


def test_bound_is_missing_with_four_reported_dates():
    found = bound([10, 20, 30, 40], [0, 5])
    assert found["unreported_date_count"] == 2
    assert found[["bound_share", "hidden_count"]].isna().all()


def test_unreported_dates_like_reported_ones_give_a_bound_of_one():
    assert bound([10, 20, 30, 40, 50], [10, 20, 30, 40, 50])["bound_share"] == 1


def test_date_with_missiles_alone_is_unreported_but_of_its_own_kind(early):
    night = early.set_index("report_date").loc["2023-09-21"]
    assert (night["kind"], night["verdict"]) == ("missiles only", "missile night")
    assert night["has_missiles"] and not night["has_report"] and pd.isna(night["launched_count"])


def test_twenty_unreported_dates_reach_the_ordinary_median(early):
    alarmed = silence.alarmed_dates(early)
    assert early.loc[early["has_report"], silence.STATISTIC].median() == 686
    assert len(alarmed) == 20 and alarmed["report_date"].iloc[0] == pd.Timestamp("2023-07-25")


def test_every_alarmed_date_has_a_verdict(early):
    assert silence.alarmed_dates(early)["verdict"].notna().all()


def test_statistics_are_the_four_that_go_best_with_launches(early):
    reported = early[early["has_report"]]
    names = [*silence.STATISTICS, "away_minutes", "away_region_count"]
    launched = reported["launched_count"].astype(float)
    correlation = reported[names].corrwith(launched, method="spearman")
    assert set(correlation.nlargest(4).index) == set(silence.STATISTICS)


def test_planted_dates_raise_the_bound():
    nights = typed(list(range(100, 200)), list(range(100)))
    found = silence.planted_bounds(nights, [0, 0.4], statistic="minutes", draws=20)
    assert found["bound_share"].round(1).tolist() == [0.0, 0.4]
