"""The transcription check: what the press printed, matched with the reports night by night.

`readings` says what a printed figure may mean, `matching` gives each a verdict, `nights` how
far a night's articles agree with the record, `posts` what another reading of the posts gives,
`series` what only the press says. Rule numbers (R6) are those of `data/README.md`.
"""

from analysis.press.matching import (
    disagreements,
    matched_claims,
    night_claims,
    permuted_errors,
)
from analysis.press.nights import (
    agreement,
    claims_beside,
    claims_of_nights,
    night_support,
)
from analysis.press.open_series import open_nights
from analysis.press.posts import posts_beside
from analysis.press.series import (
    LOST_WORDS,
    lost_sightings,
    lost_words_by_week,
    monthly_totals,
    press_series,
    reported_hits,
    wording_by_week,
)

__all__ = [
    "LOST_WORDS",
    "agreement",
    "claims_beside",
    "claims_of_nights",
    "disagreements",
    "lost_sightings",
    "lost_words_by_week",
    "matched_claims",
    "monthly_totals",
    "night_claims",
    "night_support",
    "open_nights",
    "permuted_errors",
    "posts_beside",
    "press_series",
    "reported_hits",
    "wording_by_week",
]
