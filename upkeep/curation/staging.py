"""Replace a folder as a whole: the new one is made beside it and takes its place in one step."""

import ctypes
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD, _EXCHANGE = -100, 2


@contextmanager
def replacing(folder):
    """Yield a copy of `folder` to work in; on success it takes the folder's place, on failure it is gone.

    A copy that is the same in the end takes nobody's place. What a killed run
    left beside the folder is removed.
    """
    folder = Path(folder).resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{os.getpid()}-", dir=folder.parent))
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


def _remove_leftovers(folder):
    for left in folder.parent.glob(f".{folder.name}-[0-9]*-*"):
        owner = left.name.removeprefix(f".{folder.name}-").split("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} if folder.is_dir() else None


def _to_disk(folder):
    """Let the files reach the disk before the folder takes its place, for a power cut right after."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _take_place(staging, folder):
    """Exchange two folders; atomic where the kernel can (Linux), two renames elsewhere."""
    if not folder.exists():
        staging.rename(folder)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 and renameat2(_AT_FDCWD, os.fsencode(staging), _AT_FDCWD, os.fsencode(folder), _EXCHANGE) == 0:
        return
    aside = staging.with_name(staging.name + "-old")
    folder.rename(aside)
    staging.rename(folder)
    shutil.rmtree(aside)
