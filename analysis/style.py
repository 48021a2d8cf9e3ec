"""The house figure: finding as title, measure as subtitle, source below, direct labels, regime edges.

Sizes are for a figure 16 cm wide whose text still reads at column width (8.9 cm).
"""

from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation
from matplotlib.textpath import TextToPath

BLUE, VERMILLION, GREY, PALE_BLUE = "#0173B2", "#D55E00", "#949494", "#9CC7E2"
TEXT, GRID, PALE = "#595959", "#E3E3E3", "#CFCFCF"
INK = "#222222"
WIDTH = 6.3  # inches
_TITLE, _SUBTITLE, _SMALL = 13.5, 10.5, 8.5  # points
_LEFT, _LINE = 0.012, 1.25
_RC = {
    "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.labelcolor": TEXT,
    "axes.edgecolor": GREY, "axes.labelsize": 10, "axes.titlesize": 10, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.grid": True, "axes.grid.axis": "y", "axes.axisbelow": True, "grid.color": GRID, "grid.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "xtick.color": TEXT, "ytick.color": TEXT, "xtick.labelsize": 9.5, "ytick.labelsize": 9.5,
    "ytick.major.size": 0, "xtick.major.size": 3, "lines.linewidth": 2, "lines.solid_capstyle": "round",
    "svg.hashsalt": "ukraine-air-attack-notebooks", "svg.fonttype": "path", "pdf.fonttype": 42,
    "figure.dpi": 100, "savefig.dpi": 300, "hatch.linewidth": 0.8,
}
_THEME = {**sns.plotting_context("notebook"), **sns.axes_style("ticks"), **_RC,
          "axes.prop_cycle": mpl.cycler(color=[BLUE, VERMILLION, GREY])}
# All that draws is drawn under it, from defaults on, so that a user's settings neither leak in nor are changed.
house = mpl.style.context(["default", _THEME])


def use() -> None:
    """Take the house style over for plots of one's own: fonts, colours, grid; `matplotlib.rcdefaults` undoes it."""
    mpl.rcParams.update(_THEME)


@house
def figure(title: str, subtitle: str, rows: int = 1, cols: int = 1, height: float = 4.0, **subplots) -> tuple[Figure, Any]:
    """Return a Figure in the house style and its Axes (an array if there are several).

    Parameters
    ----------
    title : str
        The finding in one sentence; wrapped, drawn bold at the top left.
    subtitle : str
        What is counted, in which unit and period.
    rows, cols : int
        How many panels there are.
    height : float
        Height of the whole figure in inches; it is `WIDTH` wide.
    **subplots
        Passed to `matplotlib.pyplot.subplots`.

    Returns
    -------
    tuple of Figure and Axes
        Or of Figure and an array of Axes. A user's own settings are neither used nor changed.
    """
    fig, axes = plt.subplots(rows, cols, figsize=(WIDTH, height), layout="constrained", **subplots)
    top = 0.10
    for text, size, gid, look in ((title, _TITLE, "title", {"weight": "bold", "color": INK}),
                                  (subtitle, _SUBTITLE, "subtitle", {"color": TEXT})):
        lines = _lines(text, FontProperties(size=size, weight=look.get("weight")))
        fig.text(_LEFT, 1 - top / height, "\n".join(lines), size=size, gid=gid, va="top", linespacing=_LINE, **look)
        top += len(lines) * size * _LINE * 1.12 / 72 + 0.04
    bottom = 0.30
    fig.get_layout_engine().set(rect=(0.005, bottom / height, 0.99, 1 - (bottom + top + 0.06) / height),
                                w_pad=0.03, h_pad=0.03)
    return fig, axes


def _lines(text, font):
    """Break a text into lines as wide as the figure, by the widths of its glyphs."""
    lines, measure = [""], TextToPath()
    for word in text.split(" "):  # not at a no-break space
        longer = f"{lines[-1]} {word}".strip()
        width, _, _ = measure.get_text_width_height_descent(longer, font, ismath=False)
        if width > WIDTH * 72 * (1 - 2 * _LEFT) and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@house
