"""Kernels: what they show, how they fail, and that nothing is left of one that is stopped."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from analysis import load
from upkeep.refresh import execution
from upkeep.writing import alone

from .conftest import PUBLISH

COMMAND = """
import functools, pathlib, signal, sys
import upkeep.refresh
from upkeep.__main__ import main
upkeep.refresh.refresh = functools.partial(upkeep.refresh.refresh, root=pathlib.Path(sys.argv[1]))
signal.signal(signal.SIGINT, signal.default_int_handler)  # even where it runs in the background
sys.exit(main(["refresh"]))
"""
FIGURE = """
from analysis import load, style
from analysis.figures import publish
air = load()
table = air.reports.groupby("weapon_class", observed=True)[["launched_count"]].sum()
fig, ax = style.figure("A title", "launched, as reported")
ax.bar(table.index, table["launched_count"].astype(float))
publish(fig, "02-bars", table, air, caption="c", alt="a", not_shown="n")
"""
SAY_SO = "import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))\n"
FLOOD = SAY_SO + "from IPython.display import display\nwhile True: display(1, clear=True)"


@pytest.fixture
def start(tmp_path):
    """Start the command on the project; its words come when it and its kernels have ended."""
    (tmp_path / "scratch").mkdir()  # so long a path that kernels are reached by tcp

    def _start(**environment):
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, tmp_path],
            env=os.environ | {"TMPDIR": str(tmp_path / "scratch")} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return _start


def test_outputs_figures_and_facts_are_stored(project):
    path = project.write("02-a", "1 + 1", PUBLISH.format("02-line", "x"))
    assert project.refresh().status == 0
    notebook = nbformat.read(path, as_version=4)
    assert [cell.execution_count for cell in notebook.cells] == [1, 2]
    assert notebook.cells[0].outputs[0].data == {"text/plain": "2"}
    assert notebook.metadata["analysis"]["data_sha256"] == load().sha256
    assert (project.folder / "figures" / "02-line.csv").read_text() == "x"


def test_lines_printed_one_after_the_other_are_one_output(project):
    path = project.write("02-a", "import time\nprint(1, flush=True)\ntime.sleep(0.3)\nprint(2)")
    project.refresh()
    outputs = nbformat.read(path, as_version=4).cells[0].outputs
    assert [output.text for output in outputs] == ["1\n2\n"]


def test_failing_cell_is_one_line_and_leaves_what_was_stored(project, edit, capsys):
    path = project.write("02-a", PUBLISH.format("02-line", "x"), "2")
    project.refresh()
    edit(path, 0, PUBLISH.format("02-line", "new"))
    edit(path, 1, "import json\njson.loads('{')")
    before = project.state()
    capsys.readouterr()
    assert project.refresh().failed == ["02-a"]
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("02-a: FAILED in cell c1: JSONDecodeError: Expecting ")
    assert first.endswith(", at `json.loads('{')`; left as it was")
    assert last == "FAILED: 02-a"
    assert project.state() == before


def test_dead_kernel_and_syntax_error_are_a_line_and_hold_back_no_other(project, capsys):
    project.write("02-a", "1 +")
    project.write("03-b", "import os; os._exit(1)")
    project.write("04-c", "1")
    assert project.refresh().failed == ["02-a", "03-b"]
    said = capsys.readouterr().out
    assert "02-a: FAILED in cell c0: SyntaxError: invalid syntax" in said
    assert "03-b: FAILED in cell c0: Kernel died; left as it was" in said
    assert said.splitlines()[-1].startswith("FAILED: 02-a, 03-b; 1 notebook run")


def test_error_that_lists_a_thousand_names_is_cut(project, capsys):
    project.write("02-a", "raise ValueError('name ' * 1000)")
    project.refresh()
    said = capsys.readouterr().out
    assert len(said) < 900
    assert " and so on" in said


def test_cell_that_sends_too_much_fails_within_seconds(project, capsys):
    project.write("02-a", "for i in range(12):\n    print('x' * 100_000)")
    begun = time.monotonic()
    assert project.refresh().failed == ["02-a"]
    assert time.monotonic() - begun < 30  # on a busy machine
    assert "in cell c0: found an output of over 1 MB, expected less" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        (signal.SIGINT, SAY_SO + "import time\ntime.sleep(600)"),
        (signal.SIGHUP, SAY_SO + "import time\ntime.sleep(600)"),
        (signal.SIGTERM, FLOOD),
    ],
)
def test_stop_is_one_line_and_leaves_no_kernel_and_no_folder(project, start, number, cell):
    path = project.write("02-a", cell)
    before = path.read_bytes()
    process, pid = start(), path.with_name("pid")
    while not pid.exists():
        time.sleep(0.02)
    begun = time.monotonic()
    process.send_signal(number)
    said = process.communicate(timeout=20)[0]  # ends when the kernel, too, has closed the pipe
    assert time.monotonic() - begun < 3  # on a busy machine
    assert said == "interrupted: what was not finished is as it was\n"
    assert process.returncode == 1
    assert path.read_bytes() == before
    assert not list((project.folder / "scratch").iterdir())


def test_next_refresh_removes_the_folder_that_a_kill_9_left(project, start):
    path = project.write("02-a", SAY_SO + "import time\ntime.sleep(600)")
    process, pid = start(), path.with_name("pid")
    while not pid.exists():
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=20)
    assert list((project.folder / "scratch").iterdir())
    project.write("02-a", "1")
    start().communicate(timeout=60)
    assert not list((project.folder / "scratch").iterdir())


def test_second_command_says_that_it_waits(project, start):
    project.write("02-a", "1")
    with alone(project.folder / "data"):
        process = start()
        assert process.stdout.readline().startswith("another command is writing to ")
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_bytes_do_not_depend_on_time_zone_locale_or_hash_seed(project, start):
    project.write("02-a", FIGURE)
    found = []
    other = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "MPLBACKEND": "svg"}
    for settings in ({"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, other):
        (project.folder / ".cache" / "runs.json").unlink(missing_ok=True)
        said = start(**settings).communicate(timeout=60)[0]
        assert "FAILED" not in said
        found.append(project.state())
    assert found[0] == found[1]


def test_list_of_fonts_is_made_before_a_kernel_needs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "FONTS", tmp_path)
    monkeypatch.setitem(execution.DRAWING, "MPLCONFIGDIR", str(tmp_path))
    execution.make_font_list()
    assert len(list(tmp_path.glob("fontlist-*.json"))) == 1
