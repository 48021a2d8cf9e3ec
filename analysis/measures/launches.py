"""What was launched: the two series, counts a night and a period, records, cumulative sums. Gaps stay gaps."""

import pandas as pd

from analysis.names import table_of
from analysis.periods import FREQUENCIES, periods

MISSILE_CLASSES = [
    "cruise_missile",
    "ballistic_missile",
    "guided_air_launched_missile",
    "mixed_missiles",
]


def drones(reports) -> pd.DataFrame:
    """Return the rows of the national one-way attack drone series (R6); `reports` is that table, or the dataset.

    Examples
    --------
    >>> from analysis import load, measures
    >>> int(measures.drones(load())["launched_count"].sum())
    69155
    """
    reports = table_of(reports, "reports", "is_in_drone_series")
    return reports[reports["is_in_drone_series"]]


def missiles(reports) -> pd.DataFrame:
    """Return the missile rows, national and regional (R7); `overlaps_national` bounds double counting.

    `reports` is the table of that name, or the dataset.

    Examples
    --------
    >>> from analysis import load, measures
    >>> len(measures.missiles(load()))
    1161
    """
    reports = table_of(reports, "reports", "weapon_class")
    return reports[reports["weapon_class"].isin(MISSILE_CLASSES)]


def with_series(reports) -> pd.DataFrame:
    """Return the reports with a column `series`: ``drones`` (R6), ``missiles`` (R7), or missing for neither (R20).

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.with_series(load())["series"].value_counts().to_dict()
    {'missiles': 1161, 'drones': 868}
    """
    reports = table_of(reports, "reports", "weapon_class", "is_in_drone_series")
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    names = pd.Series(pd.NA, reports.index, dtype="str").mask(is_missile, "missiles")
    return reports.assign(series=names.mask(reports["is_in_drone_series"], "drones"))


def launches(reports, by: str = "month", of: str | None = None) -> pd.DataFrame:
    """Return launched counts a period, gaps as gaps.

    Parameters
    ----------
    reports : DataFrame or Dataset
        Rows with `report_date` and `launched_count`, e.g. ``drones(air)``.
    by : {"day", "week", "month", "quarter", "year"}
        ``day`` adds up the given rows of each report date; the national totals
        of a night are in ``air.nights``.
    of : str, optional
        A column to split by, such as ``"weapon_class"``, or ``"series"``; for
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
        An unknown period or column, with the nearest ones; or drones, missiles
        and other rows that would be added up.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.launches(measures.drones(load()), by="year")["launched_count"].tolist()
    [409, 3113, 11048, 54585]
    """
    reports = table_of(reports, "reports")
    reports = with_series(reports) if of == "series" and of not in reports else reports
    reports = table_of(reports, "reports", "report_date", "launched_count", *([of] if of else []))
    _one_series(reports, of)
    keys = periods(reports["report_date"], by).rename(by)
    is_withheld = reports.get("lost_state", "") == "withheld"
    groups = reports.assign(is_withheld=is_withheld).groupby(
        [keys, of] if of else keys, observed=True
    )
    sums = groups["launched_count"].sum(min_count=1).to_frame().mask(groups["is_withheld"].any())
    sums["report_date_count"] = groups["report_date"].nunique()
    if of or reports.empty:
        return sums.sort_index().reset_index()
    return (
        _whole(sums, by)
        .fillna({"report_date_count": 0})
        .astype({"report_date_count": int})
        .reset_index()
    )


def _one_series(reports, of):
    """Drones, missiles and rows of neither series are three things, and never added up."""
    if of == "series" or not {"weapon_class", "is_in_drone_series"} <= set(reports):
        return
    series = with_series(reports)["series"].fillna("others")
    if (series.groupby(reports[of], observed=True).nunique().max() if of else series.nunique()) > 1:
        raise ValueError(
            f"launches: found {', '.join(sorted(series.unique()))} to add up, expected one of them; "
            'pass drones(air) or missiles(air), or of="series"'
        )


def _whole(sums, by):
    """The sums of every period from the first to the last, missing where there is none."""
    ends = sums.index.min(), sums.index.max()
    every = pd.period_range(*ends, freq=FREQUENCIES[by]).start_time.astype(sums.index.dtype)
    return sums.reindex(every.rename(by))


def nightly_launches(nights) -> pd.DataFrame:
    """Return the drones launched of each date: `report_date` and `launched_count`.

    `nights` is the table of that name, the dataset, or a frame like the one
    returned. 0 where the verdict is quiet or presumed quiet, missing where there
    is no report (R17). A date in two rows is a ValueError.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.nightly_launches(load()).nlargest(2, "launched_count")["launched_count"].tolist()
    [810, 728]
    """
    nights = table_of(nights, "nights").rename(
        columns={"drones_launched_count": "launched_count", "day": "report_date"}
    )
    dates = table_of(nights, "nightly_launches", "report_date", "launched_count")["report_date"]
    if dates.duplicated().any():
        raise ValueError(
            f"nights: found {dates[dates.duplicated()].iloc[0]:%Y-%m-%d} in several rows, expected one a night, "
            "as from nightly_launches(air)"
        )
    return nights[["report_date", "launched_count"]]


def record_nights(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the nights that exceeded every night before, with the record they broke.

    `nightly` is as for `nightly_launches`. Columns: `report_date`,
    `launched_count`, `previous_record_count` (missing for the first night).

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.record_nights(load()).tail(2)[["launched_count", "previous_record_count"]].to_numpy().tolist()
    [[728, 539], [810, 728]]
    """
    nights = nightly_launches(nightly).dropna()
    previous = nights["launched_count"].cummax().shift()
    is_record = (nights["launched_count"] > previous).fillna(True)
    return nights.assign(previous_record_count=previous)[is_record].reset_index(drop=True)


def cumulative_by_year(nightly: pd.DataFrame) -> pd.DataFrame:
    """Return the running sum of launches within each calendar year.

    `nightly` is as for `nightly_launches`. Columns: `report_date`;
    `year`, a number; `day_of_year_count` (1 to 366); `launched_cumulative_count`:
    missing nights add nothing, so it is a lower bound.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.cumulative_by_year(load()).groupby("year")["launched_cumulative_count"].last().to_dict()
    {2022: 409, 2023: 3113, 2024: 11048, 2025: 54585}
    """
    nightly = nightly_launches(nightly)
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
