"""What was run here, in this checkout and environment, and came out as it is stored: kept in `.cache/verified.json`."""

import json

from analysis import paths


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
        paths.write(self._place, json.dumps(self._runs, indent=1).encode())

    def seconds(self, names):
        """Return how long the last runs of these notebooks took, one after the other."""
        return sum(self._runs.get(name, {}).get("seconds", 0) for name in names)
