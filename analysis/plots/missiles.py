"""Charts of missiles: launches by family as bounds, and the share reported shot down by class and over time."""

import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.shared import by_period, percent, spans, stack
from analysis.values import mark

_COLORS = {"cruise_missile": style.RUST, "ballistic_missile": style.VERMILLION}
CLASS_NAMES = {
    "cruise_missile": "Cruise missiles",
    "ballistic_missile": "Ballistic missiles",
    "guided_air_launched_missile": "Guided air-launched missiles",
    "mixed_missiles": "Mixed or unknown class",
}


@style.house
def family_bars(ax: Axes, table: pd.DataFrame, name: str, color: str = style.GREY) -> Axes:
    """Draw a family's launches a quarter: at least (solid), and what composite lines may add (hatched).

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        One family of `measures.family_launches`: `family`, `quarter`, `launched_at_least_count`,
        `launched_at_most_count`. A quarter without such a line stays empty.
    name, color : str
        The title of the panel, and what it is drawn in.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    looks = {
        "launched_at_least_count": {"color": color, "gid": "alone"},
        "launched_at_most_count": {
            "facecolor": "white",
            "edgecolor": color,
            "hatch": "////",
            "linewidth": 0.6,
            "gid": "composite",
        },
    }
    table = by_period(table, *looks)
    starts, days = spans(table.index)
    least, most = (table[column].astype("float64").fillna(0) for column in looks)
    stack(
        ax,
        starts,
        (days - 1) * 0.86,
        pd.DataFrame(dict(zip(looks, (least, most - least)))),
        looks,
        rows=table,
    )
    ax.set_title(name, color=style.INK if color == style.GREY else color)
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
            mark(
                ax, row["share"] * 100, y, lines.loc[[row.name]], "share", "low_share", "high_share"
            )
            style.note(
                ax,
                103,
                y,
                f"{_percent(row['share'])} of {row['launched_count']:,}",
                color,
                va="center",
                fontsize=9,
                annotation_clip=False,
                weight="bold" if is_all else "normal",
            )
            y += 1
        y += 0.6
    ax.set_yticks(list(ticks), list(ticks.values()))
    for label in ax.get_yticklabels():
        label.set(weight="bold" if label.get_text() in CLASS_NAMES.values() else "normal")
    ax.set(xlim=(-1.5, 101), ylim=(y - 1, -0.7))
    ax.set_xticks([0, 50, 100], ["0", "50%", "100%"])
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    return ax


def _percent(share):
    return "<1%" if 0 < share < 0.005 else f"{share * 100:.0f}%"


def _interval(ax, y, row, color, size):
    ax.plot(
        [row["low_share"] * 100, row["high_share"] * 100],
        [y, y],
        color=color,
        linewidth=2,
        gid="interval",
    )
    ax.plot(
        row["share"] * 100,
        y,
        marker="o",
        markersize=size,
        markeredgecolor=color,
        linewidth=0,
        markerfacecolor="white" if row["is_small"] else color,
        gid="share",
    )


@style.house
def yearly_interception(ax: Axes, table: pd.DataFrame, colors: dict[str, str], name: str) -> Axes:
    """Draw for each year a bar a line of missiles: its share with its interval, hollow where there are few, and in brackets of how many.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `line`, `year`, `launched_count`, `share`, `low_share`, `high_share` (0 to 1) and `is_small`, as
        from `measures.interception`.
    colors : dict
        The colour of each line, in the order of the bars of a year.
    name : str
        The title of the panel.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    for place, (line, color) in enumerate(colors.items()):
        rows = table[table["line"] == line]
        x, shares = (
            rows["year"].dt.year + 0.47 * (place - (len(colors) - 1) / 2),
            rows[["share", "low_share", "high_share"]] * 100,
        )
        ax.bar(
            x,
            shares["share"],
            0.42,
            color=["white" if small else color for small in rows["is_small"]],
            edgecolor=color,
            linewidth=1.4,
            gid=line,
        )
        mark(
            ax,
            x - 0.21,
            0,
            rows,
            "share",
            "low_share",
            "high_share",
            to=(x + 0.21, shares["share"]),
        )
        for width, look in (
            (4.5, "white"),
            (1.6, style.INK),
        ):  # a light rim keeps the interval apart from a dark bar
            ax.vlines(
                x,
                shares["low_share"],
                shares["high_share"],
                color=look,
                linewidth=width,
                gid="interval",
            )
        for at, top, row in zip(x, shares[["share", "high_share"]].max(axis=1), rows.itertuples()):
            style.note(
                ax,
                at,
                top,
                f"{_percent(row.share)}\n({row.launched_count:,})",
                color,
                offset=(0, 3),
                ha="center",
                va="bottom",
                linespacing=1.1,
            )
    ax.set_title(name)
    percent(ax, high=118)
    ax.set_yticks([0, 50, 100])
    ax.set_xticks(sorted(table["year"].dt.year.unique()))
    return ax
