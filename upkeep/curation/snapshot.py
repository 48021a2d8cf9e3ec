"""One snapshot of the upstream compilation, read cell by cell and refused where it is not what it claims to be."""

import re
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.descriptor import DataError
from upkeep.curation.areas import is_list
from upkeep.curation.cells import read_cells

REQUIRED = [
    "time_start",
    "time_end",
    "model",
    "launch_place",
    "target",
    "launched",
    "destroyed",
    "not_reach_goal",
    "still_attacking",
    "source",
]
COUNTS = {
    "launched": "launched_count",
    "destroyed": "shot_down_count",
    "not_reach_goal": "lost_count",
    "still_attacking": "still_airborne_count",
    "is_shahed": "shahed_count",
    "num_hit_location": "hit_location_count",
    "num_fall_fragment_location": "debris_location_count",
    "turbojet": "turbojet_count",
    "turbojet_destroyed": "turbojet_shot_down_count",
}
TEXTS = {"carrier": "carrier", "affected region": "affected_region"}
LEFT = ["border_crossing", "cross_border_belarus", "back_russia"]
NOT_CARRIED = ["target_main", "destroyed_details", "launched_details", "launch_place_details"]
TIMES = {"time_start": "window_start", "time_end": "window_end"}
MANY_TURBOJETS = 10  # two rows to 2025
LONGEST = pd.Timedelta(
    days=3
)  # the longest window to mid-2026 has 35 hours; a mistyped year would be the last day (R1)
_TIME = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{1,2}:[0-9]{2}))?$"
_COUNT = r"^([0-9]{1,6})(?:\.0+)?$"
_COUNTRY = r"\s*'[^']*'\s*:\s*(?:([0-9]{1,6})(?:\.0+)?|[Nn]a[Nn]|None)\s*"
_SOURCE = r"[A-Za-z0-9][!-~]*"


@dataclass(frozen=True)
class Snapshot:
    """A parsed snapshot: one row a line of the file, with the line number as index."""

    rows: pd.DataFrame
    sha256: str
    notices: list


def read_snapshot(path):
    """Return the `Snapshot` of an upstream file (R3): times with their precision, counts nullable.

    Columns are found by name, in any order; those of 2025 (`cross_border_belarus`,
    `back_russia`) and of 2026 (`border_crossing`, `status_data`) are both known.
    A cell that cannot be read is an error that names line and column; a column
    that is not known is named in a notice.
    """
    text, digest = read_cells(path, REQUIRED)
    require = partial(_require, path)
    rows = pd.DataFrame(
        {c: text[c].str.strip() for c in ("model", "source", "launch_place", "target")}
    )
    require(
        rows["source"].str.fullmatch(_SOURCE),
        text["source"],
        "a post: outlet/posts/id or a web address",
    )
    for column, name in TIMES.items():
        rows[name], rows[f"{name}_precision"] = _times(text[column], require)
    for column, name in COUNTS.items():
        rows[name] = (
            _counts(text[column], require)
            if column in text
            else pd.array([pd.NA] * len(text), dtype="Int64")
        )
    for column, name in TEXTS.items():
        rows[name] = text[column].str.strip() if column in text else ""
    if "affected region" in text:
        require(
            is_list(rows["affected_region"]),
            text["affected region"],
            "a list of quoted names, or blank",
        )
    rows["left_airspace_count"] = _left_airspace(text, require)
    status = text["status_data"].str.strip() if "status_data" in text else pd.Series("", text.index)
    rows["is_withheld"] = status == "hidden"
    require(
        rows["window_end"] >= rows["window_start"], text["time_end"], "no earlier than time_start"
    )
    is_short = rows["window_end"] - rows["window_start"] <= LONGEST
    require(is_short, text["time_end"], "at most three days after time_start")
    return Snapshot(rows, digest, [*_notices(text.columns, status), *_turbojets(rows)])


def _notices(columns, status):
    known = {*REQUIRED, *COUNTS, *TEXTS, *LEFT, *NOT_CARRIED, "status_data"}
    lacking = [c for c in (*COUNTS, *TEXTS) if c not in columns] + (
        [] if {*LEFT} & {*columns} else LEFT[:1]
    )
    notices = [
        f"column {column!r} is not in this snapshot: what it gives stays blank"
        for column in lacking
    ]
    notices += [
        f"column {column!r} is not known and not carried over"
        for column in columns
        if column not in known
    ]
    others = sorted(set(status) - {"", "hidden"})
    return notices + [
        f"status_data {value!r} is not known and taken as given, not as withheld"
        for value in others
    ]


def _turbojets(rows):
    """Counts of jet-powered drones, once they are many, may be the edge of a new way of reporting."""
    given = rows.loc[rows["turbojet_count"].notna(), "window_end"]
    if len(given) > MANY_TURBOJETS:
        yield (
            f"turbojet is given on {len(given)} rows from {given.min():%Y-%m-%d} on: see whether the reports now count "
            "jet-powered drones separately, which would be a new regime (R12)"
        )


def _require(path, fits, cells, expected):
    """Stop at the first cell that does not fit, with the error that names it."""
    wrong = cells[~fits]
    if len(wrong):
        raise DataError(
            f"{path}, line {wrong.index[0]}, {cells.name}: found {wrong.iloc[0][:80]!r}, expected {expected}; "
            "correct the cell in the snapshot or take another snapshot"
        )


def _times(texts, require):
    parts = texts.str.strip().str.extract(_TIME)
    has_time = parts[1].notna()
    times = pd.to_datetime(
        parts[0] + " " + parts[1].fillna("0:00"), format="%Y-%m-%d %H:%M", errors="coerce"
    )
    require(times.notna(), texts, "a date YYYY-MM-DD or a time YYYY-MM-DD H:MM")
    return times, has_time.map({True: "minute", False: "day"})


def _counts(texts, require):
    cells = texts.str.strip()
    digits = cells.str.extract(_COUNT)[0]
    require(digits.notna() | (cells == ""), texts, "a whole number from 0 to 999999, or blank")
    return pd.to_numeric(digits).astype("Int64")


def _left_airspace(text, require):
    """Drones that left for another country: a mapping of countries, or two columns in older snapshots."""
    if "border_crossing" not in text:
        older = [_counts(text[c], require) for c in LEFT[1:] if c in text]
        columns = pd.concat([pd.Series(pd.NA, text.index, dtype="Int64"), *older], axis=1)
        return columns.sum(axis=1, min_count=1).astype("Int64")
    totals = text["border_crossing"].map(_countries_total)
    require(totals != -1, text["border_crossing"], "a mapping of countries to counts")
    return totals.astype("Int64")


def _countries_total(cell):
    """The sum of a mapping such as ``{'belarus': 2, 'russia': NaN}``; missing if it has no number, -1 if it is none."""
    if not (mapping := re.fullmatch(r"\s*(?:\{([^{}]*)\})?\s*", cell)):
        return -1
    pairs = [re.fullmatch(_COUNTRY, pair) for pair in (mapping[1] or "").split(",") if pair.strip()]
    if not all(pairs):
        return -1
    known = [int(pair[1]) for pair in pairs if pair[1]]
    return sum(known) if known else pd.NA
