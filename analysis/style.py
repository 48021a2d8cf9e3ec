"""The house figure: finding as title, measure as subtitle, source, direct labels, regime edges.

A figure is 16 cm wide; `narrow` sets it anew for a printed column of 8.9 cm, where no text is
smaller than 6 pt. Fonts, grid and sizes stand in `house.mplstyle`.
"""

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Annotation
from matplotlib.textpath import TextToPath
from matplotlib.ticker import PercentFormatter

__all__ = [
    "COLORS",
    "color",
    "date_axis",
    "direct_label",
    "edge",
    "figure",
    "not_given",
    "note",
    "panel",
    "percent",
    "readable",
    "regimes",
    "thousands",
    "use",
]

BLUE, SKY, PALE_BLUE = "#0173B2", "#6DB9E8", "#9CC7E2"
NAVY = "#00223A"
VERMILLION, RUST, PEACH = "#D55E00", "#7A3500", "#F2B48A"
INK, TEXT, GREY, PALE, GRID = "#222222", "#595959", "#949494", "#CFCFCF", "#E3E3E3"
# One colour, one meaning, in every chart: drones blue, missiles vermillion, and what was not
# neutralised ink. They also stay apart in grey and in all three colour-vision deficiencies.
COLORS = {
    "drones": BLUE,
    "shahed": BLUE,
    "other_drone": PALE_BLUE,
    "missiles": VERMILLION,
    "ballistic_missile": VERMILLION,
    "cruise_missile": RUST,
    "guided_air_launched_missile": PEACH,
    "mixed_missiles": GREY,
    "claimed": GRID,
    "shot_down": BLUE,
    "lost": SKY,
    "merged": SKY,
    "neutralised": BLUE,
    "residual": INK,
    "hit": GREY,
    "hit_location": PALE,
    "naive": GREY,
    "right": BLUE,
}
_SUFFIX = re.compile("_(count|share|ratio|rate)$")
# What a text is written in whose colour is too light to read.
_READABLE = {GREY: TEXT, PALE: TEXT, SKY: "#1B6FA0", PALE_BLUE: "#1B6FA0", PEACH: "#A65A24"}
WIDTH, COLUMN = 6.3, 4.9  # inches
PRINTED = 8.9 / 2.54 / COLUMN  # the scale at which a narrow figure is one column wide
_TITLE, _SUBTITLE, _SMALL = 13.5, 10.5, 8.5  # points
_LEFT, _LINE = 0.012, 1.25


FONTS = Path(__file__).with_name("fonts")  # see upkeep/fonts.py
for _face in sorted(FONTS.glob("*.ttf")):
    fontManager.addfont(_face)


@cache
def _theme():
    path = Path(__file__).with_name("house.mplstyle")
    return mpl.rc_params_from_file(path, use_default_template=False)


@contextmanager
def _house():
    plt.draw_if_interactive()  # loads the backend: what that sets is to outlast the context
    with mpl.style.context(["default", _theme()]):
        yield


# All that draws is drawn under it: a user's settings neither leak in nor are changed.
house = _house()


def use() -> None:
    """Take the house style over for plots of your own; `matplotlib.rcdefaults` undoes it."""
    mpl.rcParams.update(_theme())


def color(name: str) -> str:
    """Return the colour of a class or outcome, or of a column that counts it, such as `lost_share`.

    Examples
    --------
    >>> color("lost_share"), color("cruise_missile")
    ('#6DB9E8', '#7A3500')
    """
    return COLORS.get(_SUFFIX.sub("", name), BLUE)


