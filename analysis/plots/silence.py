"""Charts of the silent dates: how loud they were beside reported ones, when they fell, and what growth they allow."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.shared import percent, thousands
from analysis.values import mark

KIND_LOOKS = {
    "drone report": (
        style.BLUE,
        "-",
        0.42,
        "with a drone report",
    ),  # colour, dashes, height of the name, name
    "missiles only": (style.GREY, (0, (4, 2)), 0.2, "missiles\nonly"),
    "silent": (style.INK, "-", 0.25, "neither\n"),
}


@style.house
def loudness_curves(ax: Axes, nights: pd.DataFrame, statistic: str, threshold: float) -> Axes:
    """Draw for each kind of date the share that had at least so many minutes of alert, with the threshold of the bound.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    nights : DataFrame
        `kind` (a key of `KIND_LOOKS`, which gives its look and the height of its name) and the column
        `statistic`, as from `measures.silence.night_sirens`.
    statistic : str
        The column that is drawn, in minutes.
    threshold : float
        From which minutes on a night is loud.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    for kind, (color, dashes, height, name) in KIND_LOOKS.items():
        own = nights[nights["kind"] == kind].sort_values(statistic, kind="stable")
        minutes = own[statistic].to_numpy(dtype=float)
        shares = np.arange(len(minutes), 0, -1) / len(minutes)
        ax.step(minutes, shares * 100, where="pre", color=color, linestyle=dashes, gid=kind)
        mark(ax, minutes, shares * 100, own, statistic)
        at = np.quantile(minutes, 1 - height)
        style.direct_label(
            ax,
            at,
            height * 100,
            f"{name} ({len(minutes)})".replace("\n ", "\n"),
            color,
            offset=(5, 9),
            fontsize=9,
            linespacing=1.05,
        )
    style.edge(
        ax,
        threshold,
        "median of reported dates",
        dashes=(1, 2),
        gid="threshold",
        offset=(5, -2),
        ha="left",
        fontsize=9,
    )
    ax.set_xlim(0, 2500)
    thousands(ax.xaxis)
    percent(ax)
    ax.set_xlabel("region-minutes of alert or more", loc="left", fontsize=9.5)
    return ax


@style.house
def growth_bars(ax: Axes, table: pd.DataFrame, named: str) -> Axes:
    """Draw the growth under each bound as a bar a row with its number, from the top.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `bound`, `growth_ratio` and `hidden_count`, as from `measures.silence.growth_bounds`.
    named : str
        The bound in the contrasting colour.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    colors = [style.INK if bound == named else style.BLUE for bound in table["bound"]]
    ax.barh(range(len(table)), table["growth_ratio"], 0.62, color=colors, linewidth=0)
    places = np.arange(len(table))
    mark(
        ax,
        0,
        places - 0.31,
        table,
        "growth_ratio",
        "hidden_count",
        to=(table["growth_ratio"], places + 0.31),
    )
    for place, row in enumerate(table.itertuples()):
        words = f"× {row.growth_ratio:.1f}" + (
            f"  (+{row.hidden_count:,.0f})" if row.hidden_count else ""
        )
        style.direct_label(
            ax, row.growth_ratio, place, words, colors[place], offset=(5, 0), fontsize=9
        )
    ax.set_yticks(range(len(table)), table["bound"])
    ax.set_ylim(len(table) - 0.5, -0.6)
    ax.set_xlim(0, 36)  # room for the words beside the longest bar
    ax.set_xticks([0, 5, 10, 15])
    ax.grid(visible=False)
    return ax
