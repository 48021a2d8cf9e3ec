"""Claims of the press against the record: each nightly figure with its verdict, each night with its support.

No claim is forced to agree. A figure either equals the record's, fits within
its qualifier, meets one of the stated explanations, is contradicted by another
claim, or stays unexplained; and articles are counted separately from publishers and
from those who counted, because most articles repeat one feed.
"""

import numpy as np
import pandas as pd

from analysis.measures.launches import drones
from analysis.periods import days, periods
from analysis.press.readings import (
    KEYS,
    READINGS,
    TARGETS,
    composite_dates,
    ledger_figures,
    ledger_readings,
    regional_dates,
    set_by_press,
    without_additions,
)

VERDICTS = [
    "equal",
    "consistent with its qualifier",
    "explained difference",
    "contradicted",
    "unexplained difference",
    "not compared",
]
AGREEING = VERDICTS[:2]
SET_BY_PRESS = "set by press copies"
NIGHT_COUNTS = {
    verdict: f"{verdict.split()[0]}_night_count" for verdict in [*VERDICTS[:-1], "unclaimed"]
}
_FITS = {
    "at_least": (0, 0.25),
    "more_than": (1e-9, 0.25),
    "up_to": (-0.25, 0),
    "about": (-0.1, 0.1),
    "nearly": (-0.1, 0),
}
_CLASSES = ["cruise_missiles", "ballistic_missiles", "guided_missiles"]
_ROUND_SHARE = 0.05
_SMALLEST_DATED, _SMALLEST_PART = 20, 3  # smaller numbers meet by chance


def night_claims(claims) -> pd.DataFrame:
    """Return the claims that speak of one night or day of the whole country, with their `report_date`.

    Scope is Ukraine and the period ends at most one day after it starts; the
    report date is its end, of a night the morning (R4). Text columns that join
    to the ledger are plain text.
    """
    told = claims[
        (claims["scope"] == "Ukraine")
        & (claims["period_end"] - claims["period_start"]).dt.days.isin([0, 1])
    ]
    return told.assign(report_date=told["period_end"]).astype(
        {"target_class": "str", "quantity": "str"}
    )


def matched_claims(claims, reports, corrections=None) -> pd.DataFrame:
    """Return each nightly claim beside the record's figure, with a verdict.

    Parameters
    ----------
    claims, reports : DataFrame
        The tables `press_claims` and `reports`.
    corrections : DataFrame, optional
        The table of that name. Where given, dates and classes that press copies have set (`set_by_press`)
        are not compared: there the record agrees with the press by construction.

    Returns
    -------
    DataFrame
        The claims of `night_claims` with `ledger_count` (missing: the record has none),
        `difference_count` (printed minus record), `verdict` (one of
        `VERDICTS`, ordered) and `explanation` (text, empty where none).

        *Equal*: an exact number, the same. *Consistent*: the record lies above "at least" and "more than",
        below "up to", by at most 25%; within 10% of "about"; at most 10% below
        "nearly"; only "more than" excludes its own number. *Explained*, first that holds: a reading of
        `ledger_readings` meets the number; *composite line*: a missile class on a date whose
        report mixes classes (R9); *regional reports alone*: more drones than the
        regional rows of a date without a national one; *round figure*: an exact
        multiple of ten within 5% by another counter than the Air Force. No number is met by a date
        that is not its own below 20, nor by a part added of another class or date below 3.
        *Contradicted*: another exact claim equals the record, of the same counter
        (*another copy agrees*) or of another; that explains nothing. *Not compared*: hits, which
        the record does not hold; *set by press copies*; the number stands under a neighbouring date or
        another class alone (the reading is named); no row of the class; or a row without it.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> int((press.matched_claims(air.press_claims, air.reports)["verdict"] == "equal").sum())
    4676
    """
    asked = night_claims(claims).merge(ledger_figures(reports), on=KEYS, how="left")
    asked["difference_count"] = asked["value"] - asked["ledger_count"]
    met = _met(asked, ledger_readings(reports))
    absence = _absence(asked, met, reports, corrections)
    equal = ((asked["difference_count"] == 0) & (asked["qualifier"] == "exact")).fillna(False) & (
        absence == ""
    )
    explanation, contradiction = (
        _explanation(asked, met, reports),
        _contradiction(asked, asked[equal]),
    )
    holds = [absence != "", equal, _within_qualifier(asked), explanation != "", contradiction != ""]
    verdict = np.select(holds, [VERDICTS[5], *VERDICTS[:4]], VERDICTS[4])
    texts = np.select(
        [verdict == VERDICTS[number] for number in (5, 2, 3)],
        [absence, explanation, contradiction],
        "",
    )
    return asked.assign(verdict=pd.Categorical(verdict, VERDICTS, ordered=True), explanation=texts)


