"""The chart of what naive steps would have shown beside what the reports bear out."""

import numpy as np
import pandas as pd

from analysis import style
from analysis.plots.shared import by_period, middle, thousands
from analysis.values import mark

_LOOKS = {"naive": {"color": style.GREY, "linestyle": (0, (3, 2))}, "right": {"color": style.BLUE}}
_BARS = {
    "naive": {"facecolor": "#E8E8E8", "edgecolor": style.GREY, "hatch": "///"},
    "right": {"facecolor": style.BLUE},
}
_NAMED = pd.PeriodIndex(
    ["2025-06", "2025-08"], freq="M"
)  # the months before and after that of the merge
_KEY = {
    "naive": "grey, dashed or hatched:\na first look",
    "right": "blue: what the reports\nbear out",
}


@style.house
def trap_panels(axes: np.ndarray, traps: pd.DataFrame, regimes: pd.DataFrame) -> np.ndarray:
    """Draw a panel a trap: the naive reading grey, dashed or hatched, the right one blue; the last panel is the key.

    Parameters
    ----------
    axes : ndarray of Axes
        One a trap, and one more.
    traps : DataFrame
        Long: `trap`, `reading` (naive or right), `point`, `value` and `unit`, as from
        `sensitivity.traps`. Points that are months make lines with the edge of the merge. A right value
        that is missing is not drawn.
    regimes : DataFrame
        The table of that name: `regime_id`, `first_report_date`.

    Returns
    -------
    ndarray of Axes
        The same, drawn on.
    """
    *panels, key = axes.flat
    for ax, (trap, part) in zip(panels, traps.groupby("trap", sort=False), strict=True):
        if part["point"].str.fullmatch(r"\d{4}-\d\d").all():
            _lines(ax, part)
            style.regime_edges(ax, regimes, at=0.26, edges=("D",), left=("D",))
        else:
            _bars(ax, part)
        ax.set_title(trap, pad=17)
        style.note(
            ax, 0, 1, part["unit"].iloc[0], xycoords="axes fraction", offset=(0, 4), va="bottom"
        )
    key.set_axis_off()
    for height, (reading, words) in zip((0.75, 0.35), _KEY.items()):
        style.direct_label(
            key,
            0,
            height,
            words,
            _LOOKS[reading]["color"],
            xycoords="axes fraction",
            va="center",
            offset=(0, 0),
        )
    return axes


def _lines(ax, part):
    values = by_period(
        part.pivot(index="point", columns="reading", values="value").rename_axis("month")
    )
    for reading, look in _LOOKS.items():
        ax.plot(
            middle(values.index), values[reading], marker="o", markersize=3.5, linewidth=1.8, **look
        )
        own = part[part["reading"] == reading]
        mark(ax, middle(pd.PeriodIndex(own["point"], freq="M")), own["value"], own, "value")
    for x, row in zip(middle(_NAMED), values.loc[_NAMED].round().itertuples()):
        if row.naive != row.right:
            style.note(
                ax,
                x,
                row.naive,
                f"{row.naive:.0f}",
                style.GREY,
                offset=(0, -12 if row.naive else 6),
                ha="center",
            )
        if row.right == row.right:
            style.note(ax, x, row.right, f"{row.right:.0f}", style.BLUE, offset=(0, 6), ha="center")
    style.date_axis(ax, "2024-08-20", "2025-11-10")
    ax.set_ylim(-6, 112)
    ax.set_yticks([0, 50, 100])


def _bars(ax, part):
    places = np.arange(len(part))
    mark(ax, places - 0.31, 0, part, "value", to=(places + 0.31, part["value"]))
    for x, row in enumerate(part.itertuples()):
        ax.bar(x, row.value, 0.62, linewidth=0.8, **_BARS[row.reading])
        text = f"{row.value:,.0f}" if row.value >= 20 else f"{row.value:.1f}"
        style.note(ax, x, row.value, text, _LOOKS[row.reading]["color"], offset=(0, 3), ha="center")
    ax.set_xticks(range(len(part)), part["point"].str.replace(" ", "\n", n=1), fontsize=8.5)
    ax.set_xlim(-0.6, len(part) - 0.4)
    ax.set_ylim(0, part["value"].max() * 1.2)
    thousands(ax.yaxis)
    ax.set_yticks([0])
