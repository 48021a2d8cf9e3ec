"""Charts of the press check: agreement, claims against the ledger, published totals, wordings, the press series."""

import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.shared import by_period, log_counts, percent, spans, stack, thousands

_HATCHED = {"facecolor": "white", "edgecolor": style.BLUE, "hatch": "////"}
AGREEMENT_LOOKS = {
    "equal_night_count": ("equal", {"facecolor": style.BLUE}),
    "consistent_night_count": ("consistent", {"facecolor": style.PALE_BLUE}),
    "explained_night_count": ("explained", _HATCHED),
    "unexplained_night_count": ("unexplained", {"facecolor": style.VERMILLION}),
    "unclaimed_night_count": ("no claim", {"facecolor": style.GRID}),
}
WORDING_LOOKS = {
    "lost_apart_article_count": ("lost apart", {"facecolor": style.VERMILLION}),
    "shot_down_article_count": ("shot down", {"facecolor": style.PALE}),
    "neutralised_article_count": ("neutralised", _HATCHED),
    "suppressed_article_count": ("shot down or suppressed", {"facecolor": style.BLUE}),
}
CLAIM_LOOKS = {
    "equal": {"color": style.BLUE, "marker": "o", "s": 12, "linewidths": 0},
    "consistent with its qualifier": {"color": style.BLUE, "marker": "o", "s": 12, "linewidths": 0},
    "explained difference": {"color": style.GREY, "marker": "x", "s": 16, "linewidths": 1},
    "unexplained difference": {"color": style.VERMILLION, "marker": "D", "s": 18, "linewidths": 0},
}


@style.house
def share_stack(ax: Axes, counts: pd.DataFrame, looks: dict[str, tuple], numbers: bool = False) -> Axes:
    """Draw each period's counts as shares of that period, stacked to 100 %.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    counts : DataFrame
        A period and the columns of `looks`, nothing else; a period that is not in it is a gap.
    looks : dict
        Each column to its name and its look, such as `AGREEMENT_LOOKS`.
    numbers : bool
        Whether each period's total stands above its bar; this leaves room there for the name of a
        regime edge.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    counts = by_period(counts)
    totals, (starts, days) = counts.sum(axis=1), spans(counts.index)
    named = {column: {**look, "label": name} for column, (name, look) in looks.items()}
    stack(ax, starts, days * 0.86, counts.div(totals, axis=0) * 100, named)
    if numbers:
        for middle, total in zip(starts + pd.to_timedelta(days * 0.43, unit="D"), totals):
            style.note(ax, middle, 100, f"{total}", offset=(0, 2), ha="center")
    percent(ax)
    _key(ax, len(looks), 1.2 if numbers else 1.04)
    return ax


@style.house
def claims_scatter(ax: Axes, table: pd.DataFrame, name: str, limit: float) -> Axes:
    """Draw printed against reported numbers on log axes, a point a number and night, named ones with their date.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `value`, `ledger_count`, `verdict` (a key of `CLAIM_LOOKS`) and `label` (empty for most).
    name : str
        The title of the panel.
    limit : float
        The end of both axes.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ax.plot([1, limit], [1, limit], color=style.PALE, linewidth=1, zorder=0)
    for verdict, look in CLAIM_LOOKS.items():
        part = table[table["verdict"] == verdict]
        ax.scatter(part["ledger_count"].astype("float64"), part["value"].astype("float64"), gid=verdict, **look)
    for point in table[table["label"] != ""].itertuples():
        offset, ha = ((-5, 2), "right") if point.value > point.ledger_count else ((5, -2), "left")
        style.note(ax, point.ledger_count, point.value, point.label, style.VERMILLION, offset=offset, ha=ha, va="center")
    for axis in (ax.xaxis, ax.yaxis):
        log_counts(axis, [1, 10, 100, 1000])
    ax.set(xlim=(0.8, limit), ylim=(0.8, limit), title=name)
    ax.set_xlabel("in the ledger", fontsize=9.5)
    ax.grid(axis="both")
    return ax


@style.house
def total_differences(ax: Axes, table: pd.DataFrame, looks: dict[str, tuple]) -> Axes:
    """Draw published monthly totals as their difference from the ledger's, in percent, a marker a group.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `month`, `group`, `difference_share` (of the ledger's), `is_exact` (hollow markers are
        qualified numbers) and `label` (empty for most).
    looks : dict
        Each group to its colour, marker and place within the month in days.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ax.axhline(0, color=style.INK, linewidth=1)
    for group, (color, marker, day) in looks.items():
        part = table[table["group"] == group]
        x, y = part["month"] + pd.Timedelta(days=day), part["difference_share"].astype("float64") * 100
        fills = part["is_exact"].map({True: color, False: "white"})
        ax.scatter(x, y, marker=marker, s=30, edgecolors=color, facecolors=fills, linewidths=1.3, gid=group, zorder=3)
        ax.scatter([], [], marker=marker, s=30, color=color, label=group)
        for place, height, label in zip(x, y, part["label"]):
            style.note(ax, place, height, label, offset=(0, 11), ha="center", va="center", fontsize=9)
    _key(ax, len(looks), 1.04)
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:+.0f} %" if y else "equal")
    return ax


@style.house
def lost_counts(ax: Axes, table: pd.DataFrame, looks: dict[str, tuple]) -> Axes:
    """Draw how many were lost on each night that the press tells of, on a log axis, with labels where given.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `report_date`, `target`, `lost_count` and `label` (empty for most).
    looks : dict
        Each target to its colour, marker and size.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    for target, (color, marker, size) in looks.items():
        part = table[table["target"] == target]
        ax.scatter(part["report_date"], part["lost_count"].astype("float64"), s=size, color=color, marker=marker,
                   linewidths=0, label=target)
    for night in table[table["label"] != ""].itertuples():
        style.direct_label(ax, night.report_date, night.lost_count, night.label, looks[night.target][0], ha="center",
                           offset=(0, 11))
    log_counts(ax.yaxis, [1, 10, 100])
    _key(ax, len(looks), 1.04)
    return ax


@style.house
def press_beside_ledger(ax: Axes, table: pd.DataFrame, name: str) -> Axes:
    """Draw the ledger's nightly launches as pale bars and the press series as dots, disputed and qualified numbers marked.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        Indexed by date, with `ledger_count`, `press_count`, `qualifier` and `is_disputed`; missing is
        not drawn.
    name : str
        The title of the panel.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    known = table.dropna(subset="ledger_count")
    ax.bar(known.index, known["ledger_count"].astype("float64"), width=1, color=style.PALE, linewidth=0)
    told = table.dropna(subset="press_count")
    for disputed, color, size, marker in ((False, style.BLUE, 7, "o"), (True, style.VERMILLION, 18, "D")):
        part = told[told["is_disputed"] == disputed]
        fills = part["qualifier"].eq("exact").map({True: color, False: "white"})
        ax.scatter(part.index, part["press_count"].astype("float64"), size, fills, marker=marker, linewidths=0.8, edgecolors=color)
    style.date_axis(ax, table.index.min(), table.index.max(), every=3)
    ax.set_ylim(0)
    ax.set_title(name)
    thousands(ax.yaxis)
    return ax


def _key(ax, cols, height):
    ax.legend(ncols=cols, frameon=False, loc="lower left", bbox_to_anchor=(-0.02, height), fontsize=9, borderpad=0,
              handlelength=1.2, handletextpad=0.5, columnspacing=1.2)
