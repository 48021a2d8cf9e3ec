"""Deliberately naive readings of the same data, each beside the correct one: the traps of notebook 06.

Nothing here is a measure. Each function does, on purpose, what a first look at
the columns suggests, so that the notebook can show what it would have shown.
"""

import pandas as pd

from analysis.measures.launches import drones, missiles, nightly_launches
from analysis.measures.missile_lines import family_parts
from analysis.measures.outcomes import nightly_outcomes, outcome_share
from analysis.measures.waves import wave_band
from analysis.periods import periods

COLUMNS = ["trap", "reading", "point", "value", "unit"]


def naive_share(reports, column, by="month") -> pd.Series:
    """Return a column over launched, whatever the regime says that the column means; a missing count as zero."""
    rows = drones(reports)
    sums = rows.groupby(periods(rows["report_date"], by).rename(by))[[column, "launched_count"]].sum()
    return sums[column].astype("float64") / sums["launched_count"]


def naive_growth(reports) -> float:
    """Return launches of 2025 by those of 2023 when only dates with a time survive the parsing."""
    years = _by_year(reports[reports["window_start_precision"] == "minute"])
    return years[2025] / years[2023]


def _by_year(reports):
    rows = drones(reports)
    return rows.groupby(rows["report_date"].dt.year)["launched_count"].sum()


def naive_family_count(reports, family) -> int:
    """Return missiles of a family when a composite line is given to each of its parts."""
    rows = missiles(reports)
    return rows.loc[family_parts(rows).map(lambda parts: family in parts).astype(bool), "launched_count"].sum()


def naive_mean_share(nights) -> float:
    """Return the mean of the nightly neutralised shares, a small night counting as much as a large one."""
    return (nights["neutralised_count"] / nights["launched_count"]).mean()


def traps(air) -> pd.DataFrame:
    """Return every trap as naive and correct values, long: `trap`, `reading`, `point`, `value`, `unit`.

    `reading` is naive or correct, `point` the place on the horizontal axis,
    `unit` percent or a count. A correct value that does not exist is missing.

    Examples
    --------
    >>> from analysis import load, sensitivity
    >>> sensitivity.traps(load())["trap"].nunique()
    9
    """
    found = [*_edges(air), *_fate(air), *_wave_sizes(air), *_counts(air)]
    return pd.DataFrame(found, columns=COLUMNS).astype({"value": float})


def _edges(air):
    shot, lost = (naive_share(air.reports, c) * 100 for c in ("shot_down_count", "lost_count"))
    correct, jamming = (outcome_share(air, measure, pool=True).set_index("month")["share"] * 100
                        for measure in ("neutralised_share", "lost_share"))
    for trap, naive, right, months in (
        ("Interception leaps in July 2025", shot, correct, ["2025-06", "2025-07", "2025-08"]),
        ("Interception falls in October 2024", shot, correct, ["2024-09", "2024-10", "2024-11"]),
        ("Jamming ends in July 2025", lost, jamming, ["2025-06", "2025-07", "2025-08"]),
    ):
        for month in months:
            yield trap, "naive", month, naive[pd.Timestamp(month)], "%"
            yield trap, "correct", month, right[pd.Timestamp(month)], "%"


def _fate(air):
    rows = drones(air.reports)
    rows = rows[rows["neutralised_count"].notna() & rows["launched_count"].notna()]
    launched, shot, neutralised = (rows[c].sum() for c in ("launched_count", "shot_down_count", "neutralised_count"))
    yield "“Got through”, Aug 2024 to 2025", "naive", "", launched - shot, "drones"
    yield "“Got through”, Aug 2024 to 2025", "correct", "", launched - neutralised, "drones"
    merged = nightly_outcomes(air).query("regime_id == 'D'")
    yield "Mean of nights, from Jul 2025", "naive", "", naive_mean_share(merged) * 100, "%"
    yield "Mean of nights, from Jul 2025", "correct", "", merged["neutralised_count"].sum() / merged["launched_count"].sum() * 100, "%"


def _wave_sizes(air):
    nights = nightly_outcomes(air).query("regime_id == 'C'")
    bands = nights.groupby(wave_band(nights["launched_count"]), observed=True)[
        ["launched_count", "shot_down_count", "neutralised_count"]].sum()
    for band, sums in bands.iterrows():
        yield "Large waves saturate, to Jul 2025", "naive", band, sums["shot_down_count"] / sums["launched_count"] * 100, "%"
        yield "Large waves saturate, to Jul 2025", "correct", band, sums["neutralised_count"] / sums["launched_count"] * 100, "%"


def _counts(air):
    years = _by_year(air.reports)
    yield "Growth 2023 to 2025", "naive", "", naive_growth(air.reports), "×"
    yield "Growth 2023 to 2025", "correct", "", years[2025] / years[2023], "×"
    families = missiles(air.reports).groupby("family")["launched_count"].sum()
    yield "Kalibr missiles launched", "naive", "", naive_family_count(air.reports, "Kalibr"), "missiles"
    yield "Kalibr missiles launched", "correct", "", families["Kalibr"], "missiles"
    nights = nightly_launches(air).query("report_date.dt.year == 2023 and launched_count > 0")["launched_count"]
    yield "Drones a date in 2023", "naive", "gaps as zero", years[2023] / 365, "drones"
    yield "Drones a date in 2023", "correct", "reported nights", nights.mean(), "drones"
