"""Charts of launch volumes."""

import matplotlib.dates as mdates

from analysis import style


def monthly_bars(ax, table, color, name):
    """Draw a bar a month and each year's total above its months.

    `table` has a monthly PeriodIndex and `launched_count`; a missing month stays empty.
    """
    starts = table.index.to_timestamp()
    ax.bar(starts, table["launched_count"].astype("float64"), width=table.index.days_in_month * 0.86, align="edge",
           color=color, linewidth=0)
    ax.set_title(name, color=color)
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:,.0f}")
    ax.set_ylim(0, float(table["launched_count"].max()) * 1.22)
    return ax
