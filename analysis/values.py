"""Where the values of a published table stand in its picture, so that a page can show the value under the pointer."""

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

from analysis.periods import COLUMNS, period_names

_CLOSE = 1e-5  # relative: a CSV has six digits


def with_values(svg: bytes, fig, flat: pd.DataFrame) -> bytes:
    """Return a drawing with an empty group `values` that says where it draws which cell of its table.

    Its attribute ``data-marks`` has ``x y row column`` for each bar, point and
    field that draws a number of the table, in the units of the viewBox.
    What draws no number of the table, or one that cannot be told, has no mark.
    """
    marks = ";".join(f"{x:.1f} {y:.1f} {row} {column}" for x, y, row, column in _marks(fig, flat))
    return svg.replace(b"</svg>", f' <g id="values" data-marks="{marks}"/>\n</svg>'.encode(), 1) if marks else svg


def _marks(fig, flat):
    columns = list(flat.select_dtypes("number"))
    numbers = flat[columns].astype("float64").to_numpy(na_value=np.nan)
    scale, height, used = 72 / fig.dpi, fig.get_figheight() * 72, set()
    for ax in fig.axes:
        drawn = [point for point in _drawn(ax) if np.isfinite(point).all()]
        period = next((name for name in flat if name in COLUMNS), None) if _is_dated(ax) else None
        names = _names([x for x, *_ in drawn], period) if period else [None] * len(drawn)
        is_here = flat.isin([ax.get_title(loc) for loc in ("left", "center", "right")]).any(axis=1).to_numpy()[:, None]
        found = []
        for (x, y, value), name in zip(drawn, names):
            is_met = np.isclose(numbers, value, rtol=_CLOSE, atol=0) | np.isclose(numbers * 100, value, rtol=_CLOSE, atol=0)
            if period:
                is_met &= (flat[period] == name).to_numpy()[:, None]
            met = [cell for cell in zip(*np.nonzero(is_met & is_here if (is_met & is_here).any() else is_met)) if cell not in used]
            if met and (period or len(met) == 1):
                used.add(met[0])
                found.append((x, y, met[0]))
        if 2 * len(found) < len(drawn):
            continue  # fields of a calendar, say, whose places met numbers by chance
        for x, y, (row, column) in found:
            px, py = ax.transData.transform((x, y)) * scale
            yield px, height - py, row, flat.columns.get_loc(columns[column])


def _drawn(ax):
    """Each bar, point and field of an axes with a number: where it stands, and the number."""
    for bar in (p for p in ax.patches if isinstance(p, Rectangle)):
        x, y, width, height = bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()
        is_lying = not _is_dated(ax) and width > height
        yield (x + width, y + height / 2, width) if is_lying else (x + width / 2, y + height, height)
    for line in ax.lines:
        yield from ((x, y, y) for x, y in zip(*(np.ma.filled(data, np.nan) for data in line.get_data(orig=False))))
    for points in (c for c in ax.collections if isinstance(c, PathCollection)):
        yield from ((x, y, y) for x, y in np.ma.filled(points.get_offsets(), np.nan))


def _is_dated(ax):
    return isinstance(ax.xaxis.get_converter(), mdates.DateConverter | mdates._SwitchableDateConverter)


def _names(places, column):
    return period_names(pd.Series(pd.to_datetime(mdates.num2date(places))).dt.tz_localize(None), column)
