"""What was recorded: the state of every date, and how many reports give what.

Counting starts from knowing which dates say nothing. A date without a drone
row is never a zero by itself (R17), and what few reports name is no count of
what happened: see `coverage` beside any count of regions, carriers or hours.
"""

import pandas as pd

from analysis.gate import nights_of, rows_of
from analysis.measures.launches import drones, with_hours, with_series
from analysis.names import dataset_of, known
from analysis.periods import periods

DATE_STATES = ["report", "press addition", "quiet", "presumed quiet", "unknown", "no report"]
TABLES = ["launch_areas", "affected_regions"]  # of names, each with the report that has it


def date_states(air) -> pd.DataFrame:
    """Return what the drone reports say of every date of a dataset (R17).

    Parameters
    ----------
    air : Dataset

    Returns
    -------
    DataFrame
        One row per `report_date`. `state`, one of `DATE_STATES`: a drone report; one
        known from press copies alone (R16); a verdict of `quiet_nights`; "no
        report" for a date without a drone row before September 2024, "unknown"
        for one without a verdict after. Only quiet and presumed quiet are zeros.
        `drone_row_count`, `other_row_count`: rows of `reports` on that date.

    Examples
    --------
    >>> from analysis import load, measures
    >>> int((measures.date_states(load())["state"] == "no report").sum())
    336
    """
    nights = nights_of(dataset_of(air).nights, "report_kind")
    in_series = rows_of(air.reports, "is_in_drone_series")["is_in_drone_series"]
    dates = nights["report_date"]
    words = {"press": "press addition", "none": "no report"}
    state = nights["report_kind"].astype("str").replace(words)
    of_drones, of_others = (
        air.reports.loc[chosen, "report_date"].value_counts().reindex(dates, fill_value=0)
        for chosen in (in_series, ~in_series)
    )
    return pd.DataFrame(
        {
            "report_date": dates,
            "state": pd.Categorical(state, DATE_STATES),
            "drone_row_count": of_drones.to_numpy(),
            "other_row_count": of_others.to_numpy(),
        }
    )


def coverage(air, column: str, by: str = "month") -> pd.DataFrame:
    """Return how many reports of each period give a column, or name anything in a table.

    Parameters
    ----------
    air : Dataset
    column : str
        A column of `reports`, such as ``"shahed_count"`` or ``"carrier"``; an
        hour of `with_hours`; ``"launch_areas"`` or ``"affected_regions"``.
    by : {"month", "day", "week", "quarter", "year", "all"}

    Returns
    -------
    DataFrame
        One row per period, named `by` (its first day), and `series` (drones,
        missiles) of which any report gives it. `report_count`; of these
        `given_count` give it, `given_share` in 0 to 1; `given_date_count` dates
        with one that does, `first_date` and `last_date` of them. A count that is
        merged into another (R12) is not given, and a reported zero is.

    Raises
    ------
    ValueError
        An unknown column or period, with the nearest ones.

    Examples
    --------
    >>> from analysis import load, measures
    >>> named = measures.coverage(load(), "carrier", by="year").query("series == 'missiles'")
    >>> named["given_share"].round(2).tolist()
    [0.78, 0.54, 0.15, 0.19]
    """
    reports = rows_of(dataset_of(air).reports)
    reports = with_hours(with_series(reports)).dropna(subset="series")
    if known("column or table", column, [*reports, *TABLES]) in TABLES:
        is_given = reports["report_id"].isin(getattr(air, column)["report_id"])
    else:
        is_given = rows_of(reports, column)[column].notna()
    rows = pd.DataFrame({by: periods(reports["report_date"], by), "series": reports["series"]})
    rows = rows.assign(is_given=is_given, date=reports["report_date"].where(is_given))
    rows = rows[is_given.groupby(rows["series"]).transform("any")]
    table = rows.groupby([by, "series"]).agg(
        report_count=("is_given", "size"),
        given_count=("is_given", "sum"),
        given_share=("is_given", "mean"),
        given_date_count=("date", "nunique"),
        first_date=("date", "min"),
        last_date=("date", "max"),
    )
    return table.reset_index()


def launch_areas(air, *, by: str = "quarter") -> pd.DataFrame:
    """Return in how many drone reports of each period an area is named as a place of launch.

    What was launched is never split among areas: a report that names three
    counts for each of them, so that the shares of a period add up to more than 1.

    Parameters
    ----------
    air : Dataset
    by : {"quarter", "day", "week", "month", "year", "all"}

    Returns
    -------
    DataFrame
        One row per period (its first day) and `area`: `report_count`, reports of
        the drone series that name it; `report_share` of those of the period, in
        0 to 1. An area that none names has no row.

    Examples
    --------
    >>> from analysis import load, measures
    >>> areas = measures.launch_areas(load(), by="year").query("year >= '2025-01-01'")
    >>> areas.nlargest(3, "report_count")["area"].tolist()
    ['Primorsko-Akhtarsk', 'Kursk oblast', 'Millerovo']
    """
    rows = drones(air)
    rows = rows[["report_id"]].assign(**{by: periods(rows["report_date"], by)})
    named = rows.merge(air.launch_areas, on="report_id")
    counts = named.groupby([by, "area"]).size().rename("report_count").reset_index()
    reports = counts[by].map(rows[by].value_counts())
    return counts.assign(report_share=counts["report_count"] / reports)
