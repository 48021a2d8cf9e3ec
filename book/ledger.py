"""Tables as the book's own script reads them: columns with a kind, and rows of plain values, None where missing."""

import pandas as pd

from analysis import measures, paths, press
from analysis.citing.trace import post_address

_LEDGER = ["report_date", "weapon", "launched_count", "shot_down_count", "lost_count", "neutralised_count", "regime_id",
           "post_address", "window", "weapon_class", "series", "level", "lost_state",
           "correction_ids", "report_id"]
_CLAIMS = ["report_date", "target_class", "quantity", "qualifier", "value", "ledger_count", "verdict", "explanation",
           "publisher", "attributed_to", "url", "claim_id"]
_LINKS = ("post_address", "url")
# What columns that no table of the data has are called; the others are described there.
_TITLES = {"post_address": "Source post", "window": "Reporting window", "series": "Series", "ledger_count": "Ledger",
           "verdict": "Verdict", "explanation": "Explanation", "publisher": "Publisher", "claim_count": "Claims"}



def reports(air):
    """Return every row of the ledger, with the address of its source post; a date leads to the claims of its night."""
    rows = measures.with_series(air.reports)
    shown = rows.assign(post_address=post_address(rows["source_post"]), window=_end(rows, "start") + " to " + _end(rows, "end"),
                        weapon_class=rows["weapon_class"].astype(str).str.replace("_", " "))
    return _linked(_table(shown[_LEDGER], _fields(air, "reports"), "Reports: every row of the ledger"), "claims.html")


def claims(air):
    """Return every figure that the press printed for a night, beside the ledger's; a date leads to its reports."""
    matched = press.matched_claims(air.press_claims, air.reports, air.corrections)
    shown = press.claims_of_nights(matched, air.press_sources, matched["report_date"].unique())
    shown = shown.assign(**{name: shown[name].astype(str).str.replace("_", " ") for name in ("target_class", "quantity", "qualifier")})
    described = {**_fields(air, "press_claims"), "report_date": _fields(air, "reports")["report_date"], "value": {"title": "Printed"}}
    return _linked(_table(shown[_CLAIMS], described, "Press claims beside the ledger"), "ledger.html")


def press_sources(air):
    """Return every article, with the number of figures that it printed."""
    claims = air.press_claims["source_id"].value_counts()
    shown = air.press_sources.assign(claim_count=air.press_sources["source_id"].map(claims).fillna(0).astype(int))
    shown = shown[["published", "publisher", "claim_count", "url", "source_id"]]
    return _table(shown, _fields(air, "press_sources"), "Press sources: every article")


def figure_table(entry):
    """Return the table behind a figure, as its CSV has it; a date or month leads to its reports, if it counts any."""
    shown = pd.read_csv(paths.FIGURES / entry["files"]["csv"]["path"], dtype_backend="numpy_nullable")
    table = _table(shown, {f["name"]: f for f in entry["fields"]}, f"Data of figure {entry['id']}")
    if entry["rows"] is None:
        return table
    series = entry["rows"].get("series", [])
    return _linked(table, "../data/ledger.html", series[0] if len(series) == 1 else "")


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
    return end.dt.strftime("%d %b %H:%M").mask(is_day, end.dt.strftime("%d %b")).str.removeprefix("0")


def _fields(air, name):
    return next({f["name"]: f for f in r["schema"]["fields"]} for r in air.package["resources"] if r["name"] == name)


def _table(frame, fields, caption):
    return {"caption": caption, "columns": [_column(name, column, fields.get(name)) for name, column in frame.items()], "rows": plain(frame)}


def _linked(table, page, word=""):
    """The table with each date or month as a link to the rows of `page` that have it, and the word."""
    for column in table["columns"]:
        if column["name"] in ("report_date", "month"):
            column |= {"page": page, "word": word}
    return table


def _column(name, column, field):
    field = field or {"title": _TITLES.get(name, name)}
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    kind = "link" if name in _LINKS else "number" if is_number else "text"
    return {"name": name, "title": field.get("title", name), "unit": field.get("unit", ""), "kind": kind}