def readable(color: str) -> str:
    """Return the colour that a text is written in beside something drawn in `color`."""
    return _READABLE.get(color, color)


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
        Or of Figure and an array of Axes. Your own settings are neither used nor changed.
    """
    fig, axes = plt.subplots(rows, cols, figsize=(WIDTH, height), layout="constrained", **subplots)
    head = {"va": "top", "linespacing": _LINE}
    fig.text(_LEFT, 1, title, size=_TITLE, gid="title", weight="bold", color=INK, **head)
    fig.text(_LEFT, 1, subtitle, size=_SUBTITLE, gid="subtitle", color=TEXT, **head)
    _fit(fig)
    return fig, axes


def _fit(fig):
    """Wrap head and source to the width of a figure; return the inches that they take."""
    height, above, below = fig.get_figheight(), 0.10, 0.30
    for text in fig.texts:
        words = text.get_text().replace("\n", " ")
        lines = _lines(words, text, fig.get_figwidth())
        text.set_text("\n".join(lines))
        line_height = text.get_size() * _LINE / 72
        if text.get_gid() == "source":
            text.set_y(0.07 / height)
            below += (len(lines) - 1) * line_height
        else:
            text.set_y(1 - above / height)
            above += len(lines) * line_height * 1.12 + 0.04
    rect = (0.005, below / height, 0.99, 1 - (below + above + 0.06) / height)
    fig.get_layout_engine().set(rect=rect, w_pad=0.03, h_pad=0.03)
    return above + below


def _lines(words, text, width):
    """Break words into lines as wide as the figure, by the widths of the glyphs of `text`."""
    lines, measure, font = [""], TextToPath(), text.get_fontproperties()
    room = width * 72 * (1 - 2 * _LEFT)
    # Not between a number and its sign, nor at a no-break space.
    for word in re.split("(?<!×) (?!%)", words):
        longer = f"{lines[-1]} {word}".strip()
        long, _, _ = measure.get_text_width_height_descent(longer, font, ismath=False)
        if long > room and lines[-1]:
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
    fig.set_dpi(mpl.rcParams["savefig.dpi"])
    fig.draw_without_rendering()
    fig.set_layout_engine(None)  # a placeholder engine would draw each picture twice
    for ax in fig.axes:
        ax.set_position([round(edge, 4) for edge in ax.get_position().bounds])


@house
def narrow(fig: Figure) -> None:
    """Set a settled figure anew at the width of a column, its axes as tall as they were."""
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
    """Write at the bottom left of a house figure where its numbers come from."""
    fig.text(_LEFT, 0, text, size=_SMALL, color=TEXT, va="bottom", gid="source")
    if fig.get_layout_engine():
        _fit(fig)


@house
def note(
    ax: Axes, x, y, text: str, color: str = TEXT, offset: tuple = (0, 0), **look
) -> Annotation:
    """Write a small text at a place of the data, moved by `offset` points.

    On a time axis `x` may be a text, such as ``"2025-07-24"``. A colour that is
    too light to read is darkened; `look` as for `Axes.annotate`.
    """
    x = pd.Timestamp(x) if isinstance(x, str) else x
    look = {"fontsize": 8.5, "textcoords": "offset points", "linespacing": 1.2, **look}
    return ax.annotate(text, (x, y), xytext=offset, color=readable(color), **look)


def direct_label(ax: Axes, x, y, text: str, color: str, **look) -> Annotation:
    """Write a series' name beside its line, in its colour, instead of a legend."""
    look = {"offset": (4, 0), "va": "center", "fontsize": 9.5, "weight": "bold", **look}
    return note(ax, x, y, text, color, **look)


@house
def panel(ax: Axes, name: str, color: str = TEXT, unit: str = "") -> None:
    """Write the name of a panel above it, bold, and below the name its unit."""
    ax.set_title(name, color=readable(color), pad=17 if unit else None)
    if unit:
        note(ax, 0, 1, unit, xycoords="axes fraction", offset=(0, 4), va="bottom")


@house
def edge(ax: Axes, x, text: str, at: float = 1.0, left: bool = False, gid: str = "edge") -> None:
    """Draw a dashed upright line at `x` with its name, whose top is at the fraction `at`."""
    ax.axvline(x, color=TEXT, linewidth=1, linestyle=(0, (4, 3)), gid=gid)
    look = {"offset": (-4, -2), "ha": "right"} if left else {"offset": (4, -2), "ha": "left"}
    note(ax, x, at, text, xycoords=("data", "axes fraction"), va="top", **look)


def regimes(ax: Axes, table: pd.DataFrame, at: float = 1.0, left: str = "C") -> None:
    """Draw on a time axis the edges that matter for outcomes, those of the regimes C and D in view.

    Parameters
    ----------
    ax : Axes
        With time across, its ends set, as by `date_axis`.
    table : DataFrame
        `air.regimes`: `regime_id`, `first_report_date`.
    at : float
        Height of the names' top, as a fraction of the axes.
    left : str
        The regimes whose name stands at the left of its edge, such as ``"CD"``.
    """
    names = {"C": "lost separately\nfrom 21 Aug 2024", "D": "one figure\nfrom 24 Jul 2025"}
    starts = table.set_index(table["regime_id"].astype("str"))["first_report_date"]
    first, last = ax.get_xlim()
    for regime_id, name in names.items():
        start = starts[regime_id]
        if first < mdates.date2num(start) < last:
            edge(ax, start, name, at, left=regime_id in left, gid=f"regime-{regime_id}")


@house
def not_given(ax: Axes, start, text: str) -> None:
    """Hatch the time from `start` on and say why nothing is drawn there."""
    start = pd.Timestamp(start)
    end = start + pd.DateOffset(years=5)
    ax.axvspan(start, end, facecolor="white", edgecolor=GRID, hatch="///", linewidth=0)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 3}
    place = {"xycoords": ("data", "axes fraction"), "offset": (6, 0), "va": "center"}
    note(ax, start, 0.5, text, fontsize=9, bbox=box, **place)


@house
def date_axis(ax: Axes, start, end, every: int = 6) -> None:
    """Give a time axis a tick in `every` so many months: the month's name, or in January the year.

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
    locator = mdates.MonthLocator(bymonth=range(1, 13, every))
    formats = ["%Y", "%b", "%d", "%H:%M", "%H:%M", "%S"]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(locator, show_offset=False, formats=formats)
    )


def percent(axis: Axis, low: float = 0, high: float = 1) -> None:
    """Let an axis of shares end at `low` and `high` and name them in percent."""
    axis.axes.set(**{f"{axis.axis_name}lim": (low, high)})
    axis.set_major_formatter(PercentFormatter(1, decimals=0))


def thousands(axis: Axis) -> None:
    """Write the counts of an axis with thousands separators."""
    axis.set_major_formatter("{x:,.0f}")
