"""Charts of the drones' reported fate, each drawing a measure only where the reporting regime gives it."""

import numpy as np
import pandas as pd

from analysis import style

LOOKS = {
    "claimed_share": {"facecolor": "white", "edgecolor": style.GREY, "hatch": "....", "linewidth": 0.8},
    "shot_down_share": {"facecolor": style.BLUE, "linewidth": 0},
    "lost_share": {"facecolor": style.VERMILLION, "linewidth": 0},
    "merged_share": {"facecolor": "#9CC7E2", "edgecolor": style.VERMILLION, "hatch": "////", "linewidth": 0},
    "residual_share": {"facecolor": style.PALE, "linewidth": 0},
}


def outcome_stack(ax, table, regimes):
    """Draw the reported outcomes of each month as stacked bars, a month with two regimes as two bars.

    `table` has columns `month`, `regime_id`, `first_date`, `last_date` and those of
    `LOOKS`; a share that the regime does not give is missing and is not drawn.
    """
    starts = table["first_date"] + pd.Timedelta(hours=18)
    widths = (table["last_date"] - table["first_date"]).dt.days + 0.4
    bottom = np.zeros(len(table))
    for name, look in LOOKS.items():
        heights = table[name].astype("float64").fillna(0).to_numpy()
        drawn = heights > 0
        ax.bar(starts[drawn], heights[drawn] * 100, widths[drawn], bottom=bottom[drawn] * 100, align="edge", **look)
        bottom += heights
    _percent(ax, 100)
    style.regime_edges(ax, regimes, labels=False)
    return ax


def share_with_band(ax, table, color, name, offset=(6, 0)):
    """Draw a monthly share as a line with its interval as a band, its name at the last point.

    `table` has a monthly PeriodIndex, `share`, `low_share` and `high_share`; a
    month that is missing is a gap.
    """
    table = table.reindex(pd.period_range(table.index.min(), table.index.max(), freq="M"))
    x = table.index.start_time + (table.index.end_time - table.index.start_time) / 2
    ax.fill_between(x, table["low_share"] * 100, table["high_share"] * 100, color=color, alpha=0.2, linewidth=0)
    ax.plot(x, table["share"] * 100, color=color, marker="o", markersize=4)
    style.direct_label(ax, x[-1], table["share"].iloc[-1] * 100, name, color, offset=offset)
    _percent(ax, 100)
    return ax


def naive_line(ax, shares, name, at):
    """Draw the misleading line of a plain shot-down share, grey and dashed, named at the month `at`.

    `shares` has a monthly PeriodIndex.
    """
    x = shares.index.start_time + (shares.index.end_time - shares.index.start_time) / 2
    ax.plot(x, shares.astype("float64") * 100, color=style.GREY, linewidth=1.6, linestyle=(0, (3, 2)))
    place = pd.Period(at, "M")
    style.direct_label(ax, place.start_time, float(shares[place]) * 100, name, style.TEXT, offset=(0, -16), weight="normal")
    return ax


def sightings(ax, dates, y):
    """Mark single dates as short ticks at height `y`: something was mentioned, nothing is measured."""
    ax.scatter(dates, np.full(len(dates), y), marker="|", s=120, color=style.VERMILLION, linewidths=1.4, gid="sightings")
    return ax


def size_points(ax, table, names):
    """Draw a share by wave size as points with intervals, a column of points a regime.

    `table` is indexed by `regime_id` and `wave_band`; `names` gives each regime's label and colour.
    """
    bands = table.index.get_level_values("wave_band").categories
    for i, (regime_id, (name, color, marker)) in enumerate(names.items()):
        part = table.loc[regime_id].reindex(bands)
        x = np.arange(len(bands)) + (i - 0.5) * 0.24
        errors = [(part["share"] - part["low_share"]) * 100, (part["high_share"] - part["share"]) * 100]
        ax.errorbar(x, part["share"] * 100, errors, fmt=marker, color=color, markersize=7, linewidth=1.6)
        for place, (share, nights) in zip(x, part[["share", "night_count"]].to_numpy()):
            ax.annotate(f"{nights:.0f}", (place, 0), xytext=(0, 4), textcoords="offset points", ha="center",
                        fontsize=8.5, color=color)
        style.direct_label(ax, x[-1], part["share"].iloc[-1] * 100, name, color, offset=(10, 0))
    ax.set_xticks(range(len(bands)), [str(b) for b in bands])
    ax.set_xlim(-0.5, len(bands) + 0.15)
    _percent(ax, 100)
    return ax


def _percent(ax, top):
    ax.set_ylim(0, top)
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:.0f} %")
