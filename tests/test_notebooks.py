"""Every notebook: run anew it gives the outputs that are stored, all of them, and the comparison hides nothing."""

import configparser
import json
import re
import subprocess
import sys

import pytest

from analysis import paths
from upkeep.refresh.inputs import code_cells
from upkeep.checks.outputs import output_problems

NOTEBOOKS = sorted(p.stem for p in paths.NOTEBOOKS.glob("*.ipynb"))


def stored(name):
    return json.loads((paths.NOTEBOOKS / f"{name}.ipynb").read_bytes())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_reproduce(name, reproductions):
    run = reproductions[name]
    assert run.status == 0, run.said
    assert (
        f"{len(code_cells(stored(name)))} passed" in run.said
    )  # every cell was compared, none skipped


def test_nbval_takes_the_notebooks_as_its_users_type_it():
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        "--nbval",
        "notebooks/",
    ]
    process = subprocess.run(
        command, cwd=paths.ROOT, text=True, encoding="utf-8", capture_output=True
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert (
        f"{sum(len(code_cells(stored(name))) for name in NOTEBOOKS)} tests collected"
        in process.stdout
    )


def test_stored_notebooks_and_figures_have_no_problem():
    assert output_problems() == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_says_nothing_of_the_machine_it_ran_on(name):
    notebook = stored(name)
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    assert all(set(c["metadata"]) <= {"tags"} for c in code_cells(notebook))


def test_no_cell_of_a_question_of_the_cookbook_is_longer_than_three_lines():
    assert [
        c["id"]
        for c in code_cells(stored("cookbook"))
        if c["id"].startswith("q") and len(c["source"]) > 3
    ] == []


def test_each_question_of_the_cookbook_has_its_picture():
    pictures = {
        c["id"].split("-")[0]
        for c in code_cells(stored("cookbook"))
        for o in c["outputs"]
        if "image/png" in o.get("data", {})
    }
    assert pictures == {f"q{n}" for n in range(1, 13)}


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-04",
        "04/07/2025 23:59:59",
        "54,585",
        "0.8321",
        "-3.5e-08",
        "1720051200",
        "07:30",
        "20250704",
        "539 drones",
        "#0173B2",
        "2025-07-04T08:00:00.000000",
        "100000000000",
    ],
)
def test_sanitiser_hides_no_number_and_no_date(text):
    assert sanitised(text) == text


def test_sanitiser_hides_an_address():
    assert sanitised("<object at 0x7f30871fd800>") == "<object at ADDRESS>"


def sanitised(text):
    rules = configparser.ConfigParser()
    rules.read(paths.ROOT / "tests" / "nbval.cfg")
    for name in rules.sections():
        text = re.sub(rules[name]["regex"], rules[name]["replace"], text)
    return text
