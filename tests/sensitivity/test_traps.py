"""The naive readings fall into the traps that they are named for."""

import pandas as pd
import pytest

from analysis import load
from analysis.sensitivity.traps import naive_share
from analysis.sensitivity.traps import traps as all_traps


@pytest.fixture(scope="module")
def traps():
    return (
        all_traps(load().until("2025-12-31"))
        .set_index(["trap", "reading", "point"])["value"]
        .sort_index()
    )


def test_naive_share_reads_the_column_whatever_it_means():
    rows = pd.DataFrame(
        {
            "report_date": pd.to_datetime(["2025-07-01", "2025-08-01"]),
            "launched_count": [10, 10],
            "lost_count": pd.array([4, None], "Int64"),
            "is_in_drone_series": True,
        }
    )
    assert naive_share(rows, "lost_count").tolist() == [0.4, 0.0]


def test_naive_parsing_loses_the_years_written_without_times(traps):
    assert traps["Growth by half the dates", "naive"].tolist() == pytest.approx([61.6], abs=0.05)
    assert traps["Growth by half the dates", "right"].tolist() == pytest.approx([17.5], abs=0.05)


def test_jamming_after_the_merge_is_zero_only_for_the_naive(traps):
    assert traps["Jamming ends", "naive", "2025-08"] == 0 and pd.isna(
        traps["Jamming ends", "right", "2025-08"]
    )


def test_lost_drones_are_hits_only_for_the_naive(traps):
    assert (
        traps["The rest got through", "naive"].item(),
        traps["The rest got through", "right"].item(),
    ) == (20919, 7976)


def test_every_trap_has_both_readings():
    counts = all_traps(load()).groupby("trap")["reading"].nunique()
    assert len(counts) == 5 and (counts == 2).all()
