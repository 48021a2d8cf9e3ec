"""Single nights: what became of everything launched, and how the night compares with its month."""

import pandas as pd

from analysis.measures.launches import periods, with_series

_COUNTS = ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]


def night_outcomes(reports, dates):
    """Return the national outcomes of single nights, drones and missiles apart.

    Parameters
    ----------
    reports : DataFrame
        The table of that name. Regional rows stay out: a national report has
        what they repeat (R7).
    dates : list of str or Timestamp
        Report dates.

    Returns
    -------
    DataFrame
        Index: `report_date`, `series` (drones, missiles). `lost_count` is
        missing where no report gives it. `residual_count`: launched, but not
        reported as neutralised (R18); of drones it is missing where the regime
        does not give it (R12), of missiles a lost that is not given counts none.
    """
    chosen = reports["report_date"].isin(pd.to_datetime(dates)) & (reports["level"] == "national")
    rows = with_series(reports[chosen])
    of_missiles = rows["shot_down_count"] + rows["lost_count"].fillna(0)
    rows["neutralised_count"] = rows["neutralised_count"].where(rows["series"] == "drones", of_missiles)
    groups = rows.groupby(["report_date", "series"])[_COUNTS]
    table, is_known = groups.sum(min_count=1), groups.count().eq(groups.size(), axis=0)
    table["residual_count"] = (table["launched_count"] - table["neutralised_count"]).where(
        is_known["launched_count"] & is_known["neutralised_count"])
    return table.drop(columns="neutralised_count")


def nights_in_month(nightly, dates):
    """Return every night with drones of the months that the dates fall in, and where the dates stand among them.

    Parameters
    ----------
    nightly : DataFrame
        As from `nightly_launches`; a night without a report or without drones is left out.
    dates : list of str or Timestamp
        Report dates.

    Returns
    -------
    DataFrame
        Index `report_date`; `month`, `launched_count`, `is_named` (one of the
        dates), `month_rank` (1 is the month's largest night; ties share a rank),
        `night_count` (nights of the month in the table).
    """
    nights = nightly.loc[(nightly["launched_count"] > 0).fillna(False), ["launched_count"]]
    named = pd.to_datetime(dates)
    nights.insert(0, "month", periods(nights.index.to_series(), "month"))
    nights = nights[nights["month"].isin(named.to_period("M"))]
    groups = nights.groupby("month")["launched_count"]
    return nights.assign(is_named=nights.index.isin(named), month_rank=groups.rank("min", ascending=False).astype(int),
                         night_count=groups.transform("size").astype(int))
