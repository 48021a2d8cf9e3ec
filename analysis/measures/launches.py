"""What was launched: series, counts a period, gaps as gaps."""

import pandas as pd

MISSILE_CLASSES = ["cruise_missile", "ballistic_missile", "guided_air_launched_missile", "mixed_missiles"]
_FREQUENCIES = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def drones(reports):
    """Return the rows of the national one-way attack drone series (R6)."""
    return reports[reports["is_in_drone_series"]]


def missiles(reports):
    """Return the missile rows, national and regional (R7); `overlaps_national` bounds double counting."""
    return reports[reports["weapon_class"].isin(MISSILE_CLASSES)]


def periods(dates, by):
    """Return the period of each date: ``day`` as it is, else a pandas Period a week, month, quarter or year."""
    if by == "day":
        return dates
    if by not in _FREQUENCIES:
        raise ValueError(f"unknown period {by!r}; expected day, {', '.join(_FREQUENCIES)}")
    return dates.dt.to_period(_FREQUENCIES[by])


def launches(reports, by="month", of=None):
    """Return launched counts a period, gaps as gaps.

    Parameters
    ----------
    reports : DataFrame
        Rows with `report_date` and `launched_count`, e.g. ``drones(air.reports)``.
    by : {"day", "week", "month", "quarter", "year"}
    of : str, optional
        A column to split by, such as ``"weapon_class"`` or ``"family"``.

    Returns
    -------
    DataFrame
        Index: the period (and the value of `of`). `launched_count`: sum of the
        reported launches, missing where no row of `reports` falls into the
        period (R17) or all its counts are unknown (R11). `report_date_count`:
        dates with a row.
    """
    keys = periods(reports["report_date"], by).rename(by)
    groups = reports.groupby([keys, of] if of else keys, observed=True)
    sums = groups.agg(launched_count=("launched_count", lambda c: c.sum(min_count=1)),
                      report_date_count=("report_date", "nunique"))
    if of:
        return sums.sort_index()
    first, last = keys.min(), keys.max()
    whole = pd.date_range(first, last, name=by) if by == "day" else pd.period_range(first, last, name=by)
    return sums.reindex(whole).astype({"launched_count": "Int64"}).fillna({"report_date_count": 0}).astype(
        {"report_date_count": int})
