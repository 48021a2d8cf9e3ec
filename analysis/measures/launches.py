"""What was launched: the two series, counts per period, records, running sums. Gaps stay gaps."""

import pandas as pd

from analysis.gate import columns_of, nights_of, rows_of
from analysis.names import dataset_of
from analysis.periods import FREQUENCIES, periods

MISSILE_CLASSES = [
    "cruise_missile",
    "ballistic_missile",
    "guided_air_launched_missile",
    "mixed_missiles",
]


def drones(air) -> pd.DataFrame:
    """Return the reports of the national one-way attack drone series (R6).

    Examples
    --------
    >>> from analysis import load, measures
    >>> int(measures.drones(load())["launched_count"].sum())
    69153
    """
    reports = rows_of(dataset_of(air).reports, "is_in_drone_series", "launched_count")
    return reports[reports["is_in_drone_series"]]


def missiles(air) -> pd.DataFrame:
    """Return the reports of missiles, national and regional (R7).

    Where `overlaps_national` is true a regional report may repeat a national one.

    Examples
    --------
    >>> from analysis import load, measures
    >>> len(measures.missiles(load()))
    1161
    """
    reports = rows_of(dataset_of(air).reports, "weapon_class", "launched_count")
    return reports[reports["weapon_class"].isin(MISSILE_CLASSES)]


def with_series(reports: pd.DataFrame) -> pd.DataFrame:
    """Return reports with a column `series`: ``drones`` (R6), ``missiles`` (R7) or missing (R20).

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.with_series(load().reports)["series"].value_counts().to_dict()
    {'missiles': 1161, 'drones': 868}
    """
    reports = columns_of(reports, "air.reports", "weapon_class", "is_in_drone_series")
    return reports.assign(series=_series(reports))


def _series(reports):
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    names = pd.Series(pd.NA, reports.index, dtype="str").mask(is_missile, "missiles")
    return names.mask(reports["is_in_drone_series"], "drones")


def with_hours(reports: pd.DataFrame) -> pd.DataFrame:
    """Return reports with the hours of their windows, missing where one end is a mere date (R4).

    The source writes many windows with dates alone, and an 08:00 after such a
    start is mostly a placeholder: hour and duration need a time at both ends.

    Returns
    -------
    DataFrame
        With `start_hour` and `end_hour` (0 to 23, Kyiv local time) and `duration_hours`.

    Examples
    --------
    >>> from analysis import load, measures
    >>> float(measures.with_hours(measures.drones(load()))["duration_hours"].median())
    13.0
    """
    precisions = ["window_start_precision", "window_end_precision"]
    reports = columns_of(reports, "air.reports", "window_start", "window_end", *precisions)
    is_timed = (reports[precisions] == "minute").all(axis=1)
    start, end = (reports[name].where(is_timed) for name in ("window_start", "window_end"))
    return reports.assign(
        start_hour=start.dt.hour.astype("Int64"),
        end_hour=end.dt.hour.astype("Int64"),
        duration_hours=(end - start) / pd.Timedelta(hours=1),
    )


