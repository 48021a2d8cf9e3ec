"""What was recorded: the state of every date, and which quantities the reports gave when.

Counting starts from knowing which dates say nothing. A date without a drone
row is never a zero by itself (R17), and a quantity that no report gives is
something else than a reported zero (R11) or a merged figure (R12).
"""

import pandas as pd

from analysis.measures.launches import drones
from analysis.names import dataset_of, table_of
from analysis.periods import periods

DATE_STATES = ["report", "press addition", "quiet", "presumed quiet", "unknown", "no report"]
QUANTITIES = [
    "shot_down_count",
    "lost_count",
    "still_airborne_count",
    "left_airspace_count",
    "hit_location_count",
    "debris_location_count",
    "shahed_count",
]
QUANTITY_STATES = ["counted", "zero", "merged", "not reported", "withheld", "no report"]


def date_states(air) -> pd.DataFrame:
    """Return what the drone reports say of every date of a dataset (R17).

    Parameters
    ----------
    air : Dataset

    Returns
    -------
    DataFrame
        A row a `report_date`. `state`, one of `DATE_STATES`: a drone report; one
        known from press copies alone (R16); a verdict of `quiet_nights`; "no
        report" for a date without a drone row before September 2024, "unknown"
        for one without a verdict after. Only quiet and presumed quiet are zeros.
        `drone_row_count`, `other_row_count`: rows of the ledger on that date.

    Examples
    --------
    >>> from analysis import load, measures
    >>> int((measures.date_states(load())["state"] == "no report").sum())
    336
    """
    air = dataset_of(air)
    dates, in_series = air.nights["report_date"], air.reports["is_in_drone_series"]
    state = (
        air.nights["report_kind"]
        .astype("str")
        .replace({"press": "press addition", "none": "no report"})
    )
    rows = [
        air.reports.loc[chosen, "report_date"].value_counts().reindex(dates, fill_value=0)
        for chosen in (in_series, ~in_series)
    ]
    return pd.DataFrame(
        {
            "report_date": dates,
            "state": pd.Categorical(state, DATE_STATES),
            "drone_row_count": rows[0].to_numpy(),
            "other_row_count": rows[1].to_numpy(),
        }
    )


def quantity_states(reports, states: pd.DataFrame) -> pd.DataFrame:
    """Return whether each date's drone reports gave each quantity.

    Parameters
    ----------
    reports : DataFrame or Dataset
        The table of that name.
    states : DataFrame
        As from `date_states`.

    Returns
    -------
    DataFrame
        `report_date` as in `states`, and a column for each of `QUANTITIES`; values, one of
        `QUANTITY_STATES`: counted (above zero in at least one row), zero (given
        as 0 in every row that gives it), merged (lost in regime D, R12), not
        reported, withheld (the source hides the date's figures), or no report
        (the date has no drone row).

    Examples
    --------
    >>> from analysis import load, measures
    >>> air = load()
    >>> states = measures.quantity_states(air, measures.date_states(air)).set_index("report_date")
    >>> states.loc[["2025-07-04", "2025-08-01"], "lost_count"].tolist()
    ['counted', 'merged']
    """
    series = drones(reports)
    dates = pd.Index(
        table_of(states, "date_states", "report_date", "drone_row_count")["report_date"]
    )
    highest = series.groupby("report_date")[QUANTITIES].max().reindex(dates)
    table = highest.gt(0).astype(object).where(highest.notna())
    table = table.replace({True: "counted", False: "zero"}).astype(object).fillna("not reported")
    merged = dates.isin(series.loc[series["lost_state"] == "merged", "report_date"])
    table["lost_count"] = table["lost_count"].mask(merged, "merged")
    withheld = dates.isin(series.loc[series["lost_state"] == "withheld", "report_date"])
    table = table.mask(highest.isna() & withheld[:, None], "withheld")
    is_empty = (states["drone_row_count"] == 0).to_numpy()
    return (
        table.mask(pd.Series(is_empty, dates), "no report")
        .astype(pd.CategoricalDtype(QUANTITY_STATES))
        .reset_index()
    )


