"""Charts of launch volumes: months, records, wave sizes, years, growth, and drones against missiles."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis import style
from analysis.plots.shared import by_period, log_counts, middle, spans, stack, thousands
from analysis.values import mark


@style.house
def monthly_bars(
    ax: Axes, counts: pd.DataFrame, totals: pd.DataFrame, color: str, name: str
) -> Axes:
    """Draw a bar a month, and over the months of each longer period a bracket with its total.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    counts : DataFrame
        `month` and `launched_count`, or another count as the first number; a missing month stays empty.
    totals : DataFrame
        `year` or `quarter`, and the same count.
    color, name : str
        Of the series.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    counts, totals = (
        by_period(counts, by="month"),
        by_period(totals).select_dtypes("number").iloc[:, 0],
    )
    column = counts.select_dtypes("number").columns[0]
    highest = float(counts[column].max())
    starts, days = spans(counts.index)
    stack(ax, starts, days * 0.84, counts, {column: {"color": color}})
    for period, total in totals.items():
        months = starts[(starts >= period.start_time) & (starts <= period.end_time)]
        ends = months[0], months[-1] + pd.offsets.MonthEnd() - pd.Timedelta(days=4)
        ax.plot(ends, [highest * 1.08] * 2, color=style.TEXT, linewidth=1, gid="bracket")
        words = str(period) if period.freqstr[0] == "Y" else f"Q{period.quarter} {period.year}"
        ax.text(
            ends[0] + (ends[1] - ends[0]) / 2,
            highest * 1.12,
            f"{words}\n{total:,}",
            ha="center",
            va="bottom",
            color=style.TEXT,
            fontsize=9,
            linespacing=1.2,
            gid="total",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    style.panel(ax, name, color)
    thousands(ax.yaxis)
    ticks = MaxNLocator(4).tick_values(0, highest)
    ax.set_yticks(ticks[ticks <= highest])
    ax.set_ylim(0, highest * 1.42)
    return ax


@style.house
def record_steps(
    ax: Axes, nightly: pd.DataFrame, records: pd.DataFrame, named: pd.DataFrame
) -> Axes:
    """Draw each night as a dot, the running record as steps, and name the records in `named`.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    nightly, records, named : DataFrame
        `report_date` and `launched_count`. A date without a report has no dot; the steps run through
        it, since a record stands until it is broken.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ax.scatter(
        nightly["report_date"],
        nightly["launched_count"].astype("float64"),
        s=5,
        color=style.GREY,
        alpha=0.7,
        linewidths=0,
        gid="nights",
    )
    mark(
        ax,
        nightly["report_date"],
        nightly["launched_count"].astype("float64"),
        nightly,
        "launched_count",
    )
    dates = [*records["report_date"], nightly["report_date"].iloc[-1]]
    counts = [*records["launched_count"], records["launched_count"].iloc[-1]]
    ax.step(dates, np.array(counts, dtype=float), where="post", color=style.BLUE)
    for night in named.itertuples():
        day, count = night.report_date, night.launched_count
        style.direct_label(
            ax,
            day,
            count,
            f"{count:,}  {day.day} {day:%b %Y}",
            style.BLUE,
            offset=(-6, 5),
            ha="right",
            fontsize=9,
        )
    thousands(ax.yaxis)
    ax.set_ylim(0, float(records["launched_count"].max()) * 1.06)
    return ax


@style.house
def size_boxes(ax: Axes, sizes: pd.DataFrame) -> Axes:
    """Draw the distribution of drones a night for each quarter: 10–90% line, 25–75% box, median, largest.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    sizes : DataFrame
        `quarter`, `q10_count`, `q25_count`, `q50_count`, `q75_count`, `q90_count` and `max_count`, as
        from `measures.wave_sizes`.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    sizes = by_period(
        sizes,
        "q10_count",
        "q25_count",
        "q50_count",
        "q75_count",
        "q90_count",
        "max_count",
        by="quarter",
    ).filter(regex="^(q[0-9]+|max)_count$")
    x = np.arange(len(sizes))
    ax.vlines(x, sizes["q10_count"], sizes["q90_count"], color=style.BLUE, linewidth=1.2)
    ax.bar(
        x,
        sizes["q75_count"] - sizes["q25_count"],
        bottom=sizes["q25_count"],
        width=0.62,
        color=style.PALE_BLUE,
        linewidth=0,
    )
    ax.hlines(sizes["q50_count"], x - 0.31, x + 0.31, color=style.BLUE, linewidth=2.2)
    ax.scatter(
        x,
        sizes["max_count"],
        marker="D",
        s=18,
        facecolor="white",
        edgecolor=style.BLUE,
        linewidths=1.2,
    )
    for column in sizes:
        mark(ax, x, sizes[column].astype("float64"), sizes, column)
    log_counts(ax.yaxis, [1, 3, 10, 30, 100, 300, 1000])
    for place, period in enumerate(sizes.index):
        if period.quarter == 1 and place:
            ax.axvline(place - 0.5, color=style.GRID, linewidth=1)
    places = pd.Series(x, sizes.index.year).groupby(level=0).mean()
    ax.set_xticks(places, places.index)
    ax.tick_params(axis="x", length=0)
    return ax


@style.house
def cumulative_lines(ax: Axes, cumulative: pd.DataFrame, subject: int) -> Axes:
    """Draw the running sum of each year against the day of the year; the year `subject` and when it overtook the one before stand out.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    cumulative : DataFrame
        `year` (a number), `day_of_year_count` and `launched_cumulative_count`.
    subject : int
        The year drawn in blue.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    for year, lines in cumulative.groupby("year"):
        color, width = (style.BLUE, 2.6) if year == subject else (style.GREY, 1.6)
        days, sums = (
            lines["day_of_year_count"],
            lines["launched_cumulative_count"].astype("float64"),
        )
        ax.plot(days, sums, color=color, linewidth=width)
        mark(ax, days, sums, lines, "launched_cumulative_count")
        day, total = lines[["day_of_year_count", "launched_cumulative_count"]].iloc[-1]
        lift = 5 * (year - cumulative["year"].min() - 1) if total < 5000 else 0
        style.direct_label(ax, day, total, f"{year}: {total:,}", color, offset=(4, lift))
    _overtaking(ax, cumulative, subject)
    firsts = pd.date_range("2025-01-01", "2025-12-01", freq="QS")
    ax.set_xticks(firsts.day_of_year, [f"1 {day:%b}" for day in firsts])
    thousands(ax.yaxis)
    ax.set_xlim(1, 366)
    ax.set_ylim(0, None)
    return ax


def _overtaking(ax, cumulative, subject):
    """Mark the day on which the sum of a year exceeds that of the whole year before."""
    before = cumulative.loc[cumulative["year"] == subject - 1, "launched_cumulative_count"].max()
    ahead = cumulative[
        (cumulative["year"] == subject) & (cumulative["launched_cumulative_count"] > before)
    ]
    if len(ahead):
        day, total = ahead[["day_of_year_count", "launched_cumulative_count"]].iloc[0]
        ax.axhline(before, color=style.GREY, linewidth=1, linestyle=(0, (3, 2)), gid="year-before")
        ax.plot(day, total, marker="o", markersize=6, color=style.BLUE, gid="overtaking")
        date = ahead["report_date"].iloc[0]
        style.note(
            ax,
            day,
            total,
            f"{date.day} {date:%B}: more than in all of {subject - 1}",
            style.BLUE,
            offset=(8, -4),
            va="top",
        )


@style.house
def size_shares(ax: Axes, shares: pd.DataFrame, names: dict[str, str]) -> Axes:
    """Draw a bar a row of 100%, split by the size of wave, from small to large, each part with its percent.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    shares : DataFrame
        Indexed by wave band, in order; a column of shares (0 to 1) a row of the chart.
    names : dict
        Each column to the words at its row.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    left, looks = (
        pd.Series(0.0, list(names)),
        dict(zip(shares.index, ("#DCE9F2", style.PALE_BLUE, style.SKY, style.BLUE))),
    )
    for band, color in looks.items():
        part = shares.loc[band, list(names)].astype("float64") * 100
        ax.barh(
            range(len(names)), part, 0.66, left=left, color=color, linewidth=0, gid=f"band-{band}"
        )
        for row, column in enumerate(names):
            mark(
                ax,
                left[column],
                row - 0.33,
                shares.loc[[band]].reset_index(),
                column,
                to=(left[column] + part[column], row + 0.33),
            )
        for row, (share, start) in enumerate(zip(part, left)):
            if share >= 4:
                ax.text(
                    start + share / 2,
                    row,
                    f"{share:.0f}%",
                    ha="center",
                    va="center",
                    fontsize=9.5,
                    color="white" if color == style.BLUE else style.INK,
                    weight="bold" if color == style.BLUE else "normal",
                )
        left = left + part
    ax.legend(
        handles=[Patch(color=color, label=band) for band, color in looks.items()],
        ncols=len(looks),
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(-0.02, 0.98),
        fontsize=9.5,
        handlelength=0.9,
        borderpad=0,
        columnspacing=1.2,
    )
    ax.set_yticks(range(len(names)), list(names.values()))
    ax.set(xlim=(0, 100), ylim=(len(names) - 0.5, -0.5))
    ax.xaxis.set_visible(False)
    ax.grid(visible=False)
    return ax


@style.house
def launch_calendar(axes: np.ndarray, nightly: pd.DataFrame, edges: list[int]) -> np.ndarray:
    """Draw a panel a year: a cell a date, a column a week, shaded by the drones launched; a date without a report stays blank.

    Parameters
    ----------
    axes : ndarray of Axes
        One a year of `nightly`, from the first down.
    nightly : DataFrame
        `report_date`, every date in order, and `launched_count`: 0 where the night was quiet, missing
        without a report.
    edges : list of int
        The lowest number of each shade, from 1 up.

    Returns
    -------
    ndarray of Axes
        The same, drawn on.
    """
    import seaborn as sns  # longer to import than all the rest

    dates = nightly["report_date"].dt
    week = (
        dates.day_of_year + dates.strftime("%Y-01-01").astype("datetime64[s]").dt.day_of_week - 1
    ) // 7
    palette = sns.blend_palette(["#DDEBF5", style.BLUE, "#00223A"], len(edges))
    shades, norm = ListedColormap(palette), BoundaryNorm([*edges, np.inf], len(edges))
    for ax, (year, days) in zip(axes, nightly.groupby(dates.year), strict=True):
        cells = days.assign(week=week, weekday=dates.day_of_week).pivot(
            index="weekday", columns="week", values="launched_count"
        )
        cells = cells.astype("float64").reindex(range(7)).reindex(columns=range(54))
        sns.heatmap(
            cells.where(cells > 0), ax=ax, cmap=shades, norm=norm, linewidths=0.5, cbar=False
        )
        mark(
            ax, week[days.index] + 0.5, dates.day_of_week[days.index] + 0.5, days, "launched_count"
        )
        zero = np.argwhere((cells == 0).to_numpy()) + 0.5
        ax.scatter(zero[:, 1], zero[:, 0], s=3, color=style.TEXT, linewidths=0, gid="quiet")
        starts = week[days.index][dates.day[days.index] == 1]
        ax.set_xticks(
            starts + 0.5, [f"{nightly.at[i, 'report_date']:%b}" for i in starts.index], rotation=0
        )
        ax.set_yticks([3.5], [str(year)], rotation=0)
        ax.tick_params(axis="both", length=0)
        ax.set(xlabel="", ylabel="")
        ax.grid(visible=False)
    names = [f"{low}–{high - 1}" for low, high in zip(edges, edges[1:])] + [f"{edges[-1]} or more"]
    keys = [Patch(color=color, label=name) for color, name in zip(palette, names)]
    axes[0].legend(
        handles=keys,
        ncols=2,
        loc="center left",
        bbox_to_anchor=(0, 0.5),
        frameon=False,
        fontsize=9,
        handlelength=1,
    )
    return axes


@style.house
def class_stack(
    ax: Axes, table: pd.DataFrame, looks: dict[str, tuple], name: str = "", value: str | None = None
) -> Axes:
    """Draw stacked bars a period, a column of `table` a part, named beside the last bar.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        A period and the counts that `looks` names; a missing count adds nothing.
    looks : dict
        Each column to its label (None: none) and colour, from the bottom up.
    name : str
        The title of the panel.
    value : str, optional
        What the columns hold, where `table` is the pivot of a long table.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    counts = by_period(table, *looks)[list(looks)].astype("float64").fillna(0)
    starts, days = spans(counts.index)
    stack(
        ax,
        starts,
        days * 0.9,
        counts,
        {column: {"color": color} for column, (_, color) in looks.items()},
        value=value,
    )
    middle, gap, below = (
        counts.iloc[-1].cumsum() - counts.iloc[-1] / 2,
        counts.sum(axis=1).max() * 0.09,
        -np.inf,
    )
    for column, (label, color) in looks.items():
        if label:
            below = max(
                middle[column], below + gap
            )  # a thin part's name does not stand on the one below
            style.direct_label(ax, counts.index[-1].end_time, below, label, color)
    style.panel(ax, name)
    thousands(ax.yaxis)
    return ax


@style.house
def ratio_line(ax: Axes, ratio: pd.DataFrame, column: str, name: str) -> Axes:
    """Draw a ratio a period as a line with a dot each, labelled at the ends and the top; missing periods are gaps.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    ratio : DataFrame
        A period and `column`.
    column : str
        The ratio that is drawn.
    name : str
        The title of the panel.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ratio = by_period(ratio, column)[column]
    x, values = middle(ratio.index), ratio.astype("float64")
    ax.plot(x, values, color=style.BLUE, marker="o", markersize=4)
    mark(ax, x, values, values.to_frame(), column)
    for i in (0, int(values.argmax()), -1):
        place = {"offset": (6, -1), "ha": "left"} if i == -1 else {"offset": (0, 9), "ha": "center"}
        style.direct_label(ax, x[i], values.iloc[i], f"{values.iloc[i]:.1f}", style.BLUE, **place)
    style.panel(ax, name, style.BLUE)
    ax.set_ylim(0, float(values.max()) * 1.2)
    return ax