def launches(rows: pd.DataFrame, *, by: str = "month", of: str | None = None) -> pd.DataFrame:
    """Return launched counts of each period, gaps as gaps.

    Parameters
    ----------
    rows : DataFrame
        Rows of reports, each once, e.g. ``drones(air)``.
    by : {"month", "day", "week", "quarter", "year", "all"}
        ``day`` adds up the given rows of each report date; the national totals
        of a night are in ``air.nights``.
    of : str, optional
        A column to split by, such as ``"weapon_class"``, or ``"series"``; for
        families see `family_launches`.

    Returns
    -------
    DataFrame
        One row per period (and value of `of`), named `by`: its first day.
        `launched_count`: sum of the reported launches, missing where no row
        falls into the period (R17), all its counts are unknown (R11), or the
        source withholds one. `report_date_count`: dates with a row. Without
        `of`, every period from the first to the last has a row.

    Raises
    ------
    ValueError
        An unknown period or column, with the nearest ones; a report in two
        rows; or drones, missiles and other rows that would be added up.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.launches(measures.drones(load()), by="year")["launched_count"].tolist()
    [409, 3113, 11046, 54585]
    """
    split = [of] if of else []
    own = [] if of == "series" else split
    rows = rows_of(rows, "launched_count", "weapon_class", "is_in_drone_series", *own, per=own)
    if of == "series":
        rows = rows.assign(series=_series(rows))
    _one_series(rows, of)
    keys = periods(rows["report_date"], by).rename(by)
    is_withheld = rows.get("lost_state", "") == "withheld"
    groups = rows.assign(is_withheld=is_withheld).groupby([keys, *split], observed=True)
    sums = groups["launched_count"].sum(min_count=1).to_frame().mask(groups["is_withheld"].any())
    sums["report_date_count"] = groups["report_date"].nunique()
    if of or by == "all" or rows.empty:
        return sums.sort_index().reset_index()
    whole = _whole(sums, by).fillna({"report_date_count": 0})
    return whole.astype({"report_date_count": int}).reset_index()


def _one_series(rows, of):
    """Drones, missiles and rows of neither series are three things, and never added up."""
    series = _series(rows).fillna("others")
    added = series.groupby(rows[of], observed=True).nunique().max() if of else series.nunique()
    if of != "series" and added > 1:
        raise ValueError(
            f"launches: found {', '.join(sorted(series.unique()))} to add up, expected one of "
            'them; pass drones(air) or missiles(air), or of="series"'
        )


def _whole(sums, by):
    """The sums of every period from the first to the last, missing where there is none."""
    ends = sums.index.min(), sums.index.max()
    every = pd.period_range(*ends, freq=FREQUENCIES[by]).start_time.astype(sums.index.dtype)
    return sums.reindex(every.rename(by))


def nightly_launches(air) -> pd.DataFrame:
    """Return the drones launched of each date: `report_date` and `launched_count`.

    0 where the verdict is quiet or presumed quiet, missing where there is no report (R17).

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.nightly_launches(load()).nlargest(2, "launched_count")["launched_count"].tolist()
    [810, 728]
    """
    nights = nights_of(dataset_of(air).nights, "drones_launched_count")
    nights = nights[["report_date", "drones_launched_count"]]
    return nights.rename(columns={"drones_launched_count": "launched_count"})


def record_nights(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the nights that exceeded every night before, with the record they broke.

    `nightly` is as from `nightly_launches`. Columns: `report_date`,
    `launched_count`, `previous_record_count` (missing for the first night).

    Examples
    --------
    >>> from analysis import load, measures
    >>> records = measures.record_nights(measures.nightly_launches(load()))
    >>> records.tail(2)[["launched_count", "previous_record_count"]].to_numpy().tolist()
    [[728, 539], [810, 728]]
    """
    nights = nights_of(nightly, "launched_count")[["report_date", "launched_count"]].dropna()
    previous = nights["launched_count"].cummax().shift()
    is_record = (nights["launched_count"] > previous).fillna(True)
    return nights.assign(previous_record_count=previous)[is_record].reset_index(drop=True)


def cumulative_by_year(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the running sum of launches within each calendar year.

    `nightly` is as from `nightly_launches`. Columns: `report_date`;
    `year`, a number; `day_of_year_count` (1 to 366); `launched_cumulative_count`:
    missing nights add nothing, so it is a lower bound.

    Examples
    --------
    >>> from analysis import load, measures
    >>> running = measures.cumulative_by_year(measures.nightly_launches(load()))
    >>> running.groupby("year")["launched_cumulative_count"].last().to_dict()
    {2022: 409, 2023: 3113, 2024: 11046, 2025: 54585}
    """
    nightly = nights_of(nightly, "launched_count")
    dates = nightly["report_date"].dt
    running = nightly["launched_count"].fillna(0).groupby(dates.year).cumsum()
    return pd.DataFrame(
        {
            "report_date": nightly["report_date"],
            "year": dates.year,
            "day_of_year_count": dates.day_of_year,
            "launched_cumulative_count": running,
        }
    )
