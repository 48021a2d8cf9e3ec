"""The second leg of the check: what another project's reading of the posts gives for a night.

It reads the same posts as the record, so that it tests the copying and not the
count; where it is wrong itself notebook 05 says.
"""

import pandas as pd

from analysis.gate import nights_of, records_of
from analysis.names import dataset_of
from analysis.press.matching import EQUAL, NOT_COMPARED, matched_claims

__all__ = ["posts_beside"]


def posts_beside(air) -> pd.DataFrame:
    """Return the drones launched on each night beside the posts' count and the press's verdict.

    Parameters
    ----------
    air : Dataset

    Returns
    -------
    DataFrame
        One row per `report_date` with drones in the record: `ledger_count`;
        `posts_count`, the sum of the date's posts as another project read them, missing where
        one of them gives no figure; `is_equal_in_posts` and `is_equal_in_press`, whether the
        posts and at least one article give the very number of the record, missing where they
        give none or where press copies have set it (R15, R16).

    Examples
    --------
    >>> from analysis import load, press
    >>> nights = press.posts_beside(load())
    >>> int(nights["is_equal_in_posts"].sum()), len(nights)
    (734, 843)
    """
    nights = nights_of(dataset_of(air).nights, "drones_launched_count")
    nights = nights.query("drones_launched_count > 0").reset_index(drop=True)
    dates, launched = nights["report_date"], nights["drones_launched_count"]
    columns = ["report_date", "launched_count"]
    posts = records_of(air.independent_posts, "independent_id", "air.independent_posts", *columns)
    by_date = posts.groupby("report_date")["launched_count"]
    posts = by_date.sum().where(by_date.count() == by_date.size())
    matched = matched_claims(air.press_claims, air.reports, air.corrections)
    claims = matched[(matched["target_class"] == "drones") & (matched["quantity"] == "launched")]
    compared = claims[claims["verdict"] != NOT_COMPARED]
    is_equal = (compared["verdict"] == EQUAL).groupby(compared["report_date"]).any()
    posts_count = dates.map(posts).astype("Int64")
    return pd.DataFrame(
        {
            "report_date": dates,
            "ledger_count": launched,
            "posts_count": posts_count,
            "is_equal_in_posts": posts_count == launched,
            "is_equal_in_press": dates.map(is_equal).astype("boolean"),
        }
    )
