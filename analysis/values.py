"""Where the cells of a published table stand in its picture, so that a page can show the value under the pointer.

A chart says with `mark` what it draws where, and of which row: two rows of equal values are told apart.
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
    corners = [
        np.broadcast_arrays(
            *(
                np.asarray(axis.convert_units(_array(place)), dtype=float)
                for axis, place in zip((ax.xaxis, ax.yaxis), corner)
            ),
            rows.index,
        )[:2]
        for corner in ([(x, y)] if to is None else [(x, y), to])
    ]
    ax.marks = [
        *getattr(ax, "marks", []),
        ([np.column_stack(corner) for corner in corners], rows, columns),
    ]


def _array(places):
    return np.asarray(places) if hasattr(places, "__len__") else places


def with_values(svg: bytes, fig, flat: pd.DataFrame) -> bytes:
    """Return a drawing with an empty group `values` that says where it draws which cell of its table.

    Its attribute ``data-marks`` has a group for each `mark`, split by ``|``. A
    group is split by ``;``: first the numbers of its columns, then, after a
    blank, those of the columns that name a row; then ``x y row`` for each
    point, or ``x y row x y`` for the corners of a box, in the units of the
    viewBox. A place whose row the table does not have, or not once, or without
    a value, and one out of view, has no mark.
    """
    groups = [_group(ax, fig, flat, *mark) for ax in fig.axes for mark in getattr(ax, "marks", [])]
    marks = "|".join(filter(None, groups))
    return (
        svg.replace(b"</svg>", f' <g id="values" data-marks="{marks}"/>\n</svg>'.encode(), 1)
        if marks
        else svg
    )


def _group(ax, fig, flat, corners, rows, columns):
    columns = [column for column in columns if column in flat]
    names = [
        name
        for name in rows.select_dtypes(exclude="number")
        if name in flat and name not in columns
    ]
    if not columns or not names:
        return None
    scale, height = 72 / fig.dpi, fig.get_figheight() * 72
    pixels = [ax.transData.transform(corner) for corner in corners]
    points = [corner * [scale, -scale] + [0, height] for corner in pixels]
    found = _rows(rows[names], flat, columns[0])
    low, high = ax.bbox.padded(1).get_points()
    in_view = np.any(
        [((low <= corner) & (corner <= high)).all(axis=1) for corner in pixels], axis=0
    )
    is_seen = in_view & ~(np.isnan(found) | np.isnan(np.hstack(points)).any(axis=1))
    marks = [
        " ".join([f"{x:.1f} {y:.1f} {row:.0f}", *(f"{edge:.1f}" for edge in rest)])
        for row, x, y, *rest in np.column_stack([found, *points])[is_seen]
    ]
    places = (",".join(str(flat.columns.get_loc(name)) for name in own) for own in (columns, names))
    return ";".join([" ".join(places), *marks]) if marks else None


def _rows(keys, flat, column):
    """The row of a table for each row of keys that draws its column: missing where none or several have these keys."""
    names = list(keys)
    places = (
        flat[names]
        .astype("str")
        .assign(row=range(len(flat)), value=flat[column])
        .dropna(subset="value")
    )
    places = places.drop_duplicates([*names, "value"]).drop_duplicates(
        names, keep=False
    )  # a ratio may stand in several rows
    return as_text(keys).astype("str").merge(places, "left", names)["row"].to_numpy(dtype=float)
