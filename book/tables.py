"""Tables as the book shows them: columns with a kind, and rows of plain values, None where missing."""

import pandas as pd

from analysis import measures, paths, press
from analysis.citing.trace import post_address
from book.links import key_columns

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
_CLAIMS_MORE = ["qualifier", "explanation", "attributed_to", "url", "claim_id"]
_FILTERS = ("weapon_class", "level", "regime_id", "target_class", "quantity", "verdict")
# What columns that no table of the data has are called; the others are described there.
_TITLES = {
    "post": "Source post",
    "window": "Reporting window",
    "series": "Series",
    "ledger_count": "Ledger",
    "verdict": "Verdict",
    "explanation": "Explanation",
    "publisher": "Publisher",
    "claim_count": "Claims",
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
    """Return every row of the ledger, the newest first; a post is named by its publisher."""
    rows = measures.with_series(air.reports)
    shown = rows.assign(
        post=[
            list(p) if p[1] else None
            for p in zip(publisher(rows["source_post"]), post_address(rows["source_post"]))
        ],
        window=window(rows),
        weapon_class=_words(rows["weapon_class"]),
        lost_state=_words(rows["lost_state"]),
    )
    return _table(
        shown[_LEDGER + _LEDGER_MORE],
        _fields(air, "reports"),
        "Reports: every row of the ledger",
        more=_LEDGER_MORE,
    )


def claims(air):
    """Return every figure that the press printed for a night, beside the ledger's, the newest first."""
    matched = press.matched_claims(air.press_claims, air.reports, air.corrections)
    shown = press.claims_of_nights(matched, air.press_sources, matched["report_date"].unique())
    shown = shown.assign(
        **{name: _words(shown[name]) for name in ("target_class", "quantity", "qualifier")}
    )
    described = {
        **_fields(air, "press_claims"),
        "report_date": _fields(air, "reports")["report_date"],
        "value": {"title": "Printed"},
    }
    return _table(
        shown[_CLAIMS + _CLAIMS_MORE],
        described,
        "Press claims beside the ledger",
        more=_CLAIMS_MORE,
    )


def press_sources(air):
    """Return every article, the newest first, with the number of figures that it printed."""
    claims = air.press_claims["source_id"].value_counts()
    shown = air.press_sources.assign(
        claim_count=air.press_sources["source_id"].map(claims).fillna(0).astype(int)
    )
    shown = shown[["published", "publisher", "claim_count", "url", "source_id"]]
    return _table(shown, _fields(air, "press_sources"), "Press sources: every article")


def figure_table(entry, behind):
    """Return the table behind a figure, as its CSV has it, each row with the number of its reports, and with what links to them.

    `behind` is what `links.reports_behind` gives for the figure.
    """
    shown = pd.read_csv(
        paths.FIGURES / entry["files"]["csv"]["path"], dtype_backend="numpy_nullable"
    )
    if behind:
        shown["reports"] = [len(ids) for ids in behind[""]]
    table = _table(
        shown,
        {f["name"]: f for f in entry["fields"]},
        f"Data of figure {entry['id']}",
        is_as_published=True,
    )
    for name in behind:
        kind, keys = (
            ("counted" if name else "behind"),
            [list(shown).index(key) for key in key_columns(entry)],
        )
        table["columns"][list(shown).index(name or "reports")] |= {
            "kind": kind,
            "keys": keys,
            "figure": entry["id"],
        }
    return table


def plain(frame):
    """Return the rows of a frame as lists of text, numbers, booleans, lists and None."""
    texts = frame.copy()
    for name, column in frame.items():
        if pd.api.types.is_datetime64_dtype(column):
            has_time = (column.dropna() != column.dropna().dt.normalize()).any()
            texts[name] = column.dt.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
    return [
        [None if not isinstance(v, list) and pd.isna(v) else v for v in row]
        for row in texts.astype(object).to_numpy().tolist()
    ]


def records(frame):
    """Return the rows of a frame as dicts of such values."""
    return [dict(zip(frame, row)) for row in plain(frame)]


def publisher(posts):
    """Return who published each source post, in words; the outlet as it is where it is unknown here."""
    outlet = posts.str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    return outlet.map(_PUBLISHERS).fillna("post on Facebook").where(posts.notna(), "")


def window(rows):
    """Return the reporting window of each row in words, with a time only where the report gives one."""
    return _end(rows, "start") + " to " + _end(rows, "end")


def _end(rows, which):
    end, is_day = rows[f"window_{which}"], rows[f"window_{which}_precision"] == "day"
    return (
        end.dt.strftime("%d %b %H:%M").mask(is_day, end.dt.strftime("%d %b")).str.removeprefix("0")
    )


def _words(column):
    return column.astype("str").str.replace("_", " ")


def _fields(air, name):
    return next(
        {f["name"]: f for f in r["schema"]["fields"]}
        for r in air.package["resources"]
        if r["name"] == name
    )


def _table(frame, fields, caption, more=(), is_as_published=False):
    """A table for the page; its rows are the newest first, but for a figure's, which are as its CSV has them."""
    rows = plain(frame)
    columns = [
        _column(name, column, fields.get(name), [row[i] for row in rows])
        for i, (name, column) in enumerate(frame.items())
    ]
    for column in columns:
        column["more"] = column["name"] in more
        column["filter"] = column["name"] in _FILTERS and not is_as_published
    return {"caption": caption, "columns": columns, "rows": rows if is_as_published else rows[::-1]}


def _column(name, column, field, values):
    field = field or {"title": _TITLES.get(name, name)}
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    kinds = {"report_date": "night", "regime_id": "regime", "post": "post", "url": "link"}
    digits = (
        max((len(str(v).partition(".")[2]) for v in values), default=0)
        if pd.api.types.is_float_dtype(column)
        else 0
    )
    return {
        "name": name,
        "title": field.get("title", name),
        "unit": field.get("unit", ""),
        "kind": kinds.get(name, "number" if is_number else "text"),
        "digits": min(4, digits),
    }
