"""Tables as the book shows them: columns with a kind, rows of plain values, None where missing."""

from urllib.parse import urlencode

import pandas as pd
from pandas.api.types import is_list_like

from analysis import measures, paths, press
from analysis.citing.trace import post_address
from book import links

# Seven columns that are always seen; the others are in the part of a row that opens.
_LEDGER = [
    "report_date",
    "weapon",
    "level",
    "launched_count",
    "shot_down_count",
    "lost_count",
    "neutralised_count",
]
_LEDGER_MORE = [
    "regime_id",
    "lost_state",
    "post",
    "window",
    "weapon_class",
    "series",
    "target",
    "still_airborne_count",
    "left_airspace_count",
    "hit_location_count",
    "debris_location_count",
    "shahed_count",
    "correction_ids",
    "report_id",
]
_CLAIMS = [
    "report_date",
    "target_class",
    "quantity",
    "value",
    "ledger_count",
    "verdict",
    "publisher",
]
_CLAIMS_MORE = ["qualifier", "explanation", "attributed_to", "article", "claim_id"]
_LONGEST_PLAIN = 100  # rows: a longer table is a script's
# Codes in words, such as one_way_attack_drone.
_WORDS = {
    "one_way": "one-way",
    "air_launched": "air-launched",
    "_uav": " UAV",
    "(?<=[a-z])_(?=[a-z])": " ",
}
_FILTERS = ("weapon_class", "level", "regime_id", "target_class", "quantity", "verdict")
# What columns that no table of the data has are called; the others are described there.
_TITLES = {
    "post": "Source post",
    "window": "Reporting window",
    "series": "Series",
    "ledger_count": "Record",
    "value": "Printed",
    "verdict": "Verdict",
    "explanation": "Explanation",
    "publisher": "Publisher",
    "article": "Article",
    "reports": "Reports behind it",
}
_PUBLISHERS = {
    "kpszsu": "Air Force of Ukraine",
    "PvKPivden": "Air Command South",
    "pvkshid": "Air Command East",
    "PvkCenter": "Air Command Centre",
    "PvKZahid": "Air Command West",
    "GeneralStaff.ua": "General Staff of Ukraine",
    "CinCAFU": "Commander-in-Chief of Ukraine",
    "kharkivoda.gov.ua": "Kharkiv oblast administration",
    "war_monitor": "monitor (Telegram)",
    "ChiefUkrDIU": "Defence Intelligence of Ukraine",
}


def reports(air):
    """Return every report row, the newest first; a post is named by its publisher."""
    rows = measures.with_series(air.reports)
    posts = post_address(rows["source_post"])
    shown = rows.assign(
        post=linked(publisher(rows["source_post"]), posts),
        window=window(rows),
        weapon_class=words(rows["weapon_class"]),
        lost_state=words(rows["lost_state"]),
    )
    shown = shown[_LEDGER + _LEDGER_MORE]
    caption = "Reports: every row of the record"
    return _with_texts_once(_table(shown, _fields(air, "reports"), caption, more=_LEDGER_MORE))


def claims(air):
    """Return every figure that the press printed for a night, next to the record's."""
    shown = matched_claims(air)
    shown = shown.assign(
        article=linked(_hosts(shown["url"]), shown["url"]),
    )
    fields = _fields(air, "press_claims") | {"report_date": _fields(air, "reports")["report_date"]}
    fields.pop("value")
    shown = shown[_CLAIMS + _CLAIMS_MORE]
    caption = "Press claims next to the record"
    return _with_texts_once(_table(shown, fields, caption, more=_CLAIMS_MORE))


def matched_claims(air):
    """Return every press claim of a night with the record's number, its verdict and its article."""
    matched = press.matched_claims(air.press_claims, air.reports, air.corrections)
    found = press.claims_of_nights(matched, air.press_sources, air.nights["report_date"])
    codes = ["target_class", "quantity", "qualifier"]
    return found.assign(**words(found[codes]))


def figure_table(entry):
    """Return the table behind a figure as its CSV has it, each row with a link to its reports."""
    path = paths.FIGURES / entry["files"]["csv"]["path"]
    shown = pd.read_csv(path, dtype_backend="numpy_nullable")
    shown = shown.replace(_WORDS, regex=True)
    if "rows.csv" in entry["files"]:
        shown["reports"] = list(_reports_behind(entry))
    fields = {field["name"]: field for field in entry["fields"]}
    return _table(shown, fields, f"Data of figure {entry['id']}", is_published=True)


