"""What was launched: the two series, counts a night and a period, records, cumulative sums. Gaps stay gaps."""

import pandas as pd

MISSILE_CLASSES = ["cruise_missile", "ballistic_missile", "guided_air_launched_missile", "mixed_missiles"]
_FREQUENCIES = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def drones(reports):
    """Return the rows of the national one-way attack drone series (R6)."""
    return reports[reports["is_in_drone_series"]]


def missiles(reports):
    """Return the missile rows, national and regional (R7); `overlaps_national` bounds double counting."""
    return reports[reports["weapon_class"].isin(MISSILE_CLASSES)]


def with_series(reports):
    """Return the reports with a column `series`: ``drones`` (R6), ``missiles`` (R7), or missing for neither (R20)."""
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    names = pd.Series(pd.NA, reports.index, dtype="str").mask(is_missile, "missiles")
    return reports.assign(series=names.mask(reports["is_in_drone_series"], "drones"))


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
        period (R17), all its counts are unknown (R11), or the source withholds
        one. `report_date_count`: dates with a row.
    """
    keys = periods(reports["report_date"], by).rename(by)
    is_withheld = reports.get("lost_state", "") == "withheld"
    groups = reports.assign(is_withheld=is_withheld).groupby([keys, of] if of else keys, observed=True)
    sums = groups["launched_count"].sum(min_count=1).to_frame().mask(groups["is_withheld"].any())
    sums["report_date_count"] = groups["report_date"].nunique()
    if of or reports.empty:
        return sums.sort_index()
    first, last = sums.index.min(), sums.index.max()
    whole = pd.date_range(first, last, name=by) if by == "day" else pd.period_range(first, last, name=by)
    return sums.reindex(whole).fillna({"report_date_count": 0}).astype({"report_date_count": int})


def nightly_launches(reports, quiet_nights):
    """Return the launches of each date of the drone series, one row a calendar day.

    Parameters
    ----------
    reports, quiet_nights : DataFrame
        The tables of those names.

    Returns
    -------
    DataFrame
        Index `report_date`, every day from the first to the last report.
        `launched_count`: 0 where the verdict is quiet or presumed quiet,
        missing where there is no report (R17).
    """
    nights = launches(drones(reports), by="day")[["launched_count"]].rename_axis("report_date")
    quiet = quiet_nights.loc[quiet_nights["verdict"] != "unknown", "report_date"]
    nights.loc[nights.index.isin(quiet) & nights["launched_count"].isna(), "launched_count"] = 0
    return nights


def record_nights(nightly):
    """Return the nights that exceeded every night before, with the record they broke.

    `nightly` is a frame like that of `nightly_launches`. Columns:
    `launched_count`, `previous_record_count` (missing for the first night).
    """
    known = nightly[["launched_count"]].dropna()
    previous = known["launched_count"].cummax().shift()
    records = known[(known["launched_count"] > previous).fillna(True)]
    return records.assign(previous_record_count=previous)


def cumulative_by_year(nightly):
    """Return the running sum of launches within each calendar year.

    Index `report_date`; `year`; `day_of_year_count` (1 to 366);
    `launched_cumulative_count`: missing nights add nothing, so it is a lower bound.
    """
    year = nightly.index.year
    running = nightly["launched_count"].fillna(0).groupby(year).cumsum()
    return pd.DataFrame({"year": year, "day_of_year_count": nightly.index.day_of_year,
                         "launched_cumulative_count": running}, index=nightly.index)
