"""The findings in ten numbers: each headline number with its bounds, period, definition and figure.

Notebooks 02 and 03 hold their prose to them, the README shows them, and notebook
06 asks how much each depends on the choices made in curation: all from this one table.
"""

import pandas as pd

from analysis.measures import silence
from analysis.measures.launches import drones, launches, missiles, nightly_launches
from analysis.measures.outcomes import nightly_outcomes, pooled_share
from analysis.measures.waves import wave_sizes
from analysis.names import dataset_of

COLUMNS = [
    "finding_id",
    "finding",
    "value",
    "low",
    "high",
    "bounds",
    "unit",
    "period",
    "definition",
    "figure_id",
]
_OVER_NIGHTS = "95% confidence interval over nights"
_NONE = (float("nan"), float("nan"), "")


def findings(air, share=None) -> pd.DataFrame:
    """Return the ten headline numbers of a dataset, one a row.

    `value`, `low` and `high` are floats in `unit` (counts, ratio, or a share in
    0 to 1); `bounds` says in words what `low` and `high` are, and all three are
    missing or blank where a number is a plain sum. Their periods are fixed:
    newer data do not move them.

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
    months = launches(drones(air)).set_index("month")["launched_count"]
    nightly = nightly_launches(air).query("report_date <= '2025-12-31'")
    years, of_missiles, national = (
        _by_year(rows)
        for rows in (drones(air), missiles(air), missiles(air).query("level == 'national'"))
    )
    sirens = silence.night_sirens(air)
    growth = silence.growth_bounds(air, sirens).set_index("bound")["growth_ratio"]
    july, with_hidden = (
        months["2024-07-01"],
        months["2024-07-01"] + silence.hidden_at_most(sirens, "2024-07-01"),
    )
    launched = "launched, as reported by the Air Force, decoys included"
    yield (
        "drones-2025",
        "One-way attack drones launched in 2025",
        years[2025],
        *_NONE,
        "drones",
        "2025",
        launched,
        "02-monthly-launches",
    )
    yield (
        "drone-growth",
        "Drones launched in 2025 for each one in 2023",
        growth["as reported"],
        growth["sirens, upper end of the interval"],
        growth["as reported"],
        "what silent nights can hide",
        "ratio",
        "2023 and 2025",
        "ratio of the years' sums",
        "02-monthly-launches",
    )
    yield (
        "july-on-july",
        "Drones launched in July 2025 for each one in July 2024",
        months["2025-07-01"] / july,
        months["2025-07-01"] / with_hidden,
        months["2025-07-01"] / july,
        "what silent nights can hide",
        "ratio",
        "July 2024 and 2025",
        "ratio of the months' sums",
        "02-monthly-launches",
    )
    yield (
        "missiles-2025",
        "Missiles launched in 2025",
        of_missiles[2025],
        national[2025],
        of_missiles[2025],
        "national reports alone, and all",
        "missiles",
        "2025",
        "cruise, ballistic, guided air-launched and mixed lines, national and regional",
        "02-monthly-launches",
    )
    yield (
        "largest-night",
        "Most drones reported for one night",
        nightly["launched_count"].max(),
        *_NONE,
        "drones",
        "2022-09-28 to 2025-12-31",
        "largest nightly sum",
        "02-record-nights",
    )
    yield (
        "median-night",
        "Drones in the median night, last quarter of 2025",
        wave_sizes(nightly).set_index("quarter").at[pd.Timestamp("2025-10-01"), "q50_count"],
        *_NONE,
        "drones",
        "2025-10 to 2025-12",
        "median over nights with drones",
        "02-wave-sizes",
    )


def _by_year(rows):
    years = launches(rows, by="year")
    return years.set_index(years["year"].dt.year)["launched_count"]


def _outcomes(air, share):
    nights = nightly_outcomes(air, by="quarter")
    first, last = (nights[nights["quarter"] == start] for start in ("2025-01-01", "2025-10-01"))
    yield (
        "neutralised-2025q1",
        "Neutralised share, first quarter of 2025",
        *share(first, "neutralised_count"),
        _OVER_NIGHTS,
        "share",
        "2025-01 to 2025-03",
        "shot down plus lost, of launched; sum over sum",
        "03-neutralised-share",
    )
    yield (
        "neutralised-2025q4",
        "Neutralised share, last quarter of 2025",
        *share(last, "neutralised_count"),
        _OVER_NIGHTS,
        "share",
        "2025-10 to 2025-12",
        "the merged figure, of launched; sum over sum",
        "03-neutralised-share",
    )
    yield (
        "not-neutralised",
        "Drones not reported as neutralised, last quarter of 2025",
        last["residual_count"].sum(),
        *_NONE,
        "drones",
        "2025-10 to 2025-12",
        "launched minus the merged figure",
        "03-not-neutralised",
    )
    yield (
        "lost-share",
        "Share lost from radar while it was reported separately: an upper bound of jamming",
        *share(nights[nights["regime_id"] == "C"], "lost_count"),
        _OVER_NIGHTS,
        "share",
        "2024-08-21 to 2025-07-23",
        "lost, of launched; regime C; sum over sum",
        "03-jamming-share",
    )
