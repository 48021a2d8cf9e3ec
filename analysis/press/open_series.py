"""The series that anybody may print: drones per night, from posts and press alone.

The compilation is under a licence that rules out commercial use. The posts as another project
read them and the figures that articles printed are not: what they give is CC BY 4.0.
"""

import pandas as pd

from analysis.gate import records_of
from analysis.press.series import press_series

__all__ = ["open_nights"]


def open_nights(claims: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Return the drones of each night as the posts give them, or else as the press prints them.

    Parameters
    ----------
    claims, posts : DataFrame
        The tables `press_claims` and `independent_posts`.

    Returns
    -------
    DataFrame
        One row per `report_date` for which one of the two gives launched. `launched_count` is that
        of the posts, the sum of the date's reports, or else the exact figure that most articles
        print; `launched_source` says which ("posts", "press", or "both" where they are equal),
        and `source_count` how many give that very number: articles, and the posts as one.
        `neutralised_count` is shot down and lost together, as the posts or else most articles
        give it, from 24 July 2025, missing before.

    Examples
    --------
    >>> from analysis import load, press
    >>> air = load()
    >>> nights = press.open_nights(air.press_claims, air.independent_posts)
    >>> nights.nlargest(2, "launched_count")["launched_source"].tolist()
    ['both', 'both']
    """
    columns = ["report_date", "launched_count", "shot_down_count", "outcome_kind"]
    records_of(posts, "independent_id", "air.independent_posts", *columns)
    merged = posts["outcome_kind"] == "shot down or neutralised"
    posts = posts.assign(neutralised_count=posts["shot_down_count"].where(merged))
    of_posts = _sums(posts, ["launched_count", "neutralised_count"]).add_prefix("post_")
    of_press = _exact(press_series(claims)).add_prefix("press_")
    table = of_posts.join(of_press, how="outer").reset_index()
    table["launched_count"] = table["post_launched_count"].fillna(table["press_launched_count"])
    table = table.dropna(subset="launched_count").reset_index(drop=True)
    table["launched_source"] = _source(table)
    table["source_count"] = _agreeing(table, claims)
    neutralised = table["post_neutralised_count"].fillna(table["press_neutralised_count"])
    table["neutralised_count"] = neutralised.where(table["report_date"] >= "2025-07-24")
    columns = ["launched_count", "launched_source", "source_count", "neutralised_count"]
    return table[["report_date", *columns]]


def _sums(posts, counts):
    """The sum of each count per date, missing where one of its reports lacks it."""
    groups = posts.groupby("report_date")[counts]
    return groups.sum().where(groups.count().eq(groups.size(), axis=0))


def _exact(series):
    """The figures of the press that are exact, by date."""
    series = series.set_index("report_date")
    counts = {}
    for name in ("launched", "neutralised"):
        is_exact = series[f"{name}_qualifier"] == "exact"
        counts[f"{name}_count"] = series[f"{name}_count"].where(is_exact)
    return pd.DataFrame(counts)


def _source(table):
    is_posted = table["post_launched_count"].notna()
    is_same = (table["post_launched_count"] == table["press_launched_count"]).fillna(False)
    names = pd.Series("press", table.index).mask(is_posted, "posts")
    return names.mask(is_same, "both")


def _agreeing(table, claims):
    """How many sources give the number of each row: articles that print it, and the posts."""
    printed = claims.query(
        "scope == 'Ukraine' and target_class == 'drones' and quantity == 'launched'"
        " and qualifier == 'exact'"
    )
    is_night = (printed["period_end"] - printed["period_start"]).dt.days <= 1
    keys = {"report_date": printed["period_end"], "launched_count": printed["value"]}
    articles = printed[is_night].assign(**keys).groupby(list(keys))["source_id"].nunique()
    numbers = pd.MultiIndex.from_frame(table[list(keys)])
    is_posted = table["post_launched_count"].notna().astype("Int64")
    return articles.reindex(numbers, fill_value=0).to_numpy() + is_posted