def permuted_errors(matched, reports, times=20) -> pd.DataFrame:
    """Return the placebo of the explanations: how many wrong numbers they would explain if errors fell at random.

    Wrong are the exact claims of `matched_claims` that are compared and not equal. Their differences from the
    record change places at random (seeded) within a target class and quantity, so that an error keeps its size
    and kind and loses its night. A row a round from 1 to `times`, after a row 0 of the claims as printed:
    `round`, `wrong_claim_count`, `explained_claim_count`.
    """
    is_wrong = (matched["qualifier"] == "exact") & ~matched["verdict"].isin(
        [VERDICTS[0], VERDICTS[5]]
    )
    wrong, readings, draw = (
        matched[is_wrong].reset_index(drop=True),
        ledger_readings(reports),
        np.random.default_rng(0),
    )
    counts = []
    for _ in range(times + 1):
        counts.append((_explanation(wrong, _met(wrong, readings), reports) != "").sum())
        errors = wrong.groupby(KEYS[1:])["difference_count"].transform(
            lambda known: draw.permutation(known)
        )
        wrong = wrong.assign(difference_count=errors, value=wrong["ledger_count"] + errors)
    return pd.DataFrame(
        {
            "round": range(times + 1),
            "wrong_claim_count": len(wrong),
            "explained_claim_count": counts,
        }
    )


def disagreements(claims, sources, reports) -> pd.DataFrame:
    """Return each number that two or more publishers print alike and that is not the curated one, which none prints.

    Of exact claims on a night or day of the whole country, where the curated
    tables, additions and corrections included, give a figure. One row a date,
    target class, quantity and number: `KEYS`, `printed_count`, `ledger_count`,
    `publisher_count`, and `claim_ids` of all who print it, separated by
    semicolons. Verdicts are in the table `disagreements`.
    """
    exact = (
        night_claims(claims)
        .query("qualifier == 'exact'")
        .rename(columns={"value": "printed_count"})
    )
    told = exact.merge(sources[["source_id", "publisher"]], on="source_id").merge(
        ledger_figures(reports, True), on=KEYS
    )
    borne_out = _keys(told[told["printed_count"] == told["ledger_count"]])
    told = told[~_keys(told).isin(borne_out)].sort_values("claim_id")
    printed = told.groupby([*KEYS, "printed_count", "ledger_count"], as_index=False).agg(
        publisher_count=("publisher", "nunique"), claim_ids=("claim_id", ";".join)
    )
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
        `differing_article_count`: articles with a number contradicted or unexplained.
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
    columns = {
        "article_count": told["source_id"],
        "bearing_article_count": told["source_id"].where(bearing),
        "bearing_publisher_count": told["publisher"].where(bearing),
        "bearing_counter_count": named.where(bearing),
        "differing_article_count": told["source_id"].where(told["verdict"].isin(VERDICTS[3:5])),
    }
    return pd.DataFrame(
        {name: values.groupby(dates).nunique() for name, values in columns.items()}
    ).reset_index()


