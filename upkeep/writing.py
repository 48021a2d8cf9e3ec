"""One writer at a time, and files renamed into their places: the descriptor last."""

import shutil
import signal
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

# A kill, and a terminal that closes, end a command as Ctrl-C does.
STOPS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def alone(folder):
    """Hold the one lock of all that writes to a data directory, or to what is made of it.

    A second command says so and waits.
    """
    folder = Path(folder).resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        said = f"another command is writing to {folder} or to what is made of it: waiting for it"
        print(said, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def staged(folder, source):
    """Yield a copy of the files of `source`; on success the changed take their places in `folder`.

    Each is renamed, the descriptor last: a run that is killed in between leaves a folder
    that `check` names and git restores.
    """
    folder = Path(folder).resolve()
    copy = folder.with_name(f".{folder.name}-new")
    shutil.rmtree(copy, ignore_errors=True)  # what a killed run left
    try:
        copy.mkdir()
        for path in Path(source).iterdir():
            if path.is_file():
                shutil.copy(path, copy)
        yield copy
        folder.mkdir(exist_ok=True)
        for path in sorted(copy.iterdir(), key=lambda path: path.name == "datapackage.json"):
            place = folder / path.name
            if not place.exists() or place.read_bytes() != path.read_bytes():
                path.replace(place)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
