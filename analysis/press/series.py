"""What only the press says: a nightly series, monthly totals, hits, and the words for losses.

Nothing here needs the record except the comparisons of monthly totals and of hits, so the
series may be used under the press tables' own licence (CC BY 4.0). Copies of
one text are counted, never repeated.
"""

import pandas as pd

from analysis.gate import nights_of
from analysis.measures.launches import launches
from analysis.names import dataset_of, known
from analysis.press.matching import claims_of, night_claims

AIR_FORCE = "Ukrainian Air Force"
COUNTERS = [
    AIR_FORCE,
    "Ukrainian military",
    "President of Ukraine",
    "regional officials",
    "journalists' count",
    "unknown",
]
OUTCOMES = ["launched", "shot_down", "lost", "neutralised"]
WORDINGS = [
    "lost_apart_article_count",
    "suppressed_article_count",
    "neutralised_article_count",
    "shot_down_article_count",
]
LOST_WORDS = {
    "decoys": "decoys",
    "jammed": "jammed or suppressed",
    "presumed_jammed": "jammed or suppressed",
    "suppressed": "jammed or suppressed",
    "lost_from_radar": "lost from radar",
    "failed_to_reach": "did not arrive, or no word",
    "unstated": "did not arrive, or no word",
}


def press_series(claims, target_class="drones") -> pd.DataFrame:
    """Return a nightly series of drones launched, shot down, lost and neutralised from claims only.

    Parameters
    ----------
    claims : DataFrame
        The table `press_claims`.
    target_class : str
        As in that table; another is a ValueError.

    Returns
    -------
    DataFrame
        One row per `report_date` with a claim; the others are gaps. `counter`
        is one per night, so that its figures belong together: first whoever gives
        launched, and gives it exactly, then for the night rather than for a day,
        then in the order of `COUNTERS`. `article_count`: articles quoting that counter. For each
        quantity `_count` as printed (missing: no article gives it), `_qualifier`,
        and `_is_disputed`: copies print more than one number. Settled by most
        articles, then exact before qualified, then the higher number. What shot
        down means follows the regime of the night (R12).

    Examples
    --------
    >>> from analysis import load, press
    >>> int(press.press_series(load().press_claims)["launched_count"].count())
    683
    """
    nightly = night_claims(claims)
    known("target class", target_class, claims["target_class"].unique())
    meant = nightly.query("target_class == @target_class and quantity in @OUTCOMES")
    chosen = _counter_of_night(meant)
    nights = chosen.groupby("report_date").agg(
        counter=("attributed_to", "first"), article_count=("source_id", "nunique")
    )
    for field, values in _settled(chosen, ["report_date", "quantity"]).items():
        columns = values.unstack("quantity").reindex(columns=OUTCOMES).astype(values.dtype)
        nights = nights.join(columns.add_suffix(f"_{field}"))
    return nights.reset_index()


def monthly_totals(claims, reports) -> pd.DataFrame:
    """Return launched totals that others published for whole calendar months, with the record's.

    One row per month, class (drones, missiles), counter, number and qualifier:
    `published_count`, `article_count` that print it, `ledger_count` of the
    curated series (missing: no report that month) and `difference_count`,
    published minus record. Only claims for the whole country whose period is
    exactly one calendar month.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> int((press.monthly_totals(air.press_claims, air.reports)["difference_count"] == 0).sum())
    13
    """
    printed = claims_of(claims).query("quantity == 'launched' and scope == 'Ukraine'")
    printed = printed[printed["target_class"].isin(["drones", "missiles"])]
    names = {"period_start": "month", "attributed_to": "counter", "value": "published_count"}
    published = printed.rename(columns=names)
    month_end = published["month"] + pd.offsets.MonthEnd(0)
    is_whole = (published["month"].dt.day == 1) & (published["period_end"] == month_end)
    published = published[is_whole].astype({"target_class": "str", "qualifier": "str"})
    keys = ["month", "target_class", "counter", "published_count", "qualifier"]
    articles = published.groupby(keys)["source_id"].nunique()
    record = launches(reports, of="series")
    record = record.set_index(["month", "series"])["launched_count"].rename("ledger_count")
    totals = articles.rename("article_count").reset_index()
    totals = totals.join(record, on=["month", "target_class"])
    return totals.assign(difference_count=totals["published_count"] - totals["ledger_count"])


def wording_by_week(claims) -> pd.DataFrame:
    """Return how many articles per week word the drones' outcome in each of four ways.

    An article counts once a week: *lost apart* if it gives a lost figure next to
    the rest, else *shot down or suppressed* if it says suppressed, else
    *neutralised* if it gives one merged figure in other words, else *shot down*.
    Columns: `outcome_week` (first day of the week of the report date, Thursday to Wednesday,
    so that none lies on both sides of 24 July 2025) and `WORDINGS`, 0 where none; a week
    without such an article is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> weeks = press.wording_by_week(load().press_claims).set_index("outcome_week")
    >>> weeks.loc["2025-07-24":"2025-12-31", "lost_apart_article_count"].sum().item()
    0
    """
    outcomes = night_claims(claims)
    outcomes = outcomes[outcomes["target_class"].isin(["drones", "all"])]
    outcomes = outcomes[outcomes["quantity"].isin(OUTCOMES[1:])]
    ranks = outcomes["quantity"].map({"lost": 0, "neutralised": 2, "shot_down": 3})
    ranks = ranks.mask((ranks == 2) & (outcomes["basis"] == "suppressed"), 1)
    week = outcomes["report_date"].dt.to_period("W-WED").dt.start_time.rename("outcome_week")
    best = ranks.groupby([week, outcomes["source_id"]]).min().map(dict(enumerate(WORDINGS)))
    counts = best.groupby("outcome_week").value_counts().unstack(fill_value=0)
    return counts.reindex(columns=pd.Index(WORDINGS), fill_value=0).reset_index()


