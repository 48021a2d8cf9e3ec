"""Charts of what depends on a choice, and of what a naive step would have shown."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import style


@style.house
def choice_dots(ax: Axes, table: pd.DataFrame, names: dict[str, str], threshold: float = 1.0) -> Axes:
    """Draw a row a finding and a dot a choice: its difference from the base in percent of it.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        Long: `finding_id`, `choice` and `difference_percent`.
    names : dict
        Each finding's label, from top to bottom.
    threshold : float
        Differences of at least so many percent are named.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ax.axvline(0, color=style.INK, linewidth=1.2, gid="base")
    for row, (finding_id, name) in enumerate(names.items()):
        part = table[table["finding_id"] == finding_id]
        moved = part["difference_percent"].abs() >= threshold
        ax.scatter(part.loc[~moved, "difference_percent"], np.full((~moved).sum(), row), s=26, color=style.GREY, linewidths=0)
        ax.scatter(part.loc[moved, "difference_percent"], np.full(moved.sum(), row), s=34, color=style.VERMILLION, marker="D",
                   linewidths=0)
        for choice in part[moved].itertuples():
            ha, shift = ("left", -4) if choice.difference_percent < 0 else ("right", 4)
            style.note(ax, choice.difference_percent, row, choice.choice, style.VERMILLION, offset=(shift, 8), ha=ha,
                       bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})
    ax.set_yticks(range(len(names)), list(names.values()))
    ax.set_ylim(len(names) - 0.4, -0.8)
    ax.grid(axis="x")
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:+.0f} %" if x else "as curated")
    return ax


@style.house
def trap_panels(axes: np.ndarray, traps: pd.DataFrame) -> np.ndarray:
    """Draw a small panel a trap: the naive reading grey and dashed or hatched, the correct one blue.

    Parameters
    ----------
    axes : ndarray of Axes
        One a trap.
    traps : DataFrame
        Long: `trap`, `reading` (naive or correct), `point`, `value` and `unit`, as from
        `sensitivity.traps`. A correct value that is missing is not drawn.

    Returns
    -------
    ndarray of Axes
        The same, drawn on.
    """
    for ax, (trap, part) in zip(axes.flat, traps.groupby("trap", sort=False), strict=True):
        points = list(dict.fromkeys(part["point"]))
        if len(points) > 2:
            _lines(ax, part, points)
        else:
            _bars(ax, part)
        ax.set_title(textwrap.fill(trap, 22), fontsize=9, loc="left")
        ax.tick_params(labelsize=8.5)
    return axes


def _lines(ax, part, points):
    for reading, color, dashes in (("naive", style.GREY, (0, (3, 2))), ("correct", style.BLUE, "-")):
        values = part[part["reading"] == reading].set_index("point")["value"].reindex(points)
        ax.plot(range(len(points)), values, color=color, linestyle=dashes, marker="o", markersize=4, linewidth=1.8)
        for x in (0, len(points) - 1):
            if values.iloc[x] == values.iloc[x]:
                below = reading == "naive" and values.iloc[x] != part[part["point"] == points[x]]["value"].max()
                style.note(ax, x, values.iloc[x], f"{values.iloc[x]:.0f}", color, offset=(0, -11 if below else 6), ha="center")
    shown = range(len(points)) if len(points) == 3 else (0, len(points) - 1)  # four names do not fit
    ax.set_xticks(shown, [_short(points[x]) for x in shown])
    ax.set_xlim(-0.35, len(points) - 0.65)
    ax.set_ylim(0, 115)
    ax.set_yticks([0, 50, 100], ["0", "50", "100 %"])


def _bars(ax, part):
    looks = {"naive": {"facecolor": "#E8E8E8", "edgecolor": style.GREY, "hatch": "///"}, "correct": {"facecolor": style.BLUE}}
    for x, row in enumerate(part.itertuples()):
        ax.bar(x, row.value, 0.62, linewidth=0.8, **looks[row.reading])
        text = f"{row.value:,.0f}" if row.value >= 100 else f"{row.value:.0f}" if row.unit == "%" else f"{row.value:.1f}"
        style.note(ax, x, row.value, text, style.BLUE if row.reading == "correct" else style.TEXT, offset=(0, 3), ha="center")
    ax.set_xticks(range(len(part)), [(p or r).replace(" ", "\n", 1) for p, r in zip(part["point"], part["reading"])])
    ax.set_xlim(-0.6, len(part) - 0.4)
    ax.set_ylim(0, part["value"].max() * 1.2)
    ax.set_yticks([0])


def _short(point):
    months = {"06": "Jun", "07": "Jul", "08": "Aug", "09": "Sep", "10": "Oct", "11": "Nov"}
    return months[point[5:]] if point[:2] == "20" else point
