"""Execute one notebook in a kernel of its own, the same wherever it runs.

No user's configuration, no clock. A cell's output has a limit, because a cell that
prints without end would otherwise fill the memory.
"""

import asyncio
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError

from analysis import paths

CELL_TIMEOUT = 600  # seconds
LIMIT = 1_000_000  # characters that a cell may send
_LONG = 600  # characters; some errors list every value there is
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

# By this very `analysis`, without the user's Matplotlib configuration, and with a list of fonts
# for this Matplotlib alone: one that another left may put the system's DejaVu before
# Matplotlib's own, and PDFs then have other bytes.
FONTS = paths.ROOT / ".cache" / f"matplotlib-{version('matplotlib')}"
DRAWING = {
    "MATPLOTLIBRC": os.devnull,
    "MPLCONFIGDIR": str(FONTS),
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONPATH": os.pathsep.join(filter(None, [str(paths.ROOT), os.environ.get("PYTHONPATH")])),
}


class CellFailed(Exception):
    """A cell that did not succeed: which, and why."""


def environment(figures, private):
    """Return the environment of a kernel that publishes to `figures`; `private` is for IPython."""
    own = {"ANALYSIS_FIGURES": str(figures), "IPYTHONDIR": str(private)}
    return os.environ | DRAWING | own


def make_font_list():
    """Make Matplotlib's list of fonts, or it would say in a notebook that it makes one."""
    if not list(FONTS.glob("fontlist-*.json")):
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, env=os.environ | DRAWING, stderr=subprocess.DEVNULL, check=False)


async def execute(path, figures, private):
    """Return the notebook at `path` (a NotebookNode) with the outputs of a run from top to bottom.

    Its figures are published to the folder `figures`; `private` is an empty folder for
    the files of the kernel. Raises `CellFailed`.
    """
    notebook = nbformat.read(path, as_version=4)
    # A native kernel spec, because a user's own "python3" may be another Python; ipc, because
    # nobody else listens, where there is one and the name of its socket is not too long.
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        transport="ipc" if os.name == "posix" and len(str(private)) < 80 else "tcp",
        connection_file=str(Path(private) / "kernel.json"),
    )
    client = _Client(
        notebook,
        km=manager,
        timeout=CELL_TIMEOUT,
        record_timing=False,
        coalesce_streams=True,  # else what is printed depends on how busy the machine is
        extra_arguments=["--log-level=ERROR"],  # a kernel warns of tcp
        resources={"metadata": {"path": str(path.parent)}},
    )
    # Not client.async_execute: it takes the signals of the process.
    try:
        await client.async_start_new_kernel(env=environment(figures, private))
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(notebook.cells):
            await client.run(cell, index)
    finally:
        if manager.has_kernel:
            await manager.provisioner.kill()  # else it is interrupted first, and may say so
            await manager.shutdown_kernel(now=True)
        if client.kc:
            client.kc.stop_channels()
    return notebook


class _Client(NotebookClient):
    """A client that ends a cell which sends too much."""

    async def run(self, cell, index):
        """Execute one cell; raise `CellFailed` where it does not succeed."""
        self.sent = 0
        try:
            await self.async_execute_cell(cell, index)
        except (CellControlSignal, RuntimeError) as error:
            if asyncio.current_task().cancelling():  # taken by nbclient for the kernel's death
                raise asyncio.CancelledError from None
            raise CellFailed(f"in cell {cell.get('id')}: {self._words(error)}") from None

    def process_message(self, msg, cell, cell_index):
        """Take in a message; in a flood nothing else gets a turn, so stops are seen here."""
        self.sent += len(str(msg["content"])) + 200  # for what goes with it
        if self.sent > LIMIT:
            self.task_poll_for_reply.cancel()
        if self.task_poll_for_reply.cancelling():
            raise asyncio.CancelledError
        return super().process_message(msg, cell, cell_index)

    def _words(self, error):
        """An error in a line: the line of the cell and what was raised, without frames below."""
        if self.sent > LIMIT:
            return f"found an output of over {LIMIT / 1e6:.0f} MB, expected less; show less"
        if not isinstance(error, CellExecutionError):
            return str(error)
        line = re.search(r"^-+> *\d+ (.*)", _COLOURS.sub("", error.traceback), re.M)
        raised = " ".join(f"{error.ename}: {error.evalue}".split()).rstrip(":")
        said = f"{raised[:_LONG]}{' and so on' * (len(raised) > _LONG)}"
        return f"{said}, at `{line[1].strip()}`" if line else said
