"""Every notebook: run again it gives the outputs and the figures that are stored, all of them.

On Linux on x86-64 every file of a figure has the same bytes. Elsewhere data and texts
are equal, and of the pixels of a picture at most `FEW` differ by more than `FAINT` of
full scale in any channel.
"""

import ast
import builtins
import configparser
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import matplotlib.image
import numpy as np
import pytest

from analysis import paths
from analysis.citing import manifest
from upkeep.checks.outputs import output_problems
from upkeep.refresh.execution import environment, make_font_list
from upkeep.refresh.inputs import LANGUAGE, code_cells

NOTEBOOKS = sorted(p.stem for p in paths.NOTEBOOKS.glob("*.ipynb"))
ENTRIES = {e["id"]: e for e in manifest.entries(paths.FIGURES)}
SAME_BYTES = (platform.system(), platform.machine()) == ("Linux", "x86_64")
FEW, FAINT = 0.001, 0.06
RULES = paths.ROOT / "tests" / "nbval.cfg"
NBVAL = [
    *("-q", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=300"),
    f"--nbval-sanitize-with={RULES}",
    # without a warning of the file that nbval leaves open for each kernel
    *("-p", "no:cacheprovider", "-p", "no:unraisableexception"),
]


class Reproduction(NamedTuple):
    """One notebook run by nbval: its exit status, what it said, the folder of its figures."""

    status: int
    said: str
    figures: Path


@pytest.fixture(scope="module")
def reproductions():
    """By notebook, its `Reproduction`, one for each core at a time.

    The figures are kept in build/figures/NOTEBOOK/ to look at: each notebook has a
    folder of its own, because two kernels must not write one manifest.
    """
    make_font_list()
    found = sorted(paths.NOTEBOOKS.glob("*.ipynb"), key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip([path.stem for path in found], pool.map(reproduce, found), strict=True))


def reproduce(path):
    figures = paths.ROOT / "build" / "figures" / path.stem
    shutil.rmtree(figures, ignore_errors=True)
    command = [sys.executable, "-m", "pytest", *NBVAL, path]
    with tempfile.TemporaryDirectory() as private:
        settings = environment(figures, private)
        done = subprocess.run(command, cwd=paths.ROOT, env=settings, capture_output=True, text=True)
    return Reproduction(done.returncode, done.stdout, figures)


def stored(name):
    return json.loads((paths.NOTEBOOKS / f"{name}.ipynb").read_bytes())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_reproduce_and_none_is_skipped(name, reproductions):
    run = reproductions[name]
    assert run.status == 0, run.said
    assert f"{len(code_cells(stored(name)))} passed" in run.said


def test_notebooks_draw_the_listed_figures_and_no_other(reproductions):
    drawn = {}
    for name, run in reproductions.items():
        drawn |= {entry["id"]: name for entry in manifest.entries(run.figures)}
    assert drawn == {figure_id: entry["notebook"] for figure_id, entry in ENTRIES.items()}


@pytest.fixture
def drawn(figure_id, reproductions):
    """The folder where a figure was drawn again."""
    return reproductions[ENTRIES[figure_id]["notebook"]].figures


@pytest.mark.parametrize("figure_id", ENTRIES)
def test_facts_of_a_figure_are_the_same(figure_id, drawn):
    (new,) = [e for e in manifest.entries(drawn) if e["id"] == figure_id]
    assert new | {"files": None} == ENTRIES[figure_id] | {"files": None}


@pytest.mark.parametrize("figure_id", ENTRIES)
def test_files_of_a_figure_are_the_same(figure_id, drawn):
    for kind, file in ENTRIES[figure_id]["files"].items():
        raw = (drawn / file["path"]).read_bytes()
        if kind.endswith("csv") or SAME_BYTES:
            assert hashlib.sha256(raw).hexdigest() == file["sha256"], file["path"]
        elif kind.endswith("png"):
            old, new = (matplotlib.image.imread(f / file["path"]) for f in (paths.FIGURES, drawn))
            assert few_pixels_differ(old, new), file["path"]


def few_pixels_differ(old, new):
    return old.shape == new.shape and (np.abs(old - new).max(axis=2) > FAINT).mean() <= FEW


def test_tolerance_passes_a_faint_pixel_and_refuses_a_shifted_line():
    old = np.ones((100, 100, 4), dtype="float32")
    new = old.copy()
    new[5, 5] -= 0.05
    assert few_pixels_differ(old, new)
    new[50] = 0
    assert not few_pixels_differ(old, new)


def test_stored_notebooks_and_figures_have_no_problem():
    assert output_problems() == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_says_nothing_of_the_machine_it_ran_on(name):
    notebook = stored(name)
    assert notebook["metadata"]["language_info"] == LANGUAGE
    assert all(set(cell["metadata"]) <= {"tags"} for cell in code_cells(notebook))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_at_most_600_kb(name):
    assert (paths.NOTEBOOKS / f"{name}.ipynb").stat().st_size <= 600_000


QUESTIONS = [cell for cell in code_cells(stored("cookbook")) if cell["id"].startswith("q")]


def test_no_cell_of_a_question_of_the_cookbook_is_longer_than_three_lines_of_100_columns():
    assert [c["id"] for c in QUESTIONS if len(c["source"]) > 3] == []
    lines = [line.rstrip("\n") for cell in QUESTIONS for line in cell["source"]]
    assert [line for line in lines if len(line) > 100] == []


@pytest.mark.parametrize("cell", QUESTIONS, ids=lambda cell: cell["id"])
def test_question_of_the_cookbook_stands_alone_after_imports_and_load(cell):
    names = [
        node for node in ast.walk(ast.parse("".join(cell["source"]))) if isinstance(node, ast.Name)
    ]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    first = {"pd", "measures", "plots", "press", "publish", "show", "style", "air"}
    assert {node.id for node in names} <= own | first | set(dir(builtins))


@pytest.mark.parametrize(
    "text", ["2025-07-04T08:00:00", "54,585", "-3.5e-08", "1720051200", "#0173B2"]
)
def test_sanitiser_hides_no_number_and_no_date(text):
    assert sanitised(text) == text


def test_sanitiser_hides_an_address():
    assert sanitised("<object at 0x7f30871fd800>") == "<object at ADDRESS>"


def sanitised(text):
    rules = configparser.ConfigParser()
    rules.read(RULES)
    for name in rules.sections():
        text = re.sub(rules[name]["regex"], rules[name]["replace"], text)
    return text
