"""What several charts share: places of periods on a time axis, stacks, bands, and the axes of counts and percent."""

import numpy as np
import pandas as pd
from matplotlib.ticker import NullLocator

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


def stack(ax, starts, widths, layers, base=0.0) -> None:
    """Draw bars on top of each other from `base` up: `layers` are pairs of heights and the look of `Axes.bar`.

    A height that is missing or not to be drawn is NaN: it has no bar and adds nothing.
    """
    bottom, widths = np.full(len(starts), float(base)), np.asarray(widths)
    for heights, look in layers:
        heights = np.asarray(heights, dtype=float)
        drawn = ~np.isnan(heights)
        ax.bar(starts[drawn], heights[drawn], widths[drawn], bottom=bottom[drawn], align="edge", **look)
        bottom += np.where(drawn, heights, 0)


def band(ax, x, middle_line, low, high, color) -> None:
    """Draw a line with a dot a value and its interval as a band; a missing value is a gap."""
    ax.fill_between(x, low, high, color=color, alpha=0.2, linewidth=0)
    ax.plot(x, middle_line, color=color, marker="o", markersize=4)


def percent(ax, top=100) -> None:
    """Let an axis run from 0 to `top` percent."""
    ax.set_ylim(0, top)
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:.0f} %")


def thousands(axis) -> None:
    """Write the counts of an axis with thousands separators."""
    axis.set_major_formatter(lambda count, _: f"{count:,.0f}")


def log_counts(axis, ticks) -> None:
    """Let an axis count in powers, with these ticks alone."""
    (axis.axes.set_xscale if axis.axis_name == "x" else axis.axes.set_yscale)("log")
    axis.set_ticks(ticks, [f"{tick:,}" for tick in ticks])
    axis.set_minor_locator(NullLocator())