def _reports_behind(entry):
    """The number of reports behind each row of a figure's table, with their address."""
    behind = links.behind(entry)
    for row in links.read(entry, "csv")[links.keys(entry)].to_dict("records"):
        query = urlencode({"figure": entry["id"]} | row)
        count = len(behind.get(tuple(row.values()), []))
        yield (count, f"../data/ledger.html?{query}") if count else "none"


def shown(value, column):
    """Return a cell of a table as text."""
    if isinstance(value, tuple):
        value = value[0]
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if column["kind"] == "share":
        return f"{value:.1%}"
    return f"{value:,.{column['digits']}f}"


def plain(frame):
    """Return the rows of a frame as lists of text, numbers, booleans, lists and None."""
    texts = frame.copy()
    for name, column in frame.items():
        if pd.api.types.is_datetime64_dtype(column):
            has_time = (column.dropna() != column.dropna().dt.normalize()).any()
            texts[name] = column.dt.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
    rows = texts.astype(object).to_numpy().tolist()
    return [[v if is_list_like(v) or pd.notna(v) else None for v in row] for row in rows]


def records(frame):
    """Return the rows of a frame as dicts of such values."""
    return [dict(zip(frame, row)) for row in plain(frame)]


def linked(texts, addresses):
    """Return pairs of text and address, which may be empty; missing where there is no text."""
    pairs = zip(texts, addresses.fillna(""), strict=True)
    return [(text, address) if pd.notna(text) and text else None for text, address in pairs]


def publisher(posts):
    """Return who published each source post, in words, or as it is where unknown here."""
    outlet = posts.str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    return outlet.map(_PUBLISHERS).fillna("post on Facebook").where(posts.notna(), "")


def window(rows):
    """Return the reporting window of each row in words, with a time where one is given."""
    return _end(rows, "start") + " to " + _end(rows, "end")


def words(codes):
    """Return a column or a frame with its codes, such as ``cruise_missile``, in words."""
    return codes.astype("str").replace(_WORDS, regex=True)


def _end(rows, which):
    end, is_day = rows[f"window_{which}"], rows[f"window_{which}_precision"] == "day"
    days = end.dt.strftime("%d %b")
    return end.dt.strftime("%d %b %H:%M").mask(is_day, days).str.removeprefix("0")


def _hosts(urls):
    return urls.str.extract(r"^https?://(?:www\.)?([^/]+)", expand=False)


def _fields(air, name):
    resource = next(r for r in air.package["resources"] if r["name"] == name)
    return {field["name"]: field for field in resource["schema"]["fields"]}


def _table(frame, fields, caption, more=(), is_published=False):
    rows = plain(frame)
    columns = [
        _column(name, frame[name], fields.get(name, {}), is_published) | {"more": name in more}
        for name in frame
    ]
    is_of_nights = frame.columns[0] == "report_date"
    return {
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "newest": is_of_nights,
        "is_long": len(rows) > _LONGEST_PLAIN,
    }


def _with_texts_once(table):
    """The table with each text once: its columns list them, and its rows say which they have."""
    for i, column in enumerate(table["columns"]):
        if column["kind"] == "number":
            continue
        values = [row[i] for row in table["rows"]]
        column["texts"] = sorted({value for value in values if value is not None})
        place = {text: n for n, text in enumerate(column["texts"])}
        for row, value in zip(table["rows"], values):
            row[i] = place.get(value)
    return table


def _column(name, column, field, is_published):
    night = "date" if is_published else "night"  # not every date of a figure has a page
    kinds = {"report_date": night, "regime_id": "regime", "reports": "behind", "report_id": "id"}
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    is_share = field.get("unit", "").startswith("share")
    kind = "share" if is_share else "number" if is_number else "text"
    decimals = column.dropna().astype(str).str.partition(".")[2].str.len().max()
    return {
        "name": name,
        "title": field.get("title") or _TITLES.get(name, name),
        "unit": field.get("unit", "") if kind == "number" else "",
        "kind": kinds.get(name, kind),
        "digits": min(2, int(decimals)) if pd.api.types.is_float_dtype(column) else 0,
        "filter": name in _FILTERS and not is_published,
    }
