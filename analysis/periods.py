"""Days, weeks, months, quarters and years: of dates, in a table, and as people name them."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.names import known

__all__ = ["periods", "period_names", "as_text", "span", "days"]

FREQUENCIES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
PERIODS = [*FREQUENCIES, "all"]
# the columns of tables that hold a period
COLUMNS = FREQUENCIES | {"report_date": "D", "outcome_week": "W-WED"}
_EXAMPLES = {
    "day": "2025-07-04",
    "week": "2025-06-30/2025-07-06",
    "month": "2025-07",
    "quarter": "2025Q3",
    "year": "2025",
}


def periods(dates: pd.Series, by: str) -> pd.Series:
    """Return the first day of the period that each date falls in.

    Parameters
    ----------
    dates : Series of datetime
        A missing date has no period.
    by : str
        ``day``, ``week`` (from Monday), ``month``, ``quarter``, ``year``, or ``all``: the whole
        of the dates is one period, and its first day is the first of them.

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
    """Return the period of each date as a CSV or a command line names it.

    A month is ``2025-07``, a quarter ``2025Q3``, a week ``2025-06-30/2025-07-06``.
    """
    return dates.dt.to_period(COLUMNS[column]).astype("str").where(dates.notna())


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its dates and periods as a CSV names them.

    A column of dates has a time where one of them has.
    """
    flat = table.copy()
    for name, column in table.items():
        if isinstance(column.dtype, pd.PeriodDtype):
            flat[name] = column.astype("str")
        if not pd.api.types.is_datetime64_dtype(column):
            continue
        if COLUMNS.get(name, "D") != "D":
            flat[name] = period_names(column, name)
        else:
            has_time = (column.dropna() != column.dropna().dt.normalize()).any()
            flat[name] = column.dt.strftime("%Y-%m-%dT%H:%M" if has_time else "%Y-%m-%d")
    return flat


def span(value, by: str | None = None) -> pd.Period:
    """Return the period that a person names as a CSV does, or that a date falls in.

    `by` is its kind, if that is given; any name but those of `FREQUENCIES`, such as
    ``report_date``, is that of a day.

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
    is_one = isinstance(dates, str) or not hasattr(dates, "__iter__")
    starts = [span(day, "day").start_time for day in ([dates] if is_one else dates)]
    named = pd.DatetimeIndex(starts, dtype="datetime64[us]").unique()
    if within is not None:
        first, last = within.min(), within.max()
        for day in named[(named < first) | (named > last)]:
            raise ValueError(
                f"day: found {day:%Y-%m-%d}, expected one of {first:%Y-%m-%d} to {last:%Y-%m-%d}"
            )
    return named
