"""Places and carriers that a report names: child tables and a column, never a way to split what was launched."""

import re

import pandas as pd

from analysis.descriptor import DataError

LISTS = r"(?:\[(?:'[^'\[\]]*'(?:, ?)?)*\])?"  # a cell of affected regions: a list of quoted names, or blank


def launch_areas(reports: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return `report_id` and `area` of each place of launch that a row of the curated reports names."""
    names = reports["launch_place"].fillna("").str.split(r"\s*(?:,|\band\b)\s*", regex=True)
    return _children(reports["report_id"], names, areas, "launch_place")


def affected_regions(reports: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return `report_id` and `area` of each region that a row of the curated reports names as affected."""
    return _children(
        reports["report_id"],
        reports["affected_region"].fillna("").str.findall(r"'([^']+)'"),
        areas,
        "affected region",
    )


def carriers(cells: pd.Series, types: pd.DataFrame) -> pd.Series:
    """Return the types of carriers that each cell names, joined by +; missing where it names none."""
    names = (
        cells.fillna("")
        .str.split(" and ")
        .explode()
        .str.replace(r"^\d+ x ", "", regex=True)
        .str.strip()
    )
    known = _known(
        names[names != ""], types.set_index("raw_name")["carrier"], "carrier", "carriers.csv"
    )
    joined = known.groupby(level=0).agg(lambda found: " + ".join(dict.fromkeys(found)))
    return joined.reindex(cells.index).astype("str")


def _children(ids, names, areas, column):
    rows = pd.DataFrame({"report_id": ids, "area": names}).explode("area").dropna()
    rows = rows[rows["area"] != ""]
    rows["area"] = _known(rows["area"], areas.set_index("raw_name")["area"], column, "areas.csv")
    return rows.drop_duplicates().sort_values(["report_id", "area"], ignore_index=True)


def _known(names, taxonomy, column, table):
    """The names translated by a decision table, whatever their capitals; an unknown one is an error, as for labels (R8)."""
    taxonomy, keys = taxonomy.set_axis(taxonomy.index.str.casefold()), names.str.casefold()
    if len(unknown := sorted(set(names[~keys.isin(taxonomy.index)]))):
        raise DataError(
            f"{column}: found names that {table} does not have: {', '.join(map(repr, unknown))}. Correct the "
            f"spelling, or add a row to {table} for each (R8)"
        )
    return keys.map(taxonomy)


def is_list(cells: pd.Series) -> pd.Series:
    """Return whether each cell of affected regions is a list of names that can be read, or blank."""
    return cells.map(lambda cell: re.fullmatch(LISTS, cell) is not None)
