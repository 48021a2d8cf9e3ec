"""Claims of the press checked against the record: each nightly figure with its verdict.

No claim is forced to agree. A figure either equals the record's, fits within
its qualifier, meets one of the stated explanations, is contradicted by another
claim, or stays unexplained.
"""

import numpy as np
import pandas as pd

from analysis.gate import records_of
from analysis.press.readings import (
    ADDED,
    DATED,
    KEYS,
    NIGHT,
    composite_dates,
    other_readings,
    record_figures,
    regional_dates,
    set_by_press,
)

EQUAL, CONSISTENT = "equal", "consistent with its qualifier"
EXPLAINED, CONTRADICTED = "explained difference", "contradicted"
UNEXPLAINED, NOT_COMPARED = "unexplained difference", "not compared"
VERDICTS = [EQUAL, CONSISTENT, EXPLAINED, CONTRADICTED, UNEXPLAINED, NOT_COMPARED]
SET_BY_PRESS = "set by press copies"
# How far the record may lie above a number with this qualifier, as shares of the number.
_FITS = {
    "at_least": (0, 0.25),
    "more_than": (1e-9, 0.25),
    "up_to": (-0.25, 0),
    "about": (-0.1, 0.1),
    "nearly": (-0.1, 0),
}
_CLAIMED = ["target_class", "quantity", "value", "qualifier", "scope", "attributed_to"]
_CLAIMED += ["source_id", "period_start", "period_end"]
_CLASSES = ["cruise_missiles", "ballistic_missiles", "guided_missiles"]
_ROUND_SHARE = 0.05
_SMALLEST_DATED, _SMALLEST_PART = 20, 3  # smaller numbers meet by chance


def night_claims(claims) -> pd.DataFrame:
    """Return the claims on one night or day of the whole country, with their `report_date`.

    Scope is Ukraine and the period ends at most one day after it starts; the
    report date is its end, of a night the morning (R4). Text columns that join
    to the record are plain text.
    """
    claims = claims_of(claims)
    lengths = (claims["period_end"] - claims["period_start"]).dt.days
    nightly = claims[(claims["scope"] == "Ukraine") & lengths.isin([0, 1])]
    nightly = nightly.assign(report_date=nightly["period_end"])
    return nightly.astype({"target_class": "str", "quantity": "str"})


def claims_of(claims) -> pd.DataFrame:
    """Return claims as they are, once they are those of `press_claims`, or some of them."""
    return records_of(claims, "claim_id", "air.press_claims", *_CLAIMED)


