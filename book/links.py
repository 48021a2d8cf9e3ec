"""From each row of a figure's table to the ids of the reports behind it, by the figure's own rule in the manifest."""

from itertools import accumulate, groupby
from operator import itemgetter

import pandas as pd

from analysis import paths
from analysis.citing.trace import fed_by, meeting
from analysis.periods import COLUMNS, period_names
from analysis.press.readings import TARGETS

# Columns whose values are several measures of the same reports.
_SAME_REPORTS = ["quantity", "place", "counter", "published_count", "value", "qualifier", "group"]
_OF_REPORTS = ("series", "weapon_class", "family", "regime_id", "level")


def key_columns(entry) -> list[str]:
    """Return the columns of a figure's table that say which reports are behind a row: periods, kinds, and parts of its rule."""
    known = {*COLUMNS, *_OF_REPORTS, "target_class", "area", *(k for k, v in entry["rows"].items() if isinstance(v, dict))}
    return [f["name"] for f in entry["fields"] if f["name"] in known]


def key_values(entry, keys) -> list[list[str]]:
    """Return the cells of these columns of a figure's table as its CSV has them, a list a row."""
    return _table(entry, keys)[keys].to_numpy().tolist()


def reports_behind(entry, air) -> list[list[str]] | None:
    """Return the ids of the reports behind each row of a figure's table, in the order of `reports`.

    None where the figure counts no reports, or where two rows of its table have
    the same keys, so that something else tells them apart. A column that is
    cumulative has all reports of the year up to the row.
    """
    if entry["rows"] is None or not (keys := key_columns(entry)):
        return None
    table = _table(entry, keys)
    if table.duplicated([*keys, *table.columns.intersection(_SAME_REPORTS).difference(keys)]).any():
        return None
    groups = _keyed(entry, air, keys).groupby(keys)["report_id"].agg(list)
    index = table.set_index(keys).index
    behind = [ids if isinstance(ids, list) else [] for ids in groups.reindex(index)]
    if any("cumulative" in f["name"] for f in entry["fields"]):
        return [ids for _, year in groupby(zip(table["year"], behind), key=itemgetter(0)) for ids in accumulate(own for _, own in year)]
    return behind


def _table(entry, keys):
    return pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"], dtype=dict.fromkeys(keys, "str"), keep_default_na=False)


def _keyed(entry, air, keys):
    """The reports that feed a figure, once for each value of its keys that they belong to."""
    fed = fed_by(air.reports, entry)
    for key in sorted(keys, key="report_date".__eq__):  # last: the other periods are made of it
        if isinstance(parts := entry["rows"].get(key), dict):
            fed = pd.concat([meeting(fed, part).assign(**{key: name}) for name, part in parts.items()])
        elif key in COLUMNS:
            fed = fed.assign(**{key: period_names(fed["report_date"], key)})
        elif key == "target_class":
            fed = fed.assign(target_class=fed["weapon_class"].astype("str").map(TARGETS)).explode("target_class")
        elif key == "area":
            fed = fed.merge(air.launch_areas, on="report_id")
    return fed.astype(dict.fromkeys(keys, "str")).sort_index(kind="stable")