def settle(fig: Figure) -> None:
    """Lay a figure out, once, and round where its axes stand.

    The solver of the layout sums in another order each time; the last digits
    would show in the names that an SVG gives its clipping frames.
    """
    fig.set_dpi(_RC["savefig.dpi"])
    fig.draw_without_rendering()
    fig.set_layout_engine(None)  # a placeholder engine would draw each picture twice
    for ax in fig.axes:
        ax.set_position([round(edge, 4) for edge in ax.get_position().bounds])


@house
def source_line(fig: Figure, text: str) -> None:
    """Write where the numbers come from at the bottom left of a house figure; a long line is wrapped, below smaller axes."""
    lines, height = _lines(text, FontProperties(size=_SMALL)), fig.get_figheight()
    fig.text(_LEFT, 0.07 / height, "\n".join(lines), size=_SMALL, color=TEXT, va="bottom", gid="source")
    if lines[1:] and (engine := fig.get_layout_engine()):
        left, bottom, width, tall = engine.get()["rect"]
        more = (len(lines) - 1) * _SMALL * _LINE / 72 / height
        engine.set(rect=(left, bottom + more, width, tall - more))


@house
def note(ax: Axes, x, y, text: str, color: str = TEXT, offset: tuple = (0, 0), **look) -> Annotation:
    """Write a small text at a place of the data, moved by `offset` points; grey is darkened so that it can be read."""
    return ax.annotate(text, (x, y), xytext=offset, textcoords="offset points", color=TEXT if color == GREY else color,
                       **{"fontsize": 8.5, **look})


def direct_label(ax: Axes, x, y, text: str, color: str, **look) -> Annotation:
    """Write a series' name beside its line, in its colour, instead of a legend; `look` as for `note`."""
    return note(ax, x, y, text, color, **{"offset": (4, 0), "va": "center", "fontsize": 9.5, "weight": "bold", **look})


@house
def edge(ax: Axes, x, text: str, at: float = 1.0, dashes: tuple = (4, 3), gid: str | None = None, **look) -> None:
    """Draw a dashed upright line at `x` with its name, whose top is at the fraction `at` of the axes; `look` as for `note`."""
    ax.axvline(x, color=TEXT, linewidth=1, linestyle=(0, dashes), gid=gid)
    note(ax, x, at, text, xycoords=("data", "axes fraction"), **{"offset": (-4, -2), "ha": "right", "va": "top", **look})


def regime_edges(ax: Axes, regimes: pd.DataFrame, at: float = 1.0, edges=("C", "D")) -> None:
    """Draw the edges that matter for outcomes (start of C and of D) on a time axis, with their names.

    Parameters
    ----------
    ax : Axes
        With time across.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`.
    at : float
        Height of the names' top, as a fraction of the axes.
    edges : iterable of str
        The regimes whose start lies in view.
    """
    names = {"C": "lost reported apart\nfrom 21 Aug 2024", "D": "one merged figure\nfrom 24 Jul 2025"}
    starts = regimes.set_index(regimes["regime_id"].astype(str))["first_report_date"]
    for regime_id in edges:
        edge(ax, starts[regime_id], names[regime_id], at, gid=f"regime-{regime_id}")


@house
def date_axis(ax: Axes, start, end, every: int = 6) -> None:
    """Give a time axis a tick in `every` so many months, labelled by the month, or by the year in January.

    Parameters
    ----------
    ax : Axes
        With time across.
    start, end : date or str
        Its ends, such as ``"2022-09-15"``.
    every : int
        Months from tick to tick, counted from January.
    """
    ax.set_xlim(pd.Timestamp(start), pd.Timestamp(end))
    ax.xaxis.set_major_locator(mdates.MonthLocator(bymonth=range(1, 13, every)))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator(), show_offset=False,
                                                             formats=["%Y", "%b", "%d", "%H:%M", "%H:%M", "%S"]))
