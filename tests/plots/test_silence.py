"""What the charts of the silent dates draw, against typed tables."""

import pandas as pd

from analysis import style
from analysis.plots import silence as charts


def test_curve_gives_the_share_with_at_least_so_many_minutes():
    _, ax = style.figure("Title", "Subtitle")
    nights = pd.DataFrame(
        {
            "kind": ["drone report", "drone report", "missiles only", "silent"],
            "minutes": [100, 300, 50, 0],
        }
    )
    charts.loudness_curves(ax, nights, "minutes", 200)
    line = next(found for found in ax.lines if found.get_gid() == "drone report")
    assert (line.get_xdata().tolist(), line.get_ydata().tolist()) == ([100, 300], [100, 50])


def test_growth_bar_says_what_it_adds():
    _, ax = style.figure("Title", "Subtitle")
    table = pd.DataFrame(
        {
            "bound": ["as reported", "sirens"],
            "hidden_count": [0.0, 322.0],
            "growth_ratio": [17.53, 15.89],
        }
    )
    charts.growth_bars(ax, table, "sirens")
    assert [t.get_text() for t in ax.texts] == ["× 17.5", "× 15.9  (+322)"]
