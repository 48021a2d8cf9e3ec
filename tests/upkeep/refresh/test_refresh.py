"""Refresh: what runs, is stored and said, and that a notebook is stored whole or not at all."""

import subprocess
import sys

import nbformat
import pytest

from analysis import load, paths
from analysis.citing import manifest
from upkeep.refresh import inputs

from .conftest import PUBLISH

LINE = PUBLISH.format("02-line", "x")
pytestmark = pytest.mark.usefixtures("at_once")


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def is_due(project, path):
    return bool(inputs.Kept(project.folder).due([path]))


def test_second_refresh_runs_nothing_and_says_so(project, capsys):
    project.write("02-a", LINE)
    project.refresh()
    before = project.state()
    assert project.refresh().status == 0
    expected = f"Up to date: 1 notebook, 1 figure match data {load().version} (--force runs them"
    assert last_line(capsys).startswith(expected)
    assert project.state() == before


def test_refresh_with_nothing_to_do_imports_nothing_heavy(project):
    project.write("02-a", "1")
    project.refresh()
    code = (
        "import sys, pathlib; from upkeep.refresh import refresh\n"
        "refresh(root=pathlib.Path(sys.argv[1]))\n"
        "heavy = {'pandas', 'numpy', 'nbclient', 'nbformat', 'filelock', 'yaml', 'asyncio'}\n"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, project.folder], text=True, check=False)
    assert done.returncode == 0


def test_edited_code_output_texts_version_and_figure_make_a_notebook_due(project, edit):
    path = project.write("02-a", LINE, "print(1)")
    project.refresh()
    text, figure = path.read_text(), project.folder / "figures" / "02-line.png"
    for old, new in (("print(1)", "print(2)"), ('"1\\n"', '"3\\n"'), ('"1.0.0"', '"1.0.1"')):
        assert old in text
        path.write_text(text.replace(old, new))
        assert is_due(project, path)
    path.write_text(text)
    assert not is_due(project, path)
    path.with_suffix(".texts.md").write_text("**02-line** A line.")
    assert is_due(project, path)
    path.with_suffix(".texts.md").unlink()
    figure.write_text("y")
    assert is_due(project, path)


def test_what_another_library_or_another_version_made_is_due(project, monkeypatch):
    path = project.write("02-a", "1")
    project.refresh()
    monkeypatch.setattr(inputs, "version", lambda name: "9.9")
    assert is_due(project, path)


def test_versions_outside_the_lock_are_named_and_need_force(project, monkeypatch, capsys):
    path = project.write("02-a", "1")
    before = path.read_bytes()
    monkeypatch.setattr(inputs, "version", lambda name: "9.9")
    with pytest.raises(ValueError, match=r"matplotlib 9.9, .*nothing was written.*--force"):
        project.refresh()
    assert path.read_bytes() == before
    assert project.refresh(force=True).status == 0
    assert "other versions than locked: arch 9.9" in capsys.readouterr().out


def test_last_line_says_that_all_are_equal_or_which_changed(project, edit, capsys):
    path = project.write("02-a", LINE, "print(1)")
    project.refresh()
    project.refresh(force=True)
    assert last_line(capsys) == "1 notebook run, 1 figure: all equal to those in figures/"
    edit(path, 0, PUBLISH.format("02-line", "new"))
    edit(path, 1, "print(2)")
    project.refresh()
    expected = "1 notebook run, 1 figure: 1 changed (02-line); other outputs in 02-a"
    assert last_line(capsys) == expected


def test_picture_that_differs_only_in_what_it_says_of_itself_is_not_called_changed(project, capsys):
    project.write("02-a", PUBLISH.format("02-line", "version 1 IDAT pixels"))
    project.refresh()
    (project.folder / "figures" / "02-line.png").write_text("version 0 IDAT pixels")
    project.refresh()
    assert last_line(capsys) == "1 notebook run, 1 figure: 1 differ only in metadata"


def test_sentences_to_look_at_stand_above_the_last_line_until_somebody_has(project, edit, capsys):
    project.write("02-a", "print('no longer holds: found 6, the text says 5')", LINE)
    for _ in range(2):
        assert project.refresh().status == 3
        lines = capsys.readouterr().out.splitlines()
        fault = "  02-a, cell c0: found 6, the text says 5"
        assert lines[-3:-1] == ["Sentences that no longer hold:", fault]
        assert lines[-1].endswith("; 1 sentence to look at")
    assert (project.folder / "figures" / "02-line.csv").read_text() == "x"


