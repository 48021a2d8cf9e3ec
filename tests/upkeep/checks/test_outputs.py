"""The checks of stored notebooks and figures: each fault is named, a sound project has none."""

import base64
import hashlib
import json

import pytest

from upkeep.refresh.inputs import data_facts, inputs
from upkeep.checks.outputs import output_problems

PNG = b"a picture"


@pytest.fixture
def project(tmp_path):
    """A project with one notebook and its one figure, in order."""
    picture = {
        "output_type": "execute_result",
        "data": {"image/png": base64.b64encode(PNG).decode()},
    }
    cell = {
        "cell_type": "code",
        "id": "02-line",
        "metadata": {},
        "source": "1",
        "execution_count": 1,
        "outputs": [picture],
    }
    notebook = {"metadata": {"analysis": {"version": "1.0.0", **data_facts()}}, "cells": [cell]}
    notebook["metadata"]["analysis"]["inputs"] = inputs(notebook)
    file = {"path": "02-line.png", "sha256": hashlib.sha256(PNG).hexdigest()}
    entry = {
        "id": "02-line",
        "cell": "02-line",
        "notebook": "02-a",
        "notebook_version": "1.0.0",
        **data_facts(),
        "files": {"png": file},
    }
    for folder in ("notebooks", "figures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "notebooks" / "02-a.ipynb").write_text(json.dumps(notebook))
    (tmp_path / "figures" / "figures.json").write_text(json.dumps({"figures": [entry]}))
    (tmp_path / "figures" / "02-line.png").write_bytes(PNG)
    return tmp_path


def test_opening_cell_that_states_other_versions_is_named(project):
    path = project / "notebooks" / "02-a.ipynb"
    notebook = json.loads(path.read_text())
    opening = {
        "cell_type": "markdown",
        "source": ["# A\n", "Data version 0.9.0, notebook version 1.0.0."],
    }
    path.write_text(json.dumps(notebook | {"cells": [opening, *notebook["cells"]]}))
    (line,) = output_problems(project)
    assert (
        f"says data version 0.9.0, notebook version 1.0.0, expected {data_facts()['data_version']} and 1.0.0"
        in line
    )


def test_sentence_that_no_longer_holds_is_a_problem(project):
    path = project / "notebooks" / "02-a.ipynb"
    notebook = json.loads(path.read_text())
    prose = {"cell_type": "markdown", "id": "reading", "source": ["There were 728."]}
    notebook["cells"][0]["outputs"].append(
        {
            "output_type": "stream",
            "name": "stdout",
            "text": ["no longer holds: found 738, the text says 728\n"],
        }
    )
    path.write_text(json.dumps(notebook | {"cells": [*notebook["cells"], prose]}))
    assert output_problems(project) == [
        "notebooks/02-a.ipynb, cell 02-line: found 738, the text says 728",
        "notebooks/02-a.ipynb, cell reading: its text says 728, which no cell shows",
    ]


def test_sound_project_has_no_problem(project):
    assert output_problems(project) == []


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ('"execution_count": 1', '"execution_count": null', "execution counts 1 to n"),
        ('"source": "1"', '"source": "2"', "its code is not the code that made its outputs"),
        ('"data_sha256": "', '"data_sha256": "0', "found outputs of data 0"),
        ('"version": "1.0.0", ', "", "no metadata.analysis.version"),
        (
            '"metadata": {}',
            '"metadata": {"tags": ["nbval-skip"]}',
            "found nbval-skip, expected outputs that are compared",
        ),
        ('"source": "1"', '"source": "# NBVAL_IGNORE_OUTPUT"', "found nbval-ignore-output"),
        ('"image/png": "', '"image/png": "AAAA', "expected the one in figures/"),
        (
            '"outputs": [',
            '"outputs": [{"output_type": "stream", "name": "stderr", "text": "Warning"}, ',
            "'Warning'",
        ),
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
        (
            '"notebook": "02-a"',
            '"notebook": "03-b"',
            "02-line: found notebook 03-b, expected one of 02-a",
        ),
        ('"cell": "02-line"', '"cell": "c9"', "02-line: found cell c9"),
        (
            '"notebook_version": "1.0.0"',
            '"notebook_version": "0.9.0"',
            "found notebook_version 0.9.0, expected 1.0.0",
        ),
        ('"data_version": "', '"data_version": "9', "02-line: found data_version 9"),
        ('"sha256": "', '"sha256": "0', "figures/02-line.png: found"),
    ],
)
def test_fault_of_the_manifest_is_named(project, old, new, expected):
    path = project / "figures" / "figures.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert any(expected in line for line in output_problems(project))


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"cells": {}, "metadata": {}}',
        '{"cells": [3], "metadata": {}}',
        '{"cells": [], "metadata": []}',
        '{"cells": [{"cell_type": "code", "source": "1", "metadata": {}, "execution_count": 1, "outputs": []}], "metadata": {}}',
    ],
)
def test_notebook_that_is_not_whole_or_older_than_ids_of_cells_is_named(project, text):
    (project / "notebooks" / "02-a.ipynb").write_text(text)
    with pytest.raises(
        ValueError,
        match="02-a.ipynb: not a whole notebook of nbformat 4.5 .*restore it from the last commit",
    ):
        output_problems(project)


def test_missing_altered_and_unlisted_files_are_named(project):
    (project / "figures" / "old.png").write_bytes(b"")
    (project / "figures" / "02-line.png").write_bytes(b"other")
    altered, unlisted = output_problems(project)
    assert (
        hashlib.sha256(b"other").hexdigest() in altered
        and hashlib.sha256(PNG).hexdigest() in altered
    )
    assert unlisted.startswith("figures/old.png")
    (project / "figures" / "02-line.png").unlink()
    assert output_problems(project)[0].startswith("figures/02-line.png: found no file")


def test_what_an_interrupted_refresh_left_is_named(project):
    (project / "figures" / ".02-line.png.7.part").write_bytes(b"half")
    assert output_problems(project) == [
        "figures/.02-line.png.7.part: found what an interrupted refresh left; run refresh"
    ]
