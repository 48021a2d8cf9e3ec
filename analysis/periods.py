"""Days, weeks, months, quarters and years: of dates, as a table's column, and as a person or a CSV names them."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.names import known

FREQUENCIES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
PERIODS = [*FREQUENCIES, "all"]
COLUMNS = FREQUENCIES | {
    "report_date": "D",
    "outcome_week": "W-WED",
}  # the columns of tables that hold a period
_EXAMPLES = {
    "day": "2025-07-04",
    "week": "2025-06-30/2025-07-06",
    "month": "2025-07",
    "quarter": "2025Q3",
    "year": "2025",
}


def periods(dates: pd.Series, by: str) -> pd.Series:
    """Return the first day of each date's ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``.

    With ``all`` it is the first of the dates.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.periods(load().nights["report_date"], "quarter").iloc[-1]
    Timestamp('2025-10-01 00:00:00')
    """
    if known("period", by, PERIODS) == "all":
        return dates.mask(dates.notna(), dates.min())
    return dates.dt.to_period(FREQUENCIES[by]).dt.start_time.astype(dates.dtype)


def period_names(dates: pd.Series, column: str) -> pd.Series:
    """Return the period of each date as a CSV or a command line names it: ``2025-07``, ``2025Q3``, ``2025-06-30/2025-07-06``."""
    return dates.dt.to_period(COLUMNS[column]).astype("str").where(dates.notna())


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its dates and periods as a CSV names them, without a time where none is given."""
    flat = table.copy()
    for name, column in flat.items():
        if isinstance(column.dtype, pd.PeriodDtype):
            flat[name] = column.astype("str")
        elif COLUMNS.get(name, "D") != "D" and pd.api.types.is_datetime64_dtype(column):
            flat[name] = period_names(column, name)
        elif pd.api.types.is_datetime64_dtype(column):
            has_time = (column.dropna() != column.dropna().dt.normalize()).any()
            flat[name] = column.dt.strftime("%Y-%m-%dT%H:%M" if has_time else "%Y-%m-%d")
    return flat


def span(value, by: str | None = None) -> pd.Period:
    """Return the period that a person names as a CSV does, or that a date falls in.

    `by` is its kind, if that is given; any name but those of `FREQUENCIES`, such as ``report_date``, is that of a day.

    Raises
    ------
    ValueError
        A name of no period, or one that may be read in two ways, such as 1/6/2025.

    Examples
    --------
    >>> span("2025q2"), span("2025-06"), span("2025-06-30/2025-07-06").days_in_month
    (Period('2025Q2', 'Q-DEC'), Period('2025-06', 'M'), 31)
    """
    kinds = [by if by in FREQUENCIES else "day"] if by else list(FREQUENCIES)
    if isinstance(value, (date, np.datetime64)) and not pd.isna(value):
        return pd.Period(pd.Timestamp(value), FREQUENCIES[kinds[0]])
    text = str(value).strip().upper()
    for kind in kinds:
        try:
            found = pd.Period(text.partition("/")[0], FREQUENCIES[kind])
        except ValueError:
            continue
        if str(found) == text:
            return found
    examples = " or ".join(_EXAMPLES[kind] for kind in kinds)
    raise ValueError(
        f"{by or 'period'}: found {str(value)!r}, expected one of the calendar, like {examples}"
    )


def days(dates, within: pd.Series | None = None) -> pd.DatetimeIndex:
    """Return the days that a person names, one or several: text, date or Timestamp.

    Raises
    ------
    ValueError
        What is no day, or one before or after those of `within`.
    """
    one = isinstance(dates, str) or not hasattr(dates, "__iter__")
    starts = [span(day, "day").start_time for day in ([dates] if one else dates)]
    found = pd.DatetimeIndex(starts, dtype="datetime64[us]").unique()
    strays = found[:0] if within is None else found[(found < within.min()) | (found > within.max())]
    if len(strays):
        raise ValueError(
            f"day: found {strays[0]:%Y-%m-%d}, expected one of {within.min():%Y-%m-%d} to {within.max():%Y-%m-%d}"
        )
    return found
