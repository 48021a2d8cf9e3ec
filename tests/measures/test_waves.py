"""Wave sizes and the days between waves."""

import pandas as pd

from analysis import measures

NIGHTS = pd.DataFrame(
    {
        "report_date": pd.date_range("2025-01-01", periods=5),
        "launched_count": pd.array([100, 0, None, 300, 500], dtype="Int64"),
    }
)


def test_sizes_leave_out_quiet_and_missing_nights():
    sizes = measures.wave_sizes(NIGHTS).iloc[0]
    assert sizes[["night_count", "q50_count", "max_count"]].tolist() == [3, 300, 500]


def test_share_of_large_waves_counts_the_threshold_itself():
    sizes = measures.wave_sizes(NIGHTS, thresholds=[100, 500]).iloc[0]
    assert sizes[["at_least_100_share", "at_least_500_share"]].tolist() == [1, 1 / 3]


def test_bands_include_their_upper_edge_and_no_wave_is_too_large():
    bands = measures.wave_band(pd.Series([1, 50, 51, 150, 300, 301, 5000])).astype(str)
    assert bands.tolist() == [
        "1–50",
        "1–50",
        "51–150",
        "51–150",
        "151–300",
        "over 300",
        "over 300",
    ]
