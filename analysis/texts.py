"""The texts of a notebook's figures, which stand beside it in `NN-slug.texts.md`, in prose."""

import re
from pathlib import Path

from analysis import paths

_FIGURE = re.compile(
    r"^\*\*(?P<id>[\w-]+)\*\* (?P<caption>.+)\n\n"
    r"\*Alternative text:\* (?P<alt>.+)\n\n"
    r"\*Not shown:\* (?P<not_shown>.+)$",
    re.M,
)


def figure_texts(text: str) -> dict[str, dict]:
    """Return by figure id the `caption`, `alt` and `not_shown` that a page of texts gives it.

    Examples
    --------
    >>> page = "**02-line** A line.\\n\\n*Alternative text:* It rises.\\n\\n*Not shown:* Why."
    >>> figure_texts(page)
    {'02-line': {'caption': 'A line.', 'alt': 'It rises.', 'not_shown': 'Why.'}}
    """
    found = [match.groupdict() for match in _FIGURE.finditer(text)]
    return {texts.pop("id"): texts for texts in found}


def page_of(figure_id: str) -> Path | None:
    """Return the page that has the texts of a figure, or None: it is a user's own.

    It stands in `notebooks/`, or where the notebook runs, if the package is a wheel.
    """
    for folder in (paths.NOTEBOOKS, Path.cwd()):
        for path in sorted(folder.glob("*.texts.md")):
            if figure_id in figure_texts(paths.read(path).decode()):
                return path
    return None
