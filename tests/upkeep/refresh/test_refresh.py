"""Refresh: what runs and why, and that a notebook is stored whole or not at all."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pandas as pd
import pytest

from analysis import load, paths, style
from analysis.citing import manifest
from analysis.figures import publish
from upkeep.refresh import landing, refresh
from upkeep.refresh.execution import environment
from upkeep.refresh.inputs import data_facts, read_notebook, reason_to_run
from upkeep.refresh.progress import Bars
from upkeep.refresh.report import Result, summary
from upkeep.refresh.verified import Verified
from upkeep.writing import alone

PUBLISH = """
import hashlib, pathlib
from analysis import paths
from analysis.citing import manifest
folder = paths.figures_dir("{0}")
folder.mkdir(exist_ok=True)
words = dict.fromkeys("title subtitle caption alt not_shown licence data_version data_sha256 package_version".split(), "-")
files = {{s: {{"path": f"{0}.{{s}}", "bytes": 1, "sha256": hashlib.sha256(b"{1}").hexdigest()}} for s in ("csv", "png", "svg")}}
_ = [(folder / f["path"]).write_text("{1}") for f in files.values()]
manifest.record(words | {{"id": "{0}", "notebook": None, "cell": "c1", "rows": None, "fields": [], "files": files}}, folder)
"""
RUN = """
import functools, pathlib, signal, sys
import upkeep.refresh
from upkeep.__main__ import main
upkeep.refresh.refresh = functools.partial(upkeep.refresh.refresh, root=pathlib.Path(r'{}'))
signal.signal(signal.SIGINT, signal.{})
sys.exit(main(["refresh", *sys.argv[1:]]))
"""


@pytest.fixture
def write(tmp_path):
    """Write a notebook of a project in tmp_path from the sources of its code cells; returns its path."""
    (tmp_path / "notebooks").mkdir()

    def _write(name, *sources):
        cells = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
        notebook = nbformat.v4.new_notebook(
            cells=cells, metadata={"analysis": {"version": "1.0.0"}}
        )
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return _write


@pytest.fixture
def at_once(monkeypatch):
    """Run the cells in this process, where a test is not about kernels: each of them costs a second."""

    async def execute(path, figures, on_cell, turn):
        notebook, names = nbformat.read(path, as_version=4), {}
        monkeypatch.setenv("ANALYSIS_FIGURES", str(figures))
        for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
            on_cell(cell)
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(cell.source, names)
            shown = [
                nbformat.v4.new_output(
                    "execute_result", {"text/plain": cell.source}, execution_count=count
                )
            ]
            printed = [nbformat.v4.new_output("stream", name="stdout", text=said.getvalue())]
            cell |= {
                "execution_count": count,
                "outputs": shown * cell.source.isdigit() + printed * bool(said.getvalue()),
            }
        return notebook

    monkeypatch.setattr("upkeep.refresh.runs.execute", execute)


def edit(path, index, source):
    notebook = json.loads(path.read_bytes())
    notebook["cells"][index]["source"] = source
    path.write_text(json.dumps(notebook), encoding="utf-8")


def state(folder):
    """Every file of a project but those of .cache, with its bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".cache" not in p.parts
    }


