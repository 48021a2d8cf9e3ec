"""A table as a notebook shows it whole: no text is cut, no column left out, an address is a link with the name of its site."""

import re
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Whole:
    """A frame that a notebook shows whole; see `whole`."""

    frame: pd.DataFrame

    def _repr_html_(self):
        with pd.option_context("display.max_colwidth", None):
            table = self.frame.to_html(render_links=True, notebook=True)
        return re.sub(r"(<a [^>]*>)https?://(?:www\.)?([^/<]+)[^<]*", r"\1\2", table)

    def __repr__(self):
        return self.frame.to_string(max_colwidth=None)


def whole(frame: pd.DataFrame) -> Whole:
    """Return a frame as a notebook shows it whole, where pandas cuts a text at 50 characters.

    Examples
    --------
    >>> reason = "lost is merged into shot down: not separable (R12)"
    >>> whole(pd.DataFrame({"month": ["2025-09"], "reason": [reason]}))
         month                                              reason
    0  2025-09  lost is merged into shot down: not separable (R12)
    """
    return Whole(frame)