def matched_claims(claims, reports, corrections=None) -> pd.DataFrame:
    """Return each nightly claim with the record's figure and a verdict.

    Parameters
    ----------
    claims, reports : DataFrame
        The tables `press_claims` and `reports`.
    corrections : DataFrame, optional
        The table of that name. Where given, dates and classes that press copies have set are not
        compared: there the record agrees with the press by construction.

    Returns
    -------
    DataFrame
        The claims of `night_claims` with `ledger_count` (missing: the record has none),
        `difference_count` (printed minus record), `verdict` (one of
        `VERDICTS`, ordered) and `explanation` (text, empty where none).

        *Equal*: an exact number, the same. *Consistent*: the record lies above "at least" and
        "more than", below "up to", by at most 25%; within 10% of "about"; at most 10% below
        "nearly"; only "more than" excludes its own number. *Explained*, first that holds: one of
        the `other_readings` meets the number; *composite line*: a missile class on a date whose
        report mixes classes (R9); *regional reports alone*: more drones than the
        regional rows of a date without a national one; *round figure*: an exact
        multiple of ten within 5% by another counter than the Air Force. No number is met by a
        date that is not its own below 20, nor by a part added of another class or date below 3.
        *Contradicted*: another exact claim equals the record, of the same counter
        (*another copy agrees*) or of another; that explains nothing. *Not compared*: hits, which
        the record does not hold; *set by press copies*; the number is that of a neighbouring date
        or another class only (the reading is named); no row of the class; or a row without it.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> int((press.matched_claims(air.press_claims, air.reports)["verdict"] == "equal").sum())
    4710
    """
    matched = night_claims(claims).merge(record_figures(reports), on=KEYS, how="left")
    matched["difference_count"] = matched["value"] - matched["ledger_count"]
    met = _met(matched, other_readings(reports))
    absence = _absence(matched, met, reports, corrections)
    is_same = (matched["qualifier"] == "exact") & matched["difference_count"].eq(0).fillna(False)
    is_equal = is_same & (absence == "")
    explanation = _explanation(matched, met, reports)
    contradiction = _contradiction(matched, matched[is_equal])
    holds = {
        NOT_COMPARED: absence != "",
        EQUAL: is_equal,
        CONSISTENT: _is_within_qualifier(matched),
        EXPLAINED: explanation != "",
        CONTRADICTED: contradiction != "",
    }
    verdict = np.select(list(holds.values()), list(holds), UNEXPLAINED)
    reasons = {NOT_COMPARED: absence, EXPLAINED: explanation, CONTRADICTED: contradiction}
    texts = np.select([verdict == name for name in reasons], list(reasons.values()), "")
    verdicts = pd.Categorical(verdict, VERDICTS, ordered=True)
    return matched.assign(verdict=verdicts, explanation=texts)


def matched_of(matched) -> pd.DataFrame:
    """Return claims as they are, once they are those of `matched_claims`, or some of them."""
    columns = ["report_date", "ledger_count", "difference_count", "verdict", "explanation"]
    needed = [name for name in _CLAIMED if not name.startswith("period")]
    return records_of(matched, "claim_id", "press.matched_claims", *needed, *columns)


def publishers(sources) -> pd.DataFrame:
    """Return the publisher of each article: `source_id`, `publisher`."""
    columns = ["source_id", "publisher"]
    return records_of(sources, "source_id", "air.press_sources", *columns)[columns]


def permuted_errors(matched, reports, times=20) -> pd.DataFrame:
    """Return how many wrong numbers the explanations would meet if errors fell at random.

    Wrong are the exact claims of `matched_claims` that are compared and not equal. Their
    differences from the record change places at random (seeded) within a target class and
    quantity, so that an error keeps its size and kind and loses its night. One row per round from
    1 to `times`, after a row 0 of the claims as printed: `round`, `wrong_claim_count`,
    `explained_claim_count`.
    """
    matched = matched_of(matched)
    is_compared = ~matched["verdict"].isin([EQUAL, NOT_COMPARED])
    wrong = matched[is_compared & (matched["qualifier"] == "exact")].reset_index(drop=True)
    readings, rng = other_readings(reports), np.random.default_rng(0)
    counts = []
    for _ in range(times + 1):
        counts.append((_explanation(wrong, _met(wrong, readings), reports) != "").sum())
        errors = wrong.groupby(KEYS[1:])["difference_count"].transform(rng.permutation)
        wrong = wrong.assign(difference_count=errors, value=wrong["ledger_count"] + errors)
    rounds = pd.DataFrame({"round": range(times + 1), "wrong_claim_count": len(wrong)})
    return rounds.assign(explained_claim_count=counts)


