"""What a person passes, judged once: names and tables. An error gives the nearest names, or all."""

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # no pandas: the command line reads names at once
    import pandas as pd

    from analysis.dataset import Dataset


def unknown(what: str, found, known) -> ValueError:
    """Return the error for a name that is not among those known: it gives the nearest, or all."""
    names = {str(k).lower(): str(k) for k in known}
    near = [names[n] for n in difflib.get_close_matches(str(found).lower(), names, n=3, cutoff=0.5)]
    known = f"expected one of {', '.join(names.values())}" if names else "there is none"
    expected = f"nearest: {', '.join(near)}" if near else known
    return ValueError(f"no {what} {found!r}; {expected}")


def known(what: str, found: str, among) -> str:
    """Return a name that is among those known; raise the error of `unknown` for anything else."""
    if not isinstance(found, str) or found not in among:
        raise unknown(what, found, among)
    return found


def table_of(data, name: str, *columns: str) -> "pd.DataFrame":
    """Return the table of that name of a dataset, or a frame in its place as it is, with the columns that it needs.

    Where a frame is needed that no dataset has, `name` is the function that gives it.

    Raises
    ------
    ValueError
        Neither a dataset nor a frame, or a frame without one of the columns: the nearest are named.
    """
    frame = data if hasattr(data, "columns") else getattr(data, name, None)
    if not hasattr(frame, "columns"):
        raise ValueError(f"found {type(data).__name__}, expected a frame like that of {name}")
    for column in columns:
        known("column", column, frame.columns)
    return frame


def dataset_of(data) -> "Dataset":
    """Return a dataset as it is; raise ValueError for anything else, such as one of its tables."""
    if not hasattr(data, "reports"):
        raise ValueError(f"found {type(data).__name__}, expected the dataset, as load() returns it")
    return data


def level_of(level: float) -> float:
    """Return the level of an interval as a share; 95 means 0.95."""
    share = level / 100 if 1 < level < 100 else level
    if not 0 < share < 1:
        raise ValueError(f"level: found {level!r}, expected a share such as 0.95")
    return share
