"""Whether a sentence of a notebook still holds: said by the cell above it, so that changed data are reported, not a wall."""

from numbers import Real

import numpy as np


def holds(found, said) -> None:
    """Print whether a text still says what is found: a line that `refresh` and `check` look for.

    Parameters
    ----------
    found : bool, number, str, date or list of them
        What the data give, rounded as the text rounds it. A bool is a condition.
    said : number, str, date or list of them
        What the text says; of a condition, the sentence in words.

    Examples
    --------
    >>> holds(54_585, 54_585)
    holds: 54,585
    >>> holds(f"{0.9187:.0%} in 15 nights", "91% in 15 nights")
    no longer holds: found 92% in 15 nights, the text says 91% in 15 nights
    >>> holds([17.5, 15.9], [17.5, 15.9])
    holds: 17.5; 15.9
    >>> holds(281 > 300, "in some month there were over 300 missiles")
    no longer holds: in some month there were over 300 missiles
    """
    text = _words(said)
    if isinstance(found, (bool, np.bool_)) and isinstance(said, str):
        print(f"holds: {text}" if found else f"no longer holds: {text}")
    elif _words(found) == text:
        print(f"holds: {text}")
    else:
        print(f"no longer holds: found {_words(found)}, the text says {text}")


def _words(value):
    if isinstance(value, Real):
        return f"{value:,.10g}"
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    value = sorted(value.items(), key=str) if isinstance(value, dict) else value
    return "; ".join(map(_words, value)) or "none"
