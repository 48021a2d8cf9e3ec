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
    """Yield a copy of `folder` to work in; on success it takes the folder's place, on failure it is gone."""
    folder = Path(folder).resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        if folder.is_dir():
            shutil.copytree(folder, staging, dirs_exist_ok=True)
        os.chmod(staging, 0o755)
        yield staging
        _take_place(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


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
