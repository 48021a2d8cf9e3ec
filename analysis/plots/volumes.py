"""Charts of launch volumes: months, records, wave sizes, years, growth, and drones against missiles."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis import style
from analysis.plots.shared import by_period, log_counts, middle, spans, stack, thousands


@style.house
def monthly_bars(ax: Axes, counts: pd.DataFrame, totals: pd.DataFrame, color: str, name: str) -> Axes:
    """Draw a bar a month, and each year's total over its months.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    counts : DataFrame
        `month` and `launched_count`; a missing month stays empty.
    totals : DataFrame
        `year` and `launched_count`.
    color, name : str
        Of the series.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    counts, totals = (by_period(table, "launched_count", by=by)["launched_count"] for table, by in ((counts, "month"), (totals, "year")))
    top = float(counts.max()) * 1.42  # room for the totals above the bars
    ax.bar(counts.index.to_timestamp(), counts.astype("float64"), width=counts.index.days_in_month * 0.84,
           align="edge", color=color, linewidth=0)
    for year, total in totals.items():
        months = counts.index[counts.index.year == year.year].to_timestamp(how="start")
        middle = months[0] + (months[-1] + pd.offsets.MonthEnd() - months[0]) / 2
        ax.text(middle, top, f"{year}\n{total:,}", ha="center", va="top", color=style.TEXT, fontsize=9.5,
                linespacing=1.3, gid="year-total")
    ax.set_title(name, color=color)
    thousands(ax.yaxis)
    ticks = MaxNLocator(4).tick_values(0, float(counts.max()))
    ax.set_yticks(ticks[ticks <= float(counts.max())])
    ax.set_ylim(0, top)
    return ax


@style.house
def record_steps(ax: Axes, nightly: pd.DataFrame, records: pd.DataFrame, named: pd.DataFrame) -> Axes:
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
    ax.scatter(nightly["report_date"], nightly["launched_count"].astype("float64"), s=5, color=style.GREY, alpha=0.7,
               linewidths=0, gid="nights")
    dates = [*records["report_date"], nightly["report_date"].iloc[-1]]
    counts = [*records["launched_count"], records["launched_count"].iloc[-1]]
    ax.step(dates, np.array(counts, dtype=float), where="post", color=style.BLUE)
    for night in named.itertuples():
        day, count = night.report_date, night.launched_count
        style.direct_label(ax, day, count, f"{count:,}  {day.day} {day:%b %Y}", style.BLUE, offset=(-6, 5), ha="right", fontsize=9)
    thousands(ax.yaxis)
    ax.set_ylim(0, float(records["launched_count"].max()) * 1.06)
    return ax


@style.house
def size_boxes(ax: Axes, sizes: pd.DataFrame) -> Axes:
    """Draw the distribution of drones a night for each quarter: 10–90 % line, 25–75 % box, median, largest.

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
    sizes = by_period(sizes, "q10_count", "q25_count", "q50_count", "q75_count", "q90_count", "max_count", by="quarter")
    x = np.arange(len(sizes))
    ax.vlines(x, sizes["q10_count"], sizes["q90_count"], color=style.BLUE, linewidth=1.2)
    ax.bar(x, sizes["q75_count"] - sizes["q25_count"], bottom=sizes["q25_count"], width=0.62,
           color=style.PALE_BLUE, linewidth=0)
    ax.hlines(sizes["q50_count"], x - 0.31, x + 0.31, color=style.BLUE, linewidth=2.2)
    ax.scatter(x, sizes["max_count"], marker="D", s=18, color=style.VERMILLION, linewidths=0)
    log_counts(ax.yaxis, [1, 3, 10, 30, 100, 300, 1000])
    starts = [i for i, period in enumerate(sizes.index) if period.quarter == 1]
    ax.set_xticks(starts, [str(sizes.index[i].year) for i in starts])
    return ax


@style.house
def cumulative_lines(ax: Axes, cumulative: pd.DataFrame, subject: int) -> Axes:
    """Draw the running sum of each year against the day of the year; the year `subject` stands out.

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
        ax.plot(lines["day_of_year_count"], lines["launched_cumulative_count"].astype("float64"), color=color, linewidth=width)
        day, total = lines[["day_of_year_count", "launched_cumulative_count"]].iloc[-1]
        lift = 5 * (year - cumulative["year"].min() - 1) if total < 5000 else 0
        style.direct_label(ax, day, total, f"{year}: {total:,}", color, offset=(4, lift))
    firsts = pd.date_range("2025-01-01", "2025-12-01", freq="QS")
    ax.set_xticks(firsts.day_of_year, [f"1 {day:%b}" for day in firsts])
    thousands(ax.yaxis)
    ax.set_xlim(1, 366)
    ax.set_ylim(0, None)
    return ax


@style.house
def growth_lines(ax: Axes, monthly: pd.DataFrame, fits: list[dict], changes: list) -> Axes:
    """Draw monthly launches on a log scale, the fitted doubling lines and the change points.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    monthly : DataFrame
        `month` and `launched_count`; a missing month has no dot.
    fits : list of dict
        Results of `measures.doubling_time`.
    changes : list of Timestamp
        The first days of the months in which the level changed.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    known = by_period(monthly, "launched_count", by="month").dropna(subset="launched_count")
    ax.scatter(middle(known.index), known["launched_count"].astype("float64"), s=18, color=style.GREY, linewidths=0)
    for month in changes:
        style.edge(ax, month, f"new level from\n{month:%b %Y}", dashes=(1, 2), gid="change-point", offset=(-5, -2), fontsize=9)
    for fit in fits:
        months = pd.period_range(fit["start"], fit["end"], freq="M")
        line = 2 ** (fit["intercept"] + fit["slope"] * np.arange(len(months)))
        ax.plot(middle(months), line, color=style.BLUE)
        text = (f"doubled every\n{fit['doubling_months']:.1f} months\n"
                f"({fit['doubling_low_months']:.1f} to {fit['doubling_high_months']:.1f})")
        half = len(months) // 2
        style.direct_label(ax, middle(months)[half], line[half], text, style.BLUE, offset=(12, -30), fontsize=9)
    log_counts(ax.yaxis, [30, 100, 300, 1000, 3000, 10000])
    return ax


@style.house
def class_stack(ax: Axes, table: pd.DataFrame, looks: dict[str, tuple]) -> Axes:
    """Draw stacked bars a period, a column of `table` a part, named beside the last bar.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        A period and the counts that `looks` names; a missing count adds nothing.
    looks : dict
        Each column to its label (None: none) and colour, from the bottom up.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    counts = by_period(table, *looks)[list(looks)].astype("float64").fillna(0)
    starts, days = spans(counts.index)
    stack(ax, starts, days * 0.9, counts, {column: {"color": color} for column, (_, color) in looks.items()})
    middle = counts.iloc[-1].cumsum() - counts.iloc[-1] / 2
    for column, (label, color) in looks.items():
        if label:
            style.direct_label(ax, counts.index[-1].end_time, middle[column], label, color)
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
    for i in (0, int(values.argmax()), -1):
        place = {"offset": (6, -1), "ha": "left"} if i == -1 else {"offset": (0, 9), "ha": "center"}
        style.direct_label(ax, x[i], values.iloc[i], f"{values.iloc[i]:.1f}", style.BLUE, **place)
    ax.set_title(name, color=style.BLUE)
    ax.set_ylim(0, float(values.max()) * 1.2)
    return ax
