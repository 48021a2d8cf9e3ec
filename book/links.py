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


def report_counts(entry) -> list[int] | None:
    """Return how many reports are behind each row of a figure; None where it counts none."""
    if "rows.csv" not in entry["files"]:
        return None
    table, behind, shared = read(entry, "csv"), read(entry, "rows.csv"), keys(entry)
    if not shared:
        return [len(behind)] * len(table)
    counts = behind.groupby(shared)["report_id"].nunique().rename("reports").reset_index()
    found = table[shared].merge(counts, how="left", on=shared)
    return found["reports"].fillna(0).astype(int).tolist()


def places(entry, air) -> list[list]:
    """Return the keys of each row of a figure that counts reports, and their places in `reports`."""
    behind, shared = read(entry, "rows.csv"), keys(entry)
    place = pd.Series(range(len(air.reports)), air.reports["report_id"])
    found = behind["report_id"].map(place)
    groups = found.groupby([behind[key] for key in shared]) if shared else [((), found)]
    return [[*row, own.tolist()] for row, own in groups]
