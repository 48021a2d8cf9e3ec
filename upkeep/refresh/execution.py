"""Execute one notebook in a kernel of its own, the same wherever it runs: no user's configuration, no clock."""

import os
import tempfile
from contextlib import nullcontext
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from analysis import paths

CELL_TIMEOUT = 600  # seconds


# Draws as this checkout does: by this very `analysis`, without the user's Matplotlib configuration, and with a list of fonts of
# its own: one that another Matplotlib left may put the system's DejaVu before Matplotlib's, and PDFs then have other bytes.
DRAWING = {
    "MATPLOTLIBRC": os.devnull,
    "MPLCONFIGDIR": str(paths.ROOT / ".cache" / "matplotlib"),
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONPATH": os.pathsep.join(filter(None, [str(paths.ROOT), os.environ.get("PYTHONPATH")])),
}


def environment(figures, private):
    """Return the environment of a kernel that publishes to the folder `figures`; `private` is an empty one, for IPython."""
    return {**os.environ, **DRAWING, "ANALYSIS_FIGURES": str(figures), "IPYTHONDIR": str(private)}


async def execute(path, figures, on_cell, turn=nullcontext()):
    """Return the notebook at `path` (a NotebookNode) with the outputs of a run from top to bottom.

    The kernel starts at once and mostly waits; its cells run in `turn`, an
    asynchronous context. `on_cell(cell)` is called before each code cell. The
    figures are published to the folder `figures`. Raises nbclient's errors.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="analysis-") as private:
        # A native kernel spec, because a user's own "python3" may be another Python; ipc, because nobody else listens, where
        # there is one and the name of its socket, of at most some hundred characters, is not too long.
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            transport="ipc" if os.name == "posix" and len(private) < 80 else "tcp",
            connection_file=str(Path(private) / "kernel.json"),
        )
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=CELL_TIMEOUT,
            record_timing=False,
            coalesce_streams=True,  # else two prints are one output or two, as the machine is busy or not
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_start=lambda cell, **_: on_cell(cell) if cell.cell_type == "code" else None,
        )
        # Not client.async_execute: it takes the signals of the process, and leaves tasks behind when it is cancelled.
        try:
            await client.async_start_new_kernel(env=environment(figures, private))
            await client.async_start_new_kernel_client()
            async with turn:
                for index, cell in enumerate(notebook.cells):
                    await client.async_execute_cell(
                        cell, index, execution_count=client.code_cells_executed + 1
                    )
        finally:
            if manager.has_kernel:
                await manager.provisioner.kill()  # else it is interrupted first, and may say so
                await manager.shutdown_kernel(now=True)
            if client.kc:
                client.kc.stop_channels()
    return notebook
