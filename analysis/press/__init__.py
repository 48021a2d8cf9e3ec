"""The independent check: what the press printed, matched with the reports night by night, and charted for notebook 05.

`readings` says what a printed figure may mean, `matching` gives each a verdict,
`series` is what the press tells alone, `charts` draws the three. Rule numbers
(R6) are those of `data/README.md`.
"""

from analysis.press.charts import (
    AGREEMENT_LOOKS, WORDING_LOOKS, claims_scatter, lost_counts, press_beside_ledger, share_stack, total_differences)
from analysis.press.fates import LOST_WORDS, lost_words_by_week, reported_hits
from analysis.press.matching import agreement, claims_of_nights, disagreements, matched_claims, night_claims, night_support
from analysis.press.series import lost_sightings, monthly_totals, press_series, wording_by_week

__all__ = [
    "AGREEMENT_LOOKS", "WORDING_LOOKS", "agreement", "claims_of_nights", "claims_scatter", "disagreements", "lost_counts",
    "LOST_WORDS", "lost_sightings", "lost_words_by_week", "matched_claims", "monthly_totals", "night_claims", "night_support", "press_beside_ledger",
    "press_series", "reported_hits", "share_stack", "total_differences", "wording_by_week",
]
