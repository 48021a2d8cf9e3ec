"""Snapshots typed by hand: a test gives only the cells that matter to it."""

import csv
import json
import shutil
from datetime import date
from functools import partial

import pandas as pd
import pytest

from analysis import load, paths
from upkeep.curation.curate import curate
from upkeep.curation.snapshot import read_snapshot
from upkeep.curation.update import described, write_descriptor

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
LAST = NIGHT | {
    "time_start": "2026-09-01 18:00",
    "time_end": "2026-09-02 08:00",
    "source": "kpszsu/posts/last",
}


class _Everything:
    def __contains__(self, finding):
        return True


@pytest.fixture(scope="session")
def everything():
    """What accepts whatever the guards find."""
    return _Everything()


@pytest.fixture(scope="session")
def write_snapshot():
    """Return a function that writes rows, each a dict of the cells that differ from `NIGHT`, as a snapshot into a folder."""

    def write(folder, *rows, last=LAST, name="snapshot.csv"):
        cells = [NIGHT | row for row in rows] + ([last] if last else [])
        columns = list(dict.fromkeys(column for row in cells for column in row))
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


@pytest.fixture(scope="session")
def decisions():
    """The taxonomy and the regimes of `data/`, without corrections, additions and known reports."""
    air = load()
    return {
        "weapons": air.weapons,
        "regimes": air.regimes,
        "corrections": air.corrections[:0],
        "additions": air.additions[:0],
        "reports": air.reports[:0],
    }


@pytest.fixture
def curated(snapshot_csv, decisions):
    """Return a function that curates typed rows and gives `reports` in the order of the rows' windows."""

    def run(*rows, until=date(2025, 12, 31), **changed):
        return curate(read_snapshot(snapshot_csv(*rows)), decisions | changed, until)[0]

    return run


@pytest.fixture
def data_copy(tmp_path):
    """A copy of `data/` to damage."""
    return shutil.copytree(paths.DATA, tmp_path / "data")


@pytest.fixture(scope="session")
def blank_template(tmp_path_factory):
    """`data/` with weapons, regimes and names alone, to curate typed snapshots into; made once."""
    folder = shutil.copytree(paths.DATA, tmp_path_factory.mktemp("blank") / "data")
    for name in (
        "nights",
        "launch_areas",
        "affected_regions",
        "reports",
        "corrections",
        "additions",
        "quiet_nights",
        "press_claims",
        "press_sources",
        "disagreements",
        "lost_statements",
        "wordings",
        "siren_nights",
        "silent_verdicts",
    ):
        table = (folder / f"{name}.csv").read_text("utf-8").splitlines()[0]
        (folder / f"{name}.csv").write_text(table + "\n", encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_bytes())
    del package["published_totals"]
    package["version"] = "1.0.0"
    write_descriptor(described(package, folder, date(2022, 9, 28)), folder)
    return folder


@pytest.fixture
def blank_data(blank_template, tmp_path):
    """A copy of the blank tables."""
    return shutil.copytree(blank_template, tmp_path / "data")


@pytest.fixture
def table():
    """Return a function that makes a frame of one typed row."""
    return lambda **cells: pd.DataFrame([cells])
