"""What articles call the lost drones, and how many they say hit."""

import pandas as pd
import pytest

from analysis import load, press


@pytest.fixture(scope="module")
def air():
    return load()


def told(air, **cells):
    """Claims that say the same of the night of 2025-01-01, one an article, but for the cells given."""
    count = len(next(iter(cells.values())))
    like = air.press_claims.query(
        "quantity == 'lost' and target_class == 'drones' and attributed_to == 'Ukrainian Air Force'"
    ).head(1)
    rows = pd.concat([like] * count, ignore_index=True).assign(
        source_id=[f"x{i}" for i in range(count)], **cells
    )
    return rows.assign(
        period_start=pd.Timestamp("2025-01-01"), period_end=pd.Timestamp("2025-01-01")
    ).astype(air.press_claims.dtypes)


def test_article_that_says_decoys_and_jammed_counts_as_decoys(air):
    claims = told(air, lost_called=["decoys", None], basis=["jammed", "jammed"])
    counts = press.lost_words_by_week(claims).set_index("lost_words")["article_count"]
    assert counts.to_dict() == {"decoys": 1, "jammed or suppressed": 1}


def test_week_is_that_of_the_report_date(air):
    assert press.lost_words_by_week(told(air, basis=["jammed"]))["week"].tolist() == [
        pd.Timestamp("2024-12-30")
    ]


def test_reported_hits_are_those_of_the_merged_regime_once_a_night(air):
    hits = press.reported_hits(air)
    assert hits["report_date"].is_unique and hits["report_date"].min() >= pd.Timestamp("2025-07-24")
    assert (
        hits.set_index("report_date").at[pd.Timestamp("2025-09-07"), "drones_launched_count"] == 810
    )
