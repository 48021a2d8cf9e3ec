"""Where the rows of a table stand on an axis."""

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axis import Axis

from analysis.names import table_of
from analysis.periods import COLUMNS


def rows_of(table: pd.DataFrame, x: str, *columns: str | None) -> pd.DataFrame:
    """Return a table with `x` as a column, even where it is the index, and the columns drawn."""
    table = table.reset_index() if table.index.name == x else table
    return table_of(table, "a measure", x, *filter(None, columns))


def period_index(values: pd.Series) -> pd.PeriodIndex | None:
    """Return the periods of a column that is named for one, such as `month`; None for any other.

    Raises
    ------
    ValueError
        A period has several rows.
    """
    is_time = isinstance(values.dtype, pd.PeriodDtype) or pd.api.types.is_datetime64_dtype(values)
    if not is_time or values.name not in COLUMNS:
        return None
    periods = pd.PeriodIndex(values, freq=COLUMNS[values.name])
    if periods.has_duplicates:
        twice = periods[periods.duplicated()][0]
        raise ValueError(
            f"{values.name} {twice} has {(periods == twice).sum()} rows; expected one: "
            "choose what to draw first (one regime, or pool=True)"
        )
    return periods


def days(dates) -> np.ndarray:
    """Return dates as the numbers of Matplotlib's time axis."""
    return mdates.date2num(pd.DatetimeIndex(dates))


def boxes(axis: Axis, values: pd.Series, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the near edge and the width of a bar for each value, and let the axis name them.

    A period stands where its days do, a number where it is; anything else has a place of its own,
    in order. `share` of each place is filled.
    """
    periods = period_index(values)
    if periods is not None:
        axis.axis_date()
        starts = days(periods.start_time)
        share = 1 if COLUMNS[values.name] == "D" else share  # a gap would make a thin bar pale
        return starts, (days((periods + 1).start_time) - starts) * share
    if pd.api.types.is_numeric_dtype(values):
        places = values.to_numpy(dtype=float)
    else:
        places = np.arange(len(values), dtype=float)
        axis.set_ticks(places, values.astype("str"))
    return places - share / 2, np.full(len(values), share)


def middles(axis: Axis, values: pd.Series, ends: tuple | None = None) -> np.ndarray:
    """Return the middle of each place; `ends` cuts the first and last period to these dates."""
    periods = period_index(values)
    if periods is None:
        near, width = boxes(axis, values, 1)
        return near + width / 2
    axis.axis_date()
    starts, stops = days(periods.start_time), days(periods.end_time)
    if ends:
        starts[0], stops[-1] = days(ends)
    return (starts + stops) / 2


def groups_of(table: pd.DataFrame, x: str, by: str | None, color) -> tuple[pd.Series, list]:
    """Return the places of a chart, and of each group its name, rows, their places and its colour.

    Without `by` there is one group, and a place for each row; a dict of colours chooses groups.
    """
    if by is None:
        return table[x], [(None, table, np.arange(len(table)), color)]
    places = table[x].drop_duplicates()
    colors = color if isinstance(color, dict) else dict.fromkeys(table[by], color)
    groups = dict(list(table.groupby(by, sort=False, observed=True)))
    index = pd.Index(places)
    chosen = [(name, groups[name]) for name in colors if name in groups]
    return places, [(name, own, index.get_indexer(own[x]), colors[name]) for name, own in chosen]
