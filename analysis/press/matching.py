"""Claims of the press against the ledger: each nightly figure with its verdict, each night with its support.

No claim is forced to agree. A figure either equals the ledger's, fits within
its qualifier, meets one of the stated explanations, or stays unexplained; and
articles are counted apart from publishers and from those who counted, because
most articles repeat one feed.
"""

import numpy as np
import pandas as pd

from analysis.measures.launches import drones
from analysis.periods import days, periods
from analysis.press.readings import (
    KEYS, READINGS, composite_dates, ledger_figures, ledger_readings, regional_dates, without_additions)

VERDICTS = ["equal", "consistent with its qualifier", "explained difference", "unexplained difference",
            "no report to compare"]
EXPLANATIONS = [*READINGS, "composite line", "regional reports alone", "round figure", "another copy agrees",
                "another counter agrees"]
NIGHT_COUNTS = dict(zip(VERDICTS, [f"{name}_night_count" for name in ("equal", "consistent", "explained", "unexplained")]))
_FITS = {"exact": (0, 0), "at_least": (0, 0.25), "more_than": (0, 0.25), "up_to": (-0.25, 0), "about": (-0.1, 0.1),
         "nearly": (-0.1, 0)}
_CLASSES = ["cruise_missiles", "ballistic_missiles", "guided_missiles"]
_ROUND_SHARE = 0.05


def night_claims(claims) -> pd.DataFrame:
    """Return the claims that speak of one night or day of the whole country, with their `report_date`.

    Scope is Ukraine and the period ends at most one day after it starts; the
    report date is its end, of a night the morning (R4). Text columns that join
    to the ledger are plain text.
    """
    days = (claims["period_end"] - claims["period_start"]).dt.days
    told = claims[(claims["scope"] == "Ukraine") & days.isin([0, 1])]
    return told.assign(report_date=told["period_end"]).astype({"target_class": "str", "quantity": "str"})


def matched_claims(claims, reports) -> pd.DataFrame:
    """Return each nightly claim beside the ledger's figure, with a verdict.

    Parameters
    ----------
    claims, reports : DataFrame
        The tables `press_claims` and `reports`.

    Returns
    -------
    DataFrame
        The claims of `night_claims` with `ledger_count` (missing: nothing to
        compare), `difference_count` (printed minus ledger), `verdict` (one of
        `VERDICTS`, ordered) and `explanation` (text, empty where none).

        *Consistent*: the ledger lies above "at least" and "more than", below
        "up to", by at most 25 %; within 10 % of "about"; at most 10 % below
        "nearly". *Explained*, first that holds: a reading of `ledger_readings`
        meets the number; *composite line*: a missile class on a date whose
        report mixes classes (R9); *regional reports alone*: more drones than the
        regional rows of a date without a national one; *round figure*: a
        multiple of ten within 5 % by another counter than the Air Force; *another copy agrees*: an article
        quoting the same counter prints the ledger's figure; *another counter
        agrees*: one quoting a different counter does. *No report*: hits, which
        the ledger does not hold; no row of the class; or a row without it.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> int((press.matched_claims(air.press_claims, air.reports)["verdict"] == "equal").sum())
    4751
    """
    asked = night_claims(claims).merge(ledger_figures(reports), on=KEYS, how="left")
    asked["difference_count"] = asked["value"] - asked["ledger_count"]
    equal, missing = (asked["difference_count"] == 0).fillna(False), asked["ledger_count"].isna()
    explanation = _first_explanation(asked, reports, equal)
    verdict = np.select([missing, equal, _within_qualifier(asked), explanation != ""],
                        [VERDICTS[4], *VERDICTS[:3]], VERDICTS[3])
    explanation = explanation.where(verdict == VERDICTS[2], "").mask(missing, _absence(asked, reports))
    return asked.assign(verdict=pd.Categorical(verdict, VERDICTS, ordered=True), explanation=explanation)


def disagreements(claims, sources, reports) -> pd.DataFrame:
    """Return each number that two or more publishers print alike and that is not the curated one, which none prints.

    Of exact claims on a night or day of the whole country, where the curated
    tables, additions and corrections included, give a figure. One row a date,
    target class, quantity and number: `KEYS`, `printed_count`, `ledger_count`,
    `publisher_count`, and `claim_ids` of all who print it, separated by
    semicolons. Verdicts are in the table `disagreements`.
    """
    exact = night_claims(claims).query("qualifier == 'exact'").rename(columns={"value": "printed_count"})
    told = exact.merge(sources[["source_id", "publisher"]], on="source_id").merge(ledger_figures(reports, True), on=KEYS)
    borne_out = _keys(told[told["printed_count"] == told["ledger_count"]])
    told = told[~_keys(told).isin(borne_out)].sort_values("claim_id")
    printed = told.groupby([*KEYS, "printed_count", "ledger_count"], as_index=False).agg(
        publisher_count=("publisher", "nunique"), claim_ids=("claim_id", ";".join))
    return printed[printed["publisher_count"] >= 2].reset_index(drop=True)


