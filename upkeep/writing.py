"""One writer at a time, and a folder replaced as a whole: the new one is made beside it and takes its place in one step."""

import ctypes
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.descriptor import DataError

_AT_FDCWD, _EXCHANGE = -100, 2


@contextmanager
def alone(folder, say=partial(print, flush=True)):
    """Hold the one lock of all that writes to a data directory, and to the notebooks and figures beside it.

    Who comes second says so and waits. What a killed run left beside the folder
    is removed, or restored where it is the only copy.
    """
    folder = Path(folder).resolve()
    if folder.exists() and not folder.is_dir():
        raise DataError(
            f"{folder}: found something that is no folder, expected a data directory or a new place"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"another command is writing to {folder} or to what is made of it: waiting for it")
        lock.acquire()
    try:
        _tidy(folder)
        yield
    finally:
        lock.release()


@contextmanager
def replacing(folder):
    """Yield a copy of `folder` to work in; on success it takes the folder's place, on failure it is gone.

    A copy that is the same in the end takes nobody's place. Use it `alone`.
    """
    folder = Path(folder).resolve()
    copy = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix="-new", dir=folder.parent))
    try:
        if folder.is_dir():
            copy_into(folder, copy)
        os.chmod(copy, 0o755)
        yield copy
        if _contents(copy) != _contents(folder):
            _to_disk(copy)
            _take_place(copy, folder)
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def copy_into(folder, place):
    """Copy the files of a folder into another; of several that cannot be copied the first is the error."""
    try:
        shutil.copytree(folder, place, dirs_exist_ok=True)
    except shutil.Error as error:
        raise OSError(
            f"{error.args[0][0][1]}: {error.args[0][0][2]}; nothing was written"
        ) from None


def _tidy(folder):
    """Restore a folder whose only copy a killed run had put aside; remove what else it left."""
    left = sorted(folder.parent.glob(f".{folder.name}-*-new*"))
    if not folder.exists() and (aside := [p for p in left if p.name.endswith("-old")]):
        aside[0].rename(folder)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _contents(folder):
    return (
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        if folder.is_dir()
        else None
    )


def _to_disk(folder):
    """Let the files reach the disk before the folder takes its place, for a power cut right after."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir() and os.name != "posix":
            continue  # a folder cannot be opened there
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _take_place(copy, folder):
    """Exchange two folders; atomic where the kernel can (Linux), two renames elsewhere."""
    if not folder.exists():
        copy.rename(folder)
        return
    if _exchanged(copy, folder):
        return
    aside = copy.with_name(copy.name + "-old")
    folder.rename(aside)
    try:
        copy.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside)


def _exchanged(one, other):
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return (
        bool(renameat2)
        and renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0
    )