def lost_sightings(claims) -> pd.DataFrame:
    """Return each night on which the press gave drones or missiles as lost or not arrived.

    Columns: `report_date` and `target` (drones; missiles of any class). `lost_count`,
    `qualifier` and `is_disputed` as `press_series` settles them, `article_count`
    of the articles that say so.

    Examples
    --------
    >>> from analysis import load, press
    >>> f"{press.lost_sightings(load().press_claims)['report_date'].min():%Y-%m-%d}"
    '2023-11-22'
    """
    lost = night_claims(claims).query("quantity == 'lost' and target_class != 'all'")
    lost["target"] = lost["target_class"].where(lost["target_class"] == "drones", "missiles")
    keys = ["report_date", "target"]
    settled = _settled(lost, keys).rename(columns={"count": "lost_count"})
    articles = lost.groupby(keys)["source_id"].nunique()
    return settled.assign(article_count=articles).reset_index()


def lost_words_by_week(claims) -> pd.DataFrame:
    """Return what articles that quote the Air Force call the lost drones, per week.

    These are words in copies of its reports: nothing here is a measure of jamming.

    Parameters
    ----------
    claims : DataFrame
        The table `press_claims`.

    Returns
    -------
    DataFrame
        One row per `week` (its Monday, of the report date) and `lost_words` (a value
        of `LOST_WORDS`), with `article_count`. An article that calls them decoys
        counts as *decoys*, whatever else it says. A week without such an article
        is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> words = press.lost_words_by_week(load().press_claims).query("lost_words == 'decoys'")
    >>> f"{words['week'].min():%Y-%m-%d} to {words['week'].max():%Y-%m-%d}"
    '2024-12-16 to 2025-07-07'
    """
    lost = _by_air_force(claims, "lost")
    basis, called = lost["basis"].astype("object"), lost["lost_called"].astype("object")
    words = called.fillna(basis).map(LOST_WORDS).rename("lost_words")
    week = lost["report_date"].dt.to_period("W").dt.start_time.rename("week")
    articles = lost.groupby([week, words])["source_id"].nunique()
    return articles.rename("article_count").reset_index()


def reported_hits(air) -> pd.DataFrame:
    """Return the nights of the merged regime with the Air Force's own number of drones that hit.

    Parameters
    ----------
    air : Dataset

    Returns
    -------
    DataFrame
        One row per `report_date`: `hit_count`, as most articles print it (of as
        many the lower number); `is_disputed`, whether they print several;
        `drones_launched_count`, `residual_count` (launched minus neutralised)
        and `hit_location_count` of the night, places hit by drones and missiles.

    Examples
    --------
    >>> from analysis import load, press
    >>> bool((press.reported_hits(load())["report_date"] >= "2025-07-24").all())
    True
    """
    exact = _by_air_force(dataset_of(air).press_claims, "hits").query("qualifier == 'exact'")
    copies = exact.groupby(["report_date", "value"])["source_id"].nunique().reset_index()
    copies["is_disputed"] = copies["report_date"].duplicated(keep=False)
    copies = copies.sort_values("source_id", ascending=False, kind="stable")
    hits = copies.drop_duplicates("report_date").rename(columns={"value": "hit_count"})
    counts = ["drones_launched_count", "drones_neutralised_count", "hit_location_count"]
    nights = nights_of(air.nights, "regime_id", *counts)
    table = nights.query("regime_id == 'D'").merge(hits, on="report_date")
    table["residual_count"] = table["drones_launched_count"] - table["drones_neutralised_count"]
    of_night = ["drones_launched_count", "residual_count", "hit_location_count"]
    return table[["report_date", "hit_count", "is_disputed", *of_night]]


def _by_air_force(claims, quantity):
    """The nightly claims on drones that quote the Air Force on this quantity."""
    return night_claims(claims).query(
        "quantity == @quantity and target_class == 'drones' and attributed_to == @AIR_FORCE"
    )


def _counter_of_night(nightly):
    """The claims of the one counter that stands for each night."""
    is_launched = nightly["quantity"] == "launched"
    claims = nightly.assign(
        is_launched=is_launched,
        is_exact=is_launched & (nightly["qualifier"] == "exact"),
        is_day=nightly["period_start"] == nightly["period_end"],
        rank=pd.Categorical(nightly["attributed_to"], COUNTERS).codes % (len(COUNTERS) + 1),
    )
    group = ["report_date", "is_day", "rank"]
    gives = claims.groupby(group)[["is_exact", "is_launched"]].any().reset_index()
    order = ["report_date", "is_exact", "is_launched", "is_day", "rank"]
    ordered = gives.sort_values(order, ascending=[True, False, False, True, True])
    return claims.merge(ordered.drop_duplicates("report_date")[group], on=group)


def _settled(claims, keys):
    """The number that most articles print under each key, and whether they differ."""
    numbers = claims.groupby([*keys, "value", "qualifier"], observed=True)["source_id"]
    copies = numbers.nunique().rename("copies").reset_index()
    copies["is_qualified"] = copies["qualifier"] != "exact"
    order = {**dict.fromkeys(keys, True), "copies": False, "is_qualified": True, "value": False}
    copies = copies.sort_values(list(order), ascending=list(order.values()))
    first = copies.drop_duplicates(keys).set_index(keys)[["value", "qualifier"]]
    first = first.rename(columns={"value": "count"}).astype({"qualifier": "str"})
    is_disputed = copies.groupby(keys)["value"].nunique() > 1
    return first.assign(is_disputed=is_disputed.astype("boolean"))