def night_support(matched, sources) -> pd.DataFrame:
    """Return how far the press bears out each night.

    Parameters
    ----------
    matched : DataFrame
        Of `matched_claims`, filtered to the series in question if need be.
    sources : DataFrame
        The table `press_sources`.

    Returns
    -------
    DataFrame
        A row a `report_date` with a claim. `article_count`: articles
        with a claim. `bearing_article_count`, `bearing_publisher_count`,
        `bearing_counter_count`: articles with a claim equal to the ledger or
        consistent with it, their publishers, and who counted (unknown is none).
        `differing_article_count`: articles with an unexplained difference.
        Copies of one text count as articles, not as counters.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> nights = press.night_support(press.matched_claims(air.press_claims, air.reports), air.press_sources)
    >>> nights.set_index("report_date").loc["2025-07-04", ["article_count", "bearing_publisher_count"]].tolist()
    [8, 5]
    """
    told = matched.merge(sources[["source_id", "publisher"]], on="source_id", how="left")
    bearing = told["verdict"] <= VERDICTS[1]
    dates = told["report_date"]
    named = told["attributed_to"].where(told["attributed_to"] != "unknown")
    columns = {"article_count": told["source_id"],
               "bearing_article_count": told["source_id"].where(bearing),
               "bearing_publisher_count": told["publisher"].where(bearing),
               "bearing_counter_count": named.where(bearing),
               "differing_article_count": told["source_id"].where(told["verdict"] == VERDICTS[3])}
    return pd.DataFrame({name: values.groupby(dates).nunique() for name, values in columns.items()}).reset_index()


def agreement(matched, reports, by="month") -> pd.DataFrame:
    """Return how many nights a period agree with the press on drones launched, a row a period, named `by`.

    Nights are the dates with a launched figure in the drone series, but those
    known from press copies alone (R16). Each counts once, under the best verdict
    of a claim on its drones launched. Columns: nights of each
    verdict but the last, as in `NIGHT_COUNTS`, and `unclaimed_night_count`. A
    period without a night is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> press.agreement(matched, air.reports, by="year")["equal_night_count"].tolist()
    [5, 117, 217, 290]
    """
    rows = drones(without_additions(reports)).dropna(subset="launched_count")
    dates = pd.Series(rows["report_date"].unique())
    told = matched[(matched["target_class"] == "drones") & (matched["quantity"] == "launched")]
    best = told.groupby("report_date")["verdict"].min().map(NIGHT_COUNTS).astype("str")
    best = best.reindex(dates).fillna("unclaimed_night_count")
    counts = best.groupby(periods(dates, by).to_numpy()).value_counts().unstack(fill_value=0)
    columns = [*NIGHT_COUNTS.values(), "unclaimed_night_count"]
    return counts.reindex(columns=columns, fill_value=0).rename_axis(index=by, columns=None).reset_index()


def claims_of_nights(matched, sources, report_dates) -> pd.DataFrame:
    """Return the matched claims of given report dates with publisher, address and date of their article.

    One row a claim, ordered by date, verdict and claim; an address that is not known is missing.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> press.claims_of_nights(matched, air.press_sources, "2025-07-04")["publisher"].nunique()
    8
    """
    told = matched[matched["report_date"].isin(days(report_dates))]
    columns = ["report_date", "claim_id", "target_class", "quantity", "value", "qualifier", "attributed_to",
               "ledger_count", "verdict", "explanation", "publisher", "published", "url"]
    told = told.merge(sources, on="source_id", how="left")
    return told.sort_values(["report_date", "verdict", "claim_id"], ignore_index=True)[columns]


def _within_qualifier(asked):
    low, high = (asked["qualifier"].map({k: v[side] for k, v in _FITS.items()}).astype("float64") for side in (0, 1))
    excess = (-asked["difference_count"] / asked["value"]).astype("float64")
    strict = (asked["qualifier"] == "more_than") & (excess <= 0)
    return excess.between(low, high) & ~strict


def _first_explanation(asked, reports, equal):
    readings = ledger_readings(reports).rename(columns={"ledger_count": "value"})
    met = asked.reset_index().merge(readings, on=[*KEYS, "value"]).groupby("index")["reading"].min()
    composite = asked["target_class"].isin(_CLASSES) & asked["report_date"].isin(composite_dates(reports))
    regional = asked["target_class"].isin(["drones", "all"]) & asked["report_date"].isin(regional_dates(reports))
    agreeing = asked[equal]
    same_copy = _keys(asked, "attributed_to").isin(_keys(agreeing, "attributed_to"))
    other_counter = _keys(asked).isin(_keys(agreeing))
    rules = [composite, regional & (asked["difference_count"] > 0), _is_rounded(asked), same_copy, other_counter]
    by_rule = np.select(rules, EXPLANATIONS[len(READINGS):], "")
    return met.reindex(asked.index).astype("str").fillna(pd.Series(by_rule, asked.index))


def _is_rounded(asked):
    near = asked["difference_count"].abs() <= _ROUND_SHARE * asked["value"]
    return (near & (asked["value"] % 10 == 0) & (asked["attributed_to"] != "Ukrainian Air Force")).fillna(False)


def _keys(asked, *more):
    return pd.MultiIndex.from_frame(asked[[*KEYS, *more]])


def _absence(asked, reports):
    """Why there is nothing to compare: one text a claim."""
    launched = ledger_figures(reports).query("quantity == 'launched'")[KEYS[:2]]
    has_row = pd.MultiIndex.from_frame(asked[KEYS[:2]]).isin(pd.MultiIndex.from_frame(launched))
    reasons = np.select([asked["quantity"] == "hits", has_row], ["the ledger holds no hits", "not in the report"],
                        "no row of that class")
    return pd.Series(reasons, asked.index)
