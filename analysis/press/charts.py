"""Charts of the press check: verdicts and wordings by period, and published monthly totals beside the record's."""

import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.values import mark


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
