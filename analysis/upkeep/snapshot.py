"""One snapshot of the upstream compilation, read cell by cell and refused where it is not what it claims to be."""

import ast
import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.descriptor import DataError

REQUIRED = ["time_start", "time_end", "model", "launch_place", "target", "launched", "destroyed",
            "not_reach_goal", "still_attacking", "source"]
COUNTS = {"launched": "launched_count", "destroyed": "shot_down_count", "not_reach_goal": "lost_count",
          "still_attacking": "still_airborne_count", "is_shahed": "shahed_count",
          "num_hit_location": "hit_location_count", "num_fall_fragment_location": "debris_location_count"}
LEFT = ["border_crossing", "cross_border_belarus", "back_russia"]
NOT_CARRIED = ["target_main", "carrier", "turbojet", "turbojet_destroyed", "affected region", "destroyed_details",
               "launched_details", "launch_place_details"]
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (\d{1,2}:\d{2}))?")
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?")


@dataclass(frozen=True)
class Snapshot:
    """A parsed snapshot: one row a line of the file, with the line number as index."""

    rows: pd.DataFrame
    sha256: str
    notices: list


def read_snapshot(path):
    """Return the `Snapshot` of an upstream file (R3): times with their precision, counts nullable.

    Columns are found by name. A cell that cannot be read is an error that names
    line and column; a column that is not known is named in a notice.
    """
    path = Path(path)
    raw = path.read_bytes()
    header, lines = _cells(path, raw)
    notices = [f"column {c!r} is not known and not carried over" for c in header
               if c not in [*REQUIRED, *COUNTS, *LEFT, *NOT_CARRIED, "status_data"]]
    text = pd.DataFrame([cells for _, cells in lines], columns=header, index=[line for line, _ in lines], dtype=str)
    where = _Where(path)
    rows = pd.DataFrame({c: text[c].str.strip() for c in ("model", "source", "launch_place", "target")})
    for column, name in (("time_start", "window_start"), ("time_end", "window_end")):
        rows[name], rows[f"{name}_precision"] = _times(text[column], where)
        rows[f"{name}_text"] = text[column].str.strip()
    for column, name in COUNTS.items():
        rows[name] = _counts(text[column], where) if column in text else pd.array([pd.NA] * len(text), dtype="Int64")
    rows["left_airspace_count"] = _left_airspace(text, where)
    rows["is_withheld"] = text["status_data"].str.strip().eq("hidden") if "status_data" in text else False
    backwards = rows.index[rows["window_end"] < rows["window_start"]]
    if len(backwards):
        line = backwards[0]
        raise where.error(line, "time_end", text.at[line, "time_end"], f"no earlier than {text.at[line, 'time_start']}")
    return Snapshot(rows, hashlib.sha256(raw).hexdigest(), notices)


class _Where:
    def __init__(self, path):
        self.path = path

    def error(self, line, column, found, expected):
        return DataError(f"{self.path}, line {line}, {column}: found {found[:80]!r}, expected {expected}; "
                         "correct the cell in the snapshot or take another snapshot")


def _cells(path, raw):
    try:
        reader = csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), strict=True)
        header = next(reader)
        lines = [(reader.line_num, cells) for cells in reader]
    except StopIteration:
        raise DataError(f"{path}: empty; expected the header of the compilation") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: not a UTF-8 CSV file ({error})") from None
    if missing := [c for c in REQUIRED if c not in header]:
        raise DataError(f"{path}, line 1: no column {', '.join(missing)}; found {', '.join(header)}")
    for line, cells in lines:
        if len(cells) != len(header):
            raise DataError(f"{path}, line {line}: {len(cells)} cells; expected {len(header)}, as in the header")
    return header, lines


def _times(texts, where):
    parts = texts.str.strip().str.extract(f"^{_TIME.pattern}$")
    has_time = parts[1].notna()
    times = pd.to_datetime(parts[0] + " " + parts[1].fillna("0:00"), format="%Y-%m-%d %H:%M", errors="coerce")
    if len(wrong := texts[times.isna()]):
        raise where.error(wrong.index[0], texts.name, wrong.iloc[0], "a date YYYY-MM-DD or a time YYYY-MM-DD H:MM")
    return times, has_time.map({True: "minute", False: "day"})


def _counts(texts, where):
    cells = texts.str.strip()
    digits = cells.str.extract(f"^{_COUNT.pattern}$")[0]
    if len(wrong := cells[digits.isna() & (cells != "")]):
        raise where.error(wrong.index[0], texts.name, wrong.iloc[0], "a whole number from 0 to 999999, or blank")
    return pd.to_numeric(digits).astype("Int64")


def _left_airspace(text, where):
    """Drones that left for another country: a dict of countries, or two columns in older snapshots."""
    if "border_crossing" not in text:
        older = [_counts(text[c], where) for c in ("cross_border_belarus", "back_russia") if c in text]
        columns = pd.concat([pd.Series(pd.NA, text.index, dtype="Int64"), *older], axis=1)
        return columns.sum(axis=1, min_count=1)
    totals = {}
    for line, cell in text["border_crossing"].items():
        try:
            counts = ast.literal_eval(re.sub(r"\bnan\b", "None", cell, flags=re.I) or "{}")
            known = [_whole(v) for v in counts.values() if v is not None]
        except (ValueError, SyntaxError, AttributeError, TypeError, RecursionError, MemoryError):
            raise where.error(line, "border_crossing", cell, "a mapping of countries to counts") from None
        totals[line] = sum(known) if known else pd.NA
    return pd.Series(totals, dtype="Int64", index=text.index)


def _whole(number):
    if isinstance(number, bool) or number != int(number) or not 0 <= number < 1_000_000:
        raise ValueError(number)
    return int(number)
