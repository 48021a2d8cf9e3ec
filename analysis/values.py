"""Where the cells of a published table stand in its picture, so that a page can show values.

A chart says with `mark` what it draws where, and of which row, so that a page shows the value
under the pointer even where two rows have the same.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.periods import as_text


def mark(ax: Axes, x, y, rows: pd.DataFrame, *columns: str, to: tuple | None = None) -> None:
    """Note at which places of the axes a chart draws a column of a table.

    Parameters
    ----------
    ax : Axes
        Drawn on.
    x, y : array-like
        In its data: points, or one corner of boxes, in the order of `rows`.
    rows : DataFrame
        What is drawn. Its columns that are no numbers, and an index with a
        name, tell which row of the published table a place draws.
    *columns : str
        The column that is drawn there, and others that are told with it.
    to : tuple of array-like, optional
        The opposite corner of boxes.
    """
    rows = rows.reset_index() if rows.index.name else rows
    corners = [_corner(ax, *place, len(rows)) for place in [(x, y), to] if place is not None]
    ax.marks = [*getattr(ax, "marks", []), (corners, rows, columns)]


def _corner(ax, x, y, count):
    """Places in the data of axes as pairs of numbers; one number stands for all."""
    pair = []
    for axis, places in ((ax.xaxis, x), (ax.yaxis, y)):
        places = np.asarray(places) if hasattr(places, "__len__") else places
        numbers = np.asarray(axis.convert_units(places), dtype=float)
        pair.append(np.broadcast_to(numbers, count))
    return np.column_stack(pair)


def with_values(svg: bytes, fig, flat: pd.DataFrame) -> bytes:
    """Return a drawing with an empty group `values` that says where it draws which cell of a table.

    Its attribute ``data-marks`` has a group for each `mark`, split by ``|``. A
    group is split by ``;``: first the numbers of its columns, then, after a
    blank, those of the columns that name a row; then ``x y row`` for each
    point, or ``x y row x y`` for the corners of a box, in the units of the
    viewBox. A place whose row the table does not have, or not once, or without
    a value, and one out of view, has no mark.
    """
    marked = [(ax, mark) for ax in fig.axes for mark in getattr(ax, "marks", [])]
    groups = [_group(ax, fig, flat, *mark) for ax, mark in marked]
    marks = "|".join(group for group in groups if group)
    if not marks:
        return svg
    return svg.replace(b"</svg>", f' <g id="values" data-marks="{marks}"/>\n</svg>'.encode(), 1)


def _group(ax, fig, flat, corners, rows, columns):
    columns = [name for name in columns if name in flat]
    kinds = [name for name in rows.select_dtypes(exclude="number") if name in flat]
    names = [name for name in kinds if name not in columns]
    if not columns or not names:
        return None
    pixels = [ax.transData.transform(corner) for corner in corners]
    scale, height = 72 / fig.dpi, fig.get_figheight() * 72
    places = np.hstack([corner * [scale, -scale] + [0, height] for corner in pixels])
    found = _rows(rows[names], flat, columns[0])
    is_known = ~np.isnan(found) & ~np.isnan(places).any(axis=1)
    is_marked = is_known & np.any([_in_view(ax, corner) for corner in pixels], axis=0)
    marks = []
    for row, place in zip(found[is_marked], places[is_marked]):
        x, y, *opposite = (f"{number:.1f}" for number in place)
        marks.append(" ".join([x, y, f"{row:.0f}", *opposite]))
    numbers = [",".join(str(flat.columns.get_loc(n)) for n in own) for own in (columns, names)]
    return ";".join([" ".join(numbers), *marks]) if marks else None


def _in_view(ax, pixels):
    low, high = ax.bbox.padded(1).get_points()
    return ((low <= pixels) & (pixels <= high)).all(axis=1)


def _rows(keys, flat, column):
    """The number of the table's row for each row of keys, where exactly one draws its column."""
    names = list(keys)
    places = flat[names].astype("str").assign(row=range(len(flat)), value=flat[column])
    places = places.dropna(subset="value")
    places = places.drop_duplicates([*names, "value"])  # a ratio may stand in several rows
    places = places.drop_duplicates(names, keep=False)
    return as_text(keys).astype("str").merge(places, "left", names)["row"].to_numpy(dtype=float)
