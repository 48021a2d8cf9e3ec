"""Shades of cells: a calendar of nights, and a heat map."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from analysis import style
from analysis.names import known
from analysis.plots.places import period_index, rows_of
from analysis.values import mark

_DARK = 0.85  # from this share on white stands out from the shade more than black


@style.house
def calendar(
    axes: np.ndarray,
    table: pd.DataFrame,
    *,
    x: str = "report_date",
    y: str,
    edges: list[int],
    color: str = style.BLUE,
) -> np.ndarray:
    """Draw a panel per year, a cell per date and a column per week, shaded by a count.

    Parameters
    ----------
    axes : ndarray of Axes
        One for each year of the table, from the first down.
    table : DataFrame
        One row per date, in order. A date without a count stays blank; 0 is a dot.
    x : str
        The dates.
    y : str
        The count.
    edges : list of int
        The lowest count of each shade, from 1 up.
    color : str
        The middle shade.

    Returns
    -------
    ndarray of Axes
        The same, drawn on.

    Examples
    --------
    >>> from analysis import load, measures, plots, style
    >>> nightly = measures.nightly_launches(load())
    >>> fig, axes = style.figure("A finding", "Drones launched per night", rows=4, height=5.6)
    >>> axes = plots.calendar(axes, nightly, y="launched_count", edges=[1, 50, 100])
    """
    import seaborn as sns  # longer to import than all the rest

    table = rows_of(table, x, y)
    dates = table[x].dt
    starts_on = dates.strftime("%Y-01-01").astype("datetime64[s]").dt.day_of_week
    cells = table.assign(week=(dates.day_of_year + starts_on - 1) // 7, weekday=dates.day_of_week)
    palette = sns.blend_palette(["#DDEBF5", color, style.NAVY], len(edges))
    shades = {"cmap": ListedColormap(palette), "norm": BoundaryNorm([*edges, np.inf], len(edges))}
    for ax, (year, own) in zip(axes, cells.groupby(dates.year), strict=True):
        grid = own.pivot(index="weekday", columns="week", values=y).astype("float64")
        grid = grid.reindex(index=range(7), columns=range(54))
        sns.heatmap(grid.where(grid > 0), ax=ax, linewidths=0.5, cbar=False, **shades)
        quiet = own[own[y] == 0]
        place = {"s": 3, "color": style.TEXT, "linewidths": 0, "gid": "quiet"}
        ax.scatter(quiet["week"] + 0.5, quiet["weekday"] + 0.5, **place)
        mark(ax, own["week"] + 0.5, own["weekday"] + 0.5, own[[x, y]], y)
        firsts = own[own[x].dt.day == 1]
        ax.set_xticks(firsts["week"] + 0.5, firsts[x].dt.strftime("%b"), rotation=0)
        ax.set_yticks([3.5], [str(year)], rotation=0)
        _plain(ax)
    names = [f"{low}–{high - 1}" for low, high in zip(edges, edges[1:])] + [f"{edges[-1]} or more"]
    keys = [Patch(color=shade, label=name) for shade, name in zip(palette, names)]
    axes[0].legend(handles=keys, ncols=2, loc="center left", bbox_to_anchor=(0, 0.5))
    return axes


@style.house
def heatmap(
    ax: Axes,
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    value: str,
    color: str = style.BLUE,
    numbers=None,
) -> Axes:
    """Draw a share as the shade of a cell, for each pair of two columns; return the Axes.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One row per cell; a pair without a row, or without a value, is blank. What is a categorical
        has the order of its categories.
    x : str
        Across; a period that no row has keeps its place.
    y : str
        Down.
    value : str
        A share, 0 to 1.
    color : str
        The shade of 1.
    numbers : function, optional
        The text of a value, written into its cell.

    Examples
    --------
    >>> from analysis import load, measures, plots, style
    >>> areas = measures.launch_areas(load(), by="year")
    >>> fig, ax = style.figure("A finding", "Share of reports that name the area", height=8)
    >>> ax = plots.heatmap(ax, areas, x="year", y="area", value="report_share")
    """
    import seaborn as sns  # longer to import than all the rest

    table = rows_of(table, x, y, known("column", value, table.columns))
    grid = table.pivot_table(index=y, columns=x, values=value, observed=False, dropna=False)
    periods = period_index(grid.columns.to_series(name=x))
    if periods is not None:
        whole = pd.period_range(periods.min(), periods.max())
        grid = grid.set_axis(periods, axis=1).reindex(columns=whole).to_timestamp(axis=1)
    texts = grid.map(numbers, na_action="ignore").astype("object").fillna("") if numbers else None
    shades = {"cmap": sns.light_palette(color, as_cmap=True), "vmin": 0, "vmax": 1}
    words = {"annot": texts, "fmt": "", "annot_kws": {"fontsize": 8.5}}
    sns.heatmap(grid.astype("float64"), ax=ax, linewidths=1, cbar=False, **shades, **words)
    shares = grid.to_numpy(dtype=float, na_value=np.nan)
    for text, share in zip(ax.texts, shares[~np.isnan(shares)]):
        text.set_color("white" if share > _DARK else style.INK)  # seaborn: white on light shades
    across, down = grid.columns.get_indexer(table[x]), grid.index.get_indexer(table[y])
    mark(ax, across + 0.5, down + 0.5, table, value)
    if periods is not None:
        firsts = [i for i, first in enumerate(grid.columns) if first.day_of_year <= 7]
        ax.set_xticks([i + 0.5 for i in firsts], [f"{grid.columns[i]:%Y}" for i in firsts])
    ax.tick_params(axis="both", rotation=0)
    _plain(ax)
    return ax


def _plain(ax):
    ax.tick_params(axis="both", length=0)
    ax.set(xlabel="", ylabel="")
    ax.grid(visible=False)
