"""Charts of launch volumes: months, records, wave sizes, years, growth, and drones against missiles."""

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis import style
from analysis.plots.shared import by_period, log_counts, middle, stack, thousands


@style.house
def monthly_bars(ax, counts, totals, color, name):
    """Draw a bar a month, and each year's total over its months.

    `counts` has `month`, `totals` has `year`, both `launched_count`; a missing month stays empty.
    """
    counts, totals = (by_period(table)["launched_count"] for table in (counts, totals))
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
def record_steps(ax, nightly, records, named):
    """Draw each night as a dot, the running record as steps, and name the records in `named`.

    A date without a report has no dot; the steps run through it, since a record stands until it is broken.
    """
    ax.scatter(nightly["report_date"], nightly["launched_count"].astype("float64"), s=5, color=style.GREY, alpha=0.7,
               linewidths=0, gid="nights")
    dates = [*records["report_date"], nightly["report_date"].iloc[-1]]
    counts = [*records["launched_count"], records["launched_count"].iloc[-1]]
    ax.step(dates, np.array(counts, dtype=float), where="post", color=style.BLUE)
    for night in named.itertuples():
        day, count = night.report_date, night.launched_count
        ax.annotate(f"{count:,}  {day.day} {day:%b %Y}", (day, count), xytext=(-6, 5), textcoords="offset points",
                    ha="right", va="center", fontsize=9, color=style.BLUE, weight="bold")
    thousands(ax.yaxis)
    ax.set_ylim(0, float(records["launched_count"].max()) * 1.06)
    return ax


@style.house
def size_boxes(ax, sizes):
    """Draw the distribution of drones a night for each quarter: 10–90 % line, 25–75 % box, median, largest."""
    sizes = by_period(sizes)
    x = np.arange(len(sizes))
    ax.vlines(x, sizes["q10_count"], sizes["q90_count"], color=style.BLUE, linewidth=1.2)
    ax.bar(x, sizes["q75_count"] - sizes["q25_count"], bottom=sizes["q25_count"], width=0.62, color="#9CC7E2",
           linewidth=0)
    ax.hlines(sizes["q50_count"], x - 0.31, x + 0.31, color=style.BLUE, linewidth=2.2)
    ax.scatter(x, sizes["max_count"], marker="D", s=18, color=style.VERMILLION, linewidths=0)
    log_counts(ax.yaxis, [1, 3, 10, 30, 100, 300, 1000])
    starts = [i for i, period in enumerate(sizes.index) if period.quarter == 1]
    ax.set_xticks(starts, [str(sizes.index[i].year) for i in starts])
    return ax


@style.house
def cumulative_lines(ax, cumulative, subject):
    """Draw the running sum of each year against the day of the year; the year `subject` stands out."""
    for year, lines in cumulative.groupby("year"):
        is_subject = year == subject
        color = style.BLUE if is_subject else style.TEXT
        ax.plot(lines["day_of_year_count"], lines["launched_cumulative_count"].astype("float64"),
                color=style.BLUE if is_subject else style.GREY, linewidth=2.6 if is_subject else 1.6)
        last = lines.iloc[-1]
        place = (4, 5 * (year - cumulative["year"].min() - 1)) if last["launched_cumulative_count"] < 5000 else (4, 0)
        style.direct_label(ax, last["day_of_year_count"], last["launched_cumulative_count"],
                           f"{year}: {last['launched_cumulative_count']:,}", color, offset=place)
    firsts = pd.date_range("2025-01-01", "2025-12-01", freq="QS")
    ax.set_xticks(firsts.day_of_year, [f"1 {day:%b}" for day in firsts])
    thousands(ax.yaxis)
    ax.set_xlim(1, 366)
    ax.set_ylim(0, None)
    return ax


@style.house
def growth_lines(ax, monthly, fits, changes):
    """Draw monthly launches on a log scale, the fitted doubling lines and the change points.

    `fits` is a list of results of `measures.doubling_time`; `changes` a list of months.
    """
    known = by_period(monthly).dropna(subset="launched_count")
    ax.scatter(middle(known.index), known["launched_count"].astype("float64"), s=18, color=style.GREY, linewidths=0)
    for month in changes:
        ax.axvline(month, color=style.TEXT, linewidth=1, linestyle=(0, (1, 2)), gid="change-point")
        ax.annotate(f"new level from\n{month:%b %Y}", (month, 1), xycoords=("data", "axes fraction"),
                    xytext=(-5, -2), textcoords="offset points", ha="right", va="top", fontsize=9, color=style.TEXT)
    for fit in fits:
        months = pd.period_range(fit["start"], fit["end"], freq="M")
        line = 2 ** (fit["intercept"] + fit["slope"] * np.arange(len(months)))
        ax.plot(middle(months), line, color=style.BLUE)
        text = (f"doubled every\n{fit['doubling_months']:.1f} months\n"
                f"({fit['doubling_low_months']:.1f} to {fit['doubling_high_months']:.1f})")
        style.direct_label(ax, middle(months)[len(months) // 2], line[len(months) // 2], text, style.BLUE,
                           offset=(12, -30), fontsize=9)
    log_counts(ax.yaxis, [30, 100, 300, 1000, 3000, 10000])
    return ax


@style.house
def class_stack(ax, table, looks):
    """Draw stacked bars a quarter, a column of `table` a part, named beside the last bar.

    `looks` gives each column's label (None: none) and colour, from the bottom up.
    """
    table = by_period(table)
    heights = table[list(looks)].astype("float64").fillna(0)
    widths = (table.index.end_time - table.index.start_time) * 0.9
    stack(ax, table.index.to_timestamp(), widths, [(heights[column], {"color": color, "linewidth": 0}) for column, (_, color) in looks.items()])
    middles = heights.iloc[-1].cumsum() - heights.iloc[-1] / 2
    for column, (label, color) in looks.items():
        if label:
            text = style.TEXT if color == style.GREY else color
            style.direct_label(ax, table.index[-1].end_time, middles[column], label, text)
    thousands(ax.yaxis)
    return ax


@style.house
def ratio_line(ax, ratio, column, name):
    """Draw a ratio a quarter as a line with a dot each, labelled at the ends and the top; missing quarters are gaps."""
    ratio = by_period(ratio)[column]
    x, values = middle(ratio.index), ratio.astype("float64")
    ax.plot(x, values, color=style.BLUE, marker="o", markersize=4)
    for i in (0, int(values.argmax()), -1):
        place = {"offset": (6, -1), "ha": "left"} if i == -1 else {"offset": (0, 9), "ha": "center"}
        style.direct_label(ax, x[i], values.iloc[i], f"{values.iloc[i]:.1f}", style.BLUE, **place)
    ax.set_title(name, color=style.BLUE)
    ax.set_ylim(0, float(values.max()) * 1.2)
    return ax

