"""Take a snapshot of the upstream compilation into a data directory: all tables, or nothing at all."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import dataset, paths
from analysis.dataset import DATE_FORMATS, load, typed
from analysis.descriptor import DataError
from analysis.measures.nights import nightly_table
from upkeep.curation import release
from upkeep.curation.areas import affected_regions, carriers, launch_areas
from upkeep.curation.curate import curate
from upkeep.curation.guards import Change, guard
from upkeep.curation.snapshot import read_snapshot
from upkeep.checks.data import problems, undecided_dates
from upkeep.writing import alone, copy_into, replacing

NO_VERDICT = "no report in the snapshot; not looked into"


def update(snapshot_path, until, out=None, accepted=(), today=None):
    """Curate a snapshot into a data directory; return the account of what each rule did, and notices.

    Parameters
    ----------
    snapshot_path : path-like
    until : datetime.date
        Last report date to keep (R1).
    out : path-like, optional
        A data directory, or a place for a new one; by default the package's own data.
        Its decision tables are read, or the package's where it is new.
    accepted : container of str
        Findings of `guards.guard` that may be written, by their lines.
    today : datetime.date, optional
        Date of the new version in descriptor and changelog.

    Raises
    ------
    DataError
        Something does not fit; nothing was written.
    """
    out = Path(paths.DATA if out is None else out)
    with alone(out):
        source = _source(out)
        # In full, whatever its hashes say: a table that lacks a column can carry the right one.
        if found := [line for line in dataset.problems(source) if not line.startswith("edited: ")]:
            raise DataError(
                f"{source} does not fit its description, nothing was written:\n" + "\n".join(found)
            )
        before = load(source)
        # A changelog belongs to the package's own data alone. What a killed update owes it comes first.
        root = (
            paths.ROOT
            if source.resolve() == out.resolve() == paths.DATA.resolve()
            else out / "no checkout"
        )
        owed = release.record(before.package, root)
        snapshot = read_snapshot(snapshot_path)
        with replacing(out) as copy:
            if source != out:
                copy_into(source, copy)
            package, account, notices = _curated(copy, before, snapshot, until, accepted, today)
            if found := problems(copy):
                raise DataError(
                    "the curated tables do not pass `check`, nothing was written:\n"
                    + "\n".join(found)
                )
        notices += [
            f"{name}: brought to data {package['version']}"
            for name in dict.fromkeys(owed + release.record(package, root))
        ]
    same = "the snapshot gives the tables that are there" + (
        "; nothing to do" if source == out else f", copied to {out}"
    )
    notices.append(
        f"data {package['version']}: "
        + (same if package == before.package else f"was {before.package['version']}")
    )
    return account, [*snapshot.notices, *notices]


def _curated(folder, before, snapshot, until, accepted, today):
    """Write the tables that a snapshot gives and their descriptor into a folder, once what they change is accepted."""
    reports, last, account = curate(snapshot, before.tables(), until)
    reports["carrier"] = carriers(reports["carrier"], before.carriers)
    quiet_nights, notices = _verdicts(before.quiet_nights, reports, last)
    if last < until:
        notices.append(f"the snapshot is complete to {last}: the tables end then, not on {until}")
    tables = {
        "reports": reports,
        "quiet_nights": quiet_nights,
        "launch_areas": launch_areas(reports, before.areas),
        "affected_regions": affected_regions(reports, before.areas),
        "nights": nightly_table(
            reports, quiet_nights, before.regimes, (before.period[0], pd.Timestamp(last))
        ),
    }
    schemas = {r["name"]: r["schema"]["fields"] for r in before.package["resources"]}
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv", schemas[name])
    package, reports = (
        described(before.package, folder, last),
        typed(folder / "reports.csv", schemas["reports"]),
    )
    ends = snapshot.rows["window_end"].dt.normalize()
    findings = guard(
        Change(
            before.reports, reports, before.period[1], pd.Timestamp(last), before.press_claims, ends
        ),
        accepted,
    )
    if package != before.package:
        changes = release.changes(before.reports, reports, findings, snapshot.sha256)
        package |= {
            "version": release.next_version(package["version"], changes),
            "changes": changes,
            "created": f"{today or date.today()}T00:00:00Z",
            "snapshot": {"sha256": snapshot.sha256, "last_date": f"{ends.max():%Y-%m-%d}"},
        }
    write_descriptor(package, folder)
    if (folder / "README.md").is_file() and "snapshot" in package:
        _state_rows(folder / "README.md", before.tables() | tables, package)
    return package, account, notices


def _state_rows(datasheet, tables, package):
    """Bring what the datasheet states to the tables: their numbers of rows, and the dates to which they and the snapshot go."""
    text = datasheet.read_text(encoding="utf-8")
    for words, day in (
        ("goes to", package["snapshot"]["last_date"]),
        ("28 September 2022 to", package["period"][-10:]),
    ):
        last = date.fromisoformat(day)
        text = re.sub(rf"{words} \d+ \w+ \d{{4}}", f"{words} {last.day} {last:%B %Y}", text)
    for name, table in tables.items():
        text = re.sub(rf"(\| `{name}\.csv` \| )[\d,]+", rf"\g<1>{len(table):,}", text)
    datasheet.write_text(text, encoding="utf-8", newline="\n")


def _source(out):
    """The data directory whose decisions hold: `out` itself, or the package's where `out` is new."""
    if (out / "datapackage.json").is_file():
        return out
    if out.exists() and (not out.is_dir() or any(p.name[0] != "." for p in out.iterdir())):
        raise DataError(
            f"{out}: found something that is no data directory, expected one, an empty or a new place"
        )
    return paths.DATA


