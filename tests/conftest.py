"""What several test modules share: one strict run of every notebook, in parallel, its figures kept apart."""

import json
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis import dataset, paths
from analysis.descriptor import read_descriptor


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out by file (``-n 2``), but those that look at the one run of the notebooks to one worker."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return (
                "the notebooks"
                if file in ("tests/test_notebooks.py", "tests/test_figures.py")
                else file
            )

    return ByFile(config, log)


def pytest_collection_modifyitems(items):
    """The examples in docstrings show the data to the end of 2025; with later reports their numbers are others."""
    if read_descriptor(paths.DATA)["period"].endswith("/2025-12-31"):
        return
    for item in (i for i in items if isinstance(i, pytest.DoctestItem)):
        item.add_marker(pytest.mark.skip(reason="shows the data to the end of 2025"))


@pytest.fixture(scope="session", autouse=True)
def files_without_fault_are_judged_once():
    """Frictionless takes a third of a second for a data directory, and most that `update` reads are those it wrote before."""
    judge, fine = dataset.faults, set()

    def faults(folder, package):
        files = [folder / r["path"] for r in package["resources"]]
        key = (
            json.dumps(package["resources"]),
            *(file.is_file() and file.read_bytes() for file in files),
        )
        found = [] if key in fine else judge(folder, package)
        if not found:
            fine.add(key)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "faults", faults)
        yield


class Reproduction(NamedTuple):
    """One notebook run anew by nbval: its exit status and what it said, and the folder with the figures it drew."""

    status: int
    said: str
    figures: Path


@pytest.fixture(scope="session")
def reproductions():
    """By notebook, its `Reproduction`; the figures are kept in build/figures/NOTEBOOK/ to look at.

    A process a core takes one notebook after the other, each with a folder of
    its own: two kernels must not write one manifest.
    """
    mine = threading.local()

    def start():
        mine.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("reproduce.py")],
            cwd=paths.ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        processes.append(mine.process)

    def run(path):
        figures = paths.ROOT / "build" / "figures" / path.stem
        shutil.rmtree(figures, ignore_errors=True)
        print(json.dumps([str(path), str(figures)]), file=mine.process.stdin, flush=True)
        return Reproduction(*json.loads(mine.process.stdout.readline()), figures)

    processes, notebooks = (
        [],
        sorted(paths.NOTEBOOKS.glob("*.ipynb"), key=lambda p: -p.stat().st_size),
    )
    with ThreadPoolExecutor(os.cpu_count(), initializer=start) as pool:
        found = dict(zip((p.stem for p in notebooks), pool.map(run, notebooks), strict=True))
    for process in processes:
        process.communicate()
    return found