def agreement(matched, reports, by="month") -> pd.DataFrame:
    """Return how many nights a period agree with the press on drones launched, by best claim and by majority.

    Columns: the period, named `by`, `judged_by`, and how many `judged_nights` have each verdict or are
    unclaimed, as in `NIGHT_COUNTS`. A period without a night is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> years = press.agreement(matched, air.reports, by="year").query("judged_by == 'best claim'")
    >>> years["equal_night_count"].tolist()
    [5, 113, 216, 289]
    """
    nights = judged_nights(matched, reports)
    counts = pd.crosstab(
        [nights["judged_by"], periods(nights["report_date"], by).rename(by)], nights["counted"]
    )
    return (
        counts.reindex(columns=list(NIGHT_COUNTS.values()), fill_value=0)
        .rename_axis(columns=None)
        .reset_index()
    )


def judged_nights(matched, reports) -> pd.DataFrame:
    """Return how each night agrees with the press on drones launched, by best claim and by majority.

    Nights are the dates with a launched figure in the drone series, but those not compared because press
    copies have set them. `judged_by` says how a night with several claims counts: under its *best claim*, or
    under the verdict that most articles bear (*majority*; of two alike the worse). `counted` is the column of
    `agreement` that counts it.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> nights = press.judged_nights(press.matched_claims(air.press_claims, air.reports), air.reports)
    >>> nights.loc[nights["report_date"] == "2025-07-04", "counted"].tolist()
    ['equal_night_count', 'explained_night_count']
    """
    rows = drones(without_additions(reports)).dropna(subset="launched_count")
    told = matched[matched["target_class"] == "drones"]
    are_set = rows["report_date"].isin(told.loc[told["explanation"] == SET_BY_PRESS, "report_date"])
    dates = pd.Index(rows.loc[~are_set, "report_date"].unique(), name="report_date")
    told = told[(told["quantity"] == "launched") & (told["verdict"] < VERDICTS[5])]
    articles = (
        told.groupby(["report_date", "verdict"], observed=True)["source_id"].nunique().reset_index()
    )
    judged = {
        "best claim": articles,
        "majority": articles.sort_values(["source_id", "verdict"], ascending=False),
    }
    verdicts = pd.DataFrame(
        {
            name: table.drop_duplicates("report_date")
            .set_index("report_date")["verdict"]
            .astype("str")
            for name, table in judged.items()
        },
        index=dates,
    )
    counted = verdicts.fillna("unclaimed").replace(NIGHT_COUNTS)
    return counted.melt(
        var_name="judged_by", value_name="counted", ignore_index=False
    ).reset_index()


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
    columns = [
        "report_date",
        "claim_id",
        "target_class",
        "quantity",
        "value",
        "qualifier",
        "attributed_to",
        "ledger_count",
        "verdict",
        "explanation",
        "publisher",
        "published",
        "url",
    ]
    told = told.merge(sources, on="source_id", how="left")
    return told.sort_values(["report_date", "verdict", "claim_id"], ignore_index=True)[columns]


def claims_beside(found, air) -> pd.Series:
    """Return for each of these rows of `reports` what articles printed that agrees with the record.

    One line per article: the counts printed for the night and weapon class of the
    row, publisher and address; empty where no claim is equal or consistent with its
    qualifier. Claims on drones and missiles together are left out: they agree with
    no single row.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> night = air.reports[air.reports["report_date"] == "2025-07-04"]
    >>> drones = night[night["is_in_drone_series"]]
    >>> press.claims_beside(drones, air).iloc[0].splitlines()[0].partition(": ")[0]
    'drones launched 539'
    """
    is_beside = air.press_claims["period_end"].isin(found["report_date"])
    matched = matched_claims(air.press_claims[is_beside], air.reports)
    claims = claims_of_nights(matched, air.press_sources, found["report_date"])
    agreeing = claims[claims["verdict"].isin(AGREEING) & (claims["target_class"] != "all")]
    targets = found["weapon_class"].astype("str").map(TARGETS)
    wanted = found[["report_id", "report_date"]].assign(target_class=targets)
    beside = wanted.explode("target_class").merge(_article_lines(agreeing), on=KEYS[:2])
    texts = beside.groupby("report_id")["line"].agg("\n".join)
    return found["report_id"].map(texts).fillna("").rename("press_claims")


