"""The texts of a notebook's figures: they stand together in its last cell, in prose, where a reader and an editor find them."""

import re

CELL = "figure-texts"  # the id of that cell
_FIGURE = re.compile(
    r"^\*\*(?P<id>[\w-]+)\*\* (?P<caption>.+)\n\n\*Alternative text:\* (?P<alt>.+)\n\n\*Not shown:\* (?P<not_shown>.+)$",
    re.M,
)


def figure_texts(notebook: dict) -> dict:
    """Return by figure id the `caption`, `alt` and `not_shown` that the last cell of a stored notebook gives it.

    Examples
    --------
    >>> texts = "**02-line** A line.\\n\\n*Alternative text:* It rises.\\n\\n*Not shown:* Why."
    >>> figure_texts({"cells": [{"id": "figure-texts", "source": [texts]}]})
    {'02-line': {'caption': 'A line.', 'alt': 'It rises.', 'not_shown': 'Why.'}}
    """
    source = next(
        ("".join(cell["source"]) for cell in notebook.get("cells", []) if cell.get("id") == CELL),
        "",
    )
    found = (match.groupdict() for match in _FIGURE.finditer(source))
    return {texts.pop("id"): texts for texts in found}
