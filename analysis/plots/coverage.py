"""Charts of what was recorded: a calendar of every date, and which quantities the reports gave."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from analysis import style
from analysis.names import table_of
from analysis.periods import FREQUENCIES
from analysis.plots.shared import by_period
from analysis.values import mark

DATE_LOOKS = {
    "report": ({"facecolor": style.BLUE}, None, "report"),
    "press addition": (
        {"facecolor": "white", "edgecolor": style.BLUE},
        "$\\bf{P}$",
        "from the press",
    ),
    "quiet": ({"facecolor": "white", "edgecolor": style.GREY}, "$\\bf{0}$", "quiet: zero"),
    "presumed quiet": ({"facecolor": style.GRID}, "$0$", "presumed quiet"),
    "unknown": ({"facecolor": "white", "edgecolor": style.INK}, "$\\bf{?}$", "unknown"),
    "no report": (
        {"facecolor": "white", "edgecolor": style.PALE},
        "$/$",
        "no report",
    ),  # missing, not zero
}
_SIGN_COLORS = {"press addition": style.BLUE, "unknown": style.INK}
_KEY_STEP = 2.0  # rows from line to line of the key
_LOUDEST = 0.8  # of the shade of a cell, so that its stroke is seen
_EDGES = {
    "B": ("10 Jul 2024: lost\non some nights", "bottom"),
    "C": ("21 Aug 2024: lost\nreported separately", "top"),
    "D": ("24 Jul 2025: one\nmerged figure", "center"),
}
MOST_NUMBERED = 20  # columns of a heat map with numbers in its cells


@style.house
def date_calendar(
    ax: Axes, states: pd.DataFrame, regimes: pd.DataFrame, loudness: pd.Series | None = None
) -> Axes:
    """Draw every date as a cell, a row a month, with a key at the right that counts each state.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    states : DataFrame
        `report_date`, every date of the time in order, and `state`, a key of `DATE_LOOKS`, as from
        `measures.date_states`.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`; the edges of regimes run between the
        dates.
    loudness : Series, optional
        How loud the sirens were, 0 to 1, by `report_date`; its dates are shaded by it.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    dates = pd.DatetimeIndex(states["report_date"])
    first = dates[0].to_period("M")
    rows = (dates.year - first.year) * 12 + dates.month - first.month
    for place, (state, (look, sign, name)) in enumerate(DATE_LOOKS.items()):
        there = (states["state"] == state).to_numpy()
        x, y = (
            np.append(dates.day[there], 34),
            np.append(rows[there], _KEY_STEP * place),
        )  # the last one is the key's
        ax.bar(x, 0.8, 0.8, bottom=y - 0.4, gid=state, **{"linewidth": 0.8, **look})
        if sign:
            ax.scatter(
                x,
                y,
                marker=sign,
                s=26,
                color=_SIGN_COLORS.get(state, style.TEXT),
                linewidths=0,
                zorder=1.5,
            )
        ax.text(35, y[-1], f"{name}: {there.sum()}", va="center", fontsize=9, gid="key")
    mark(ax, dates.day, rows, states, "state", "loudness_share")
    if loudness is not None:
        shown = dates.isin(loudness.index)
        _sirens(ax, dates.day[shown], rows[shown], loudness.reindex(dates[shown]))
    starts = regimes.set_index(regimes["regime_id"].astype(str))["first_report_date"]
    for regime_id, (name, place) in _EDGES.items():
        _calendar_edge(ax, starts[regime_id].day, rows[dates == starts[regime_id]][0], name, place)
    ticks = [row for row in range(3, rows[-1] + 1) if (first + row).month % 3 == 1]
    ax.set_yticks(
        [0, *ticks],
        [
            f"{first:%b %Y}",
            *(f"{first + r:%Y}" if (first + r).month == 1 else f"{first + r:%b}" for r in ticks),
        ],
    )
    ax.set_xticks([1, 10, 20, 31])
    ax.spines["bottom"].set_bounds(0.5, 31.5)
    ax.set(xlim=(0.4, 45), ylim=(rows[-1] + 0.6, -0.8))
    ax.set_xlabel("day of the month", loc="left", fontsize=9.5)
    ax.grid(False)
    return ax


def _sirens(ax, days, rows, loudness):
    """Shade cells by how loud their sirens were, above their fill and below their stroke; three more are the key."""
    days, rows = np.append(days, [34, 35, 36]), np.append(rows, [_KEY_STEP * len(DATE_LOOKS)] * 3)
    shades = [to_rgba(style.GREY, _LOUDEST * share) for share in np.append(loudness, [0, 0.5, 1])]
    ax.bar(
        days,
        0.8,
        0.8,
        bottom=rows - 0.4,
        color=shades,
        edgecolor=style.PALE,
        linewidth=0.8,
        zorder=1.2,
        gid="sirens",
    )
    ax.scatter(days[-3:], rows[-3:], marker="$/$", s=26, color=style.TEXT, linewidths=0)
    ax.text(
        33.6,
        rows[-1] + 1,
        "darker: more sirens,\nup to the median of\ndates with a report",
        va="top",
        fontsize=9,
        linespacing=1.1,
    )


def _calendar_edge(ax, day, row, name, place):
    """A step between the last date of one regime and the first of the next."""
    ax.plot(
        [0.5, day - 0.5, day - 0.5, 32.5],
        [row + 0.5, row + 0.5, row - 0.5, row - 0.5],
        color=style.INK,
        linewidth=1.4,
        gid="regime-edge",
        solid_capstyle="butt",
    )
    ax.text(33, row - 0.5, name, va=place, fontsize=9, color=style.TEXT, linespacing=1.1)


@style.house
def area_heatmap(ax: Axes, areas: pd.DataFrame, most: int = 12) -> Axes:
    """Draw the share of a period's reports that name each of the areas named most, as shades.

    The percent stand in them where there is room.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    areas : DataFrame
        `area`, a period, `report_count` and `report_share` (0 to 1), as from
        `measures.launch_areas`. A period in which none names the area is blank, and keeps its place.
    most : int
        How many areas are drawn.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    import seaborn as sns  # longer to import than all the rest

    period = next((name for name in FREQUENCIES if name in areas), "quarter")
    areas = table_of(areas, "launch_areas", period, "area", "report_count", "report_share")
    top = areas.groupby("area")["report_count"].sum().nlargest(most).index
    shares = by_period(areas.pivot(index=period, columns="area", values="report_share"))
    shares = (
        shares.reindex(pd.period_range(shares.index.min(), shares.index.max()))[top]
        .to_timestamp()
        .T
        * 100
    )
    sns.heatmap(
        shares,
        ax=ax,
        cmap=sns.light_palette(style.BLUE, as_cmap=True),
        vmin=0,
        vmax=100,
        fmt=".0f",
        annot=len(shares.columns) <= MOST_NUMBERED,
        annot_kws={"fontsize": 8.5},
        linewidths=1,
        cbar=False,
    )
    cells = shares.stack().rename_axis(["area", period]).reset_index()
    mark(
        ax,
        shares.columns.get_indexer(cells[period]) + 0.5,
        shares.index.get_indexer(cells["area"]) + 0.5,
        cells,
        "report_share",
        "report_count",
    )
    starts = [i for i, column in enumerate(shares.columns) if column.day_of_year <= 7]
    ax.set_xticks(
        [i + 0.5 for i in starts], [f"{shares.columns[i]:%Y}" for i in starts], rotation=0
    )
    ax.tick_params(axis="y", length=0, rotation=0)
    ax.set(xlabel="", ylabel="")
    ax.grid(False)
    return ax
