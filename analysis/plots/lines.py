"""Lines with the band of an interval, and points with the bars of one."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.places import groups_of, middles, period_index, rows_of
from analysis.values import mark

_MOST_DOTS = 60  # points of a line that has a dot for each
_DODGE = 0.24  # of a place, from one group's point to the next one's


@style.house
def line_with_band(
    ax: Axes,
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    low: str | None = None,
    high: str | None = None,
    color: str = style.BLUE,
    label: str = "",
    offset: tuple = (6, 0),
    dashed: bool = False,
    ends: tuple | None = None,
) -> Axes:
    """Draw a column of a table as a line, in the band of its interval; return the Axes.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One row per point. A period that is missing, or has no value, is a gap.
    x : str
        A period, such as `month`, drawn at its middle, or a number.
    y : str
        The share, count or ratio that is drawn.
    low, high : str, optional
        The ends of its interval, such as `low_share` and `high_share`.
    color : str
        Of line and band.
    label : str
        Its name, at the last point, moved by `offset` points.
    dashed : bool
        Whether the line is broken, without dots: a contrast, not the subject.
    ends : tuple, optional
        The first and last date that are covered, if those are not the ends of periods.

    Examples
    --------
    >>> from analysis import load, measures, plots, style
    >>> shares = measures.outcome_share(load(), "lost_share", pool=True, interval=True)
    >>> fig, ax = style.figure("A finding", "Share lost from radar, of drones launched, by month")
    >>> ends = {"low": "low_share", "high": "high_share"}
    >>> ax = plots.line_with_band(ax, shares, x="month", y="share", **ends, label="lost")
    """
    table = _whole(rows_of(table, x, y, low, high), x)
    drawn = table[list(filter(None, [y, low, high]))].astype("float64")
    places = middles(ax.xaxis, table[x], ends)
    if low and high:
        ax.fill_between(places, drawn[low], drawn[high], color=color, alpha=0.2, linewidth=0)
    dots = "o" if len(table) <= _MOST_DOTS else None
    look = {"linestyle": (0, (3, 2)), "linewidth": 1.6} if dashed else {"marker": dots}
    ax.plot(places, drawn[y], color=color, markersize=4, **look)
    mark(ax, places, drawn[y], table, *drawn)
    if label:
        last = drawn[y].last_valid_index()
        style.direct_label(ax, places[last], drawn.at[last, y], label, color, offset=offset)
    return ax


def _whole(table, x):
    """Return a table of periods with a row for each from first to last, empty where it has none."""
    periods = period_index(table[x])
    if periods is None or table.empty:
        return table.reset_index(drop=True)
    whole = pd.period_range(periods.min(), periods.max(), name=x)
    return table.drop(columns=x).set_index(periods).reindex(whole).rename_axis(x).reset_index()


@style.house
def points_with_intervals(
    ax: Axes,
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    low: str = "low_share",
    high: str = "high_share",
    by: str | None = None,
    color: str | list | dict = style.BLUE,
    label: dict | None = None,
    marker: dict | None = None,
    hollow: str | None = None,
    counts: str | None = None,
    horizontal: bool = False,
) -> Axes:
    """Draw a column of a table as points with their intervals; return the Axes.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One row per point.
    x : str
        A period, such as `month`, a number, or names in order.
    y, low, high : str
        The value and the ends of its interval.
    by : str, optional
        What the points of one place differ by; they stand side by side.
    color : str, list or dict
        One for all, one per row, or of each value of `by`.
    label : dict, optional
        The name of each value of `by`, for a key above.
    marker : dict, optional
        The marker of each value of `by`, a second cue beside the colour.
    hollow : str, optional
        A column that is true where the point is drawn hollow, such as `is_small`.
    counts : str, optional
        A column that is written below each point, such as `night_count`.
    horizontal : bool
        Whether the intervals lie, the first row on top.

    Examples
    --------
    >>> from analysis import load, measures, plots, style
    >>> classes = measures.interception(measures.missiles(load()), by="weapon_class")
    >>> fig, ax = style.figure("A finding", "Share of missiles reported shot down")
    >>> columns = {"x": "weapon_class", "y": "share", "hollow": "is_small"}
    >>> ax = plots.points_with_intervals(ax, classes, **columns)
    """
    table = rows_of(table, x, y, low, high, by, hollow, counts)
    axis = ax.yaxis if horizontal else ax.xaxis
    names, groups = groups_of(table, x, by, color)
    places = middles(axis, names)
    for turn, (name, rows, where, own) in enumerate(groups):
        at = places[where] + (turn - (len(groups) - 1) / 2) * _DODGE
        look = {"marker": (marker or {}).get(name, "o"), "label": (label or {}).get(name, "_")}
        _points(ax, at, rows, [y, low, high], own, hollow, horizontal, look)
        for x_place, count in zip(at, rows[counts] if counts else []):
            below = {"xycoords": ("data", "axes fraction"), "offset": (0, 4), "ha": "center"}
            style.note(ax, x_place, 0, f"{count:,}", own, **below)
    if label:
        ax.legend(ncols=len(label), loc="lower left", bbox_to_anchor=(-0.02, 1))
    if horizontal:
        ax.invert_yaxis()
    return ax


def _points(ax, at, rows, columns, color, hollow, horizontal, look):
    value, low, high = (rows[name].to_numpy(dtype=float, na_value=np.nan) for name in columns)
    draw = ax.hlines if horizontal else ax.vlines
    draw(at, low, high, color=color, linewidth=1.8, gid="interval")
    fill = np.where(rows[hollow], "white", color) if hollow else color
    x, y = (value, at) if horizontal else (at, value)
    ax.scatter(x, y, s=30, facecolors=fill, edgecolors=color, linewidths=1.2, zorder=3, **look)
    mark(ax, x, y, rows, *columns)
