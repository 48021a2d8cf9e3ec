"""The house figure: finding as title, measure as subtitle, source below, direct labels, regime edges.

A figure is 16 cm wide; `narrow` sets it anew for a printed column of 8.9 cm, where no text is smaller than 6 pt.
"""

import re
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.textpath import TextToPath

# One colour, one meaning: drones and what was neutralised blue, of it lost sky blue; missiles vermillion, in three shades;
# not reported as neutralised, and hits, ink; the rest, what is unknown and what misleads, grey. They also stay apart in grey.
BLUE, SKY, PALE_BLUE = "#0173B2", "#6DB9E8", "#9CC7E2"
VERMILLION, RUST, PEACH = "#D55E00", "#7A3500", "#F2B48A"
INK, TEXT, GREY, PALE, GRID = "#222222", "#595959", "#949494", "#CFCFCF", "#E3E3E3"
_READABLE = {
    GREY: TEXT,
    PALE: TEXT,
    SKY: "#1B6FA0",
    PALE_BLUE: "#1B6FA0",
    PEACH: VERMILLION,
}  # what a text of a light colour is written in
WIDTH, COLUMN = 6.3, 4.9  # inches
PRINTED = 8.9 / 2.54 / COLUMN  # the scale at which a narrow figure is one column wide
_TITLE, _SUBTITLE, _SMALL = 13.5, 10.5, 8.5  # points
_LEFT, _LINE = 0.012, 1.25
_RC = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": GREY,
    "axes.labelsize": 10,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "ytick.major.size": 0,
    "xtick.major.size": 3,
    "lines.linewidth": 2,
    "lines.solid_capstyle": "round",
    "svg.hashsalt": "ukraine-air-attack-notebooks",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "figure.dpi": 100,
    "savefig.dpi": 300,
    "hatch.linewidth": 0.8,
}
# What seaborn's theme "ticks" adds to these: written out, because seaborn takes longer to import than all the rest.
_TICKS = {
    "axes.linewidth": 1.25,
    "xtick.major.width": 1.25,
    "ytick.major.width": 1.25,
    "xtick.minor.width": 1,
    "ytick.minor.width": 1,
    "xtick.minor.size": 4,
    "ytick.minor.size": 4,
    "legend.fontsize": 11,
    "legend.title_fontsize": 12,
    "patch.edgecolor": "w",
    "patch.force_edgecolor": True,
}
_THEME = {**_TICKS, **_RC, "axes.prop_cycle": mpl.cycler(color=[BLUE, VERMILLION, GREY])}


@contextmanager
def _house():
    plt.draw_if_interactive()  # loads the backend; what that sets, such as that figures are shown below a cell, is to outlast the context
    with mpl.style.context(["default", _THEME]):
        yield


house = _house()  # all that draws is drawn under it, from defaults on, so that a user's settings neither leak in nor are changed


def use() -> None:
    """Take the house style over for plots of one's own: fonts, colours, grid; `matplotlib.rcdefaults` undoes it."""
    mpl.rcParams.update(_THEME)


@house
def figure(
    title: str, subtitle: str, rows: int = 1, cols: int = 1, height: float = 4.0, **subplots
) -> tuple[Figure, Any]:
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
    for text, size, gid, look in (
        (title, _TITLE, "title", {"weight": "bold", "color": INK}),
        (subtitle, _SUBTITLE, "subtitle", {"color": TEXT}),
    ):
        fig.text(_LEFT, 1, text, size=size, gid=gid, va="top", linespacing=_LINE, **look)
    _fit(fig)
    return fig, axes


def _fit(fig):
    """Wrap head and source to the width of a figure and leave the rest to its axes; return the inches that they take."""
    height, above, below = fig.get_figheight(), 0.10, 0.30
    for text in fig.texts:
        text.set_text(
            "\n".join(lines := _lines(text.get_text().replace("\n", " "), text, fig.get_figwidth()))
        )
        if text.get_gid() == "source":
            text.set_y(0.07 / height)
            below += (len(lines) - 1) * text.get_size() * _LINE / 72
        else:
            text.set_y(1 - above / height)
            above += len(lines) * text.get_size() * _LINE * 1.12 / 72 + 0.04
    fig.get_layout_engine().set(
        rect=(0.005, below / height, 0.99, 1 - (below + above + 0.06) / height),
        w_pad=0.03,
        h_pad=0.03,
    )
    return above + below


