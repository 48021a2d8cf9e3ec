"""Charts of the drones' reported fate, each drawing a measure only where the reporting regime gives it."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.names import table_of
from analysis.plots.shared import band, by_period, middle, percent, stack
from analysis.values import mark

LOOKS = {
    "claimed_share": {"facecolor": style.GRID, "linewidth": 0},
    "shot_down_share": {"facecolor": style.BLUE, "linewidth": 0},
    "lost_share": {"facecolor": style.SKY, "linewidth": 0},
    "merged_share": {
        "facecolor": style.SKY,
        "edgecolor": style.BLUE,
        "hatch": "////",
        "linewidth": 0,
    },
    "residual_share": {"facecolor": style.INK, "linewidth": 0},
}


@style.house
def outcome_stack(ax: Axes, table: pd.DataFrame, regimes: pd.DataFrame) -> Axes:
    """Draw the reported outcomes of each month as stacked bars, a month with two regimes as two bars.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `regime_id`, `first_date`, `last_date` and the shares of `LOOKS` (0 to 1); a share that the
        regime does not give is missing and is not drawn.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    table = table_of(table, "outcome_share", "regime_id", "first_date", "last_date", *LOOKS)
    starts = table["first_date"] + pd.Timedelta(hours=18)
    widths = (table["last_date"] - table["first_date"]).dt.days + 0.4
    shares = table[list(LOOKS)].astype("float64")
    stack(ax, starts, widths, shares.where(shares > 0) * 100, LOOKS, rows=table)
    percent(ax)
    later = sorted(table["regime_id"].astype(str).unique())[1:]
    style.regime_edges(ax, regimes, at=1.13, edges=[regime for regime in later if regime in "CD"])
    _name_parts(ax, table)
    return ax


def _name_parts(ax, table):
    """Write what each part of the bars is, in or beside it."""
    spans = table.assign(
        middle=table["first_date"] + (table["last_date"] - table["first_date"]) / 2
    ).groupby(table["regime_id"].astype(str))["middle"]
    middle, last = spans.mean(), table["last_date"].max()
    if "A" in middle:
        ax.text(
            middle["A"], 45, "shot down, as claimed:\nan upper bound", ha="center", color=style.INK
        )
    if "C" in middle:
        ax.text(middle["C"], 25, "shot down", ha="center", color="white", weight="bold")
        ax.text(
            middle["C"],
            70,
            "lost from\nradar",
            ha="center",
            va="center",
            color=style.INK,
            weight="bold",
        )
    if "D" in middle:
        style.direct_label(ax, last, 42, "shot down or\nsuppressed,\none figure", style.BLUE)
    style.direct_label(ax, last, 91, "not reported\nas neutralised", style.INK)


@style.house
def share_with_band(
    ax: Axes,
    table: pd.DataFrame,
    color: str,
    name: str,
    offset: tuple = (6, 0),
    ends: tuple | None = None,
    high: float = 100,
) -> Axes:
    """Draw a share a period as a line with its interval as a band, its name at the last point.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        A period (`day` to `year`), `share`, `low_share` and `high_share` (0 to 1), as from
        `measures.outcome_share`; a period that is missing is a gap.
    color, name : str
        Of the line.
    offset : tuple
        Where the name stands from the last point, in points.
    ends : tuple, optional
        The first and last date that the shares cover, if those are not the ends of periods.
    high : float
        Where the axis of percent ends.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    if "low_share" not in table:
        raise ValueError(
            "share_with_band: found no low_share and high_share; outcome_share adds them with interval=True"
        )
    table = by_period(table, "share", "low_share", "high_share")
    table = table.reindex(
        pd.period_range(table.index.min(), table.index.max(), name=table.index.name)
    )
    x = middle(table.index, ends)
    band(ax, x, table, ["share", "low_share", "high_share"], color, 100)
    style.direct_label(ax, x[-1], table["share"].iloc[-1] * 100, name, color, offset=offset)
    percent(ax, high=high)
    return ax


@style.house
def naive_line(ax: Axes, shares: pd.DataFrame, name: str, at: str) -> Axes:
    """Draw the misleading line of a plain shot-down share, grey and dashed, named at the month `at`.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    shares : DataFrame
        `month` and `naive_share` (0 to 1).
    name : str
        That of the line.
    at : str
        A month, such as ``2025-01``.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    shares = by_period(shares, "naive_share", by="month")["naive_share"]
    x, y = middle(shares.index), shares.astype("float64") * 100
    ax.plot(x, y, color=style.GREY, linewidth=1.6, linestyle=(0, (3, 2)))
    mark(ax, x, y, shares.to_frame(), "naive_share")
    place = pd.Period(at, "M")
    style.direct_label(
        ax,
        place.start_time,
        float(shares[place]) * 100,
        name,
        style.TEXT,
        offset=(0, -44),
        weight="normal",
    )
    return ax


