"""Refresh: what runs and why, and that a notebook is stored whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from analysis import load, paths
from analysis.citing import manifest
from upkeep.refresh.inputs import data_facts, reason_to_run
from upkeep.refresh import refresh

PUBLISH = """
import hashlib, pathlib
from analysis import paths
from analysis.citing import manifest
folder = paths.figures_dir("{0}")
folder.mkdir(exist_ok=True)
words = dict.fromkeys("title subtitle caption alt not_shown licence data_version data_sha256 package_version".split(), "-")
files = {{s: {{"path": f"{0}.{{s}}", "bytes": 1, "sha256": hashlib.sha256(b"{1}").hexdigest()}} for s in ("csv", "png", "svg")}}
_ = [(folder / f["path"]).write_text("{1}") for f in files.values()]
manifest.record(words | {{"id": "{0}", "cell": "c1", "rows": None, "fields": [], "files": files}}, folder)
"""
RUN = "import sys, pathlib; from upkeep.refresh import refresh; sys.exit(len(refresh(root=pathlib.Path('{}'))))"


@pytest.fixture
def write(tmp_path):
    """Write a notebook of a project in tmp_path from the sources of its code cells; returns its path."""
    (tmp_path / "notebooks").mkdir()

    def _write(name, *sources):
        cells = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"analysis": {"version": "1.0.0"}})
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return _write


def edit(path, index, source):
    notebook = json.loads(path.read_bytes())
    notebook["cells"][index]["source"] = source
    path.write_text(json.dumps(notebook), encoding="utf-8")


def state(folder):
    """Every file of a project but the lock, with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}


