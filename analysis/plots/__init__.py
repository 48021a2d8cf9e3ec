"""One function a chart type: a finished table in, drawn Axes out. Nothing is computed here but positions."""

from analysis.plots.volumes import monthly_bars

__all__ = ["monthly_bars"]
