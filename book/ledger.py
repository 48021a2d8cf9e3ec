"""Tables as the book's own script reads them: columns with a kind, and rows of plain values, None where missing."""

import pandas as pd

from analysis import paths
from analysis.trace import post_address

_LEDGER = ["report_date", "weapon", "launched_count", "shot_down_count", "lost_count", "neutralised_count", "regime_id",
           "post_address", "window", "weapon_class", "level", "lost_state", "is_in_drone_series",
           "correction_ids", "report_id"]
_OWN = {"post_address": {"name": "post_address", "title": "Source post", "kind": "link"},
        "window": {"name": "window", "title": "Reporting window", "kind": "text"},
        "claim_count": {"name": "claim_count", "title": "Claims", "kind": "number"},
        "url": {"name": "url", "title": "Address", "kind": "link"}}


def reports(air):
    """Return every row of the ledger, with the address of its source post."""
    rows = air.reports
    shown = rows.assign(post_address=post_address(rows["source_post"]), window=_end(rows, "start") + " to " + _end(rows, "end"),
                        weapon_class=rows["weapon_class"].astype(str).str.replace("_", " "))
    return _table(shown[_LEDGER], _fields(air, "reports"), "Reports: every row of the ledger")


def press_sources(air):
    """Return every article, with the number of figures that it printed."""
    claims = air.press_claims["source_id"].value_counts()
    shown = air.press_sources.assign(claim_count=air.press_sources["source_id"].map(claims).fillna(0).astype(int))
    shown = shown[["published", "publisher", "claim_count", "url", "source_id"]]
    return _table(shown, _fields(air, "press_sources"), "Press sources: every article")


def figure_table(entry):
    """Return the table behind a figure, as its CSV has it."""
    shown = pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"], dtype_backend="numpy_nullable")
    return _table(shown, {f["name"]: f for f in entry["fields"]}, f"Data of figure {entry['id']}")


def plain(frame):
    """Return the rows of a frame as lists of text, numbers, booleans and None."""
    texts = frame.copy()
    for name, column in frame.items():
        if pd.api.types.is_datetime64_dtype(column):
            has_time = (column.dropna() != column.dropna().dt.normalize()).any()
            texts[name] = column.dt.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
    return [[None if pd.isna(v) else v for v in row] for row in texts.astype(object).to_numpy().tolist()]


def records(frame):
    """Return the rows of a frame as dicts of such values."""
    return [dict(zip(frame, row)) for row in plain(frame)]


def _end(rows, which):
    """Start or end of each window, with a time only where the report gives one; without the year, which a search is for."""
    end, is_day = rows[f"window_{which}"], rows[f"window_{which}_precision"] == "day"
    return end.dt.strftime("%-d %b %H:%M").mask(is_day, end.dt.strftime("%-d %b"))


def _fields(air, name):
    return next({f["name"]: f for f in r["schema"]["fields"]} for r in air.package["resources"] if r["name"] == name)


def _table(frame, fields, caption):
    return {"caption": caption, "columns": [_column(name, fields) for name in frame], "rows": plain(frame)}


def _column(name, fields):
    if name in _OWN:
        return _OWN[name]
    field = fields[name]
    kind = {"integer": "number", "number": "number", "boolean": "boolean"}.get(field["type"], "text")
    return {"name": name, "title": field.get("title", name), "unit": field.get("unit", ""), "kind": kind}
