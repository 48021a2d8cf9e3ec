"""Launches and outcomes as published measures: frame in, frame out, missing kept apart from zero.

A concept a module: `launches` counts what was launched, `waves` how it was
spread over nights, `growth` how fast it rose, `outcomes` what was reported of
the drones' fate and by which regime. Rule numbers (R6) are those of
`data/README.md`.
"""

from analysis.measures.growth import change_points, doubling_time
from analysis.measures.launches import (
    cumulative_by_year, drones, launches, missiles, nightly_launches, periods, record_nights)
from analysis.measures.outcomes import (
    location_nights, nightly_outcomes, outcome_share, outcome_shares, outcomes)
from analysis.measures.waves import days_between_waves, wave_band, wave_sizes

__all__ = [
    "change_points", "cumulative_by_year", "days_between_waves", "doubling_time", "drones", "launches", "location_nights",
    "missiles", "nightly_launches", "nightly_outcomes", "outcome_share", "outcome_shares", "outcomes", "periods", "record_nights", "wave_band",
    "wave_sizes",
]
