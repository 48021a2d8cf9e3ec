"""Charts of the press check: verdicts and wordings by period, and published monthly totals beside the record's."""

import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.plots.shared import by_period, percent, spans, stack
from analysis.values import mark

_HATCHED = {
    "facecolor": "white",
    "edgecolor": style.BLUE,
    "hatch": "////",
}  # several things in one figure
AGREEMENT_LOOKS = {
    "equal_night_count": {"label": "equal", "facecolor": style.BLUE},
    "consistent_night_count": {"label": "consistent", "facecolor": style.PALE_BLUE},
    "explained_night_count": {"label": "explained", **_HATCHED},
    "contradicted_night_count": {"label": "contradicted", "facecolor": style.GREY},
    "unexplained_night_count": {"label": "unexplained", "facecolor": style.INK},
    "unclaimed_night_count": {"label": "no claim", "facecolor": style.GRID},
}
WORDING_LOOKS = {
    "lost_apart_article_count": {"label": "lost given separately", "facecolor": style.SKY},
    "shot_down_article_count": {"label": "shot down", "facecolor": style.BLUE},
    "neutralised_article_count": {"label": "neutralised", **_HATCHED},
    "suppressed_article_count": {"label": "shot down or suppressed", **_HATCHED, "hatch": "xxxx"},
}


@style.house
def period_stack(
    ax: Axes, counts: pd.DataFrame, looks: dict[str, dict], name: str = "", is_share: bool = False
) -> Axes:
    """Draw the counts of each period stacked, or their shares of the period.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    counts : DataFrame
        A period and the columns of `looks`; a period that is not in it is a gap.
    looks : dict
        Each column to its look, with its name as `label`, such as `AGREEMENT_LOOKS`.
    name : str
        The title of the panel.
    is_share : bool
        Whether the bars end at 100%; else there is room above them for the name of a regime edge.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    rows = by_period(counts)
    counts = rows[list(looks)]
    starts, days = spans(counts.index)
    totals = counts.sum(axis=1)
    stack(
        ax,
        starts,
        days * 0.86,
        counts.div(totals, axis=0) * 100 if is_share else counts,
        looks,
        rows=rows,
    )
    ax.set(title=name, ylim=(0, totals.max() * 1.25))
    if is_share:
        percent(ax)
    return ax


@style.house
def key(ax: Axes, cols: int, at: float = 1.04) -> Axes:
    """Write the names of what is drawn above the axes, at the fraction `at` of their height, in so many columns."""
    ax.legend(
        ncols=cols,
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(-0.02, at),
        fontsize=9,
        borderpad=0,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.2,
    )
    return ax


@style.house
def total_differences(ax: Axes, table: pd.DataFrame, name: str, limit: float = 12) -> Axes:
    """Draw one counter's published monthly totals as their difference from the record's, in percent.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    table : DataFrame
        `month`, `difference_share` (of the record's), `qualifier` (any but exact is drawn hollow) and `printed`,
        the total as printed, which stands beside what lies beyond the limit.
    name : str
        Who counted: the title of the panel.
    limit : float
        The percent at which the axis ends; what lies beyond is drawn there.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    ax.axhline(0, color=style.PALE, linewidth=1)
    percents = table["difference_share"].astype("float64") * 100
    x, y = table["month"] + pd.Timedelta(days=14), percents.clip(-limit, limit)
    colors = percents.eq(0).map({True: style.BLUE, False: style.INK})
    fills = colors.where(table["qualifier"] == "exact", "white")
    ax.scatter(
        x, y, s=26, edgecolors=colors, facecolors=fills, linewidths=1.2, zorder=3, clip_on=False
    )
    mark(ax, x, y, table, "difference_share", "published_count")
    for (place, height), texts in table["printed"][percents.abs() > limit].groupby([x, y]):
        side, inwards = (
            ("right", -7) if place > x.mean() else ("left", 7)
        )  # so that it stays in the picture
        style.note(
            ax, place, height, ", ".join(texts), offset=(inwards, -height / 3), ha=side, va="center"
        )
    ax.set(ylim=(-limit, limit), yticks=[-limit / 2, 0, limit / 2], title=name)
    ax.yaxis.set_major_formatter(
        lambda percent, _: f"{percent:+.0f}%".replace("-", "−") if percent else "equal"
    )
    return ax