def start(folder, *options, sigint="default_int_handler", **environment):
    """Start the command; SIGINT is taken as in a terminal, even where the suite runs in the background, as under nohup."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN.format(folder, sigint), *options],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process, seconds=60):
    """Exit status and words of a refresh, once it and its kernels, which hold the same pipe, are gone."""
    said = process.communicate(timeout=seconds)[0]
    return process.returncode, said


def reason(path):
    root = path.parents[1]
    return reason_to_run(path, read_notebook(path), root / "figures", Verified(root))


def last_line(said):
    return said.splitlines()[-1]


STOPPED = "interrupted: what was not finished is as it was\n"


def test_refresh_stores_outputs_figures_and_facts(write, tmp_path):
    slow = "import time\nprint('first')\ntime.sleep(0.3)\nprint('second')"  # two messages, which are one output on a busy machine too
    path = write("02-a", "1 + 1", PUBLISH.format("02-line", "x"), slow)
    assert refresh(root=tmp_path).failed == []
    notebook = nbformat.read(path, as_version=4)
    assert [c.execution_count for c in notebook.cells] == [1, 2, 3]
    assert [o.text for o in notebook.cells[2].outputs] == ["first\nsecond\n"]
    assert notebook.cells[0].outputs[0].data == {"text/plain": "2"}
    assert notebook.metadata["language_info"] == {"name": "python"}
    assert notebook.metadata["analysis"]["data_sha256"] == load().sha256
    assert (tmp_path / "figures" / "02-line.csv").read_text() == "x"
    (entry,) = manifest.entries(tmp_path / "figures")
    assert (entry["notebook"], entry["notebook_version"]) == ("02-a", "1.0.0")


def test_second_refresh_runs_nothing(write, at_once, tmp_path, capsys):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    before = state(tmp_path)
    assert refresh(root=tmp_path).failed == []
    said = (
        f"Up to date: 1 notebook, 1 figure match data {load().version} (--force reruns all, about "
    )
    assert last_line(capsys.readouterr().out).startswith(said)
    assert state(tmp_path) == before


def test_after_a_run_that_left_nothing_to_do_no_content_is_read(
    write, at_once, tmp_path, monkeypatch
):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    monkeypatch.setattr("upkeep.refresh.steps.bring_up_to_date", None)
    assert refresh(root=tmp_path).failed == []


def test_what_is_edited_during_a_run_is_run_by_the_next(write, at_once, tmp_path, capsys):
    other = write("02-a", "1")
    write(
        "03-b",
        f"import pathlib; pathlib.Path({str(other)!r}).write_text(pathlib.Path({str(other)!r}).read_text().replace('1', '2'))",
    )
    refresh(root=tmp_path, jobs=1)
    capsys.readouterr()
    refresh(root=tmp_path)
    assert "02-a: runs, " in capsys.readouterr().out


@pytest.mark.parametrize(
    "forget",
    [
        lambda root, patch: (root / ".cache" / "verified.json").unlink(),
        lambda root, patch: (root / ".cache" / "verified.json").write_text("{"),
        lambda root, patch: (
            patch.setattr(sys, "version", "3.99"),
            patch.setattr("upkeep.refresh.inputs._here", lambda: "3.99"),
        ),
    ],
)
def test_first_run_on_a_machine_runs_and_compares_what_is_stored(
    write, at_once, tmp_path, capsys, monkeypatch, forget
):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    before = state(tmp_path)
    forget(tmp_path, monkeypatch)
    refresh(root=tmp_path)
    assert "02-a: runs, not yet run as it is on this machine\n" in capsys.readouterr().out
    assert state(tmp_path) == before


def test_refresh_with_nothing_to_do_says_the_same_without_reading_and_reads_what_has_another_time(
    write, at_once, tmp_path, capsys, monkeypatch
):
    path = write("02-a", PUBLISH.format("02-line", "x"))
    for _ in range(3):
        assert refresh(root=tmp_path).status == 0
        said = capsys.readouterr().out
        monkeypatch.setattr(
            "upkeep.refresh.steps.read_notebook", lambda _: pytest.fail("it was read")
        ) if "Up to date" in said else None
    monkeypatch.undo()
    (tmp_path / "figures" / "02-line.csv").write_text("y")
    os.utime(path)
    refresh(root=tmp_path)
    assert "02-a: runs, figures/02-line.csv: found " in capsys.readouterr().out


def test_last_line_says_that_all_are_equal_or_which_changed(write, at_once, tmp_path, capsys):
    path = write("02-a", PUBLISH.format("02-line", "x"), "1")
    refresh(root=tmp_path, force=True)
    refresh(root=tmp_path, force=True)
    assert (
        last_line(capsys.readouterr().out)
        == "1 notebook run, 1 figure: all equal to those in figures/"
    )
    edit(path, 0, PUBLISH.format("02-line", "new"))
    edit(path, 1, "2")
    refresh(root=tmp_path)
    assert (
        last_line(capsys.readouterr().out)
        == "1 notebook run, 1 figure, 1 changed (02-line); other outputs in 02-a"
    )


def test_changed_data_land_every_figure_and_end_with_the_sentences_to_look_at(
    write, at_once, tmp_path, capsys
):
    path = write("02-a", "print('holds: 5')", PUBLISH.format("02-line", "x"))
    assert refresh(root=tmp_path).status == 0
    edit(path, 0, "print('no longer holds: found 6, the text says 5')")
    edit(path, 1, PUBLISH.format("02-line", "new"))
    assert refresh(root=tmp_path).status == 3
    said = ["Sentences that no longer hold:", "  02-a, cell c0: found 6, the text says 5"]
    assert capsys.readouterr().out.splitlines()[-3:-1] == said
    assert (tmp_path / "figures" / "02-line.csv").read_text() == "new"
    assert refresh(root=tmp_path).status == 3  # until somebody has looked
    assert capsys.readouterr().out.splitlines()[:2] == said


def test_lines_printed_one_after_the_other_are_one_output(write, tmp_path):
    path = write("02-a", "import time\nprint(1, flush=True)\ntime.sleep(0.3)\nprint(2)")
    refresh(root=tmp_path)
    assert [o["text"] for o in nbformat.read(path, as_version=4).cells[0].outputs] == ["1\n2\n"]


def test_edited_prose_does_not_run_a_notebook_again(write, at_once, tmp_path):
    path = write("02-a", "1")
    refresh(root=tmp_path)
    notebook = json.loads(path.read_bytes())
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "p", "metadata": {}, "source": "A sentence."}
    )
    path.write_text(json.dumps(notebook))
    assert reason(path) is None


def test_notebook_saved_in_jupyterlab_is_stored_as_it_was_without_a_run(
    write, at_once, tmp_path, capsys
):
    path = write("02-a", "1")
    refresh(root=tmp_path)
    before, notebook = path.read_bytes(), nbformat.read(path, as_version=4)
    notebook.metadata |= {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python", "version": "3.12.1", "pygments_lexer": "ipython3"},
    }
    nbformat.write(notebook, path)
    refresh(root=tmp_path)
    assert capsys.readouterr().out.count("02-a: runs") == 1 and path.read_bytes() == before


def test_versions_of_the_opening_cell_follow_the_data(write, at_once, tmp_path, capsys):
    path = write("02-a", "1")
    notebook = json.loads(path.read_bytes())
    opening = {
        "cell_type": "markdown",
        "id": "p",
        "metadata": {},
        "source": "# A\n\nOf 2025. Data version 0.9.0, notebook version 0.1.0.",
    }
    path.write_text(json.dumps(notebook | {"cells": [opening, *notebook["cells"]]}))
    refresh(root=tmp_path)
    assert (
        nbformat.read(path, as_version=4).cells[0].source
        == f"# A\n\nOf 2025. Data version {load().version}, notebook version 1.0.0."
    )
    assert (
        f"02-a: its opening cell says data version {load().version} now; see whether"
        in capsys.readouterr().out
    )
    assert reason(path) is None


def test_outputs_pulled_from_elsewhere_are_run_here(write, at_once, tmp_path):
    path = write("02-a", "1")
    refresh(root=tmp_path)
    path.write_text(
        path.read_text().replace('"text/plain": [\n       "1"', '"text/plain": [\n       "3"')
    )
    assert '"3"' in path.read_text()
    assert reason(path).startswith("not yet run")


def test_reason_names_what_changed(write, at_once, tmp_path):
    path = write("02-a", PUBLISH.format("02-line", "x"))
    assert reason(path) == "it was never refreshed"
    refresh(root=tmp_path)
    assert reason(path) is None
    (tmp_path / "figures" / "02-line.csv").write_text("y")
    assert reason(path).startswith("figures/02-line.csv: found ")
    edit(path, 0, "2")
    assert reason(path) == "changed: its code cells"


@pytest.mark.parametrize(
    "part, name",
    [("library", "analysis/"), ("data", "data/"), ("packages", "the package versions")],
)
def test_reason_names_the_part_that_differs(write, at_once, tmp_path, part, name):
    path = write("02-a", "1")
    refresh(root=tmp_path)
    notebook = json.loads(path.read_bytes())
    notebook["metadata"]["analysis"]["inputs"][part] = "other"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert reason(path) == f"changed: {name}"


def test_notebook_run_out_of_order_runs_again(write, at_once, tmp_path):
    path = write("02-a", "1", "2")
    refresh(root=tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"execution_count": 2', '"execution_count": 7'), encoding="utf-8")
    assert "top to bottom" in reason(path)


def test_failing_cell_is_shown_and_leaves_the_last_good_state(write, tmp_path, capsys):
    path = write("02-a", "1", PUBLISH.format("02-line", "x"), "2")
    refresh(root=tmp_path)
    edit(path, 1, PUBLISH.format("02-line", "new"))
    edit(path, 2, "1 / 0")
    before = state(tmp_path)
    assert refresh(root=tmp_path).failed == ["02-a"]
    said = capsys.readouterr().out
    assert said.endswith(
        "02-a: FAILED in code cell 3, c2; left as it was\n  1 / 0\n  ZeroDivisionError: division by zero\n"
        "FAILED and left as it was: 02-a\n"
    )
    assert state(tmp_path) == before


def test_error_inside_a_library_shows_the_line_of_the_cell_and_no_frame_below_it(
    write, tmp_path, capsys
):
    write("02-a", "import json\njson.loads('{')")
    refresh(root=tmp_path)
    error = capsys.readouterr().out.partition("left as it was\n")[2].splitlines()
    assert (
        error[0] == "  json.loads('{')"
        and error[1].startswith("  JSONDecodeError: Expecting ")
        and len(error) == 3
    )


def test_error_that_lists_a_thousand_names_is_cut(write, tmp_path, capsys):
    write("02-a", "raise ValueError('name ' * 1000)")
    refresh(root=tmp_path)
    said = capsys.readouterr().out
    assert len(said) < 800 and " and so on\nFAILED" in said


def test_syntax_error_and_dead_kernel_are_a_line(write, tmp_path, capsys):
    write("02-a", "1 +")
    write("03-b", "import os; os._exit(1)")
    assert refresh(root=tmp_path).failed == ["02-a", "03-b"]
    said = capsys.readouterr().out
    assert (
        "  SyntaxError: invalid syntax" in said
        and "03-b: FAILED in code cell 1, c0; left as it was\nKernel died\n" in said
    )
    assert last_line(said) == "FAILED and left as it was: 02-a, 03-b"


def test_summary_names_those_that_failed_and_says_what_became_of_the_others():
    results = [
        Result("02-a", figures=7, changed=("02-x",)),
        Result("03-b", failed=True),
        Result("04-c", figures=3, stamped=("04-y",)),
    ]
    assert (
        summary(results)
        == "FAILED and left as it was: 03-b; 2 notebooks run, 10 figures, 1 changed (02-x); 1 differ in metadata alone"
    )


def test_figure_that_differs_in_metadata_alone_is_not_called_changed(tmp_path):
    for folder, version, height in (("drawn", "1.1", 2), ("figures", "1", 3)):
        for figure, top in (("same", 1), ("moved", height)):
            fig, ax = style.figure("A bar", "As reported")
            ax.bar([0], [top])
            ax.set_ylim(0, 9)
            publish(
                fig,
                figure,
                pd.DataFrame({"one": [1]}),
                load(),
                caption=f"Of version {version}",
                folder=tmp_path / folder,
            )
    for suffix in ("png", "svg", "pdf"):
        new = [{"id": i, "files": {suffix: {"path": f"{i}.{suffix}"}}} for i in ("same", "moved")]
        assert landing.differing(tmp_path / "drawn", new, tmp_path) == (("moved",), ("same",))


def test_figure_with_another_table_is_changed(tmp_path):
    for folder, table in (("drawn", "a"), ("figures", "b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "02-line.csv").write_text(table)
    new = [{"id": "02-line", "files": {"csv": {"path": "02-line.csv"}}}]
    assert landing.differing(tmp_path / "drawn", new, tmp_path) == (("02-line",), ())


def test_many_changed_figures_are_counted_and_five_named():
    result = Result("02-a", figures=7, changed=tuple(f"02-{letter}" for letter in "abcdefg"))
    assert (
        summary([result])
        == "1 notebook run, 7 figures, 7 changed (02-a, 02-b, 02-c, 02-d, 02-e and more)"
    )


def test_kernel_takes_no_list_of_fonts_that_another_environment_left(tmp_path):
    assert environment(tmp_path, tmp_path)["MPLCONFIGDIR"] == str(
        paths.ROOT / ".cache" / "matplotlib"
    )


def test_readme_gets_its_findings_once_every_notebook_has_succeeded(write, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("<!-- findings -->\n<!-- /findings -->\n")
    write("02-a", "1")
    path = write("03-b", "1 / 0")
    refresh(root=tmp_path)
    refresh(["02"], root=tmp_path, force=True)
    assert "54,585" not in readme.read_text()
    edit(path, 0, "1")
    refresh(["03"], root=tmp_path)
    assert "54,585" in readme.read_text()


def test_bars_count_the_notebooks_that_have_ended():
    with Bars(8) as show:
        show.cell("02-a", 3, 20, "02-line")
        show.cell("03-b", 1, 9, "c1")
        show.finished("02-a")
        found = [(t.description, t.completed, t.total, t.fields["unit"]) for t in show.bars.tasks]
    assert found == [("all", 1, 8, "notebooks"), ("03-b  c1", 1, 9, "cells")]


def test_one_failing_notebook_does_not_hold_back_another(write, tmp_path):
    write("02-a", "1 / 0")
    write("03-b", PUBLISH.format("03-line", "x"))
    assert refresh(root=tmp_path).failed == ["02-a"]
    assert (tmp_path / "figures" / "03-line.csv").exists()


def test_figure_no_longer_made_is_removed_and_said(write, at_once, tmp_path, capsys):
    path = write("02-a", PUBLISH.format("02-line", "x"), PUBLISH.format("02-old", "x"))
    refresh(root=tmp_path)
    edit(path, 1, "1")
    refresh(root=tmp_path)
    assert "figures/02-old.csv: removed" in capsys.readouterr().out
    assert [p.name for p in sorted((tmp_path / "figures").iterdir())] == [
        "02-line.csv",
        "02-line.png",
        "02-line.svg",
        "README.md",
        "figures.json",
    ]
    assert [e["id"] for e in manifest.entries(tmp_path / "figures")] == ["02-line"]


def test_figures_of_a_deleted_notebook_are_removed(write, at_once, tmp_path, capsys):
    write("02-a", PUBLISH.format("02-line", "x")).rename(tmp_path / "kept")
    write("03-b", PUBLISH.format("03-line", "x"))
    (tmp_path / "kept").rename(tmp_path / "notebooks" / "02-a.ipynb")
    refresh(root=tmp_path)
    (tmp_path / "notebooks" / "02-a.ipynb").unlink()
    refresh(root=tmp_path)
    assert "figures/02-line.csv: removed, its notebook is gone" in capsys.readouterr().out
    assert [e["id"] for e in manifest.entries(tmp_path / "figures")] == ["03-line"]


def test_figure_with_another_notebooks_number_is_refused(write, at_once, tmp_path, capsys):
    write("02-a", PUBLISH.format("03-line", "x"))
    assert refresh(root=tmp_path).failed == ["02-a"]
    assert "it published 03-line" in capsys.readouterr().out


def test_notebook_edited_while_it_runs_is_left_to_its_editor(write, tmp_path, capsys):
    path = write("02-a", "import pathlib; pathlib.Path('02-a.ipynb').write_text('mine')")
    assert refresh(root=tmp_path).failed == ["02-a"]
    assert path.read_text() == "mine"
    assert "edited while it ran" in capsys.readouterr().out


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    "writes", range(7)
)  # three files of a figure, manifest, gallery, notebook, what was verified
def test_landing_cut_short_is_finished_by_the_next_refresh(
    write, at_once, tmp_path, monkeypatch, writes
):
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
    assert {(tmp_path / "figures" / f"02-line.{s}").read_text() for s in ("csv", "png", "svg")} <= {
        "x",
        "new",
    }
    assert refresh(root=tmp_path).failed == []
    assert (tmp_path / "figures" / "02-line.svg").read_text() == "new" and not list(
        tmp_path.glob("*/.*.part")
    )
    assert reason(path) is None
    assert sorted(p.name for p in tmp_path.glob(".cache/**/*") if p.is_file()) == ["verified.json"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_stopped_refresh_leaves_the_last_good_state_and_no_kernel(
    write, wait_for, tmp_path, number
):
    path = write("02-a", PUBLISH.format("02-line", "x"), "1")
    refresh(root=tmp_path)
    edit(path, 0, PUBLISH.format("02-line", "new"))
    edit(path, 1, "while True: pass")
    before = state(tmp_path)
    process = start(tmp_path)
    wait_for(lambda: list(tmp_path.glob(".cache/refresh/*/figures/figures.json")))
    process.send_signal(number)
    status, said = finish(process, seconds=20)
    assert status != 0 and said.startswith(
        "02-a: runs, changed: its code cells\n" + STOPPED * (number != signal.SIGKILL)
    )
    assert len(said.splitlines()) == 2  # of a killed one, its kernel says that it ends
    assert state(tmp_path) == before
    edit(path, 1, "1")
    assert refresh(root=tmp_path).failed == []
    assert (tmp_path / "figures" / "02-line.csv").read_text() == "new"


@pytest.mark.parametrize("jobs", [2, 1])  # with one, both kernels are forked
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (0.0, signal.SIGINT),
        (0.5, signal.SIGINT),
        (1.0, signal.SIGINT),
        (2.0, signal.SIGINT),
        (0.0, signal.SIGTERM),
        (1.0, signal.SIGTERM),
    ],
)
def test_interrupt_at_any_moment_is_one_line_within_a_second_or_so(
    write, tmp_path, moment, jobs, number
):
    write("02-a", *["import time; time.sleep(0.1)"] * 99)
    write("03-b", *["1"] * 99)
    process = start(tmp_path, f"--jobs={jobs}")
    assert process.stdout.readline() == "02-a: runs, it was never refreshed\n"
    time.sleep(moment)
    begun = time.monotonic()
    process.send_signal(number)
    status, said = finish(process)
    assert time.monotonic() - begun < 3  # on a busy machine
    assert (
        status == 1
        and said.endswith(STOPPED)
        and set(said.splitlines()[:-1])
        <= {
            "03-b: runs, it was never refreshed",
            "03-b: other outputs in c0, c1, c2, c3, c4 and more",
        }
    )


def test_refresh_in_the_background_where_sigint_is_ignored_stops_at_sigterm(
    write, wait_for, tmp_path
):
    write("02-a", "import time; time.sleep(600)")
    process = start(tmp_path, sigint="SIG_IGN")
    wait_for(lambda: list(tmp_path.glob(".cache/refresh/02-a-*")))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    assert finish(process, seconds=20)[1].endswith(STOPPED)


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
    assert said.count("1 notebook run") == 1 and said.count("Up to date: 1 notebook") == 1


def test_unknown_notebook_is_an_error_that_lists_them(write, tmp_path):
    write("02-a", "1")
    with pytest.raises(ValueError, match="no notebook named 09; there are 02-a"):
        refresh(["09"], root=tmp_path)


def test_notebook_without_a_version_is_refused_before_it_runs(write, at_once, tmp_path, capsys):
    path = write("02-a", "1 / 0")
    path.write_text(path.read_text().replace('"version": "1.0.0"', '"author": "A"'))
    assert refresh(root=tmp_path).failed == ["02-a"]
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


def test_refresh_with_nothing_to_do_imports_nothing_heavy(write, at_once, tmp_path):
    write("02-a", "1")
    refresh(root=tmp_path)
    refresh(root=tmp_path)
    check = (
        RUN.format(tmp_path, "SIG_IGN").replace("sys.exit", "assert 0 ==")
        + "assert not {'pandas', 'numpy', 'nbclient', 'nbformat', 'rich', 'filelock'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


def test_data_facts_are_those_of_load():
    air = load()
    assert data_facts() == {"data_version": air.version, "data_sha256": air.sha256}


def test_temporary_folder_of_a_long_name_and_a_path_with_blanks_and_umlauts_do(write, tmp_path):
    long = tmp_path / ("x" * 120) / "Übung mit Blank"
    long.mkdir(parents=True)
    write("02-a", "1")
    assert finish(start(tmp_path, TMPDIR=str(long)))[1].endswith(
        "1 notebook run, 0 figures; other outputs in 02-a\n"
    )


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
    for settings in ({"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, other):
        edit(path, 0, figure)
        path.write_text(path.read_text().replace('"inputs"', '"before"'))
        status, said = finish(start(tmp_path, **settings))
        assert status == 0, said
        found.append(state(tmp_path))
    assert found[0] == found[1]


def test_manifest_that_names_a_file_elsewhere_is_refused_and_deletes_nothing(
    write, at_once, tmp_path
):
    write("02-a", PUBLISH.format("02-line", "x"))
    refresh(root=tmp_path)
    precious, listed = tmp_path / "CITATION.cff", tmp_path / "figures" / "figures.json"
    precious.write_text("mine")
    listed.write_text(
        listed.read_text()
        .replace('"02-line.svg"', '"../CITATION.cff"')
        .replace('"02-a"', '"nosuch"')
    )
    with pytest.raises(
        ValueError, match=r"figures.json: found the file '../CITATION.cff', expected ID.suffix"
    ):
        refresh(root=tmp_path)
    assert precious.read_text() == "mine"


def test_update_and_refresh_wait_for_each_other(write, tmp_path):
    write("02-a", "1")
    with alone(tmp_path / "data"):
        process = start(tmp_path)
        assert process.stdout.readline().startswith("another command is writing to ")
    assert finish(process)[0] == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"figures": 3}', '<<<<<<< HEAD\n{"figures": []}'])
def test_damaged_manifest_is_one_line_that_names_it(write, tmp_path, text):
    write("02-a", "1")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "figures.json").write_text(text)
    with pytest.raises(
        ValueError, match="figures.json: not a whole manifest .*; restore it from the last commit$"
    ):
        refresh(root=tmp_path)