def _verdicts(quiet_nights, reports, until):
    """Keep the verdicts of dates without a drone row; one that nobody looked into is unknown, never a zero (R17)."""
    has_report = quiet_nights["report_date"].isin(
        reports.loc[reports["is_in_drone_series"], "report_date"]
    )
    outdated = quiet_nights[has_report & (quiet_nights["verdict"] == "unknown")]
    kept = quiet_nights.drop(outdated.index)
    new = pd.DataFrame({"report_date": undecided_dates(reports, kept, pd.Timestamp(until))})
    new = new.assign(verdict="unknown", evidence=NO_VERDICT).astype(quiet_nights.dtypes.to_dict())
    notices = [
        f"quiet_nights.csv: {day:%Y-%m-%d} has no drone row and no verdict, entered as unknown; look into it (R17)"
        for day in new["report_date"]
    ]
    notices += [
        f"quiet_nights.csv: {day:%Y-%m-%d} has a drone row now, unknown removed (R17)"
        for day in outdated["report_date"]
    ]
    merged = pd.concat([kept, new]).astype(quiet_nights.dtypes.to_dict())
    return merged.sort_values("report_date", ignore_index=True), notices


def write_table(frame, path, schema_fields):
    """Write a frame as CSV in the columns and formats of its schema."""
    written = frame[[f["name"] for f in schema_fields]].copy()
    for field in schema_fields:
        if field["type"] in DATE_FORMATS:
            written[field["name"]] = written[field["name"]].dt.strftime(DATE_FORMATS[field["type"]])
    written.to_csv(path, index=False, lineterminator="\n")


def described(package, folder, until):
    """Return the descriptor with the years and the period to `until`, and size and hash of each file of `folder`."""
    start = package["period"].split("/")[0]
    title = re.sub(r"\d{4}–\d{4}$", f"{start[:4]}–{until.year}", package["title"])
    resources = [
        resource | _file_facts(folder / resource["path"]) for resource in package["resources"]
    ]
    return package | {"title": title, "period": f"{start}/{until}", "resources": resources}


def _file_facts(path):
    raw = path.read_bytes()
    return {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def write_descriptor(package, folder):
    """Write the descriptor of a data directory."""
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