def test_edited_prose_and_marks_of_jupyterlab_do_not_run_a_notebook_again(project):
    path = project.write("02-a", "1")
    project.refresh()
    before, notebook = path.read_bytes(), nbformat.read(path, as_version=4)
    notebook.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
    notebook.metadata.language_info.version = "3.12.1"
    nbformat.write(notebook, path)
    project.refresh()  # it takes the marks out
    assert path.read_bytes() == before
    notebook.cells.append(nbformat.v4.new_markdown_cell("A sentence."))
    nbformat.write(notebook, path)
    assert not is_due(project, path)


def test_versions_of_the_opening_cell_follow_the_data(project):
    path = project.write("02-a", "1")
    notebook = nbformat.read(path, as_version=4)
    stated = "# A\n\nOf 2025. Data version {}, notebook version {}."
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(stated.format("0.9.0", "0.1.0")))
    nbformat.write(notebook, path)
    project.refresh()
    opening = nbformat.read(path, as_version=4).cells[0].source
    assert opening == stated.format(load().version, "1.0.0")


def test_figures_that_no_cell_or_notebook_makes_any_more_are_removed_and_said(
    project, edit, capsys
):
    path = project.write("02-a", LINE, PUBLISH.format("02-old", "x"))
    gone = project.write("03-b", PUBLISH.format("03-line", "x"))
    project.refresh()
    edit(path, 1, "1")
    gone.unlink()
    project.refresh()
    said = capsys.readouterr().out
    assert "figures/02-old.csv: removed" in said and "figures/03-line.csv: removed" in said
    assert not (project.folder / "figures" / "02-old.csv").exists()
    assert [e["id"] for e in manifest.entries(project.folder / "figures")] == ["02-line"]


def test_notebook_edited_while_it_runs_is_left_to_its_editor(project, capsys):
    path = project.folder / "notebooks" / "02-a.ipynb"
    project.write("02-a", f"import pathlib; pathlib.Path({str(path)!r}).write_text('mine')")
    assert project.refresh().failed == ["02-a"]
    assert path.read_text() == "mine"
    assert "edited while it ran" in capsys.readouterr().out


def test_landing_that_fails_half_way_says_so_and_the_next_refresh_completes_it(
    project, edit, monkeypatch, capsys
):
    path = project.write("02-a", LINE)
    project.refresh()
    edit(path, 0, PUBLISH.format("02-line", "new"))
    whole = paths.write

    def full(place, raw):
        if place.suffix == ".png":
            raise OSError("no space left")
        whole(place, raw)

    with monkeypatch.context() as patch:
        patch.setattr(paths, "write", full)
        assert project.refresh().failed == ["02-a"]
    expected = "02-a: FAILED no space left; partly stored; run refresh again"
    assert expected in capsys.readouterr().out
    assert project.refresh().status == 0
    assert (project.folder / "figures" / "02-line.png").read_text() == "new"


def test_readme_gets_its_findings_once_every_notebook_has_succeeded(project, edit, monkeypatch):
    monkeypatch.setattr("analysis.measures.findings", lambda air: "54,585 drones")
    monkeypatch.setattr("upkeep.refresh.headline.with_findings", lambda readme, found: found)
    readme = project.folder / "README.md"
    readme.write_text("old")
    path = project.write("03-b", "1 / 0")
    project.refresh()
    assert readme.read_text() == "old"
    edit(path, 0, "1")
    project.refresh()
    assert readme.read_text() == "54,585 drones"


def test_folder_without_notebooks_and_unknown_notebook_are_errors(project):
    with pytest.raises(ValueError, match=r"found no notebooks"):
        project.refresh()
    assert project.state() == {}
    project.write("02-a", "1")
    with pytest.raises(ValueError, match="no notebook named 09; there are 02-a"):
        project.refresh("09")


def test_notebook_without_a_version_is_left_as_it_is(project, capsys):
    path = project.write("02-a", "1 / 0")
    path.write_text(path.read_text().replace('"version": "1.0.0"', '"author": "A"'))
    assert project.refresh().failed == ["02-a"]
    assert "set metadata.analysis.version" in capsys.readouterr().out
