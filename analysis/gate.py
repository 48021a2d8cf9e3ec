"""The door of every measure: a frame is as the dataset has it, or one error says what is not.

A merge repeats reports, a CSV that was read by hand has texts for dates, and a sum over either is
wrong without a word. What a measure is given is therefore looked at once, here.
"""

import pandas as pd

from analysis.names import known


def rows_of(rows, *columns: str, per: tuple | list = ()) -> pd.DataFrame:
    """Return rows of reports as they are, once they are fit to be counted.

    Parameters
    ----------
    rows : DataFrame
        Rows such as ``drones(air)``, each report once.
    *columns : str
        Columns that are needed beside `report_id` and `report_date`.
    per : sequence of str
        Columns within whose values each report stands once, where rows are repeated on purpose.

    Raises
    ------
    ValueError
        No frame, a missing column, a repeated report, or a column of another type.
    """
    columns_of(rows, "reports, such as drones(air)", "report_id", "report_date", *columns)
    repeated = rows.duplicated(["report_id", *per])
    if repeated.any():
        raise ValueError(
            f"report_id: found {rows.loc[repeated, 'report_id'].iloc[0]} in several rows, expected "
            "each report once; a merge repeats rows: count before it, or drop_duplicates"
        )
    return rows


def records_of(table, key: str, like: str, *columns: str) -> pd.DataFrame:
    """Return a table as it is, once its key tells each row apart and its columns have their types.

    `like` is the table or the function that gives such a frame, for the error.

    Raises
    ------
    ValueError
        No frame, a missing column, one of another type, or a key in several rows.
    """
    columns_of(table, like, key, *columns)
    repeated = table[key].duplicated()
    if repeated.any():
        raise ValueError(
            f"{key}: found {table.loc[repeated, key].iloc[0]} in several rows, expected each once, "
            f"as in {like}"
        )
    return table


def nights_of(
    nights, *columns: str, date: str = "report_date", like: str = "nightly_launches(air)"
) -> pd.DataFrame:
    """Return nights as they are, once they are fit: one row per `report_date`, in their order.

    Parameters
    ----------
    nights : DataFrame
    *columns : str
        Columns that are needed beside the date.
    date : str
        The column of dates; months are looked at like nights.
    like : str
        What gives such a frame, for the error.

    Raises
    ------
    ValueError
        No frame, a missing column, one of another type, a repeated date, or dates out of order.
    """
    columns_of(nights, like, date, *columns, date=date)
    dates = nights[date]
    repeated = dates.duplicated()
    if repeated.any():
        raise ValueError(
            f"{date}: found {dates[repeated].iloc[0]:%Y-%m-%d} in several rows, expected "
            f"one row each, as from {like}"
        )
    if not dates.is_monotonic_increasing:
        raise ValueError(
            f'{date}: found dates out of order, expected one after the other; sort_values("{date}")'
        )
    return nights


def columns_of(frame, like: str, *columns: str, date: str = "report_date") -> pd.DataFrame:
    """Return a frame as it is, if it has these columns in the dataset's types.

    `like` says what has them, for the error; `date` is the column that has days.

    Raises
    ------
    ValueError
        No frame, a missing column, or one of another type.
    """
    if not hasattr(frame, "columns"):
        raise ValueError(f"found {type(frame).__name__}, expected a frame like {like}")
    for name in columns:
        column = frame[known("column", name, frame.columns)]
        if name in (date, "period_start", "period_end"):
            _dates(name, column)
        elif name.endswith(("_count", "value")) and not pd.api.types.is_integer_dtype(column):
            raise _misfit(name, column, "whole numbers", '"Int64"')
        elif name.startswith(("is_", "has_", "overlaps_")) and column.dtype != bool:
            raise _misfit(name, column, "True and False", "bool")
    return frame


def _dates(name, column):
    if not pd.api.types.is_datetime64_dtype(column):
        found = column.dtype
    elif column.isna().any():
        found = "a missing one"
    elif (column != column.dt.normalize()).any():
        found = f"{column[column != column.dt.normalize()].iloc[0]}"
    else:
        return
    raise ValueError(
        f"{name}: found {found}, expected days without an hour; "
        "load() gives them, or pd.to_datetime(...).dt.normalize()"
    )


def _misfit(name, column, expected, dtype):
    return ValueError(
        f"{name}: found {column.dtype}, expected {expected}; load() gives them, or astype({dtype})"
    )
