"""The house figure: finding as title, measure as subtitle, source below, direct labels, regime edges.

Sizes are for a figure 16 cm wide whose text still reads at column width (8.9 cm).
"""

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

BLUE, VERMILLION, GREY = "#0173B2", "#D55E00", "#949494"
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
def figure(title: str, subtitle: str, rows: int = 1, cols: int = 1, height: float = 4.0, **subplots):
    """Return a Figure in the house style and its Axes (an array if there are several).

    Parameters
    ----------
    title : str
        The finding in one sentence; wrapped, drawn bold at the top left.
    subtitle : str
        What is counted, in which unit and period.
    height : float
        Height of the whole figure in inches; it is `WIDTH` wide.
    **subplots
        Passed to `matplotlib.pyplot.subplots`.
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
def settle(fig):
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
def source_line(fig, text):
    """Write where the numbers come from at the bottom left of a house figure; a long line is wrapped, below smaller axes."""
    lines, height = _lines(text, FontProperties(size=_SMALL)), fig.get_figheight()
    fig.text(_LEFT, 0.07 / height, "\n".join(lines), size=_SMALL, color=TEXT, va="bottom", gid="source")
    if lines[1:] and (engine := fig.get_layout_engine()):
        left, bottom, width, tall = engine.get()["rect"]
        more = (len(lines) - 1) * _SMALL * _LINE / 72 / height
        engine.set(rect=(left, bottom + more, width, tall - more))


@house
def direct_label(ax, x, y, text, color, **look):
    """Write a series' name beside its line, in its colour, instead of a legend; returns the Text."""
    offset = look.pop("offset", (4, 0))
    return ax.annotate(text, (x, y), xytext=offset, textcoords="offset points", color=color,
                       **{"va": "center", "fontsize": 9.5, "weight": "bold", **look})


@house
def regime_edges(ax, regimes, at=1.0, edges=("C", "D")):
    """Draw the edges that matter for outcomes (start of C and of D) on a time axis, with their names.

    `regimes` is the table of that name; `at` is the height of the names' top, a
    fraction of the axes; `edges` are the regimes whose start lies in view.
    """
    names = {"C": "lost reported apart\nfrom 21 Aug 2024", "D": "one merged figure\nfrom 24 Jul 2025"}
    starts = regimes.set_index(regimes["regime_id"].astype(str))["first_report_date"]
    for regime_id in edges:
        ax.axvline(starts[regime_id], color=TEXT, linewidth=1, linestyle=(0, (4, 3)), gid=f"regime-{regime_id}")
        ax.annotate(names[regime_id], (starts[regime_id], at), xycoords=("data", "axes fraction"), xytext=(-4, -2),
                    textcoords="offset points", ha="right", va="top", fontsize=8.5, color=TEXT)


@house
def date_axis(ax, start, end, every=6):
    """Give a time axis a tick in `every` so many months, labelled by the month, or by the year in January."""
    ax.set_xlim(pd.Timestamp(start), pd.Timestamp(end))
    ax.xaxis.set_major_locator(mdates.MonthLocator(bymonth=range(1, 13, every)))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator(), show_offset=False,
                                                             formats=["%Y", "%b", "%d", "%H:%M", "%H:%M", "%S"]))
