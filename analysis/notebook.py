"""What a notebook says of itself: whether a sentence still holds, and a table shown whole."""

import re
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd

__all__ = ["holds", "show"]

_ADDRESS_CELL = re.compile(r"""<td>(https?://(?:www\.)?([^\s/?#"'<>]+)[^\s"'<>]*)</td>""")


def holds(found, said) -> None:
    """Print a line if a sentence of the text no longer says what the data give; else nothing.

    `refresh` and `check` look for that line.

    Parameters
    ----------
    found : bool, number, str, date or list of them
        What the data give, rounded as the text rounds it. A bool is a condition.
    said : number, str, date or list of them
        What the text says; of a condition, the sentence in words.

    Examples
    --------
    >>> holds(54_585, 54_585)
    >>> holds(f"{0.9187:.0%} in 15 nights", "91% in 15 nights")
    no longer holds: found 92% in 15 nights, the text says 91% in 15 nights
    >>> holds(281 > 300, "in some month there were over 300 missiles")
    no longer holds: in some month there were over 300 missiles
    """
    text = _words(said)
    if isinstance(found, (bool, np.bool_)) and isinstance(said, str):
        if not found:
            print(f"no longer holds: {text}")
    elif _words(found) != text:
        print(f"no longer holds: found {_words(found)}, the text says {text}")


def _words(value):
    if isinstance(value, Real):
        return f"{value:,.10g}"
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    if isinstance(value, dict):
        value = sorted(value.items(), key=str)
    return "; ".join(map(_words, value)) or "none"


@dataclass(frozen=True)
class Whole:
    """A frame that a notebook shows whole; see `show`."""

    frame: pd.DataFrame

    def _repr_html_(self):
        with pd.option_context("display.max_colwidth", None):
            table = self.frame.to_html(notebook=True)
        return _ADDRESS_CELL.sub(r'<td><a href="\1" target="_blank">\2</a></td>', table)

    def __repr__(self):
        return self.frame.to_string(max_colwidth=None)


def show(frame: pd.DataFrame) -> Whole:
    """Return a frame as a notebook shows it whole, where pandas cuts a text at 50 characters.

    No column is left out, an address is a link with the name of its site, and any other text is
    escaped.

    Examples
    --------
    >>> reason = "lost is merged into shot down: not separable (R12)"
    >>> show(pd.DataFrame({"month": ["2025-09"], "reason": [reason]}))
         month                                              reason
    0  2025-09  lost is merged into shot down: not separable (R12)
    """
    return Whole(frame)
