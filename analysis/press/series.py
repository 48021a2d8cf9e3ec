"""What the press alone tells: a nightly series, published monthly totals, and how losses were worded.

Nothing here needs the ledger except the comparison of monthly totals, so the
series may be used under the press tables' own licence (CC BY 4.0). Copies of
one text are counted, never repeated.
"""

import pandas as pd

from analysis.measures.launches import drones, launches, missiles
from analysis.names import known
from analysis.press.matching import night_claims

COUNTERS = [
    "Ukrainian Air Force",
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


def press_series(claims, target_class="drones") -> pd.DataFrame:
    """Return a nightly series of launched, shot down, lost and neutralised from press claims alone.

    Parameters
    ----------
    claims : DataFrame
        The table `press_claims`.
    target_class : str
        As in that table; another is a ValueError.

    Returns
    -------
    DataFrame
        A row a `report_date` with a claim; the others are gaps. `counter`
        is one a night, so that its figures belong together: first whoever gives
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
    681
    """
    known("target class", target_class, claims["target_class"].unique())
    told = night_claims(claims).query("target_class == @target_class and quantity in @OUTCOMES")
    told = told.assign(
        is_day=told["period_start"] == told["period_end"],
        rank=told["attributed_to"].map({name: rank for rank, name in enumerate(COUNTERS)}),
    )
    told = _counter_of_night(told.fillna({"rank": len(COUNTERS)}))
    settled = _settled(told, ["report_date", "quantity"])
    parts = [
        values.unstack("quantity")
        .reindex(columns=OUTCOMES)
        .astype(values.dtype)
        .add_suffix(f"_{field}")
        for field, values in settled.items()
    ]
    nights = told.groupby("report_date").agg(
        counter=("attributed_to", "first"), article_count=("source_id", "nunique")
    )
    return nights.join(parts).reset_index()


def monthly_totals(claims, reports) -> pd.DataFrame:
    """Return launched totals that others published for whole calendar months, beside the ledger's.

    One row a month, class (drones, missiles), counter, number and qualifier:
    `published_count`, `article_count` that print it, `ledger_count` of the
    curated series (missing: no report that month) and `difference_count`,
    published minus ledger. Only claims for the whole country whose period is
    exactly one calendar month.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> int((press.monthly_totals(air.press_claims, air.reports)["difference_count"] == 0).sum())
    13
    """
    ends = claims["period_start"] + pd.offsets.MonthEnd(0)
    whole = (
        (claims["period_start"].dt.day == 1)
        & (claims["period_end"] == ends)
        & (claims["scope"] == "Ukraine")
    )
    told = claims[
        whole
        & (claims["quantity"] == "launched")
        & claims["target_class"].isin(["drones", "missiles"])
    ]
    keys = ["month", "target_class", "counter", "published_count", "qualifier"]
    told = told.assign(month=told["period_start"]).astype(
        {"target_class": "str", "qualifier": "str"}
    )
    told = told.rename(columns={"value": "published_count", "attributed_to": "counter"})
    totals = told.groupby(keys)["source_id"].nunique().rename("article_count").reset_index()
    series = {"drones": drones(reports), "missiles": missiles(reports)}
    ledger = pd.concat(
        [
            launches(rows)[["month", "launched_count"]].assign(target_class=name)
            for name, rows in series.items()
        ]
    )
    ledger = ledger.rename(columns={"launched_count": "ledger_count"})
    totals = totals.merge(ledger, on=["month", "target_class"], how="left")
    return totals.assign(difference_count=totals["published_count"] - totals["ledger_count"])


def wording_by_week(claims) -> pd.DataFrame:
    """Return how many articles a week word the drones' outcome in each of four ways.

    An article counts once a week: *lost apart* if it gives a lost figure beside
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
    told = night_claims(claims).query(
        "target_class in ['drones', 'all'] and quantity in @OUTCOMES[1:]"
    )
    merged = told["quantity"] == "neutralised"
    ranks = (
        pd.Series(3, told.index).mask(merged, 2).mask(merged & (told["basis"] == "suppressed"), 1)
    )
    week = told["report_date"].dt.to_period("W-WED").dt.start_time.rename("outcome_week")
    ranks = ranks.mask(told["quantity"] == "lost", 0).groupby([week, told["source_id"]]).min()
    names = ranks.map(dict(enumerate(WORDINGS)))
    counts = names.groupby("outcome_week").value_counts().unstack(fill_value=0)
    return counts.reindex(columns=WORDINGS, fill_value=0).rename_axis(columns=None).reset_index()


def lost_sightings(claims) -> pd.DataFrame:
    """Return each night on which the press gave drones or missiles as lost, jammed or not arrived.

    Columns: `report_date` and `target` (drones; missiles of any class). `lost_count`,
    `qualifier` and `is_disputed` as `press_series` settles them, `article_count`
    of the articles that say so.

    Examples
    --------
    >>> from analysis import load, press
    >>> f"{press.lost_sightings(load().press_claims)['report_date'].min():%Y-%m-%d}"
    '2023-11-22'
    """
    told = night_claims(claims).query("quantity == 'lost' and target_class != 'all'")
    target = (
        told["target_class"].where(told["target_class"] == "drones", "missiles").rename("target")
    )
    told = told.assign(target=target)
    articles = (
        told.groupby(["report_date", "target"])["source_id"].nunique().rename("article_count")
    )
    return (
        _settled(told, ["report_date", "target"])
        .rename(columns={"count": "lost_count"})
        .join(articles)
        .reset_index()
    )


def _counter_of_night(told):
    """The claims of the one counter that stands for each night."""
    group = ["report_date", "is_day", "rank"]
    launched = told["quantity"] == "launched"
    gives = (
        told.assign(launched=launched, exact=launched & (told["qualifier"] == "exact"))
        .groupby(group)[["exact", "launched"]]
        .any()
    )
    order = ["report_date", "exact", "launched", "is_day", "rank"]
    ordered = gives.reset_index().sort_values(order, ascending=[True, False, False, True, True])
    return told.merge(ordered.drop_duplicates("report_date")[group], on=group)


def _settled(told, keys):
    """The number that most articles print under each key, and whether they differ."""
    printed = told.groupby([*keys, "value", "qualifier"], observed=True)["source_id"].nunique()
    copies = printed.rename("copies").reset_index()
    copies["is_qualified"] = copies["qualifier"] != "exact"
    copies = copies.sort_values(
        [*keys, "copies", "is_qualified", "value"],
        ascending=[True] * len(keys) + [False, True, False],
    )
    disputed = copies.groupby(keys)["value"].nunique().gt(1).astype("boolean").rename("is_disputed")
    first = (
        copies.drop_duplicates(keys)
        .set_index(keys)[["value", "qualifier"]]
        .astype({"qualifier": "str"})
    )
    return first.rename(columns={"value": "count"}).join(disputed)
