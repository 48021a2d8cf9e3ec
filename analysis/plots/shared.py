"""What several charts share: places of periods on a time axis, stacks, bands, and the axes of counts and percent."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import NullLocator

from analysis.names import table_of
from analysis.periods import COLUMNS
from analysis.values import mark


def by_period(table: pd.DataFrame, *columns: str, by: str | None = None) -> pd.DataFrame:
    """Return a tidy table with its one period column as a PeriodIndex: the span of time that each row covers.

    Parameters
    ----------
    table : DataFrame
        A row a period. The period is a column or the index, named `day`,
        `report_date`, `week`, `month`, `quarter`, `year` or `outcome_week`, of
        dates in the period or of pandas periods.
    *columns : str
        Others that are drawn.
    by : str, optional
        The one period that the chart is made for.

    Returns
    -------
    DataFrame
        The other columns, indexed by period in the order of the table.

    Raises
    ------
    ValueError
        No column or several are a period, it is not `by`, a period has several
        rows, or one of `columns` is not there.
    """
    table = table.reset_index() if table.index.name in COLUMNS else table
    found = [name for name in COLUMNS if name in table]
    if len(found) != 1:
        raise ValueError(
            f"found the columns {', '.join(map(str, table))}; expected one of {', '.join(COLUMNS)}"
        )
    if by and found != [by]:
        raise ValueError(f"found a row a {found[0]}, expected a row a {by}")
    table_of(table, "a measure", *columns)
    index = pd.PeriodIndex(table[found[0]], freq=COLUMNS[found[0]])
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        hint = " (one regime, or pool=True)" if "regime_id" in table else ""
        raise ValueError(
            f"{found[0]} {twice} has {(index == twice).sum()} rows; expected one: choose what to draw first{hint}"
        )
    return table.drop(columns=found).set_index(index)


def spans(periods: pd.PeriodIndex) -> tuple[pd.DatetimeIndex, pd.Index]:
    """Return the start of each period and its length in days."""
    return periods.start_time, ((periods + 1).start_time - periods.start_time).days


def middle(periods: pd.PeriodIndex, ends=None) -> pd.DatetimeIndex:
    """Return the middle of each period, the first and last cut to the dates `ends` if those are given."""
    starts, stops = periods.start_time.to_series(), periods.end_time.to_series()
    if ends:
        starts.iloc[0], stops.iloc[-1] = pd.Timestamp(ends[0]), pd.Timestamp(ends[1])
    return pd.DatetimeIndex(starts.array + (stops.array - starts.array) / 2)


def stack(
    ax: Axes,
    starts,
    widths,
    heights: pd.DataFrame,
    looks: dict,
    base: float = 0.0,
    rows: pd.DataFrame | None = None,
    value: str | None = None,
) -> None:
    """Draw a bar a row from `base` up, a column of `looks` a part with its look; where a height is missing there is no bar.

    Each part marks its column of `rows`, by default of `heights`; in a long table that of `value`, in the row that has the
    part's name in the column that the columns of `heights` are named for.
    """
    bottom, rows = np.full(len(heights), float(base)), heights if rows is None else rows
    for column, look in looks.items():
        part = heights[column].to_numpy(dtype="float64", na_value=np.nan)
        drawn, top = ~np.isnan(part), bottom + np.nan_to_num(part)
        ax.bar(
            starts[drawn],
            part[drawn],
            widths[drawn],
            bottom=bottom[drawn],
            align="edge",
            **{"linewidth": 0, **look},
        )
        seen, named = part > 0, rows.assign(**{heights.columns.name: column}) if value else rows
        mark(
            ax,
            starts[seen],
            bottom[seen],
            named[seen],
            value or column,
            to=(starts[seen] + pd.to_timedelta(widths[seen], "D"), top[seen]),
        )
        bottom = top


def band(ax: Axes, x, rows: pd.DataFrame, columns: list[str], color: str, scale: float = 1) -> None:
    """Draw a line with a dot each in the band of its interval; `columns` of `rows` are the value, its low and its high end."""
    value, low, high = (rows[column].astype("float64") * scale for column in columns)
    ax.fill_between(x, low, high, color=color, alpha=0.2, linewidth=0)
    ax.plot(x, value, color=color, marker="o", markersize=4)
    mark(ax, x, value, rows, *columns)


def percent(ax: Axes, low: float = 0, high: float = 100) -> None:
    """Make the vertical axis one of percent, whole unless said otherwise."""
    ax.set_ylim(low, high)
    ax.yaxis.set_major_formatter("{x:.0f}%")


def thousands(axis: Axis) -> None:
    """Write the counts of an axis with thousands separators."""
    axis.set_major_formatter("{x:,.0f}")


def log_counts(axis: Axis, ticks: list[int]) -> None:
    """Let an axis count in powers, with these ticks alone."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_ticks(ticks, [f"{tick:,}" for tick in ticks])
    axis.set_minor_locator(NullLocator())
