"""Run notebooks at the same time, each in a folder of its own, and land each one that succeeded."""

import asyncio
import json
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

from nbclient.exceptions import CellControlSignal
from nbformat import writes

from analysis.citing import manifest
from upkeep.refresh import landing
from upkeep.refresh.execution import execute
from upkeep.refresh.inputs import data_facts, facts_of, inputs
from upkeep.refresh.progress import progress

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def run_all(paths, jobs, root, scratch):
    """Run the notebooks at `paths`, `jobs` at once, store what they make, return the names of those that failed.

    Most figures first, so that the last to finish is a short one.
    """
    queue = sorted(paths, key=lambda path: -path.read_bytes().count(b"publish("))
    with progress() as show:
        async def everything():
            gate = asyncio.Semaphore(jobs)
            return await asyncio.gather(*(_one(path, gate, root, scratch, show) for path in queue))

        return [path.stem for path, good in zip(queue, _interruptible(everything()), strict=True) if not good]


def _interruptible(coroutine):
    """Run a coroutine in a thread, where nbclient takes no signals, and cancel it on Ctrl-C or SIGTERM."""
    terminate = signal.signal(signal.SIGTERM, signal.default_int_handler)
    loop = asyncio.new_event_loop()
    task = loop.create_task(coroutine)
    try:
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(loop.run_until_complete, task)
            try:
                return future.result()
            except KeyboardInterrupt:
                loop.call_soon_threadsafe(task.cancel)
                raise
    finally:
        loop.close()
        signal.signal(signal.SIGTERM, terminate)


async def _one(path, gate, root, scratch, show):
    """Run one notebook and land its results; return whether that succeeded."""
    async with gate:
        with landing.staging(scratch, path.stem) as folder:
            started = []
            total = path.read_bytes().count(b'"cell_type": "code"')

            def on_cell(cell):
                started.append(cell.get("id", "which has no id"))
                show.cell(path.stem, len(started) - 1, total, started[-1])

            try:
                await _run_and_land(path, folder, root, on_cell, show)
                return True
            except (CellControlSignal, RuntimeError, ValueError, OSError) as error:
                where = f" in code cell {len(started)}, {started[-1]}" if started else ""
                text = str(error) if sys.stdout.isatty() else _COLOURS.sub("", str(error))
                show.say(f"{path.stem}: FAILED{where}; left as it was\n{text}")
                return False
            finally:
                show.cell(path.stem, total, total, "")


async def _run_and_land(path, folder, root, on_cell, show):
    source = path.read_bytes()
    own_version = facts_of(json.loads(source)).get("version")
    if own_version is None:
        raise ValueError("it has no version of its own; set metadata.analysis.version, such as 1.0.0")
    # Hashed before the run: what changes meanwhile makes the next refresh run it again.
    facts = {**data_facts(), "inputs": inputs(json.loads(source))}
    notebook = await execute(path, folder / "figures", on_cell)
    figures = manifest.entries(folder / "figures")
    _refuse_strays(path, figures)
    if path.read_bytes() != source:
        raise ValueError("the notebook was edited while it ran; run refresh again")
    notebook.metadata["analysis"] = {"version": own_version, **facts}
    for entry in figures:
        entry |= {"notebook": path.stem, "notebook_version": own_version}
    dropped = landing.land(folder / "figures", path.stem, writes(notebook) + "\n", figures, root)
    show.say(f"{path.stem}: done, {len(figures)} figures")
    for file in dropped:
        show.say(f"figures/{file}: removed, {path.stem} no longer makes it")


def _refuse_strays(path, figures):
    number = path.stem.split("-")[0]
    if strays := [e["id"] for e in figures if e["id"].split("-")[0] != number]:
        raise ValueError(f"it published {', '.join(strays)}; the figures of this notebook start with {number}-")
