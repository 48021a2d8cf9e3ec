"""Run notebooks at the same time, each in a folder of its own, and land each one that succeeded."""

import asyncio
import shutil
import signal
import tempfile
from pathlib import Path

from analysis.citing import manifest
from upkeep.refresh.execution import CellFailed, execute, make_font_list
from upkeep.refresh.inputs import digest, facts_of, read_notebook, state
from upkeep.refresh.landing import land
from upkeep.refresh.report import Result, line
from upkeep.writing import STOPS


def run_all(notebooks, jobs, root, kept):
    """Run the notebooks at these paths, `jobs` at once, store what they make, return each `Result`.

    The largest come first, so that the last to finish is a short one.
    """
    make_font_list()
    for left in Path(tempfile.gettempdir()).glob(f"{_prefix(root)}*"):  # by a kill -9
        shutil.rmtree(left, ignore_errors=True)
    queue = sorted(notebooks, key=lambda path: -path.stat().st_size)
    before = [signal.getsignal(number) for number in STOPS]
    try:
        return asyncio.run(_run_all(queue, jobs, root, kept))
    except asyncio.CancelledError:  # by one of these; a Ctrl-C is a KeyboardInterrupt already
        raise KeyboardInterrupt from None
    finally:
        for number, handler in zip(STOPS, before):
            signal.signal(number, handler)


def _prefix(root):
    """What the temporary folders of this checkout are called; only one refresh of it runs."""
    return f"refresh-{digest(str(root))}-"


async def _run_all(queue, jobs, root, kept):
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    turn = asyncio.Semaphore(max(jobs, 1))

    def stop(*_):
        task.cancel()
        loop.call_soon_threadsafe(int)  # wakes it

    async def one(path):
        async with turn:
            result = await _run(path, root)
        if not result.error:
            kept.keep(path.stem, state(path))
        print(line(result), flush=True)
        return result

    for number in STOPS:
        signal.signal(number, stop)
    return await asyncio.gather(*map(one, queue))


async def _run(path, root):
    """Run one notebook and store what it made; return what came of it."""
    source = path.read_bytes()
    own = {"prefix": _prefix(root), "ignore_cleanup_errors": True}
    with tempfile.TemporaryDirectory(**own) as scratch:
        figures = Path(scratch) / "figures"
        try:
            if "version" not in facts_of(read_notebook(path)):
                raise ValueError("it has no version; set metadata.analysis.version, such as 1.0.0")
            notebook = await execute(path, figures, scratch)
            entries = manifest.entries(figures)
            if path.read_bytes() != source:
                raise ValueError("it was edited while it ran; run refresh again")
        except (CellFailed, ValueError, OSError, RuntimeError) as error:
            return Result(path.stem, f"{error}; left as it was")
        try:
            return land(notebook, path, figures, entries, root)
        except (ValueError, OSError) as error:
            return Result(path.stem, f"{error}; partly stored; run refresh again")