def disagreements(claims, sources, reports) -> pd.DataFrame:
    """Return each number that two or more publishers print instead of the curated one.

    Only exact claims on a night or day of the whole country count, where the curated tables,
    additions and corrections included, give a figure that no article prints. One row per date,
    target class, quantity and number: `KEYS`, `printed_count`, `ledger_count`,
    `publisher_count`, and `claim_ids` of all who print it, separated by
    semicolons. Verdicts are in the table `disagreements`.
    """
    exact = night_claims(claims).query("qualifier == 'exact'")
    printed = exact.rename(columns={"value": "printed_count"})
    printed = printed.merge(publishers(sources), on="source_id")
    printed = printed.merge(record_figures(reports, additions=True), on=KEYS)
    confirmed = _keys(printed.query("printed_count == ledger_count"))
    others = printed[~_keys(printed).isin(confirmed)].sort_values("claim_id")
    numbers = others.groupby([*KEYS, "printed_count", "ledger_count"], as_index=False).agg(
        publisher_count=("publisher", "nunique"), claim_ids=("claim_id", ";".join)
    )
    return numbers[numbers["publisher_count"] >= 2].reset_index(drop=True)


def _is_within_qualifier(matched):
    fits = pd.DataFrame(_FITS).T.reindex(matched["qualifier"]).to_numpy()
    excess = (-matched["difference_count"] / matched["value"]).astype("float64")
    return excess.between(fits[:, 0], fits[:, 1])


def _met(matched, readings):
    """The first reading that meets each number; empty where none does, or only by chance."""
    others = readings.rename(columns={"ledger_count": "met_count"})
    pairs = matched.reset_index().merge(others, on=KEYS)
    value, reading = pairs["value"], pairs["reading"]
    is_met = (value == pairs["met_count"]) & (value > 0) & (pairs["qualifier"] != "more_than")
    is_dated = reading.isin(DATED) & (value < _SMALLEST_DATED)
    is_part = reading.isin(ADDED) & (pairs["difference_count"].abs() < _SMALLEST_PART)
    # A date without a figure of its own has none that the number could be a variant of.
    by_chance = (is_dated | is_part) & pairs["ledger_count"].notna()
    first = pairs[is_met & ~by_chance].groupby("index")["reading"].min()
    return first.astype("str").reindex(matched.index, fill_value="")


def _explanation(matched, met, reports):
    """Why a number may differ from the record's, empty where no rule says."""
    target, difference = matched["target_class"], matched["difference_count"]
    is_composite = matched["report_date"].isin(composite_dates(reports))
    is_regional = matched["report_date"].isin(regional_dates(reports))
    is_near = (difference.abs() <= _ROUND_SHARE * matched["value"]).fillna(False)
    is_exact_by_another = (matched["qualifier"] == "exact") & (
        matched["attributed_to"] != "Ukrainian Air Force"
    )
    more = difference.gt(0).fillna(False)
    rules = {
        "composite line": is_composite & target.isin(_CLASSES),
        "regional reports alone": is_regional & target.isin(["drones", "all"]) & more,
        "round figure": is_near & (matched["value"] % 10 == 0) & is_exact_by_another,
    }
    return met.where(met != "", np.select(list(rules.values()), list(rules), ""))


def _contradiction(matched, equal):
    """Who else prints the record's number: the same counter, another, or nobody (empty)."""
    by_counter = _keys(matched, "attributed_to").isin(_keys(equal, "attributed_to"))
    by_any = _keys(matched).isin(_keys(equal))
    return np.select([by_counter, by_any], ["another copy agrees", "another counter agrees"], "")


def _keys(claims, *more):
    return pd.MultiIndex.from_frame(claims[[*KEYS, *more]])


def _absence(matched, met, reports, corrections):
    """Why a claim is not compared, empty where it is."""
    nights = pd.MultiIndex.from_frame(matched[NIGHT])
    launched = record_figures(reports).query("quantity == 'launched'")
    settled = launched[:0] if corrections is None else set_by_press(reports, corrections)
    is_set, has_row = (nights.isin(pd.MultiIndex.from_frame(t[NIGHT])) for t in (settled, launched))
    reasons = {
        "the record holds no hits": matched["quantity"] == "hits",
        SET_BY_PRESS: is_set,
        "": matched["ledger_count"].notna(),
    }
    conditions = [*reasons.values(), met != "", has_row]
    return np.select(conditions, [*reasons, met, "not in the report"], "no row of that class")
