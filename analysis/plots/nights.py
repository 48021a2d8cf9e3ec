"""Charts of single nights: a mark for every aircraft, and the night among those of its month."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import style
from analysis.names import table_of
from analysis.values import mark

_OUTCOMES = {
    "shot_down_count": ("shot down", style.BLUE),
    "lost_count": ("lost", style.SKY),
    "residual_count": ("not reported\nas neutralised", style.INK),
}
_MARKERS = {"drones": "s", "missiles": "D"}
_ROWS, _GAP = 14, 3  # marks in a column; columns between two outcomes


@style.house
def outcome_marks(ax: Axes, outcomes: pd.DataFrame) -> Axes:
    """Draw a mark for every drone and missile of one night, a block an outcome, drones above missiles.

    Parameters
    ----------
    ax : Axes
        To draw on, of `style.figure`.
    outcomes : DataFrame
        `series` (drones, missiles; it may be the index), `launched_count`, `shot_down_count`,
        `lost_count` and `residual_count` of one night, as from `measures.night_fates`; a missing or
        zero count has no mark.

    Returns
    -------
    Axes
        The same, drawn on.
    """
    outcomes = outcomes.set_index("series") if "series" in outcomes else outcomes
    if outcomes.index.has_duplicates:
        raise ValueError(
            "outcome_marks: found several nights, expected one; choose a report_date first"
        )
    counts = table_of(outcomes, "night_fates", "launched_count", *_OUTCOMES)[
        ["launched_count", *_OUTCOMES]
    ]
    counts, left = counts.reindex(list(_MARKERS)).fillna(0).astype(int), 0
    for column, (name, color) in _OUTCOMES.items():
        width = -(-counts[column].max() // _ROWS)
        for series, top in (("drones", 0), ("missiles", _ROWS + 1)):
            deep = _ROWS if series == "drones" else 2
            place = np.arange(counts.at[series, column])
            ax.scatter(
                left + place // deep,
                top + place % deep,
                marker=_MARKERS[series],
                s=12,
                linewidths=0.6,
                color=color,
                gid=f"{series}-{column}",
            )
            if series in outcomes.index and counts.at[series, column]:
                mark(
                    ax,
                    left - 0.5,
                    top - 0.5,
                    outcomes.loc[[series]],
                    column,
                    to=(left + place[-1] // deep + 0.5, top + min(deep, len(place)) - 0.5),
                )
        parts = " + ".join(
            f"{counts.at[s, column]} {s}" for s in counts.index if counts.at[s, column]
        )
        for height, text, look in (
            (-2.6, f"{counts[column].sum()} {name}", {"weight": "bold", "fontsize": 11}),
            (-1.1, parts, {}),
        ):
            style.note(
                ax, left - 0.5, height, text, color, va="bottom", annotation_clip=False, **look
            )
        left += width + _GAP
    for series, middle in (("drones", _ROWS / 2), ("missiles", _ROWS + 1.5)):
        if series in outcomes.index:
            ax.text(
                -1.5,
                middle,
                f"{counts.at[series, 'launched_count']}\n{series}",
                ha="right",
                va="center",
                fontsize=10,
            )
    ax.set(xlim=(-6, left - _GAP), ylim=(_ROWS + 3, -6))
    ax.set_axis_off()
    return ax
