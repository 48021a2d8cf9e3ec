"""Take a snapshot of the compilation into a data directory, once its changes are accepted."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import checking, load, paths
from analysis.dataset import DATE_FORMATS, DataError, descriptor, load_as
from analysis.measures.nights import nightly_table
from analysis.press import open_nights
from upkeep.checks.data import contradictions, undecided_dates, without_verdict
from upkeep.curation import release
from upkeep.curation.account import Account
from upkeep.curation.areas import affected_regions, carriers, launch_areas
from upkeep.curation.curate import curate
from upkeep.curation.datasheet import with_facts
from upkeep.curation.guards import Change, findings
from upkeep.curation.snapshot import read_snapshot
from upkeep.writing import alone, staged

NO_VERDICT = "no report in the snapshot; not looked into"


def update(snapshot_path, until, out=None, accepted=(), today=None):
    """Curate a snapshot into a data directory; return the `Account` of what was done.

    Parameters
    ----------
    snapshot_path : path-like
    until : datetime.date
        Last report date to keep (R1).
    out : path-like, optional
        A data directory, or a place for a new one; by default the package's own data.
        Its decision tables are read, or the package's where it is new.
    accepted : container of str
        Findings of `guards.findings` that may be written, by their lines.
    today : datetime.date, optional
        Date of the new version in descriptor and changelog.

    Raises
    ------
    DataError
        Something does not fit; nothing was written.
    Disagreement
        Findings that `accepted` does not hold; nothing was written.
    """
    out = Path(paths.DATA if out is None else out)
    account = Account()
    with alone(out):
        source = _source(out)
        before = _before(source)
        if before.version.endswith("+edited"):
            # By its schema alone: decisions come before the tables that follow from them.
            require_none(checking.problems(source))
        if source != out:
            before = before.until(f"{until}")  # a new folder need not go as far as the package
        snapshot = read_snapshot(snapshot_path, account)
        tables, last = _tables(snapshot, before, until, account)
        account.stop_at_faults()
        with staged(out, source) as copy:
            write_tables(tables, copy, before.package, last)
            require_none(checking.problems(copy))
            package = _accepted(copy, before, snapshot, accepted, account, today)
        if source.resolve() == out.resolve() == paths.DATA.resolve():
            release.record(package, paths.ROOT)
    was = f"was {before.package['version']}"
    if package == before.package:
        was = "as it was, the snapshot gives the tables that are there"
    account.notices.append(f"data {package['version']}: {was}")
    return account


def _source(out):
    """The directory whose decisions hold: `out`, or the package's where `out` is new."""
    if (out / "datapackage.json").is_file():
        return out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise DataError(f"{out}: found something else, expected a data directory or a new place")
    return paths.DATA


def _before(source):
    """The dataset as it is; a column that only its descriptor has yet is blank."""
    listed = descriptor(source)
    with open(source / "reports.csv", encoding="utf-8-sig") as file:
        header = file.readline().rstrip("\n").split(",")
    (schema,) = [r["schema"] for r in listed["resources"] if r["name"] == "reports"]
    schema["fields"] = [field for field in schema["fields"] if field["name"] in header]
    return replace(load_as(source, listed), package=descriptor(source))


def require_none(problems):
    """Raise a DataError with every problem of a data directory, unless a file was merely edited."""
    found = [line for line in problems if not line.startswith("edited: ")]
    if found:
        raise DataError("\n".join(["the tables do not fit, nothing was written:", *found]))


def _tables(snapshot, before, until, account):
    """The tables that a snapshot gives, by name, and the last date that they cover."""
    reports, last = curate(snapshot, before, until, account)
    reports["carrier"] = carriers(reports, before.carriers, account)
    if last.date() < until:
        account.notices.append(f"the snapshot is complete to {last:%Y-%m-%d}: the tables end then")
    quiet_nights = _verdicts(before.quiet_nights, reports, last)
    period = before.period[0], last
    tables = {
        "reports": reports,
        "quiet_nights": quiet_nights,
        "launch_areas": launch_areas(reports, before.areas, account),
        "affected_regions": affected_regions(reports, before.areas, account),
        "nights": nightly_table(reports, quiet_nights, before.regimes, period),
    }
    # Of no cell of the snapshot: that is what makes it open.
    of_posts_and_press = open_nights(before.press_claims, before.independent_posts)
    is_within = of_posts_and_press["report_date"].between(*period)
    tables["open_nights"] = of_posts_and_press[is_within]
    return tables, last


def _verdicts(quiet_nights, reports, last):
    """Keep the verdicts on dates without a drone row; a new one is unknown, never a zero (R17)."""
    kept = quiet_nights[quiet_nights["evidence"] != NO_VERDICT]
    new = pd.DataFrame({"report_date": undecided_dates(reports, kept, last)})
    new = new.assign(verdict="unknown", evidence=NO_VERDICT)
    merged = pd.concat([kept, new]).astype(quiet_nights.dtypes.to_dict())
    return merged.sort_values("report_date", ignore_index=True)


def _accepted(copy, before, snapshot, accepted, account, today):
    """The descriptor of the new version, written once each finding is accepted."""
    after = load(copy)
    account.findings += findings(Change(before, after, snapshot.lacking))
    account.findings += [f"press: {line}" for line in without_verdict(after)]
    account.faults += contradictions(after)
    account.stop_at_faults()
    account.stop_at_findings(accepted)
    package = after.package
    if package == before.package:
        return package
    last_day = snapshot.rows["window_end"].max()
    changes = release.changes(before.reports, after.reports, account.findings, snapshot.sha256)
    package = package | {
        "version": release.next_version(package["version"], changes),
        "changes": changes,
        "created": f"{today or date.today()}T00:00:00Z",
        "snapshot": {"sha256": snapshot.sha256, "last_date": f"{last_day:%Y-%m-%d}"},
    }
    write_descriptor(package, copy)
    datasheet = copy / "README.md"
    text = with_facts(datasheet.read_text(encoding="utf-8"), load(copy))
    datasheet.write_text(text, encoding="utf-8", newline="\n")
    return package


def write_tables(tables, folder, package, last):
    """Write frames in the columns and formats of their schemas, and the descriptor to them."""
    for resource in package["resources"]:
        if resource["name"] not in tables:
            continue
        fields = resource["schema"]["fields"]
        written = tables[resource["name"]][[field["name"] for field in fields]].copy()
        for field in fields:
            if field["type"] in DATE_FORMATS:
                times = written[field["name"]].dt
                written[field["name"]] = times.strftime(DATE_FORMATS[field["type"]])
            elif field["type"] == "boolean":
                written[field["name"]] = written[field["name"]].map({True: "TRUE", False: "FALSE"})
        written.to_csv(folder / resource["path"], index=False, lineterminator="\n")
    write_descriptor(described(package, folder, last), folder)


def described(package, folder, last):
    """Return the descriptor with the period to `last`, and size and hash of each file."""
    first = package["period"][:10]
    resources = []
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        resources.append(resource | {"bytes": len(raw), "hash": f"sha256:{digest}"})
    title = re.sub(r"\d{4}–\d{4}$", f"{first[:4]}–{last.year}", package["title"])
    period = f"{first}/{last:%Y-%m-%d}"
    return package | {"title": title, "period": period, "resources": resources}


def write_descriptor(package, folder):
    """Write the descriptor of a data directory."""
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