@style.house
def not_separable(ax: Axes, regimes: pd.DataFrame, text: str) -> Axes:
    """Hatch the time from the start of regime D on and say why nothing is drawn there.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`.
    text : str
        The reason.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    start = regimes.loc[regimes["regime_id"] == "D", "first_report_date"].iloc[0]
    ax.axvspan(
        start,
        start + pd.DateOffset(years=5),
        facecolor="white",
        edgecolor=style.GRID,
        hatch="///",
        linewidth=0,
    )
    style.note(
        ax,
        start,
        0.5,
        text,
        offset=(6, 0),
        xycoords=("data", "axes fraction"),
        va="center",
        fontsize=9,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 3},
    )
    return ax


@style.house
def wording_spans(ax: Axes, wordings: pd.DataFrame, names: dict[str, str], at: float = 1.0) -> Axes:
    """Draw the spans in which the reports worded something in one way as bars along a time axis, with a name under each.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    wordings : DataFrame
        The table of that name: `wording_id`, `first_report_date`, `last_report_date`.
    names : dict
        Each wording to what stands at its bar.
    at : float
        The height of the bars, as a fraction of the axes.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    for span in wordings.itertuples():
        ends = span.first_report_date, span.last_report_date
        ax.plot(
            ends,
            [at] * 2,
            transform=ax.get_xaxis_transform(),
            color=style.TEXT,
            linewidth=3,
            solid_capstyle="butt",
            gid=span.wording_id,
        )
        ha, x = (
            ("right", ends[1])
            if span.Index == wordings.index[-1]
            else ("center", ends[0] + (ends[1] - ends[0]) / 2)
        )
        style.note(
            ax,
            x,
            at,
            names[span.wording_id],
            xycoords=("data", "axes fraction"),
            offset=(0, -4),
            ha=ha,
            va="top",
            linespacing=1.1,
        )
    return ax


@style.house
def size_bars(
    ax: Axes, table: pd.DataFrame, value: str, looks: dict[str, tuple], by: str = "series"
) -> Axes:
    """Draw a value by wave size as bars, side by side for the series, each with its number.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `series`, or another column `by`, `wave_band` (in order) and `value`; where it is missing there is no bar.
    value : str
        The column that is drawn.
    looks : dict
        Each series to its colour and its name in the key.
    by : str
        The column that holds the series.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    bands = list(table["wave_band"].unique())
    rows, width = table.set_index([by, "wave_band"]), 0.8 / len(looks)
    for place, (series, (color, name)) in enumerate(looks.items()):
        heights = rows.loc[series, value].astype("float64").reindex(bands)
        x = np.arange(len(bands)) + (place - (len(looks) - 1) / 2) * width
        ax.bar(x, heights, width * 0.92, color=color, linewidth=0, label=name, gid=series)
        mark(
            ax,
            x - width / 2,
            0,
            heights.rename_axis("wave_band").to_frame(value).assign(**{by: series}),
            value,
            to=(x + width / 2, heights),
        )
        for at, height in zip(x[heights.notna()], heights.dropna()):
            style.note(
                ax, at, height, f"{height:.0f}", color, offset=(0, 2), ha="center", fontsize=9
            )
    if len(looks) > 1:
        ax.legend(
            ncols=len(looks),
            frameon=False,
            loc="lower left",
            bbox_to_anchor=(-0.02, 1),
            fontsize=9,
            borderpad=0,
            handlelength=1,
            handletextpad=0.5,
            columnspacing=1.2,
        )
    ax.set_xticks(range(len(bands)), [str(b) for b in bands])
    ax.set_xlim(-0.5, len(bands) - 0.5)
    ax.set_ylim(0, float(table[value].max()) * 1.15)
    return ax


@style.house
def size_points(ax: Axes, table: pd.DataFrame, looks: dict[str, tuple], low: float = 0) -> Axes:
    """Draw a share by wave size as points with intervals, side by side for the spans of time.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `span`, `wave_band` (in order), `share`, `low_share`, `high_share` (0 to 1) and `night_count`,
        which stands below.
    looks : dict
        Each span to its colour and marker.
    low : float
        Where the axis of percent begins.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    bands = list(table["wave_band"].unique())
    table = table.set_index(["span", "wave_band"])
    for i, (span, (color, marker)) in enumerate(looks.items()):
        part = table.loc[span].reindex(bands)
        x = np.arange(len(bands)) + (i - (len(looks) - 1) / 2) * 0.24
        errors = [
            (part["share"] - part["low_share"]) * 100,
            (part["high_share"] - part["share"]) * 100,
        ]
        ax.errorbar(
            x,
            part["share"] * 100,
            errors,
            fmt=marker,
            color=color,
            markersize=5,
            linewidth=1.8,
            capsize=3,
        )
        mark(
            ax,
            x,
            part["share"] * 100,
            part.rename_axis("wave_band").assign(span=span),
            "share",
            "low_share",
            "high_share",
            "night_count",
        )
        for place, nights in zip(x, part["night_count"]):
            style.note(
                ax,
                place,
                low,
                "–" if nights != nights else f"{nights:.0f}",
                color,
                offset=(0, 4),
                ha="center",
            )
        style.direct_label(ax, 0.36, 0.33 - 0.1 * i, span, color, xycoords="axes fraction")
    ax.set_xticks(range(len(bands)), [str(b) for b in bands])
    ax.set_xlim(-0.5, len(bands) - 0.5)
    percent(ax, low)
    return ax
