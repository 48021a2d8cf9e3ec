"""What was run here, in this checkout and environment, and came out as it is stored: kept in `.cache/verified.json`."""

import hashlib
import json
import os
import sys

from analysis import paths


def stamp_of(root, *facts, made=("notebooks", "figures", "README.md")):
    """Return a hash of size and times of each file that a refresh depends on or has `made`, of the environment, and of these facts.

    Where it is that of a refresh which left nothing to do, no content needs to be read.
    """
    folders = [
        *(root / name for name in made),
        paths.DATA,
        paths.ROOT / "analysis",
        paths.ROOT / "upkeep",
    ]
    files = [
        entry for folder in folders for entry in ([folder] if folder.is_file() else _files(folder))
    ]
    packages = [path for path in sys.path if path.endswith("-packages") and os.path.exists(path)]
    found = [
        (os.fspath(path), s.st_size, s.st_mtime_ns, s.st_ctime_ns)
        for path, s in ((f, os.stat(f)) for f in (*files, *packages))
    ]
    return hashlib.sha256(
        json.dumps([sys.executable, sys.version, facts, sorted(found)]).encode()
    ).hexdigest()


def _files(folder):
    """The files below a folder, but for what Python and JupyterLab keep beside them."""
    for place, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name[0] not in "._"]
        yield from (os.path.join(place, name) for name in names)


class Verified:
    """By name, the hash of what a run on this machine made and of all it was made from, with the seconds it took."""

    def __init__(self, root):
        self._place = root / ".cache" / "verified.json"
        try:
            self._runs = json.loads(self._place.read_bytes())
        except (OSError, ValueError):
            self._runs = {}

    def holds(self, name, fingerprint):
        """Return whether that is what the last run here left."""
        return self._runs.get(name, {}).get("fingerprint") == fingerprint

    def record(self, name, fingerprint, seconds=0):
        """Keep what a run here has made."""
        self._runs[name] = {"fingerprint": fingerprint, "seconds": round(seconds, 1)}
        self._store()

    def _store(self):
        self._place.parent.mkdir(exist_ok=True)
        paths.write(self._place, json.dumps(self._runs, indent=1).encode())

    def keep(self, stamp, said):
        """Keep the stamp of files among which there was nothing to do, and what the refresh said of them."""
        self._runs["nothing to do"] = {"fingerprint": stamp, "said": said}
        self._store()

    def said_of(self, stamp):
        """Return what a refresh said that found nothing to do among files of this stamp; None if there was none."""
        return self._runs["nothing to do"]["said"] if self.holds("nothing to do", stamp) else None

    def seconds(self, names):
        """Return how long the last runs of these notebooks took, one after the other."""
        return sum(self._runs.get(name, {}).get("seconds", 0) for name in names)
