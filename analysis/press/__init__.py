"""The transcription check: what the press printed, matched with the reports night by night, and charted for notebook 05.

`readings` says what a printed figure may mean, `matching` gives each a verdict,
`series` is what the press tells alone, `fates` what it calls the lost and counts as hits,
`charts` draws. Rule numbers
(R6) are those of `data/README.md`.
"""

from importlib import import_module

from analysis.press.fates import LOST_WORDS, lost_words_by_week, reported_hits
from analysis.press.matching import (
    agreement,
    claims_beside,
    claims_of_nights,
    disagreements,
    judged_nights,
    matched_claims,
    night_claims,
    night_support,
    permuted_errors,
)
from analysis.press.series import lost_sightings, monthly_totals, press_series, wording_by_week

__all__ = [
    "LOST_WORDS",
    "agreement",
    "claims_beside",
    "claims_of_nights",
    "disagreements",
    "judged_nights",
    "lost_sightings",
    "lost_words_by_week",
    "matched_claims",
    "monthly_totals",
    "night_claims",
    "night_support",
    "permuted_errors",
    "press_series",
    "reported_hits",
    "total_differences",
    "wording_by_week",
]


def __getattr__(name):
    """Import the charts with the first name of theirs: `update` and `check` want the numbers alone, not Matplotlib."""
    if name not in ("charts", *__all__):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    charts = import_module("analysis.press.charts")
    return charts if name == "charts" else getattr(charts, name)


def __dir__():
    return ["charts", *__all__]
