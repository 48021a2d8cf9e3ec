"""The checks of stored notebooks and figures: each fault is named, a sound project has none."""

import hashlib
import json

import pytest

from upkeep.checks.outputs import output_problems
from upkeep.refresh.inputs import data_facts, made

PNG = b"a picture"
WORDS = dict.fromkeys(("title", "caption", "source", "licence", "package_version"), "-")
OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["54,585\n"]}
CELL = {
    "cell_type": "code",
    "id": "02-line",
    "metadata": {},
    "source": "1",
    "execution_count": 1,
    "outputs": [OUTPUT],
}


@pytest.fixture
def project(tmp_path):
    """A project with one notebook and its one figure, in order."""
    for folder in ("notebooks", "figures"):
        (tmp_path / folder).mkdir()
    path = tmp_path / "notebooks" / "02-a.ipynb"
    path.with_suffix(".texts.md").write_text("**02-line** A line.")
    files = {"png": {"path": "02-line.png", "sha256": hashlib.sha256(PNG).hexdigest()}}
    where = {"id": "02-line", "cell": "02-line", "notebook": "02-a", "notebook_version": "1.0.0"}
    entry = WORDS | where | data_facts() | {"alt": "It rises.", "files": files}
    notebook = {"metadata": {}, "cells": [CELL]}
    facts = {"version": "1.0.0", **data_facts(), **made(path, notebook, [entry])}
    path.write_text(json.dumps(notebook | {"metadata": {"analysis": facts}}))
    (tmp_path / "figures" / "figures.json").write_text(json.dumps({"figures": [entry]}))
    (tmp_path / "figures" / "02-line.png").write_bytes(PNG)
    return tmp_path


def test_sound_project_has_no_problem(project):
    assert output_problems(project) == []


STALE = "found other code, outputs or figure texts than its last run left"


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ('"execution_count": 1', '"execution_count": null', "execution counts 1 to n"),
        ('"source": "1"', '"source": "2"', STALE),
        ("54,585", "54,586", STALE),
        ('"data_sha256": "', '"data_sha256": "0', "found outputs of data_sha256 0"),
        ('"version": "1.0.0", ', "", "no metadata.analysis.version"),
        ('"metadata": {}', '"metadata": {"tags": ["nbval-skip"]}', "found nbval-skip"),
        ('"source": "1"', '"source": "# NBVAL_IGNORE_OUTPUT"', "found nbval-ignore-output"),
        ('"name": "stdout"', '"name": "stderr"', "found text on stderr"),
    ],
)
def test_fault_of_a_notebook_is_named(project, old, new, expected):
    path = project / "notebooks" / "02-a.ipynb"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert any("02-a" in line and expected in line for line in output_problems(project))


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ('"notebook": "02-a"', '"notebook": "03-b"', "found notebook 03-b, expected one of 02-a"),
        ("It rises.", "It falls.", "02-line: found other facts than 02-a left"),
        ('"data_version": "', '"data_version": "9', "02-line: found other facts than 02-a left"),
        ('_version": "1.0.0"', '_version": "0.9.0"', "02-line: found other facts than 02-a left"),
        ('"sha256": "', '"sha256": "0', "figures/02-line.png: found"),
    ],
)
def test_fault_of_the_manifest_is_named(project, old, new, expected):
    path = project / "figures" / "figures.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert any(expected in line for line in output_problems(project))


def with_cell(project, cell):
    path = project / "notebooks" / "02-a.ipynb"
    notebook = json.loads(path.read_text())
    path.write_text(json.dumps(notebook | {"cells": [cell, *notebook["cells"]]}))


def test_opening_cell_that_states_other_versions_is_named(project):
    text = "# A\nData version 0.9.0, notebook version 1.0.0."
    with_cell(project, {"cell_type": "markdown", "id": "title", "source": [text]})
    (line,) = output_problems(project)
    expected = f"expected {data_facts()['data_version']} and 1.0.0"
    assert f"says data version 0.9.0, notebook version 1.0.0, {expected}" in line


def test_sentence_that_no_longer_holds_is_a_problem(project):
    with_cell(project, {"cell_type": "markdown", "id": "reading", "source": ["There were 728."]})
    expected = "notebooks/02-a.ipynb, cell reading: its text says 728, which no cell shows"
    assert output_problems(project) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"cells": [{"cell_type": "code", "source": "1"}], "metadata": {}}',
    ],
)
def test_notebook_that_is_not_whole_or_has_no_ids_is_named(project, text):
    (project / "notebooks" / "02-a.ipynb").write_text(text)
    with pytest.raises(ValueError, match="02-a.ipynb: not a whole notebook of nbformat 4.5 "):
        output_problems(project)


def test_other_texts_entries_and_files_than_the_last_run_left_are_named(project):
    (project / "notebooks" / "02-a.texts.md").write_text("**02-line** Another line.")
    (project / "figures" / "02-line.png").write_bytes(b"other")
    texts, altered = output_problems(project)
    assert STALE in texts
    assert hashlib.sha256(b"other").hexdigest() in altered
    assert hashlib.sha256(PNG).hexdigest() in altered
    (project / "figures" / "02-line.png").unlink()
    assert output_problems(project)[1].startswith("figures/02-line.png: found no file")
    (project / "figures" / "old.png").write_bytes(b"")
    (project / "figures" / "figures.json").write_text('{"figures": []}')
    _, entry, unlisted = output_problems(project)
    assert "02-line: found other facts than 02-a left, or none" in entry
    assert unlisted.startswith("figures/old.png: found a file that figures.json does not list")
