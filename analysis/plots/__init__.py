"""One function a chart type: a finished table in, drawn Axes out. Nothing is computed here but positions."""

from analysis.plots.coverage import area_heatmap, date_calendar
from analysis.plots.missiles import family_bars, interception_ranges, yearly_interception
from analysis.plots.nights import outcome_marks
from analysis.plots.outcomes import (
    naive_line,
    not_separable,
    outcome_stack,
    share_with_band,
    size_bars,
    size_points,
    wording_spans,
)
from analysis.plots.volumes import (
    class_stack,
    cumulative_lines,
    launch_calendar,
    monthly_bars,
    ratio_line,
    record_steps,
    size_boxes,
    size_shares,
)

__all__ = [
    "area_heatmap",
    "class_stack",
    "cumulative_lines",
    "date_calendar",
    "family_bars",
    "interception_ranges",
    "launch_calendar",
    "monthly_bars",
    "naive_line",
    "not_separable",
    "outcome_marks",
    "outcome_stack",
    "ratio_line",
    "record_steps",
    "share_with_band",
    "size_bars",
    "size_boxes",
    "size_points",
    "size_shares",
    "wording_spans",
    "yearly_interception",
]
