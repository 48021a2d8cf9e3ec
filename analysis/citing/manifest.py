"""The manifest `figures.json`: one entry a published figure. Light, so that the command line can read it at once."""

import json
import os
from pathlib import Path

from analysis import paths
from analysis.names import unknown


def entries(folder):
    """Return the manifest entries of a figure folder, sorted by id; none where there is no manifest."""
    path = Path(folder) / "figures.json"
    return json.loads(path.read_bytes())["figures"] if path.exists() else []


def record(facts, folder):
    """Put a figure's entry into the manifest of a folder, in the place of an older one."""
    write([e for e in entries(folder) if e["id"] != facts["id"]] + [facts], folder)


def write(figure_entries, folder):
    """Write the manifest of a folder with these entries, replacing it in one step."""
    ordered = sorted(figure_entries, key=lambda e: e["id"])
    scratch = Path(folder) / f".figures.json.{os.getpid()}"
    scratch.write_text(json.dumps({"figures": ordered}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    scratch.replace(Path(folder) / "figures.json")


def find(figure_id):
    """Return the entry of a figure, looking first where figures are published to; an unknown id is a ValueError."""
    known = {e["id"]: e for folder in (paths.FIGURES, paths.figures_dir()) for e in entries(folder)}
    if figure_id not in known:
        raise unknown("figure", figure_id, known)
    return known[figure_id]
