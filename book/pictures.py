"""The published pictures of a figure as a page links them, with sizes, so that no page jumps."""

import re

from analysis import paths

_PNG_SIZE = slice(16, 24)


def picture(entry):
    """Return paths and sizes of a figure's pictures, and where the values are in the wide one."""
    drawing = (paths.FIGURES / entry["files"]["svg"]["path"]).read_text("utf-8")
    box = re.search('viewBox="([^"]*)"', drawing)[1]
    marks = re.search('<g id="values" data-marks="([^"]*)"', drawing)
    column = entry["files"]["column.png"]["path"]
    size = (paths.FIGURES / column).read_bytes()[_PNG_SIZE]
    return {
        "wide": entry["files"]["svg"]["path"],
        "size": [round(float(n) * 1.6) for n in box.split()[2:]],
        "narrow": column,
        "narrow_size": [int.from_bytes(size[:4]), int.from_bytes(size[4:])],
        "box": box,
        "marks": marks and marks[1],
    }
