"""General charts, for notebooks and for questions of your own: a table in, drawn Axes out.

Each takes the Axes of `style.figure`, a tidy table and the names of its columns: `x`, `y`, and
where there is an interval `low` and `high`; `color` and `label` say how it looks. Nothing is
computed here except places. What only one notebook draws stands in its own cell.
"""

from analysis.plots.bars import bars, brackets, stacked_bars
from analysis.plots.grids import calendar, heatmap
from analysis.plots.lines import line_with_band, points_with_intervals

__all__ = [
    "bars",
    "brackets",
    "calendar",
    "heatmap",
    "line_with_band",
    "points_with_intervals",
    "stacked_bars",
]
