"""Time and peak memory of loading and measuring a ledger repeated so many times: ``scaling.py TIMES load|measures``."""

import hashlib
import json
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis import load, measures, paths


def repeated_data(times, folder):
    """Copy data/ with its ledger repeated and described; the copies of a row have ids of their own, as the schema asks."""
    shutil.copytree(paths.DATA, folder, dirs_exist_ok=True)
    header, *rows = (paths.DATA / "reports.csv").read_text("utf-8").splitlines(keepends=True)
    with open(folder / "reports.csv", "w", encoding="utf-8") as ledger:
        ledger.write(header)
        for copy in range(times):
            ledger.writelines(row.replace(",", f"{copy:04x},", 1) for row in rows)
    package = json.loads((folder / "datapackage.json").read_bytes())
    reports = next(r for r in package["resources"] if r["name"] == "reports")
    with open(folder / "reports.csv", "rb") as ledger:
        reports["hash"] = f"sha256:{hashlib.file_digest(ledger, 'sha256').hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def timed(function):
    start = time.perf_counter()
    result = function()
    return round(time.perf_counter() - start, 3), result


def main(times, what):
    if what == "load":
        with tempfile.TemporaryDirectory() as folder:
            repeated_data(times, Path(folder))
            seconds, air = timed(lambda: load(folder))
            found = {"load": seconds, "rows": len(air.reports)}
    else:
        air = load()
        reports = pd.concat([air.reports] * times, ignore_index=True)
        ids = reports["report_id"] + "-" + (reports.index // len(air.reports)).astype(str)
        air = replace(air, reports=reports.assign(report_id=ids))
        drones = measures.drones(air)
        found = {
            "rows": len(reports),
            "nightly": timed(lambda: measures.launches(drones, by="day"))[0],
            "monthly": timed(lambda: measures.launches(drones, by="month"))[0],
            "shares": timed(lambda: measures.outcome_share(air, "neutralised_share"))[0],
        }
    found["peak_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
