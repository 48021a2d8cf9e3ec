"""One snapshot of the compilation, read by column name; each unreadable cell is named."""

from dataclasses import dataclass

import pandas as pd

from upkeep.curation.account import spelled
from upkeep.curation.cells import read_cells
from upkeep.curation.rules import ADDRESS

TIMES = {"time_start": "window_start", "time_end": "window_end"}
TEXTS = {
    "model": "upstream_label",
    "source": "source_post",
    "launch_place": "launch_place",
    "target": "target",
    "carrier": "carrier",
    "affected region": "affected_regions",
}
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
CROSSINGS = ["border_crossing", "cross_border_belarus", "back_russia"]  # the older two to mid-2025
READ = [*TIMES, *TEXTS, *COUNTS, *CROSSINGS, "status_data"]
NOT_CARRIED = ["target_main", "destroyed_details", "launched_details", "launch_place_details"]
REQUIRED = [*TIMES, *list(TEXTS)[:4], "launched", "destroyed"]  # in every header since 2023
LONGEST = pd.Timedelta(days=3)  # the longest window to mid-2026 has 35 hours
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{1,2}:[0-9]{2}))?"
_PLAIN = r"(?![=+\-@])[ -;=?-~]{0,200}"  # no HTML, no formula, no letter that looks like another
_COUNT = r"[0-9]{1,6}(?:\.0+)?"
_COUNTRY = rf"\s*'[^'{{}}]*'\s*:\s*(?:{_COUNT}|[Nn]a[Nn]|None)\s*"
_CROSSINGS = rf"(?:\{{\s*(?:{_COUNTRY}(?:,{_COUNTRY})*,?\s*)?\}})?"


@dataclass(frozen=True)
class Snapshot:
    """A parsed snapshot: one row per line of the file, with the line number as index."""

    rows: pd.DataFrame
    sha256: str
    lacking: list  # columns of `reports` that its header, that of an earlier day, does not give


def read_snapshot(path, account):
    """Return the `Snapshot` of an upstream file (R3): times with their precision, counts nullable.

    Columns are found by name, in any order; what a snapshot lacks is blank. A cell
    that cannot be read becomes a fault of the `Account`.
    """
    text, sha256 = read_cells(path, REQUIRED, account.notices)
    account.notices += _about_columns(text)
    cells = text.reindex(columns=READ, fill_value="")
    rows = cells[list(TEXTS)].rename(columns=TEXTS)
    for column, name in TIMES.items():
        rows[name], rows[f"{name}_precision"] = _times(cells[column], account)
    for column, name in COUNTS.items():
        rows[name] = _counts(cells[column], account)
    rows["left_airspace_count"] = _left_airspace(cells, account)
    rows["is_withheld"] = cells["status_data"] != ""
    account.require(
        cells["source"].str.fullmatch(ADDRESS), cells["source"], "outlet/posts/id or a web address"
    )
    rows["target"] = _targets(cells["target"], account)
    _check_windows(rows, cells, account)
    for status in sorted(set(cells["status_data"]) - {"", "hidden"}):
        account.notices.append(
            f"status_data {status!r} is not known, so its rows count as withheld"
        )
    names = TEXTS | COUNTS | {"border_crossing": "left_airspace_count"}
    lacking = [names[column] for column in _gone(text.columns)]
    return Snapshot(rows.dropna(subset=list(TIMES.values())), sha256, lacking)


def _gone(columns):
    """The columns that are read and missing; the older two of crossings do for the newer."""
    wanted = [*TEXTS, *COUNTS]
    if not set(CROSSINGS) & set(columns):
        wanted.append("border_crossing")
    return [column for column in wanted if column not in columns]


def _about_columns(text):
    for column in _gone(text.columns):
        yield f"column {column!r} is not in this snapshot: what it gives stays blank"
    for column in text.columns.difference(READ + NOT_CARRIED, sort=False):
        values = text.loc[text[column] != "", column].str[:40].unique()[:3]
        examples = ", ".join(map(repr, values)) or "no value"
        yield f"column {column!r} is not known and is left out (CONTRIBUTING.md); it has {examples}"


def _targets(cells, account):
    """The targets; one of other letters than plain Latin ones is a finding, and blank."""
    is_plain = cells.str.fullmatch(_PLAIN)
    for line, target in cells[~is_plain].items():
        found = f"line {line}, target: {spelled(target)}"
        account.findings.append(f"odd-text: {found} is no plain text, left out")
    return cells.where(is_plain, "")


def _times(cells, account):
    parts = cells.str.extract(f"^{_TIME}$")
    text = parts[0] + " " + parts[1].fillna("0:00")
    times = pd.to_datetime(text, format="%Y-%m-%d %H:%M", errors="coerce")
    account.require(times.notna(), cells, "a date YYYY-MM-DD or a time YYYY-MM-DD H:MM")
    return times, parts[1].notna().map({True: "minute", False: "day"})


def _counts(cells, account):
    is_count = cells.str.fullmatch(_COUNT)
    account.require(is_count | (cells == ""), cells, "a whole number from 0 to 999999, or blank")
    return pd.to_numeric(cells.where(is_count).str.partition(".")[0]).astype("Int64")


def _left_airspace(cells, account):
    """Drones that left: a mapping of countries to counts, or two older columns."""
    mappings = cells["border_crossing"]
    fits = mappings.str.fullmatch(_CROSSINGS)
    account.require(fits, mappings, "a mapping of countries to counts")
    counts = mappings[fits].str.extractall(r":\s*([0-9]+)")[0].astype("int64")
    older = pd.concat([_counts(cells[column], account) for column in CROSSINGS[1:]], axis=1)
    newer = counts.groupby(level=0).sum().reindex(cells.index).astype("Int64")
    return newer.fillna(older.sum(axis=1, min_count=1).astype("Int64"))


def _check_windows(rows, cells, account):
    length = rows["window_end"] - rows["window_start"]
    fits = length.between(pd.Timedelta(0), LONGEST) | length.isna()
    windows = (cells["time_start"] + " > " + cells["time_end"]).rename("time_start > time_end")
    account.require(fits, windows, "an end at most three days after the start, and not before it")
