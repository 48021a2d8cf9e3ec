"""Kernels that are forked: they show what others show, and none outlives what started it."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory

from upkeep.refresh.execution import DRAWING, execute
from upkeep.refresh.forked import Forked, forking

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")

SHOWN = [
    "import os, sys\nown = ('JPY_PARENT_PID', 'IPYTHONDIR', 'PYDEVD_DISABLE_FILE_VALIDATION', 'PYDEVD_USE_FRAME_EVAL')",
    "sys.path, os.getcwd(), {name: value for name, value in os.environ.items() if name not in own}, __name__",
    "import pandas as pd\npd.DataFrame({f'column {n}': range(99) for n in range(30)})",
    "import re\nre.findall('currently: (.*)', pd.describe_option('', _print_desc=False).lower())",
    "import matplotlib\nmatplotlib.use(matplotlib.get_backend())\nmatplotlib.rcParams",
    "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
    "import logging\nlogging.getLogger().handlers, logging.getLogger().level",
    "import numpy, random\nnumpy.random.default_rng(1).random(), numpy.geterr(), sys.stdin.read()",
]
LASTING = "import os, pathlib, time\npathlib.Path({!r}).write_text(f'{{os.getpid()}} {{os.getppid()}}')\ntime.sleep(600)"
START = """
import asyncio, pathlib, sys
from upkeep.refresh.execution import DRAWING, execute
from upkeep.refresh.forked import forking
with forking(DRAWING):
    asyncio.run(execute(pathlib.Path(sys.argv[1]), pathlib.Path("figures"), lambda cell: None))
"""


def notebook(folder, *sources):
    path = folder / "02-a.ipynb"
    path.write_text(
        nbformat.writes(
            nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
            )
        )
    )
    return path


def run(path):
    return asyncio.run(execute(path, path.parent / "figures", lambda cell: None))


def is_there(pid):
    return Path(f"/proc/{pid}").exists()


def test_forked_kernel_shows_what_another_shows(tmp_path):
    path, seen = notebook(tmp_path, *SHOWN, "os.getppid()"), []
    for road in (nullcontext(), forking(DRAWING)):
        with road:
            *cells, parent = [cell.outputs for cell in run(path).cells]
        seen.append(cells)
        assert (parent[0].data["text/plain"] == str(os.getpid())) == (len(seen) == 1)
    native, forked = seen
    assert forked == native and sum(map(bool, native)) == len(SHOWN) - 1


def test_every_kernel_is_new_and_one_that_dies_is_noticed(tmp_path):
    path = notebook(
        tmp_path, "import builtins\nbuiltins.kept = getattr(builtins, 'kept', 0) + 1\nkept"
    )
    with forking(DRAWING):
        assert [run(path).cells[0].outputs[0].data["text/plain"] for _ in range(2)] == ["1", "1"]
        with pytest.raises(RuntimeError, match="died"):
            run(notebook(tmp_path, "import os; os._exit(3)"))


def test_no_process_is_left_and_the_next_kernel_is_as_before(tmp_path):
    with forking(DRAWING):
        server = (
            run(notebook(tmp_path, "import os; os.getppid()"))
            .cells[0]
            .outputs[0]
            .data["text/plain"]
        )
        assert is_there(server)
    assert not is_there(server)
    assert run(notebook(tmp_path, "import os; os.getppid()")).cells[0].outputs[0].data[
        "text/plain"
    ] == str(os.getpid())


def test_without_what_it_imports_kernels_start_as_elsewhere(tmp_path, monkeypatch, capfd):
    monkeypatch.delattr(Forked, "server", raising=False)
    (tmp_path / "scipy.py").write_text("1 / 0")
    with forking({**DRAWING, "PYTHONPATH": f"{tmp_path}{os.pathsep}{DRAWING['PYTHONPATH']}"}):
        assert run(notebook(tmp_path, "1 + 1")).cells[0].outputs[0].data == {"text/plain": "2"}
    assert capfd.readouterr() == ("", "")


def test_nothing_is_forked_elsewhere(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "Popen", None)
    with forking(DRAWING):
        assert KernelProvisionerFactory.instance().default_provisioner_name == "local-provisioner"


def test_kernel_ends_with_what_started_it_however_that_ends(wait_for, tmp_path):
    said = tmp_path / "pids"
    process = subprocess.Popen(
        [sys.executable, "-c", START, notebook(tmp_path, LASTING.format(str(said)))],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: said.exists() and " " in said.read_text())
    kernel, server = said.read_text().split()
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not is_there(kernel) and not is_there(server))