def _article_lines(claims):
    """One `line` of text per report date, target class and article, in the order of the claims."""
    qualifiers = claims["qualifier"].astype("str").replace("exact", "")
    counts = claims["quantity"] + " " + qualifiers + " " + claims["value"].astype("str")
    known = claims.fillna({"publisher": "publisher unknown", "url": "no address"})
    printed = known.assign(printed=counts.str.replace(r"[ _]+", " ", regex=True))
    articles = printed.groupby([*KEYS[:2], "publisher", "url"], sort=False)["printed"]
    lines = articles.agg(", ".join).reset_index()
    of_class = lines["target_class"].str.replace("_", " ") + " " + lines["printed"]
    return lines.assign(line=of_class + ": " + lines["publisher"] + ", " + lines["url"])


def _within_qualifier(asked):
    low, high = (
        asked["qualifier"].map({k: v[side] for k, v in _FITS.items()}).astype("float64")
        for side in (0, 1)
    )
    return (-asked["difference_count"] / asked["value"]).astype("float64").between(low, high)


def _met(asked, readings):
    """The first reading that meets each number, empty where none does or a small number may do so by chance."""
    found = asked.reset_index().merge(
        readings.rename(columns={"ledger_count": "met_count"}), on=KEYS
    )
    found = found[
        (found["value"] == found["met_count"])
        & (found["value"] > 0)
        & (found["qualifier"] != "more_than")
    ]
    is_dated, is_sum = (
        found["reading"].isin(names) for names in (READINGS[-2:], ["wider class", READINGS[-1]])
    )
    by_chance = is_dated & (found["value"] < _SMALLEST_DATED) | is_sum & (
        found["difference_count"].abs() < _SMALLEST_PART
    )
    found = found[
        ~by_chance.fillna(False) | found["ledger_count"].isna()
    ]  # where the date has none, any number is told
    return found.groupby("index")["reading"].min().astype("str").reindex(asked.index, fill_value="")


def _explanation(asked, met, reports):
    """Why a number may differ from the record's, empty where no rule says."""
    composite = asked["target_class"].isin(_CLASSES) & asked["report_date"].isin(
        composite_dates(reports)
    )
    regional = asked["target_class"].isin(["drones", "all"]) & asked["report_date"].isin(
        regional_dates(reports)
    )
    near = (asked["difference_count"].abs() <= _ROUND_SHARE * asked["value"]) & (
        asked["value"] % 10 == 0
    )
    is_round = (
        near.fillna(False)
        & (asked["qualifier"] == "exact")
        & (asked["attributed_to"] != "Ukrainian Air Force")
    )
    rules = {
        "composite line": composite,
        "regional reports alone": regional & asked["difference_count"].gt(0).fillna(False),
        "round figure": is_round,
    }
    return met.where(met != "", np.select(list(rules.values()), list(rules), ""))


def _contradiction(asked, equal):
    """Who else prints the record's number: the same counter, another, or nobody (empty)."""
    own, any_counter = (
        _keys(asked, *more).isin(_keys(equal, *more)) for more in (["attributed_to"], [])
    )
    return np.select([own, any_counter], ["another copy agrees", "another counter agrees"], "")


def _keys(asked, *more):
    return pd.MultiIndex.from_frame(asked[[*KEYS, *more]])


def _absence(asked, met, reports, corrections):
    """Why a claim is not compared, empty where it is."""
    nights = pd.MultiIndex.from_frame(asked[KEYS[:2]])
    launched = ledger_figures(reports).query("quantity == 'launched'")
    settled = asked[:0] if corrections is None else set_by_press(reports, corrections)
    is_set, has_row = (
        nights.isin(pd.MultiIndex.from_frame(table[KEYS[:2]])) for table in (settled, launched)
    )
    reasons = {
        "the record holds no hits": asked["quantity"] == "hits",
        SET_BY_PRESS: is_set,
        "": asked["ledger_count"].notna(),
    }
    return np.select(
        [*reasons.values(), met != "", has_row],
        [*reasons, met, "not in the report"],
        "no row of that class",
    )
