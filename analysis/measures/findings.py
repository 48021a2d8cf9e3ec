"""The findings in ten numbers: each headline number with its interval, period, definition and figure.

Notebooks 02 and 03 assert them, the README shows them, and notebook 06 asks how
much each depends on the choices made in curation: all from this one table.
"""

import pandas as pd

from analysis.measures.growth import doubling_time
from analysis.measures.launches import drones, launches, missiles, nightly_launches
from analysis.measures.outcomes import nightly_outcomes, pooled_share
from analysis.measures.waves import wave_sizes
from analysis.names import dataset_of

COLUMNS = ["finding_id", "finding", "value", "low", "high", "unit", "period", "definition", "figure_id"]


def findings(air, share=None) -> pd.DataFrame:
    """Return the ten headline numbers of a dataset, one a row.

    `value`, `low` and `high` are floats in `unit` (counts, ratio, months, or a
    share in 0 to 1); `low` and `high` are the 95 % interval, missing where a
    number is a plain sum. Their periods are fixed: newer data do not move them.

    `share`, for notebook 06, is another way to compute a share: a function of
    nights and numerator that returns value, low and high like `pooled_share`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.findings(load()).set_index("finding_id")["value"].round(1).loc[["drone-growth", "largest-night"]].tolist()
    [17.5, 810.0]
    """
    air = dataset_of(air)
    table = pd.DataFrame([*_volumes(air), *_outcomes(air, share or pooled_share)], columns=COLUMNS)
    return table.astype({"value": float, "low": float, "high": float})


def _volumes(air):
    none = float("nan")
    monthly = launches(drones(air))
    nightly = nightly_launches(air).query("report_date <= '2025-12-31'")
    years, missile_years = (_by_year(rows) for rows in (drones(air), missiles(air)))
    sizes = wave_sizes(nightly).set_index("quarter")
    fit = doubling_time(monthly, "2024-06", "2025-07")
    launched = "launched, as reported by the Air Force, decoys included"
    yield ("drones-2025", "One-way attack drones launched in 2025", years[2025], none, none, "drones", "2025",
           launched, "02-monthly-launches")
    yield ("drone-growth", "Drones launched in 2025 for each one in 2023", years[2025] / years[2023], none, none,
           "ratio", "2023 and 2025", "ratio of the years' sums", "02-cumulative-by-year")
    yield ("missiles-2025", "Missiles launched in 2025", missile_years[2025], none, none, "missiles", "2025",
           "cruise, ballistic, guided air-launched and mixed lines, national and regional", "02-monthly-launches")
    yield ("largest-night", "Most drones reported for one night", nightly["launched_count"].max(), none, none, "drones",
           "2022-09-28 to 2025-12-31", "largest nightly sum", "02-record-nights")
    yield ("median-night", "Drones in the median night, last quarter of 2025",
           sizes.at[pd.Timestamp("2025-10-01"), "q50_count"], none, none, "drones", "2025-10 to 2025-12",
           "median over nights with drones", "02-wave-sizes")
    yield ("doubling-time", "Doubling time of monthly drone launches, June 2024 to July 2025", fit["doubling_months"],
           fit["doubling_low_months"], fit["doubling_high_months"], "months", "2024-06 to 2025-07",
           "log-linear fit; interval of the slope", "02-growth")


def _by_year(rows):
    years = launches(rows, by="year")
    return years.set_index(years["year"].dt.year)["launched_count"]


def _outcomes(air, share):
    nights = nightly_outcomes(air, by="quarter")
    quarters = {quarter: nights[nights["quarter"] == start] for quarter, start in (("q1", "2025-01-01"), ("q4", "2025-10-01"))}
    shot_lost = "shot down plus lost, of launched; sum over sum"
    merged = nights[(nights["regime_id"] == "D") & (nights["report_date"] <= "2025-12-31")]
    yield ("neutralised-2025q1", "Neutralised share, first quarter of 2025",
           *share(quarters["q1"], "neutralised_count"), "share", "2025-01 to 2025-03", shot_lost,
           "03-neutralised-share")
    yield ("neutralised-2025q4", "Neutralised share, last quarter of 2025",
           *share(quarters["q4"], "neutralised_count"), "share", "2025-10 to 2025-12",
           "the merged figure, of launched; sum over sum", "03-neutralised-share")
    yield ("lost-share", "Lost (jamming) share while it was reported apart",
           *share(nights[nights["regime_id"] == "C"], "lost_count"), "share", "2024-08-21 to 2025-07-23",
           "lost, of launched; regime C; sum over sum", "03-jamming-share")
    yield ("neutralised-large", "Neutralised share in waves over 300 drones, after the merge",
           *share(merged[merged["launched_count"] > 300], "neutralised_count"), "share", "2025-07-24 to 2025-12-31",
           "the merged figure, of launched; regime D; sum over sum", "03-wave-size-and-neutralised")
