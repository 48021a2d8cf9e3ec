"""Run notebooks at the same time, each in a folder of its own, and land each one that succeeded."""

import asyncio
import json
import re
import signal
import time
from contextlib import nullcontext

from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import from_dict, writes

from analysis.citing import manifest
from upkeep.refresh import landing, report
from upkeep.refresh.execution import DRAWING, execute
from upkeep.refresh.forked import forking
from upkeep.refresh.inputs import (
    VERSIONS,
    code_cells,
    data_facts,
    facts_of,
    fingerprint,
    inputs,
    own_metadata,
)
from upkeep.refresh.progress import Bars

_LONG = 600  # characters; some errors list every value there is
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def run_all(paths, jobs, root, verified):
    """Run the notebooks at `paths`, `jobs` at once, store what they make, return the `Result` of each.

    Those that took longest last time, or have most figures, come first, so that
    the last to finish is a short one. Kernels are forked where one would come
    after another.
    """
    queue = sorted(
        paths,
        key=lambda path: (-verified.seconds([path.stem]), -path.read_bytes().count(b"publish(")),
    )
    with Bars(len(queue)) as show, forking(DRAWING) if len(queue) > jobs else nullcontext():

        async def everything():
            loop, task = asyncio.get_running_loop(), asyncio.current_task()
            signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(task.cancel))
            ahead, turn = (
                asyncio.Semaphore(jobs + 1),
                asyncio.Semaphore(jobs),
            )  # one starts or ends while others run
            return await asyncio.gather(
                *(_one(path, ahead, turn, root, verified, show) for path in queue)
            )

        terminate = signal.getsignal(signal.SIGTERM)
        try:
            return asyncio.run(everything())
        except asyncio.CancelledError:  # by SIGTERM; a Ctrl-C is a KeyboardInterrupt already
            raise KeyboardInterrupt from None
        finally:
            signal.signal(signal.SIGTERM, terminate)


async def _one(path, ahead, turn, root, verified, show):
    """Run one notebook and land its results; return what came of it."""
    async with ahead:
        with landing.staging(root / ".cache" / "refresh", path.stem) as folder:
            begun, started = time.monotonic(), []
            total = path.read_bytes().count(b'"cell_type": "code"')

            def on_cell(cell):
                nonlocal begun
                begun = begun if started else time.monotonic()  # not before its turn
                started.append(cell.get("id", "which has no id"))
                show.cell(path.stem, len(started) - 1, total, started[-1])

            try:
                result, made = await _run_and_land(path, folder, root, on_cell, turn, show)
                verified.record(path.stem, made, time.monotonic() - begun)
                show.say(report.of_notebook(result))
                return result
            except (CellControlSignal, RuntimeError, ValueError, OSError) as error:
                if (
                    asyncio.current_task().cancelling()
                ):  # nbclient takes it for the death of the kernel
                    raise asyncio.CancelledError from None
                where = f" in code cell {len(started)}, {started[-1]}" if started else ""
                show.say(f"{path.stem}: FAILED{where}; left as it was\n{_words(error)}")
                return report.Result(path.stem, failed=True)
            finally:
                show.finished(path.stem)


def _words(error):
    """An error for the analyst: the line of the cell and what was raised, without colours or the frames below it."""
    if not isinstance(error, CellExecutionError):
        return str(error)
    plain = _COLOURS.sub("", error.traceback)
    line = re.search(r"^-+> *\d+ (.*)", plain, re.M)
    raised = f"{error.ename}: {error.evalue}".rstrip(": ")
    return "\n".join(
        [
            *([f"  {line[1].strip()}"] if line else []),
            f"  {raised[:_LONG]}{' and so on' * (len(raised) > _LONG)}",
        ]
    )


async def _run_and_land(path, folder, root, on_cell, turn, show):
    source = path.read_bytes()
    stored = json.loads(source)
    own_version = facts_of(stored).get("version")
    if own_version is None:
        raise ValueError(
            "it has no version of its own; set metadata.analysis.version, such as 1.0.0"
        )
    # Hashed before the run: what changes meanwhile makes the next refresh run it again.
    facts = {**data_facts(), "inputs": inputs(stored)}
    notebook = await execute(path, folder / "figures", on_cell, turn)
    figures = manifest.entries(folder / "figures")
    _refuse_strays(path, figures)
    if path.read_bytes() != source:
        raise ValueError("the notebook was edited while it ran; run refresh again")
    notebook.metadata = from_dict(own_metadata({"version": own_version, **facts}))
    for entry in figures:
        entry |= {"notebook": path.stem, "notebook_version": own_version}
    _state_versions(notebook, own_version, facts["data_version"], path.stem, show)
    text = writes(notebook) + "\n"
    changed, stamped = landing.differing(folder / "figures", figures, root)
    for file in landing.land(folder / "figures", path.stem, text, figures, root):
        show.say(f"figures/{file}: removed, {path.stem} no longer makes it")
    anew = json.loads(text)
    return report.Result(
        path.stem, False, len(figures), changed, stamped, _other_outputs(stored, anew)
    ), fingerprint(anew, figures)


def _state_versions(notebook, version, data_version, name, show):
    """Bring the versions that an opening cell states to those of this run; its sentences are left to whoever reads them."""
    for cell in notebook.cells[:1]:
        anew = VERSIONS.sub(
            lambda stated: f"{stated[1]}{data_version}{stated[3]}{version}", cell.source
        )
        if anew != cell.source:
            cell.source = anew
            show.say(
                f"{name}: its opening cell says data version {data_version} now; see whether its sentences still hold"
            )


def _other_outputs(old, new):
    """The ids of the cells whose stored output differs, but for pictures."""
    was, now = (
        {c.get("id"): c["outputs"] for c in code_cells(notebook)} for notebook in (old, new)
    )
    return tuple(
        cell
        for cell, outputs in now.items()
        if outputs != was.get(cell) and "image/png" not in json.dumps(outputs)
    )


def _refuse_strays(path, figures):
    number = path.stem.split("-")[0]
    if strays := [e["id"] for e in figures if e["id"].split("-")[0] != number]:
        raise ValueError(
            f"it published {', '.join(strays)}; the figures of this notebook start with {number}-"
        )
