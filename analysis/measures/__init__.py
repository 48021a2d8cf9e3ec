"""Launches and outcomes as published measures: frame in, frame out, missing kept apart from zero.

A concept a module: `launches` counts what was launched, `waves` how it was
spread over nights, `growth` how fast it rose, `outcomes` what was reported of
the drones' fate and by which regime, `missile_lines` missiles by family and
their interception, `nights` single nights, `coverage` which dates and
quantities the reports gave, `silence` whether dates without a report were
quiet, and `findings` the headline numbers. `silence` is imported by its own
name. Rule numbers (R6) are those of `data/README.md`.
"""

from analysis.measures.coverage import (
    area_coverage,
    date_states,
    launch_areas,
    quantity_coverage,
    quantity_history,
    quantity_states,
)
from analysis.measures.findings import findings
from analysis.measures.growth import change_points, doubling_time
from analysis.measures.launches import (
    MISSILE_CLASSES,
    cumulative_by_year,
    drones,
    launches,
    missiles,
    nightly_launches,
    record_nights,
    with_series,
)
from analysis.measures.missile_lines import (
    double_count_bound,
    family_launches,
    interception,
    interception_lines,
)
from analysis.measures.nights import night_outcomes, nights_in_month
from analysis.measures.outcomes import (
    difference,
    location_nights,
    nightly_outcomes,
    outcome_share,
    outcome_shares,
    outcomes,
)
from analysis.measures.waves import days_between_waves, wave_band, wave_sizes
from analysis.periods import periods

__all__ = [
    "MISSILE_CLASSES",
    "area_coverage",
    "change_points",
    "cumulative_by_year",
    "date_states",
    "days_between_waves",
    "difference",
    "double_count_bound",
    "doubling_time",
    "drones",
    "family_launches",
    "findings",
    "interception",
    "interception_lines",
    "launch_areas",
    "launches",
    "location_nights",
    "missiles",
    "night_outcomes",
    "nightly_launches",
    "nightly_outcomes",
    "nights_in_month",
    "outcome_share",
    "outcome_shares",
    "outcomes",
    "periods",
    "quantity_coverage",
    "quantity_history",
    "quantity_states",
    "record_nights",
    "wave_band",
    "wave_sizes",
    "with_series",
]
