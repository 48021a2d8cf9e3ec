"""Snapshots typed by hand: a test gives only the cells that matter to it."""

import csv
import json
import shutil
from datetime import date
from functools import partial
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load
from upkeep.curation.account import Account
from upkeep.curation.curate import curate
from upkeep.curation.snapshot import read_snapshot
from upkeep.curation.update import write_tables

NIGHT = {
    "time_start": "2025-03-01 18:00",
    "time_end": "2025-03-02 08:00",
    "model": "Shahed-136/131",
    "launch_place": "",
    "target": "Ukraine",
    "launched": "10",
    "destroyed": "6",
    "not_reach_goal": "3",
    "still_attacking": "",
    "source": "kpszsu/posts/1",
}
LAST = NIGHT | {"time_start": "2026-09-01", "time_end": "2026-09-02", "source": "kpszsu/posts/last"}
KEPT = ["weapons", "areas", "carriers", "regimes", "press_claims", "press_sources"]


class _Everything:
    def __contains__(self, finding):
        return True


@pytest.fixture(scope="session")
def everything():
    """What accepts whatever the guards find."""
    return _Everything()


@pytest.fixture(scope="session")
def write_snapshot():
    """Return a function that writes rows, each the cells that differ from `NIGHT`, to a folder."""

    def write(folder, *rows, last=LAST, name="snapshot.csv"):
        cells = [NIGHT | row for row in rows] + ([last] if last else [])
        columns = list(pd.DataFrame(cells))
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(cells)
        return folder / name

    return write


@pytest.fixture
def snapshot_csv(write_snapshot, tmp_path):
    """Return the same function for a folder of the test."""
    return partial(write_snapshot, tmp_path)


@pytest.fixture
def read(snapshot_csv):
    """Return a function that reads typed rows as a snapshot, and gives its rows and the account."""

    def run(*rows):
        account = Account()
        return read_snapshot(snapshot_csv(*rows), account).rows, account

    return run


@pytest.fixture(scope="session")
def decisions():
    """The taxonomy and the regimes of `data/`, without corrections, additions and known reports."""
    air = load()
    emptied = {name: getattr(air, name)[:0] for name in ("corrections", "additions", "reports")}
    return {"weapons": air.weapons, "regimes": air.regimes, **emptied}


@pytest.fixture
def curation(snapshot_csv, decisions):
    """Return a function that curates typed rows: `reports`, their last date and the account."""

    def run(*rows, until=date(2025, 12, 31), last=LAST, **changed):
        account = Account()
        snapshot = read_snapshot(snapshot_csv(*rows, last=last), account)
        air = SimpleNamespace(**decisions | changed)
        return *curate(snapshot, air, until, account), account

    return run


@pytest.fixture
def curated(curation):
    """Return a function that curates typed rows, and gives `reports`; a fault is an error."""

    def run(*rows, **changed):
        reports, _, account = curation(*rows, **changed)
        account.stop_at_faults()
        return reports

    return run


@pytest.fixture(scope="session")
def blank_template(small_data, tmp_path_factory):
    """Weapons, regimes, names and some press claims, to curate typed snapshots into; made once."""
    folder = shutil.copytree(small_data, tmp_path_factory.mktemp("blank") / "data")
    package = json.loads((folder / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        if resource["name"] not in KEPT:
            table = folder / resource["path"]
            table.write_text(table.read_text("utf-8").splitlines()[0] + "\n", encoding="utf-8")
    del package["published_totals"]
    write_tables({}, folder, package | {"version": "1.0.0"}, date(2022, 9, 28))
    return folder


@pytest.fixture
def table():
    """Return a function that makes a frame of one typed row."""
    return lambda **cells: pd.DataFrame([cells])
