"""What articles that quote the Air Force say of the drones not shot down: what the lost ones are called, how many hit.

Words and counts of copies, for notebook 03: nothing here is a measure of jamming.
"""

import pandas as pd

from analysis.names import table_of
from analysis.press.matching import night_claims

AIR_FORCE = "Ukrainian Air Force"
LOST_WORDS = {
    "decoys": "decoys",
    "jammed": "jammed or suppressed",
    "presumed_jammed": "jammed or suppressed",
    "suppressed": "jammed or suppressed",
    "lost_from_radar": "lost from radar",
    "failed_to_reach": "did not arrive, or no word",
    "unstated": "did not arrive, or no word",
}


def lost_words_by_week(claims) -> pd.DataFrame:
    """Return how many articles a week call the lost drones of a night what, of those that quote the Air Force.

    Parameters
    ----------
    claims : DataFrame or Dataset
        The table `press_claims`.

    Returns
    -------
    DataFrame
        A row a `week` (its Monday, of the report date) and `lost_words` (a value
        of `LOST_WORDS`), with `article_count`. An article that calls them decoys
        counts as *decoys*, whatever else it says. A week without such an article
        is not in the table.

    Examples
    --------
    >>> from analysis import load, press
    >>> words = press.lost_words_by_week(load()).query("lost_words == 'decoys'")["week"]
    >>> f"{words.min():%Y-%m-%d} to {words.max():%Y-%m-%d}"
    '2024-12-16 to 2025-07-07'
    """
    told = night_claims(table_of(claims, "press_claims", "lost_called")).query(
        "quantity == 'lost' and target_class == 'drones' and attributed_to == @AIR_FORCE"
    )
    words = (
        told["lost_called"]
        .astype("str")
        .where(told["lost_called"].notna(), told["basis"].astype("str"))
        .map(LOST_WORDS)
    )
    week = told["report_date"].dt.to_period("W").dt.start_time.rename("week")
    return (
        told["source_id"]
        .groupby([week, words.rename("lost_words")])
        .nunique()
        .rename("article_count")
        .reset_index()
    )


def reported_hits(air) -> pd.DataFrame:
    """Return the nights of the merged regime on which articles give the Air Force's own number of drones that hit.

    Parameters
    ----------
    air : Dataset

    Returns
    -------
    DataFrame
        A row a `report_date`: `hit_count`, as most articles print it (of as
        many the lower number); `is_disputed`, whether they print several;
        `drones_launched_count`, `residual_count` (launched minus neutralised)
        and `hit_location_count` of the night, places hit by drones and missiles.

    Examples
    --------
    >>> from analysis import load, press
    >>> bool((press.reported_hits(load())["report_date"] >= "2025-07-24").all())
    True
    """
    told = night_claims(air.press_claims).query(
        "quantity == 'hits' and target_class == 'drones' and qualifier == 'exact' "
        "and attributed_to == @AIR_FORCE"
    )
    copies = told.groupby(["report_date", "value"])["source_id"].nunique().reset_index()
    copies["is_disputed"] = copies["report_date"].duplicated(keep=False)
    best = copies.sort_values(
        ["report_date", "source_id", "value"], ascending=[True, False, True]
    ).drop_duplicates("report_date")
    nights = air.nights[air.nights["regime_id"] == "D"]
    found = (
        best.rename(columns={"value": "hit_count"})
        .drop(columns="source_id")
        .merge(nights, on="report_date")
    )
    found["residual_count"] = found["drones_launched_count"] - found["drones_neutralised_count"]
    return found[
        [
            "report_date",
            "hit_count",
            "is_disputed",
            "drones_launched_count",
            "residual_count",
            "hit_location_count",
        ]
    ]