def quantity_coverage(quantities: pd.DataFrame, by: str = "month") -> pd.DataFrame:
    """Return how many dates of each period gave each quantity, long.

    Parameters
    ----------
    quantities : DataFrame
        As from `quantity_states`.
    by : {"week", "month", "quarter", "year"}

    Returns
    -------
    DataFrame
        Columns: `quantity`, the period, `state`, `date_count`, and `date_share`
        of the period's dates in 0 to 1. States that do not occur have 0, but for
        withheld, which is left out where it does not occur at all.

    Examples
    --------
    >>> from analysis import load, measures
    >>> air = load()
    >>> table = measures.quantity_coverage(measures.quantity_states(air, measures.date_states(air)), by="year")
    >>> table.query("quantity == 'lost_count' and state == 'merged'")["date_count"].tolist()
    [0, 0, 0, 161]
    """
    quantities = _with_states(quantities)
    given = (
        quantities[QUANTITIES].astype(object).assign(**{by: periods(quantities["report_date"], by)})
    )
    long = given.melt(by, var_name="quantity", value_name="state")
    table = long.groupby(["quantity", by, "state"]).size().unstack(fill_value=0)
    states = [state for state in QUANTITY_STATES if state != "withheld" or state in table]
    table = table.reindex(columns=pd.Index(states, name="state"), fill_value=0)
    table = table.reindex(QUANTITIES, level="quantity").stack().rename("date_count").reset_index()
    return table.assign(
        date_share=table["date_count"]
        / table.groupby(["quantity", by])["date_count"].transform("sum")
    )


def _with_states(quantities):
    quantities = table_of(quantities, "quantity_states", "report_date", *QUANTITIES)
    if pd.api.types.is_numeric_dtype(quantities["lost_count"]):
        raise ValueError("found counts, expected a frame like that of quantity_states")
    return quantities


def quantity_history(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return for each `quantity` the first and last date it was given, and the dates that gave it.

    `quantities` is as from `quantity_states`.
    `given_date_count` includes the dates that gave a zero, of which there are
    `zero_date_count`. A quantity never given has no first or last date.

    Examples
    --------
    >>> from analysis import load, measures
    >>> air = load()
    >>> history = measures.quantity_history(measures.quantity_states(air, measures.date_states(air)))
    >>> f"{history.set_index('quantity').at['lost_count', 'first_date']:%Y-%m-%d}"
    '2024-07-10'
    """
    quantities = _with_states(quantities).set_index("report_date")
    given = quantities.isin(["counted", "zero"])
    return (
        pd.DataFrame(
            {
                "first_date": given.idxmax().where(given.any()),
                "last_date": given[::-1].idxmax().where(given.any()),
                "given_date_count": given.sum(),
                "zero_date_count": quantities.eq("zero").sum(),
                "merged_date_count": quantities.eq("merged").sum(),
                "not_reported_date_count": quantities.eq("not reported").sum(),
            }
        )
        .rename_axis("quantity")
        .reset_index()
    )


def launch_areas(air, by: str = "quarter") -> pd.DataFrame:
    """Return in how many drone reports of each period an area is named as a place of launch.

    What was launched is never split among areas: a report that names three
    counts for each of them, so that the shares of a period add up to more than 1.

    Parameters
    ----------
    air : Dataset
    by : {"week", "month", "quarter", "year"}

    Returns
    -------
    DataFrame
        A row a period (its first day) and `area`: `report_count`, reports of
        the drone series that name it; `report_share` of those of the period, in
        0 to 1. An area that none names has no row.

    Examples
    --------
    >>> from analysis import load, measures
    >>> areas = measures.launch_areas(load(), by="year").query("year >= '2025-01-01'")
    >>> areas.nlargest(3, "report_count")["area"].tolist()
    ['Primorsko-Akhtarsk', 'Kursk oblast', 'Millerovo']
    """
    rows = drones(dataset_of(air))
    rows = rows[["report_id"]].assign(**{by: periods(rows["report_date"], by)})
    counts = (
        rows.merge(air.launch_areas, on="report_id")
        .groupby([by, "area"])
        .size()
        .rename("report_count")
        .reset_index()
    )
    return counts.assign(
        report_share=counts["report_count"] / counts[by].map(rows[by].value_counts())
    )


def area_coverage(air, by: str = "quarter") -> pd.DataFrame:
    """Return how far the drone reports of each period name places of launch at all.

    A row a period: `report_count`, `naming_report_share` of them, in 0 to 1, and
    `areas_per_report_ratio`, areas named by a report that names any.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.area_coverage(load(), by="year")["naming_report_share"].round(2).tolist()
    [0.26, 0.8, 0.94, 1.0]
    """
    rows = drones(dataset_of(air))
    named = air.launch_areas["report_id"].value_counts().reindex(rows["report_id"])
    groups = named.groupby(periods(rows["report_date"], by).rename(by).to_numpy())
    return (
        pd.DataFrame(
            {
                "report_count": groups.size(),
                "naming_report_share": groups.count() / groups.size(),
                "areas_per_report_ratio": groups.mean(),
            }
        )
        .rename_axis(by)
        .reset_index()
    )
