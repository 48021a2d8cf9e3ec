"""Charts of missiles: launches by family as bounds, and the share reported shot down by class and over time."""

import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.shared import by_period, middle, percent, spans, stack

_FAMILY_LOOKS = {"alone": {"color": style.BLUE, "gid": "alone"},
                 "composite": {"facecolor": "white", "edgecolor": style.GREY, "hatch": "/////", "linewidth": 0.6, "gid": "composite"}}
_COLORS = {"cruise_missile": style.BLUE, "ballistic_missile": style.VERMILLION}
CLASS_NAMES = {"cruise_missile": "Cruise missiles", "ballistic_missile": "Ballistic missiles",
               "guided_air_launched_missile": "Guided air-launched missiles",
               "mixed_missiles": "Mixed or unknown class"}


@style.house
def family_bars(ax: Axes, table: pd.DataFrame, name: str) -> Axes:
    """Draw a family's launches a quarter: at least (solid), and what composite lines may add (hatched).

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One family of `measures.family_launches`: `family`, `quarter`, `launched_at_least_count`,
        `launched_at_most_count`. A quarter without such a line stays empty.
    name : str
        The title of the panel.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    table = by_period(table.drop(columns="family"), "launched_at_least_count", "launched_at_most_count").astype("float64").fillna(0)
    starts, days = spans(table.index)
    parts = pd.DataFrame({"alone": table["launched_at_least_count"],
                          "composite": table["launched_at_most_count"] - table["launched_at_least_count"]})
    stack(ax, starts, (days - 1) * 0.86, parts, _FAMILY_LOOKS)
    ax.set_title(name)
    ax.set_xlim(pd.Timestamp("2022-07-01"), starts[-1] + pd.Timedelta(days=130))
    years = pd.date_range("2023-01-01", starts[-1], freq="YS")
    ax.set_xticks(years, [f"{year:%Y}" for year in years])
    return ax


@style.house
def interception_ranges(ax: Axes, table: pd.DataFrame) -> Axes:
    """Draw a point and an interval a line of a class; hollow where there are few missiles, with share and count beside.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `weapon_class`, `line`, `launched_count`, `share`, `low_share`, `high_share` (0 to 1) and
        `is_small`, as from `measures.interception`. A class is headed by its name; its line "all" is
        bold.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    y, ticks = 0.0, {}
    for weapon_class, lines in table.groupby("weapon_class", observed=True, sort=False):
        color = _COLORS.get(weapon_class, style.TEXT)
        for _, row in lines.iterrows():
            line, is_all = row["line"], row["line"] == "all"
            ticks[y] = CLASS_NAMES[weapon_class] if is_all else line
            _interval(ax, y, row, color, 7 if is_all else 5)
            ax.text(103, y, f"{_percent(row['share'])} of {row['launched_count']:,}", va="center", fontsize=9,
                    color=color, weight="bold" if is_all else "normal")
            y += 1
        y += 0.6
    ax.set_yticks(list(ticks), list(ticks.values()))
    for label in ax.get_yticklabels():
        label.set(weight="bold" if label.get_text() in CLASS_NAMES.values() else "normal")
    ax.set(xlim=(-1.5, 101), ylim=(y - 1, -0.7))
    ax.set_xticks(range(0, 101, 25), [f"{x} %" for x in range(0, 101, 25)])
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    return ax


def _percent(share):
    return "<1 %" if 0 < share < 0.005 else f"{share * 100:.0f} %"


def _interval(ax, y, row, color, size):
    ax.plot([row["low_share"] * 100, row["high_share"] * 100], [y, y], color=color, linewidth=2, gid="interval")
    ax.plot(row["share"] * 100, y, marker="o", markersize=size, markeredgecolor=color, linewidth=0,
            markerfacecolor="white" if row["is_small"] else color, gid="share")


@style.house
def quarterly_interception(ax: Axes, table: pd.DataFrame, everything: pd.DataFrame, regimes: pd.DataFrame, color: str, name: str,
                           at: float) -> Axes:
    """Draw a share a quarter with its interval, hollow where there are few missiles; the whole class behind in grey.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table, everything : DataFrame
        A period, `share`, `low_share`, `high_share` (0 to 1) and `is_small`, as from
        `measures.interception`; a missing quarter is a gap.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`.
    color : str
        Of the line, the interval and the name.
    name : str
        That of the line.
    at : float
        The height of the regimes' names, as a fraction of the axes.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    table, everything = (by_period(rows, "share", "low_share", "high_share", "is_small") for rows in (table, everything))
    whole = pd.period_range(everything.index.min(), everything.index.max())
    x = middle(whole)
    for rows, look in ((everything.reindex(whole), {"color": style.GREY, "linewidth": 1.4, "linestyle": (0, (3, 2))}),
                       (table.reindex(whole), {"color": color})):
        ax.plot(x, rows["share"] * 100, **look)
    ax.vlines(x, rows["low_share"] * 100, rows["high_share"] * 100, color=color, linewidth=6, alpha=0.25)
    is_small = rows["is_small"].astype("boolean").fillna(False).to_numpy(dtype=bool)
    for chosen, face in ((~is_small, color), (is_small, "white")):
        ax.plot(x[chosen], (rows["share"] * 100)[chosen], marker="o", linewidth=0, markersize=6, markerfacecolor=face,
                markeredgecolor=color, zorder=3, gid="hollow" if face == "white" else "full")
    ax.set_title(name, color=color)
    ax.set_title("dashed: all of the class", loc="right", color=style.TEXT, weight="normal", fontsize=9)
    percent(ax, low=-3)
    style.regime_edges(ax, regimes, at=at)
    return ax