def start(folder, **environment):
    return subprocess.Popen([sys.executable, "-c", RUN.format(folder)], env={**os.environ, **environment},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(process):
    """Exit status and words of a refresh, once it and its kernels are gone."""
    said = process.communicate(timeout=60)[0]
    return process.returncode, said


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


def test_refresh_stores_outputs_figures_and_facts(write, tmp_path):
    path = write("02-a", "1 + 1", PUBLISH.format("02-line", "x"))
    assert refresh(root=tmp_path) == []
    notebook = nbformat.read(path, as_version=4)
    assert [c.execution_count for c in notebook.cells] == [1, 2]
    assert notebook.cells[0].outputs[0].data == {"text/plain": "2"}
    assert notebook.metadata["language_info"] == {"name": "python"}
    assert notebook.metadata["analysis"]["data_sha256"] == load().sha256
    assert (tmp_path / "figures" / "02-line.csv").read_text() == "x"
    (entry,) = manifest.entries(tmp_path / "figures")
    assert (entry["notebook"], entry["notebook_version"]) == ("02-a", "1.0.0")


def test_second_refresh_runs_nothing(write, tmp_path, capsys):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    before = state(tmp_path)
    assert refresh(root=tmp_path) == []
    assert capsys.readouterr().out.endswith("02-a: unchanged, skipped\n")
    assert state(tmp_path) == before


def test_reason_names_what_changed(write, tmp_path):
    path = write("02-a", PUBLISH.format("02-line", "x"))
    figures = tmp_path / "figures"
    assert reason_to_run(path, figures) == "it was never refreshed"
    refresh(root=tmp_path)
    assert reason_to_run(path, figures) is None
    (figures / "02-line.csv").write_text("y")
    assert reason_to_run(path, figures).startswith("figures/02-line.csv: found ")
    edit(path, 0, "2")
    assert reason_to_run(path, figures) == "changed: its code cells"


@pytest.mark.parametrize("part, name", [("library", "analysis/"), ("data", "data/"), ("packages", "the package versions")])
def test_reason_names_the_part_that_differs(write, tmp_path, part, name):
    path = write("02-a", "1")
    refresh(root=tmp_path)
    notebook = json.loads(path.read_bytes())
    notebook["metadata"]["analysis"]["inputs"][part] = "other"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert reason_to_run(path, tmp_path / "figures") == f"changed: {name}"


def test_notebook_run_out_of_order_runs_again(write, tmp_path):
    path = write("02-a", "1", "2")
    refresh(root=tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"execution_count": 2', '"execution_count": 7'), encoding="utf-8")
    assert "top to bottom" in reason_to_run(path, tmp_path / "figures")


def test_failing_cell_is_shown_and_leaves_the_last_good_state(write, tmp_path, capsys):
    path = write("02-a", "1", PUBLISH.format("02-line", "x"), "2")
    refresh(root=tmp_path)
    edit(path, 1, PUBLISH.format("02-line", "new"))
    edit(path, 2, "1 / 0")
    before = state(tmp_path)
    assert refresh(root=tmp_path) == ["02-a"]
    said = capsys.readouterr().out
    assert "02-a: FAILED in code cell 3, c2" in said and "1 / 0" in said and "ZeroDivisionError" in said
    assert state(tmp_path) == before


def test_one_failing_notebook_does_not_hold_back_another(write, tmp_path):
    write("02-a", "1 / 0")
    write("03-b", PUBLISH.format("03-line", "x"))
    assert refresh(root=tmp_path) == ["02-a"]
    assert (tmp_path / "figures" / "03-line.csv").exists()


def test_figure_no_longer_made_is_removed_and_said(write, tmp_path, capsys):
    path = write("02-a", PUBLISH.format("02-line", "x"), PUBLISH.format("02-old", "x"))
    refresh(root=tmp_path)
    edit(path, 1, "1")
    refresh(root=tmp_path)
    assert "figures/02-old.csv: removed" in capsys.readouterr().out
    assert [p.name for p in sorted((tmp_path / "figures").iterdir())] == ["02-line.csv", "02-line.png", "02-line.svg",
                                                                          "README.md", "figures.json"]
    assert [e["id"] for e in manifest.entries(tmp_path / "figures")] == ["02-line"]


def test_figures_of_a_deleted_notebook_are_removed(write, tmp_path, capsys):
    write("02-a", PUBLISH.format("02-line", "x")).rename(tmp_path / "kept")
    write("03-b", PUBLISH.format("03-line", "x"))
    (tmp_path / "kept").rename(tmp_path / "notebooks" / "02-a.ipynb")
    refresh(root=tmp_path)
    (tmp_path / "notebooks" / "02-a.ipynb").unlink()
    refresh(root=tmp_path)
    assert "figures/02-line.csv: removed, its notebook is gone" in capsys.readouterr().out
    assert [e["id"] for e in manifest.entries(tmp_path / "figures")] == ["03-line"]


def test_figure_with_another_notebooks_number_is_refused(write, tmp_path, capsys):
    write("02-a", PUBLISH.format("03-line", "x"))
    assert refresh(root=tmp_path) == ["02-a"]
    assert "it published 03-line" in capsys.readouterr().out


def test_notebook_edited_while_it_runs_is_left_to_its_editor(write, tmp_path, capsys):
    path = write("02-a", "import pathlib; pathlib.Path('02-a.ipynb').write_text('mine')")
    assert refresh(root=tmp_path) == ["02-a"]
    assert path.read_text() == "mine"
    assert "edited while it ran" in capsys.readouterr().out


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("writes", range(6))  # three files of a figure, manifest, gallery, notebook
def test_landing_cut_short_is_finished_by_the_next_refresh(write, tmp_path, monkeypatch, writes):
    path = write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    edit(path, 0, PUBLISH.format("02-line", "new"))
    done, whole = [], paths.write

    def cut(place, raw):
        if len(done) == writes:
            place.with_name(f".{place.name}.7.part").write_bytes(raw[:1])
            raise Killed
        done.append(whole(place, raw))

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(paths, "write", cut)
        refresh(root=tmp_path)
    assert {(tmp_path / "figures" / f"02-line.{s}").read_text() for s in ("csv", "png", "svg")} <= {"x", "new"}
    assert refresh(root=tmp_path) == []
    assert (tmp_path / "figures" / "02-line.svg").read_text() == "new" and not list(tmp_path.glob("*/.*.part"))
    assert reason_to_run(tmp_path / "notebooks" / "02-a.ipynb", tmp_path / "figures") is None
    assert [p.name for p in (tmp_path / ".cache" / "refresh").iterdir()] == ["lock"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_stopped_refresh_leaves_the_last_good_state(write, tmp_path, number):
    path = write("02-a", PUBLISH.format("02-line", "x"), "1")
    refresh(root=tmp_path)
    edit(path, 0, PUBLISH.format("02-line", "new"))
    edit(path, 1, "import time; time.sleep(60)")
    before = state(tmp_path)
    process = start(tmp_path)
    wait_for(lambda: list(tmp_path.glob(".cache/refresh/*/figures/figures.json")))
    process.send_signal(number)
    assert finish(process)[0] != 0
    assert {k: v for k, v in state(tmp_path).items() if not k.startswith(".cache")} == before
    edit(path, 1, "1")
    assert refresh(root=tmp_path) == []
    assert (tmp_path / "figures" / "02-line.csv").read_text() == "new"


def test_interrupted_command_says_so_and_returns_one(monkeypatch, capsys):
    from upkeep.__main__ import main

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("upkeep.refresh.refresh", interrupted)
    assert main(["refresh"]) == 1
    assert "as it was" in capsys.readouterr().err


def test_concurrent_refreshes_run_a_notebook_once(write, tmp_path):
    write("02-a", PUBLISH.format("02-line", "x"))
    one, other = map(finish, [start(tmp_path), start(tmp_path)])
    assert (one[0], other[0]) == (0, 0)
    said = one[1] + other[1]
    assert said.count("02-a: done") == 1 and said.count("unchanged, skipped") == 1


def test_unknown_notebook_is_an_error_that_lists_them(write, tmp_path):
    write("02-a", "1")
    with pytest.raises(ValueError, match="no notebook named 09; there are 02-a"):
        refresh(["09"], root=tmp_path)


def test_notebook_without_a_version_is_refused_before_it_runs(write, tmp_path, capsys):
    path = write("02-a", "1 / 0")
    path.write_text(path.read_text().replace('"version": "1.0.0"', '"author": "A"'))
    assert refresh(root=tmp_path) == ["02-a"]
    assert "set metadata.analysis.version" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["{", "{}"])
def test_file_that_is_no_notebook_is_named(write, tmp_path, text):
    write("02-a", "1").write_text(text)
    with pytest.raises(ValueError, match="02-a.ipynb: not a whole notebook"):
        refresh(root=tmp_path)


def test_folder_without_notebooks_is_an_error_and_stays_as_it_is(tmp_path):
    with pytest.raises(ValueError, match="found no notebooks"):
        refresh(root=tmp_path)
    assert not list(tmp_path.iterdir())


def test_refresh_with_nothing_to_do_imports_nothing_heavy(write, tmp_path):
    write("02-a", "1")
    refresh(root=tmp_path)
    check = RUN.format(tmp_path).replace("sys.exit", "assert 0 ==") + \
        "; assert not {'pandas', 'numpy', 'nbclient', 'nbformat', 'rich'} & set(sys.modules), sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)


def test_data_facts_are_those_of_load():
    air = load()
    assert data_facts() == {"data_version": air.version, "data_sha256": air.sha256}


def test_bytes_do_not_depend_on_time_zone_locale_or_hash_seed(write, tmp_path):
    figure = """
from analysis import load, style
from analysis.figures import publish
air = load()
table = air.reports.groupby("weapon_class", observed=True)["launched_count"].sum().to_frame()
fig, ax = style.figure("A title", "launched, as reported")
ax.bar(table.index, table["launched_count"].astype(float))
publish(fig, "02-bars", table, air, caption="c", alt="a", not_shown="n")
"""
    path, found = write("02-a", figure), []
    other = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "MPLBACKEND": "svg"}
    for environment in ({"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, other):
        edit(path, 0, figure)
        path.write_text(path.read_text().replace('"inputs"', '"before"'))
        status, said = finish(start(tmp_path, **environment))
        assert status == 0, said
        found.append(state(tmp_path))
    assert found[0] == found[1]


def test_manifest_that_names_a_file_elsewhere_is_refused_and_deletes_nothing(write, tmp_path):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    precious, listed = tmp_path / "CITATION.cff", tmp_path / "figures" / "figures.json"
    precious.write_text("mine")
    listed.write_text(listed.read_text().replace('"02-line.svg"', '"../CITATION.cff"').replace('"02-a"', '"nosuch"'))
    with pytest.raises(ValueError, match=r"figures.json: found the file '../CITATION.cff', expected ID.suffix"):
        refresh(root=tmp_path)
    assert precious.read_text() == "mine"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"figures": 3}', '<<<<<<< HEAD\n{"figures": []}'])
def test_damaged_manifest_is_one_line_that_names_it(write, tmp_path, text):
    write("02-a", "1")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "figures.json").write_text(text)
    with pytest.raises(ValueError, match="figures.json: not a whole manifest .*; restore it from the last commit$"):
        refresh(root=tmp_path)
