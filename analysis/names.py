"""What a person passes, judged once: an error gives the nearest names, or all of them."""

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # no pandas: the command line reads names at once
    import pandas as pd

    from analysis.dataset import Dataset

__all__ = ["unknown", "known", "table_of", "dataset_of", "level_of"]


def unknown(what: str, found, known) -> ValueError:
    """Return the error for a name that is not among those known: the nearest, or all of them."""
    names = {str(name).lower(): str(name) for name in known}
    near = difflib.get_close_matches(str(found).lower(), names, cutoff=0.5)
    if near:
        expected = f"nearest: {', '.join(names[name] for name in near)}"
    elif names:
        expected = f"expected one of {', '.join(names.values())}"
    else:
        expected = "there is none"
    return ValueError(f"no {what} {found!r}; {expected}")


def known(what: str, found: str, among) -> str:
    """Return a name that is among those known; else raise the error of `unknown`."""
    if not isinstance(found, str) or found not in among:
        raise unknown(what, found, among)
    return found


def table_of(table, like: str, *columns: str) -> "pd.DataFrame":
    """Return a frame as it is, once it has these columns; `like` is the function that gives it.

    Raises
    ------
    ValueError
        No frame, or one without one of the columns: the nearest are named.
    """
    if not hasattr(table, "columns"):
        raise ValueError(f"found {type(table).__name__}, expected a frame like that of {like}")
    for column in columns:
        known("column", column, table.columns)
    return table


def dataset_of(air) -> "Dataset":
    """Return a dataset as it is; raise ValueError for anything else, such as one of its tables."""
    if not hasattr(air, "reports"):
        raise ValueError(f"found {type(air).__name__}, expected the dataset, as load() returns it")
    return air


def level_of(level: float) -> float:
    """Return the level of an interval as a share; 95 means 0.95."""
    share = level / 100 if 1 < level < 100 else level
    if not 0 < share < 1:
        raise ValueError(f"level: found {level!r}, expected a share such as 0.95")
    return share
