"""From the period column of a tidy table to places on a time axis."""

import pandas as pd

_COLUMNS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y", "outcome_week": "W-WED"}


def by_period(table: pd.DataFrame) -> pd.DataFrame:
    """Return a tidy table with its one period column as a PeriodIndex: the span of time that each row covers."""
    found = [name for name in _COLUMNS if name in table]
    if len(found) != 1:
        raise ValueError(f"found the columns {', '.join(map(str, table))}; expected one of {', '.join(_COLUMNS)}")
    index = pd.DatetimeIndex(table[found[0]]).to_period(_COLUMNS[found[0]])
    return table.drop(columns=found).set_index(index)


def middle(periods: pd.PeriodIndex) -> pd.DatetimeIndex:
    """Return the middle of each period."""
    return periods.start_time + (periods.end_time - periods.start_time) / 2