def _lines(words, text, width):
    """Break words into lines as wide as the figure, by the widths of the glyphs of `text`."""
    lines, measure = [""], TextToPath()
    for word in re.split(
        "(?<!×) (?!%)", words
    ):  # not between a number and its sign, nor at a no-break space
        longer = f"{lines[-1]} {word}".strip()
        long, _, _ = measure.get_text_width_height_descent(
            longer, text.get_fontproperties(), ismath=False
        )
        if long > width * 72 * (1 - 2 * _LEFT) and lines[-1]:
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
def narrow(fig: Figure) -> None:
    """Set a settled figure anew at the width of a column, its axes as tall as they were; printed, it is scaled by `PRINTED`."""
    fig.set_layout_engine("constrained")
    taken = _fit(fig)
    fig.set_figwidth(COLUMN)
    fig.set_figheight(fig.get_figheight() - taken + _fit(fig))
    _fit(fig)
    for ax in fig.axes:
        ax.set_in_layout(True)  # a place once given is else kept
    settle(fig)


@house
def source_line(fig: Figure, text: str) -> None:
    """Write where the numbers come from at the bottom left of a house figure; a long line is wrapped, below smaller axes."""
    fig.text(_LEFT, 0, text, size=_SMALL, color=TEXT, va="bottom", gid="source")
    if fig.get_layout_engine():
        _fit(fig)


@house
def note(
    ax: Axes, x, y, text: str, color: str = TEXT, offset: tuple = (0, 0), **look
) -> Annotation:
    """Write a small text at a place of the data, moved by `offset` points; a light colour is darkened so that it can be read."""
    return ax.annotate(
        text,
        (x, y),
        xytext=offset,
        textcoords="offset points",
        color=_READABLE.get(color, color),
        **{"fontsize": 8.5, **look},
    )


def direct_label(ax: Axes, x, y, text: str, color: str, **look) -> Annotation:
    """Write a series' name beside its line, in its colour, instead of a legend; `look` as for `note`."""
    return note(
        ax,
        x,
        y,
        text,
        color,
        **{"offset": (4, 0), "va": "center", "fontsize": 9.5, "weight": "bold", **look},
    )


@house
def panel(ax: Axes, name: str, color: str = TEXT) -> None:
    """Write the name of a panel above it, bold and at the left."""
    ax.set_title(name, color=_READABLE.get(color, color))


@house
def edge(
    ax: Axes, x, text: str, at: float = 1.0, dashes: tuple = (4, 3), gid: str | None = None, **look
) -> None:
    """Draw a dashed upright line at `x` with its name, whose top is at the fraction `at` of the axes; `look` as for `note`."""
    ax.axvline(x, color=TEXT, linewidth=1, linestyle=(0, dashes), gid=gid)
    note(
        ax,
        x,
        at,
        text,
        xycoords=("data", "axes fraction"),
        **{"offset": (-4, -2), "ha": "right", "va": "top", **look},
    )


def regime_edges(
    ax: Axes, regimes: pd.DataFrame, at: float = 1.0, edges=("C", "D"), left=("C",)
) -> None:
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
    left : iterable of str
        Those whose name stands at the left of its edge, the others' at the right.
    """
    names = {"C": "lost separately\nfrom 21 Aug 2024", "D": "one figure\nfrom 24 Jul 2025"}
    starts = regimes.set_index(regimes["regime_id"].astype(str))["first_report_date"]
    for regime_id in edges:
        place = {} if regime_id in left else {"ha": "left", "offset": (4, -2)}
        edge(ax, starts[regime_id], names[regime_id], at, gid=f"regime-{regime_id}", **place)


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
    ax.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(
            ax.xaxis.get_major_locator(),
            show_offset=False,
            formats=["%Y", "%b", "%d", "%H:%M", "%H:%M", "%S"],
        )
    )
