"""Replace a folder as a whole: the new one is made beside it and takes its place in one step."""

import ctypes
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from analysis.descriptor import DataError

_AT_FDCWD, _EXCHANGE = -100, 2


@contextmanager
def replacing(folder):
    """Yield a copy of `folder` to work in; on success it takes the folder's place, on failure it is gone.

    A copy that is the same in the end takes nobody's place. One at a time: who
    comes second waits. What a killed run left beside the folder is removed, or
    restored where it is the only copy.
    """
    folder = Path(folder).resolve()
    if folder.exists() and not folder.is_dir():
        raise DataError(f"{folder}: found something that is no folder, expected a data directory or a new place")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        _tidy(folder)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix="-new", dir=folder.parent))
        try:
            if folder.is_dir():
                shutil.copytree(folder, staging, dirs_exist_ok=True)
            os.chmod(staging, 0o755)
            yield staging
            if _contents(staging) != _contents(folder):
                _to_disk(staging)
                _take_place(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _tidy(folder):
    """Restore a folder whose only copy a killed run had put aside; remove what else it left."""
    left = sorted(folder.parent.glob(f".{folder.name}-*-new*"))
    if not folder.exists() and (aside := [p for p in left if p.name.endswith("-old")]):
        aside[0].rename(folder)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} if folder.is_dir() else None


def _to_disk(folder):
    """Let the files reach the disk before the folder takes its place, for a power cut right after."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir() and os.name != "posix":
            continue  # a folder cannot be opened there
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _take_place(staging, folder):
    """Exchange two folders; atomic where the kernel can (Linux), two renames elsewhere."""
    if not folder.exists():
        staging.rename(folder)
        return
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if renameat2 and renameat2(_AT_FDCWD, os.fsencode(staging), _AT_FDCWD, os.fsencode(folder), _EXCHANGE) == 0:
        return
    aside = staging.with_name(staging.name + "-old")
    folder.rename(aside)
    staging.rename(folder)
    shutil.rmtree(aside)
