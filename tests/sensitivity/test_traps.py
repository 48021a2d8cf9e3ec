"""The naive readings fall into the traps that they are named for."""

import pandas as pd
import pytest

from analysis import load
from analysis.sensitivity.traps import naive_family_count, naive_share
from analysis.sensitivity.traps import traps as all_traps


@pytest.fixture(scope="module")
def traps():
    return all_traps(load()).set_index(["trap", "reading", "point"])["value"].sort_index()


def test_naive_share_reads_the_column_whatever_it_means():
    rows = pd.DataFrame({"report_date": pd.to_datetime(["2025-07-01", "2025-08-01"]), "launched_count": [10, 10],
                         "lost_count": pd.array([4, None], "Int64"), "is_in_drone_series": True})
    assert naive_share(rows, "lost_count").tolist() == [0.4, 0.0]


def test_naive_parsing_loses_the_years_written_without_times(traps):
    assert traps["Growth 2023 to 2025", "naive", ""] == pytest.approx(61.6, abs=0.05)
    assert traps["Growth 2023 to 2025", "correct", ""] == pytest.approx(17.5, abs=0.05)


def test_naive_family_count_takes_composites_for_each_part():
    rows = pd.DataFrame({"weapon_class": ["cruise_missile"] * 3, "launched_count": [5, 7, 11],
                         "family": ["Kalibr", "Kh-101/555 + Kalibr", "Kh-101/555"]})
    assert naive_family_count(rows, "Kalibr") == 12


def test_jamming_after_the_merge_is_zero_only_for_the_naive(traps):
    trap = "Jamming ends in July 2025"
    assert traps[trap, "naive", "2025-08"] == 0 and pd.isna(traps[trap, "correct", "2025-08"])


def test_every_trap_has_both_readings():
    counts = all_traps(load()).groupby("trap")["reading"].nunique()
    assert len(counts) == 9 and (counts == 2).all()
