"""Launches and outcomes as published measures: a dataset or its rows in, a frame out.

Where to start, after ``air = load()``::

    launches(drones(air), by="year")             drones launched; missiles(air) likewise
    outcome_share(air, "neutralised_share")      the share of each month, or why it has none
    standardised_share(air, "neutralised_share", reference="2025Q1")   at one mix of wave sizes
    night_outcomes(air, "neutralised_share")     its nights, for a groupby of your own
    interception(missiles(air), by="year")       missiles shot down, with interval
    wave_sizes(nightly_launches(air))            drones per night
    family_launches(missiles(air))               missiles by family, as bounds
    coverage(air, "carrier", by="year")          how many reports give a column at all
    difference(air, "neutralised_share", "2025-06", "2025-11")

A function takes the dataset (`air`), rows of reports (`rows`, `missile_rows`) or
the nights of `nightly_launches` (`nightly`), never two of them; what chooses is
a keyword, and `by` is a period: day, week, month, quarter, year or all. Missing
is kept apart from zero. `silence`, which asks what dates without a report can
hide, is imported by its own name. Rules (R6) are those of `data/README.md`.
"""

from analysis.measures.coverage import coverage, date_states, launch_areas
from analysis.measures.findings import findings
from analysis.measures.growth import doubling_time, fitted_growth
from analysis.measures.launches import (
    MISSILE_CLASSES,
    cumulative_by_year,
    drones,
    launches,
    missiles,
    nightly_launches,
    record_nights,
    with_hours,
    with_series,
)
from analysis.measures.missile_lines import (
    double_count_bound,
    family_launches,
    interception,
    interception_lines,
)
from analysis.measures.nights import night_fates
from analysis.measures.outcomes import difference, night_outcomes, outcome_share
from analysis.measures.wave_mix import standardised_share
from analysis.measures.waves import wave_band, wave_sizes
from analysis.periods import periods

__all__ = [
    "MISSILE_CLASSES",
    "coverage",
    "cumulative_by_year",
    "date_states",
    "difference",
    "double_count_bound",
    "doubling_time",
    "drones",
    "family_launches",
    "findings",
    "fitted_growth",
    "interception",
    "interception_lines",
    "launch_areas",
    "launches",
    "missiles",
    "night_fates",
    "night_outcomes",
    "nightly_launches",
    "outcome_share",
    "periods",
    "record_nights",
    "standardised_share",
    "wave_band",
    "wave_sizes",
    "with_hours",
    "with_series",
]
