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

NBVAL = ["-p", "no:cacheprovider", "-q", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=300",
         f"--nbval-sanitize-with={paths.ROOT / 'tests' / 'nbval.cfg'}"]


def pytest_collection_modifyitems(config, items):
    """Share the tests out by file (``-n 2 --dist loadgroup``), but all that look at the notebooks' one run to one worker."""
    for item in items if config.pluginmanager.hasplugin("xdist") else ():
        item.add_marker(pytest.mark.xdist_group("notebooks" if "reproductions" in item.fixturenames else item.path.name))


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

    notebooks = sorted(paths.NOTEBOOKS.glob("*.ipynb"), key=lambda p: -p.stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip((p.stem for p in notebooks), pool.map(run, notebooks), strict=True))
