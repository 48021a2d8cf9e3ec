"""What the press says of each night: how far it agrees with the record, and which articles say so.

Articles are counted separately from publishers and from those who counted,
because most articles repeat one feed.
"""

import pandas as pd

from analysis.gate import records_of, rows_of
from analysis.names import dataset_of
from analysis.periods import days, periods
from analysis.press.matching import (
    CONSISTENT,
    CONTRADICTED,
    EQUAL,
    SET_BY_PRESS,
    UNEXPLAINED,
    VERDICTS,
    claims_of,
    matched_claims,
    matched_of,
    publishers,
)
from analysis.press.readings import NIGHT, TARGETS, without_additions

AGREEING = [EQUAL, CONSISTENT]
NIGHT_COUNTS = {
    verdict: f"{verdict.split()[0]}_night_count" for verdict in [*VERDICTS[:-1], "unclaimed"]
}


def night_support(matched, sources) -> pd.DataFrame:
    """Return how far the press agrees with the record on each night.

    Parameters
    ----------
    matched : DataFrame
        Of `matched_claims`, filtered to the series in question if need be.
    sources : DataFrame
        The table `press_sources`.

    Returns
    -------
    DataFrame
        One row per `report_date` with a claim. `article_count`: articles
        with a claim. `bearing_article_count`, `bearing_publisher_count`,
        `bearing_counter_count`: articles with a claim equal to the record or
        consistent with it, their publishers, and who counted (an unknown counter is none).
        `differing_article_count`: articles with a number contradicted or unexplained.
        Copies of one text count as articles, not as counters.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> nights = press.night_support(matched, air.press_sources).set_index("report_date")
    >>> nights.loc["2025-07-04", ["article_count", "bearing_publisher_count"]].tolist()
    [8, 5]
    """
    claims = matched_of(matched).merge(publishers(sources), on="source_id", how="left")
    is_agreeing = claims["verdict"].isin(AGREEING)
    is_differing = claims["verdict"].isin([CONTRADICTED, UNEXPLAINED])
    counter = claims["attributed_to"].where(claims["attributed_to"] != "unknown")
    counted = pd.DataFrame(
        {
            "article_count": claims["source_id"],
            "bearing_article_count": claims["source_id"].where(is_agreeing),
            "bearing_publisher_count": claims["publisher"].where(is_agreeing),
            "bearing_counter_count": counter.where(is_agreeing),
            "differing_article_count": claims["source_id"].where(is_differing),
        }
    )
    return counted.groupby(claims["report_date"]).nunique().reset_index()


def agreement(matched, reports, by="month") -> pd.DataFrame:
    """Return on how many nights per period the press agrees with the record on drones launched.

    Nights are the dates with a launched figure in the drone series, except those not compared
    because press copies have set them. Columns: the period, named `by`; `judged_by`, how a night
    with several claims counts: under its *best claim*, or under the verdict that most articles
    have (*majority*; of two with as many the worse); and how many nights have each verdict or are
    unclaimed, as in `NIGHT_COUNTS`. A period without a night is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> years = press.agreement(matched, air.reports, by="year").query("judged_by == 'best claim'")
    >>> years["equal_night_count"].tolist()
    [5, 113, 217, 290]
    """
    reports = rows_of(reports, "is_in_drone_series", "launched_count")
    rows = without_additions(reports).query("is_in_drone_series and launched_count.notna()")
    claims = matched_of(matched).query("target_class == 'drones'")
    settled = claims.loc[claims["explanation"] == SET_BY_PRESS, "report_date"]
    dates = rows.loc[~rows["report_date"].isin(settled), "report_date"].drop_duplicates()
    compared = claims.query("quantity == 'launched' and verdict != 'not compared'")
    articles = compared.groupby(["report_date", "verdict"], observed=True)["source_id"].nunique()
    best = articles.reset_index()
    most = best.sort_values(["source_id", "verdict"], ascending=False)
    tables = {}
    for name, table in {"best claim": best, "majority": most}.items():
        first = table.drop_duplicates("report_date").set_index("report_date")["verdict"]
        verdicts = dates.map(first.astype("str")).fillna("unclaimed").map(NIGHT_COUNTS)
        tables[name] = pd.crosstab(periods(dates, by).rename(by), verdicts)
    counts = pd.concat(tables, names=["judged_by"])
    columns = pd.Index(NIGHT_COUNTS.values())
    return counts.reindex(columns=columns).fillna(0).astype(int).reset_index()


def claims_of_nights(matched, sources, report_dates) -> pd.DataFrame:
    """Return the matched claims of given report dates with the publisher and address of each.

    One row per claim, ordered by date, verdict and claim; an unknown address is missing.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> matched = press.matched_claims(air.press_claims, air.reports)
    >>> claims = press.claims_of_nights(matched, air.press_sources, "2025-07-04")
    >>> claims["publisher"].nunique()
    8
    """
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
    claims = matched_of(matched)[matched["report_date"].isin(days(report_dates))]
    records_of(sources, "source_id", "air.press_sources", "publisher", "published", "url")
    claims = claims.merge(sources, on="source_id", how="left")
    return claims.sort_values(["report_date", "verdict", "claim_id"], ignore_index=True)[columns]


def claims_beside(rows, air) -> pd.Series:
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
    rows, claims = rows_of(rows, "weapon_class"), claims_of(dataset_of(air).press_claims)
    is_beside = claims["period_end"].isin(rows["report_date"])
    matched = matched_claims(claims[is_beside], air.reports)
    claims = claims_of_nights(matched, air.press_sources, rows["report_date"])
    agreeing = claims[claims["verdict"].isin(AGREEING) & (claims["target_class"] != "all")]
    targets = rows["weapon_class"].astype("str").map(TARGETS)
    wanted = rows[["report_id", "report_date"]].assign(target_class=targets)
    beside = wanted.explode("target_class").merge(_article_lines(agreeing), on=NIGHT)
    texts = beside.groupby("report_id")["line"].agg("\n".join)
    return rows["report_id"].map(texts).fillna("").rename("press_claims")


def _article_lines(claims):
    """One `line` of text per report date, target class and article, in the order of the claims."""
    qualifiers = claims["qualifier"].astype("str").replace("exact", "")
    counts = claims["quantity"] + " " + qualifiers + " " + claims["value"].astype("str")
    known = claims.fillna({"publisher": "publisher unknown", "url": "no address"})
    printed = known.assign(printed=counts.str.replace(r"[ _]+", " ", regex=True))
    articles = printed.groupby([*NIGHT, "publisher", "url"], sort=False)["printed"]
    lines = articles.agg(", ".join).reset_index()
    of_class = lines["target_class"].str.replace("_", " ") + " " + lines["printed"]
    return lines.assign(line=of_class + ": " + lines["publisher"] + ", " + lines["url"])
