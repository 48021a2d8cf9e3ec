"""From each row of a figure's table to its reports, by the keys that it shares with `rows.csv`."""

import pandas as pd

from analysis import paths


def read(entry, suffix) -> pd.DataFrame:
    """Return the table (``csv``) or the reports (``rows.csv``) of a figure as text."""
    path = paths.FIGURES / entry["files"][suffix]["path"]
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def keys(entry) -> list[str]:
    """Return the columns that say which reports are behind a row; none if it counts none."""
    if "rows.csv" not in entry["files"]:
        return []
    table = read(entry, "csv")
    return [name for name in read(entry, "rows.csv").columns[1:] if name in table]


def behind(entry) -> dict[tuple, list[str]]:
    """Return the ids of the reports behind each row of a figure, by the keys of the row."""
    rows, shared = read(entry, "rows.csv"), keys(entry)
    groups = rows.groupby(shared)["report_id"] if shared else [((), rows["report_id"])]
    return {row: list(own.unique()) for row, own in groups}
