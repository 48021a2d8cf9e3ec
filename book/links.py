"""From each row of a figure's table to the ids of the reports behind it, by the figure's own rule in the manifest."""

from itertools import accumulate, groupby
from operator import itemgetter

import pandas as pd

from analysis import paths
from analysis.citing.trace import fed_by, meeting
from analysis.periods import COLUMNS, period_names
from analysis.press.readings import TARGETS

# Columns whose values are several measures of the same reports.
_SAME_REPORTS = [
    "quantity",
    "place",
    "counter",
    "published_count",
    "value",
    "qualifier",
    "group",
    "counted",
    "bound",
]
_OF_REPORTS = ("series", "weapon_class", "family", "regime_id", "level")


def key_columns(entry) -> list[str]:
    """Return the columns of a figure's table that say which reports are behind a row: periods, kinds, and parts of its rule."""
    known = {*COLUMNS, *_OF_REPORTS, "target_class", "area", *_split(entry["rows"])}
    return [f["name"] for f in entry["fields"] if f["name"] in known]


def _split(rule):
    """The columns that a rule splits its reports by, those within its parts too."""
    parts = {
        key: own.values() for key, own in rule.items() if isinstance(own, dict) and key != "of"
    }
    return {*parts, *(key for own in parts.values() for part in own for key in _split(part))}


def key_values(entry, keys) -> list[list[str]]:
    """Return the cells of these columns of a figure's table as its CSV has them, a list a row."""
    return _table(entry, keys)[keys].to_numpy().tolist()


def reports_behind(entry, air) -> dict[str, list[list[str]]]:
    """Return the ids of the reports behind each row of a figure's table, in the order of `reports`, as ``""``.

    Beside it, by their name, those of each column whose values have reports of
    their own. Empty where the figure counts no reports, or where two rows of
    its table have the same keys, so that something else tells them apart. A
    column that is cumulative has all reports of the year up to the row.
    """
    if entry["rows"] is None:
        return {}
    keys = key_columns(entry)
    table = _table(entry, keys)
    if table.duplicated([*keys, *table.columns.intersection(_SAME_REPORTS).difference(keys)]).any():
        return {}
    rules = {"": {}} | entry["rows"].get("of", {})
    return {
        column: _behind(entry, entry["rows"] | own, table, keys, air)
        for column, own in rules.items()
    }


def _behind(entry, rule, table, keys, air):
    fed = _keyed(fed_by(air.reports, entry | {"rows": rule}), rule, keys, air)
    if not keys:
        return [fed["report_id"].tolist()] * len(table)
    groups = fed.groupby(keys)["report_id"].agg(list)
    behind = [
        ids if isinstance(ids, list) else [] for ids in groups.reindex(table.set_index(keys).index)
    ]
    if any("cumulative" in f["name"] for f in entry["fields"]):
        return [
            ids
            for _, year in groupby(zip(table["year"], behind), key=itemgetter(0))
            for ids in accumulate(own for _, own in year)
        ]
    return behind


def _table(entry, keys):
    return pd.read_csv(
        paths.FIGURES / entry["files"]["csv"]["path"],
        dtype=dict.fromkeys(keys, "str"),
        keep_default_na=False,
    )


def _keyed(fed, rule, keys, air):
    """The reports that feed a figure, once for each value of its keys that they belong to."""
    fed = _parted(fed, rule)
    for key in sorted(keys, key="report_date".__eq__):  # last: the other periods are made of it
        if key in _split(rule):
            continue
        if key in COLUMNS:
            fed = fed.assign(**{key: period_names(fed["report_date"], key)})
        elif key == "target_class":
            fed = fed.assign(target_class=fed["weapon_class"].astype("str").map(TARGETS)).explode(
                "target_class"
            )
        elif key == "area":
            fed = fed.merge(air.launch_areas, on="report_id")
    return fed.astype(dict.fromkeys(keys, "str")).sort_index(kind="stable")


def _parted(fed, rule):
    """The reports once for each part of a rule that they belong to, with its name in the column that the rule splits them by."""
    for key, parts in rule.items():
        if isinstance(parts, dict) and key != "of":
            fed = pd.concat(
                [
                    _parted(meeting(fed, part), part).assign(**{key: name})
                    for name, part in parts.items()
                ]
            )
    return fed
