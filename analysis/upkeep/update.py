"""Take a snapshot of the upstream compilation into a data directory: all tables, or nothing at all."""

import hashlib
import json
import shutil
from pathlib import Path

from analysis import paths
from analysis.descriptor import DataError, read_descriptor
from analysis.schema import read_table
from analysis.upkeep.curation import curate
from analysis.upkeep.snapshot import read_snapshot
from analysis.upkeep.staging import replacing
from analysis.upkeep.validation import problems

DECISIONS = ["weapons", "regimes", "corrections", "additions", "quiet_nights"]
_TIMES = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M"}


def update(snapshot_path, until, out=None):
    """Curate a snapshot into a data directory and return the account of what each rule did, and the notices.

    The decision tables are read from `out` where it holds a dataset, else from
    the package's own data. Nothing is written unless every check passed.
    """
    out = Path(out or paths.DATA)
    source = out if (out / "datapackage.json").is_file() else paths.DATA
    package = read_descriptor(source)
    schemas = {r["name"]: r["schema"]["fields"] for r in package["resources"]}
    decisions = {n: read_table(source / f"{n}.csv", schemas[n]) for n in DECISIONS}
    snapshot = read_snapshot(snapshot_path)
    reports, until, account = curate(snapshot, decisions, until)
    with replacing(out) as staging:
        if source != out:
            shutil.copytree(source, staging, dirs_exist_ok=True)
        write_table(reports, staging / "reports.csv", schemas["reports"])
        package["period"] = f"{package['period'].split('/')[0]}/{until}"
        package["snapshot"] = {"sha256": snapshot.sha256}
        write_descriptor(package, staging)
        if found := problems(staging):
            raise DataError("the curated tables do not pass `check`, nothing was written:\n" + "\n".join(found))
    return account, snapshot.notices


def write_table(frame, path, schema_fields):
    """Write a frame as CSV in the columns and formats of its schema."""
    written = frame[[f["name"] for f in schema_fields]].copy()
    for field in schema_fields:
        if field["type"] in _TIMES:
            written[field["name"]] = written[field["name"]].dt.strftime(_TIMES[field["type"]])
    written.to_csv(path, index=False, lineterminator="\n")


def write_descriptor(package, folder):
    """Write the descriptor with bytes, hash and rows of each file as they are in `folder`."""
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        resource["bytes"] = len(raw)
        resource["hash"] = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
