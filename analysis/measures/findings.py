"""The findings in ten numbers: each headline number with its bounds, period, definition and figure.

Notebooks 02 and 03 hold their prose to them, the README shows them, and notebook
06 asks how much each depends on the choices made in curation: all from this one table.
"""

import pandas as pd

from analysis import intervals
from analysis.measures import silence
from analysis.measures.launches import drones, launches, missiles, nightly_launches
from analysis.measures.outcomes import night_outcomes
from analysis.measures.wave_mix import standardised_share
from analysis.measures.waves import wave_sizes

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
_OVER_NIGHTS = "night-to-night interval, nominal 95%"
_NONE = (float("nan"), float("nan"), "")


def findings(air, share=None) -> pd.DataFrame:
    """Return the ten headline numbers of a dataset, one a row.

    `value`, `low` and `high` are floats in `unit` (counts, ratio, or a share in
    0 to 1); `bounds` says in words what `low` and `high` are, and all three are
    missing or blank where a number is a plain sum. Their periods are fixed:
    newer data do not move them.

    `share`, for notebook 06, is another way to compute a share: a function of
    nights and numerator that returns value, low and high.

    Examples
    --------
    >>> from analysis import load, measures
    >>> values = measures.findings(load()).set_index("finding_id")["value"].round(1)
    >>> values.loc[["drone-growth", "largest-night"]].tolist()
    [17.5, 810.0]
    """
    rows = [*_volumes(air), *_outcomes(air, share or _sum_over_sum)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"value": float, "low": float, "high": float})


def _volumes(air):
    years, of_missiles = _by_year(drones(air)), _by_year(missiles(air))
    national = _by_year(missiles(air).query("level == 'national'"))
    sirens = silence.night_sirens(air)
    hidden = silence.launched_by_sirens(sirens[sirens["year"] == "2023-01-01"])
    growth = years[2025] / years[2023]
    yield (
        "drones-2025",
        "One-way attack drones launched in 2025, as reported",
        years[2025],
        *_NONE,
        "drones",
        "2025",
        "launched, as reported by the Air Force in overnight reports, decoys included",
        "02-monthly-launches",
    )
    yield (
        "drone-growth",
        "Reported drone launches of 2025, as a multiple of those of 2023",
        growth,
        years[2025] / (years[2023] + hidden),
        growth,
        "about 10 to 15 if unreported nights hid what the sirens allow",
        "ratio",
        "2023 and 2025",
        "ratio of the years' sums of overnight reports",
        "08-growth-bounds",
    )
    yield (
        "missiles-2025",
        f"Missiles launched in 2025, at least: national reports ({of_missiles[2025]:,} with "
        "regional ones)",
        national[2025],
        *_NONE,
        "missiles",
        "2025",
        "cruise, ballistic, guided air-launched and mixed lines of national reports",
        "02-monthly-launches",
    )
    yield (
        "largest-night",
        "Most drones reported for one window",
        _windows(air).max(),
        *_NONE,
        "drones",
        "2022-09-28 to 2025-12-31",
        "largest sum of one reporting window",
        "02-every-night",
    )
    nightly = nightly_launches(air).query("'2025-10-01' <= report_date <= '2025-12-31'")
    yield (
        "median-night",
        "Drones in the median night, last quarter of 2025",
        wave_sizes(nightly).at[0, "q50_count"],
        *_NONE,
        "drones",
        "2025-10 to 2025-12",
        "median over nights with drones",
        "02-every-night",
    )


def _windows(air):
    """The drones of each reporting window to the end of 2025."""
    rows = drones(air).query("report_date <= '2025-12-31'")
    return rows.groupby(["window_start", "window_end"])["launched_count"].sum()


def _by_year(rows):
    years = launches(rows, by="year")
    return years.set_index(years["year"].dt.year)["launched_count"]


def _sum_over_sum(nights, count):
    """The share of the nights with its interval (R14)."""
    sums = nights[[count, "launched_count"]].sum()
    return sums[count] / sums["launched_count"], *intervals.share_interval(nights, count)


def _outcomes(air, share):
    nights = night_outcomes(air, "neutralised_share")
    first, last = (
        nights[nights["report_date"].between(*ends)]
        for ends in (("2025-01-01", "2025-03-31"), ("2025-10-01", "2025-12-31"))
    )
    yield (
        "neutralised-2025q1",
        "Share reported neutralised, first quarter of 2025",
        *share(first, "neutralised_count"),
        _OVER_NIGHTS,
        "share",
        "2025-01 to 2025-03",
        "shot down plus lost, of launched; sum over sum",
        "03-neutralised-share",
    )
    yield (
        "neutralised-2025q4",
        "Share reported neutralised, last quarter of 2025",
        *share(last, "neutralised_count"),
        _OVER_NIGHTS,
        "share",
        "2025-10 to 2025-12",
        "the merged figure, of launched; sum over sum",
        "03-neutralised-share",
    )
    yield (
        "standardised-2025q4",
        "The same at the first quarter's wave sizes, last quarter of 2025",
        *_at_first_mix(air),
        _OVER_NIGHTS,
        "share",
        "2025-10 to 2025-12",
        "share of each band of wave sizes, weighted by the first quarter's drones in it",
        "03-neutralised-share",
    )
    yield (
        "not-neutralised",
        "Drones not reported as neutralised, last quarter of 2025",
        (last["launched_count"] - last["neutralised_count"]).sum(),
        *_NONE,
        "drones",
        "2025-10 to 2025-12",
        "launched minus the merged figure",
        "03-neutralised-and-not",
    )
    yield (
        "lost-share",
        "Share lost from radar: neither a measure nor a bound of jamming",
        *share(night_outcomes(air, "lost_share"), "lost_count"),
        _OVER_NIGHTS,
        "share",
        "2024-08-21 to 2025-07-23",
        "lost, of launched; regime C; sum over sum",
        "03-jamming-share",
    )


def _at_first_mix(air):
    """The neutralised share of the last quarter of 2025 at the first one's mix of wave sizes."""
    quarters = standardised_share(air, "neutralised_share", reference="2025Q1", interval=True)
    last = quarters.set_index("quarter").loc["2025-10-01"]
    return last[["standardised_share", "low_share", "high_share"]]
