"""Bars, side by side or stacked, and the totals of longer periods above them."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import MaxNLocator

from analysis import style
from analysis.plots.places import boxes, days, groups_of, period_index, rows_of
from analysis.values import mark

_SHARE = 0.84  # of its place that a bar fills
_MOST_BARS = 200  # more are one collection: a patch for each takes seconds


@style.house
def bars(
    ax: Axes,
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    by: str | None = None,
    color: str | list | dict = style.BLUE,
    label: dict | None = None,
    numbers=None,
    horizontal: bool = False,
) -> Axes:
    """Draw one column of a table as bars, side by side for the values of another; return the Axes.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One row per bar. Where `y` is missing there is no bar.
    x : str
        A period, such as `month`, which stands where its days do, a number, or names in order.
    y : str
        The count, share or rate that is drawn.
    by : str, optional
        What the bars of one place differ by.
    color : str, list or dict
        One for all, one per row, or of each value of `by`.
    label : dict, optional
        The name of each value of `by`, for a key above.
    numbers : str or function, optional
        How each bar's value is written at its end, such as ``"{:,.0f}"``, instead of a grid.
    horizontal : bool
        Whether the bars lie, the first on top.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import plots, style
    >>> fig, ax = style.figure("A finding", "Drones launched per month, as reported")
    >>> months = pd.DataFrame({"month": pd.to_datetime(["2025-01-01"]), "launched_count": [2601]})
    >>> len(plots.bars(ax, months, x="month", y="launched_count").patches)
    1
    """
    table = rows_of(table, x, y, by)
    axis = ax.yaxis if horizontal else ax.xaxis
    places, groups = groups_of(table, x, by, color)
    near, width = boxes(axis, places, _SHARE)
    for turn, (name, rows, at, own) in enumerate(groups):
        room = width[at] / len(groups)
        look = {"color": own, "linewidth": 0, "label": (label or {}).get(name, "_")}
        start, filled = near[at] + turn * room, 0.92 if by else 1
        drawn = _draw(ax, start, room * filled, 0, rows, y, look, horizontal)
        if numbers:
            words = style.readable(own) if isinstance(own, str) else style.INK
            ax.bar_label(drawn, fmt=numbers, padding=2, fontsize=9, color=words)
            ax.margins(y=0.12)  # room for the numbers
            ax.grid(visible=False)
    if label:
        ax.legend(ncols=len(label), loc="lower left", bbox_to_anchor=(-0.02, 1))
    if horizontal:
        ax.invert_yaxis()
    return ax


@style.house
def stacked_bars(
    ax: Axes,
    table: pd.DataFrame,
    *,
    x: str,
    y: list[str],
    color: dict | None = None,
    label: dict | None = None,
    hatch: dict | None = None,
    until: str | None = None,
    horizontal: bool = False,
) -> Axes:
    """Draw columns of a table as parts of one bar per row; return the Axes.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One row per bar. A part that is missing is not drawn.
    x : str
        A period, such as `month`, a number, or names in order; or the first date of each bar.
    y : list of str
        The parts, from below.
    color : dict, optional
        Of each part, by default `style.color` of its name.
    label : dict, optional
        The name of each part: beside the last bar, in the colour of the part.
    hatch : dict, optional
        The parts that are hatched, each with the colour of its strokes.
    until : str, optional
        The last date of each bar, where `x` is the first.
    horizontal : bool
        Whether the bars lie, the first on top.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import plots, style
    >>> fig, ax = style.figure("A finding", "Drones launched, as reported")
    >>> weeks = pd.DataFrame({"week": ["first"], "shahed_count": [6], "other_drone_count": [4]})
    >>> drawn = plots.stacked_bars(ax, weeks, x="week", y=["shahed_count", "other_drone_count"])
    >>> [float(bar.get_y()) for bar in drawn.patches]
    [0.0, 6.0]
    """
    table = rows_of(table, x, *y, until)
    axis = ax.yaxis if horizontal else ax.xaxis
    if until:
        axis.axis_date()
        near = days(table[x])
        width = (days(table[until]) + 1 - near) * 0.98
    else:
        near, width = boxes(axis, table[x], _SHARE)
    base = np.zeros(len(table))
    for part in y:
        look = {"facecolor": (color or {}).get(part, style.color(part)), "linewidth": 0}
        if part in (hatch or {}):
            look |= {"edgecolor": hatch[part], "hatch": "////", "linewidth": 0.6}
        _draw(ax, near, width, base, table, part, look, horizontal)
        base = base + _numbers(table[part].fillna(0))
    if label:
        _name_parts(ax, near[-1] + width[-1], table[y].iloc[-1], label, color or {})
    if horizontal:
        ax.invert_yaxis()
    return ax


@style.house
def brackets(ax: Axes, totals: pd.DataFrame, *, x: str, y: str) -> Axes:
    """Draw above bars of shorter periods a bracket per row, with the total of a longer one.

    Parameters
    ----------
    ax : Axes
        With the bars drawn; room is made above them.
    totals : DataFrame
        One row per bracket.
    x : str
        The longer period, such as `year`.
    y : str
        Its total.

    Examples
    --------
    >>> from analysis import load, measures, plots, style
    >>> drones = measures.drones(load())
    >>> months, years = (measures.launches(drones, by=by) for by in ("month", "year"))
    >>> fig, ax = style.figure("A finding", "Drones launched per month and year, as reported")
    >>> ax = plots.bars(ax, months, x="month", y="launched_count")
    >>> ax = plots.brackets(ax, years, x="year", y="launched_count")
    """
    totals = rows_of(totals, x, y)
    first, _, last, highest = ax.dataLim.extents
    for period, total in zip(period_index(totals[x]), totals[y]):
        start, end = days([period.start_time, period.end_time - pd.Timedelta(days=4)])
        start, end = max(start, first), min(end, last)
        ax.plot([start, end], [highest * 1.08] * 2, color=style.TEXT, linewidth=1, gid="bracket")
        name = f"Q{period.quarter} {period.year}" if x == "quarter" else str(period)
        place = {"ha": "center", "va": "bottom", "fontsize": 9, "gid": "total"}
        style.note(ax, (start + end) / 2, highest * 1.12, f"{name}\n{total:,}", **place)
    ticks = MaxNLocator(4).tick_values(0, highest)
    ax.set_yticks(ticks[ticks <= highest])
    ax.set_ylim(0, highest * 1.42)
    style.thousands(ax.yaxis)
    return ax


def _numbers(values):
    return values.to_numpy(dtype=float, na_value=np.nan)


def _draw(ax, near, width, base, rows, column, look, horizontal):
    """Draw a bar per row from `base` on, and mark where it stands."""
    values = _numbers(rows[column])
    turn = -1 if horizontal else 1
    low, high = np.broadcast_arrays(base, base + values)
    mark(ax, *(near, low)[::turn], rows, column, to=(near + width, high)[::turn])
    if len(rows) > _MOST_BARS:
        sides = [(near, low), (near, high), (near + width, high), (near + width, low)]
        corners = [np.column_stack(side[::turn]) for side in sides]
        drawn = PolyCollection(np.nan_to_num(np.stack(corners, axis=1)), **look)
        ax.add_collection(drawn)
        ax.autoscale_view()
        return drawn
    draw = ax.barh if horizontal else ax.bar
    return draw(near, values, width, base, align="edge", **look)


def _name_parts(ax, edge, last, label, color):
    """Write the name of each part beside the last bar, none on the one below."""
    values = _numbers(last.fillna(0))
    middles = np.cumsum(values) - values / 2
    gap, height = ax.dataLim.y1 * 0.1, -np.inf
    for part, middle in zip(last.index, middles):
        if label.get(part):
            height = max(middle, height + gap)
            words = color.get(part, style.color(part))
            style.direct_label(ax, edge, height, label[part], words)
