"""What several test modules share: one strict run of every notebook, in parallel, its figures kept apart."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis import paths
from analysis.descriptor import read_descriptor

NBVAL = ["-p", "no:cacheprovider", "-q", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=300",
         f"--nbval-sanitize-with={paths.ROOT / 'tests' / 'nbval.cfg'}"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out by file (``-n 2``), but those that look at the one run of the notebooks to one worker."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return "the notebooks" if file in ("tests/test_notebooks.py", "tests/test_figures.py") else file

    return ByFile(config, log)


def pytest_collection_modifyitems(items):
    """The examples in docstrings show the data to the end of 2025; with later reports their numbers are others."""
    if read_descriptor(paths.DATA)["period"].endswith("/2025-12-31"):
        return
    for item in (i for i in items if isinstance(i, pytest.DoctestItem)):
        item.add_marker(pytest.mark.skip(reason="shows the data to the end of 2025"))


class Reproduction(NamedTuple):
    """One notebook run anew by nbval: the finished process, and the folder with the figures it drew."""

    process: subprocess.CompletedProcess
    figures: Path


@pytest.fixture(scope="session")
def reproductions(tmp_path_factory):
    """By notebook, its `Reproduction`; the figures are kept in build/figures/NOTEBOOK/ to look at.

    A process a notebook, as many at once as there are cores: two kernels must not write one manifest.
    """
    from upkeep.refresh.execution import environment

    def run(path):
        figures = paths.ROOT / "build" / "figures" / path.stem
        shutil.rmtree(figures, ignore_errors=True)
        process = subprocess.run([sys.executable, "-m", "pytest", *NBVAL, path], cwd=paths.ROOT, text=True, capture_output=True,
                                 env=environment(figures, tmp_path_factory.mktemp("ipython")))
        return Reproduction(process, figures)

    tmp_path_factory.getbasetemp()  # made here: two threads that make it at once collide
    notebooks = sorted(paths.NOTEBOOKS.glob("*.ipynb"), key=lambda p: -p.stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip((p.stem for p in notebooks), pool.map(run, notebooks), strict=True))
