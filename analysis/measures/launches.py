"""What was launched: the two series, counts a night and a period, records, cumulative sums. Gaps stay gaps."""

import pandas as pd

from analysis.names import unknown

MISSILE_CLASSES = ["cruise_missile", "ballistic_missile", "guided_air_launched_missile", "mixed_missiles"]
FREQUENCIES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def table_of(data, name: str, *columns: str) -> pd.DataFrame:
    """Return the table of that name of a dataset, or a frame in its place as it is; ValueError where a column lacks."""
    frame = getattr(data, name, data)
    for column in columns:
        if column not in frame:
            raise unknown("column", column, frame.columns)
    return frame


def drones(reports) -> pd.DataFrame:
    """Return the rows of the national one-way attack drone series (R6); `reports` is that table, or the dataset."""
    reports = table_of(reports, "reports", "is_in_drone_series")
    return reports[reports["is_in_drone_series"]]


def missiles(reports) -> pd.DataFrame:
    """Return the missile rows, national and regional (R7); `overlaps_national` bounds double counting.

    `reports` is the table of that name, or the dataset.
    """
    reports = table_of(reports, "reports", "weapon_class")
    return reports[reports["weapon_class"].isin(MISSILE_CLASSES)]


def with_series(reports) -> pd.DataFrame:
    """Return the reports with a column `series`: ``drones`` (R6), ``missiles`` (R7), or missing for neither (R20)."""
    reports = table_of(reports, "reports", "weapon_class", "is_in_drone_series")
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    names = pd.Series(pd.NA, reports.index, dtype="str").mask(is_missile, "missiles")
    return reports.assign(series=names.mask(reports["is_in_drone_series"], "drones"))


def periods(dates: pd.Series, by: str) -> pd.Series:
    """Return the first day of each date's ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``."""
    if by not in FREQUENCIES:
        raise unknown("period", by, FREQUENCIES)
    return dates.dt.to_period(FREQUENCIES[by]).dt.start_time.astype(dates.dtype)


def period_names(dates: pd.Series, by: str) -> pd.Series:
    """Return the period of each date as a CSV or a command line names it: ``2025-07``, ``2025Q3``, ``2025-06-30/2025-07-06``."""
    return dates.dt.to_period(FREQUENCIES.get(by, by)).astype("str").where(dates.notna())


def launches(reports, by: str = "month", of: str | None = None) -> pd.DataFrame:
    """Return launched counts a period, gaps as gaps.

    Parameters
    ----------
    reports : DataFrame
        Rows with `report_date` and `launched_count`, e.g. ``drones(air)``.
    by : {"day", "week", "month", "quarter", "year"}
        ``day`` adds up the given rows of each report date; the national totals
        of a night are in ``air.nights``.
    of : str, optional
        A column to split by, such as ``"weapon_class"`` or ``"series"``; for
        families see `family_launches`.

    Returns
    -------
    DataFrame
        A row a period (and value of `of`), named `by`: its first day.
        `launched_count`: sum of the reported launches, missing where no row of
        `reports` falls into the period (R17), all its counts are unknown (R11),
        or the source withholds one. `report_date_count`: dates with a row.
        Without `of`, every period from the first to the last has a row.

    Raises
    ------
    ValueError
        An unknown period or column, with the nearest ones.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.launches(measures.drones(load()), by="year")["launched_count"].tolist()
    [409, 3113, 11048, 54585]
    """
    reports = table_of(reports, "reports", "report_date", "launched_count", *([of] if of else []))
    keys = periods(reports["report_date"], by).rename(by)
    is_withheld = reports.get("lost_state", "") == "withheld"
    groups = reports.assign(is_withheld=is_withheld).groupby([keys, of] if of else keys, observed=True)
    sums = groups["launched_count"].sum(min_count=1).to_frame().mask(groups["is_withheld"].any())
    sums["report_date_count"] = groups["report_date"].nunique()
    if of or reports.empty:
        return sums.sort_index().reset_index()
    return _whole(sums, by).fillna({"report_date_count": 0}).astype({"report_date_count": int}).reset_index()


def _whole(sums, by):
    """The sums of every period from the first to the last, missing where there is none."""
    ends = sums.index.min(), sums.index.max()
    every = pd.period_range(*ends, freq=FREQUENCIES[by]).start_time.astype(sums.index.dtype)
    return sums.reindex(every.rename(by))


def nightly_launches(nights) -> pd.DataFrame:
    """Return the drones launched of each date: `report_date` and `launched_count`.

    `nights` is the table of that name, or the dataset. 0 where the verdict is
    quiet or presumed quiet, missing where there is no report (R17).
    """
    nights = table_of(nights, "nights", "report_date", "drones_launched_count")
    return nights[["report_date", "drones_launched_count"]].rename(columns={"drones_launched_count": "launched_count"})


def record_nights(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the nights that exceeded every night before, with the record they broke.

    `nightly` is a frame like that of `nightly_launches`. Columns: `report_date`,
    `launched_count`, `previous_record_count` (missing for the first night).
    """
    known = nightly[["report_date", "launched_count"]].dropna()
    previous = known["launched_count"].cummax().shift()
    is_record = (known["launched_count"] > previous).fillna(True)
    return known.assign(previous_record_count=previous)[is_record].reset_index(drop=True)


def cumulative_by_year(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the running sum of launches within each calendar year.

    `nightly` is a frame like that of `nightly_launches`. Columns: `report_date`;
    `year`, a number; `day_of_year_count` (1 to 366); `launched_cumulative_count`:
    missing nights add nothing, so it is a lower bound.
    """
    dates = nightly["report_date"].dt
    running = nightly["launched_count"].fillna(0).groupby(dates.year).cumsum()
    return pd.DataFrame({"report_date": nightly["report_date"], "year": dates.year, "day_of_year_count": dates.day_of_year,
                         "launched_cumulative_count": running})
