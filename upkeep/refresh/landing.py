"""Let the results of a notebook take the place of the old ones: all of them, or none.

A run works in a folder of its own. When the whole notebook has succeeded, that
folder is renamed to ``NAME.ready``, which is the one step that counts: from
there every file is moved to its place, and whoever is killed in the middle
leaves a ready folder that the next run lands again, to the same end. Folders
that were not ready are thrown away.
"""

import fcntl
import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from analysis.citing import manifest


@contextmanager
def alone(scratch, say):
    """Hold the lock of a project's scratch folder; waits for another run, and finishes what a killed one left."""
    scratch.mkdir(parents=True, exist_ok=True)
    with open(scratch / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another refresh is running: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def recover(scratch, root):
    """Finish every landing that was cut short, discard every run that was; yield a line for each landing."""
    for folder in sorted(p for p in scratch.iterdir() if p.is_dir()):
        if folder.suffix == ".ready":
            land(folder, root)
            yield f"{folder.stem}: finished storing what an interrupted refresh had computed"
        else:
            shutil.rmtree(folder)


@contextmanager
def staging(scratch, name):
    """Yield a new folder for one run, named so that no kernel left over from a killed run writes into it."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ready(folder, name, notebook_text, figure_entries):
    """Make a run's results ready to land and return their folder: its figures, the notebook, its manifest entries."""
    (folder / "notebook.ipynb").write_text(notebook_text, encoding="utf-8")
    (folder / "entries.json").write_text(json.dumps(figure_entries), encoding="utf-8")
    return folder.rename(folder.with_name(f"{name}.ready"))


def land(folder, root):
    """Move ready results into `figures/` and `notebooks/`; return the figure files that are no longer made.

    Can be cut short anywhere and done again.
    """
    name, figures = folder.stem, root / "figures"
    figures.mkdir(exist_ok=True)
    new = json.loads((folder / "entries.json").read_bytes())
    ids = {e["id"] for e in new}
    if (folder / "notebook.ipynb").exists():  # first, so that a landing done again cannot undo a later edit
        (folder / "notebook.ipynb").replace(root / "notebooks" / f"{name}.ipynb")
    old = manifest.entries(figures)
    mine = [e for e in old if e["notebook"] == name or e["id"] in ids]
    for path in sorted((folder / "figures").glob("[0-9]*")):
        path.replace(figures / path.name)
    dropped = remove(_files(mine) - _files(new), figures)
    _write([e for e in old if e not in mine] + new, figures)
    shutil.rmtree(folder.rename(folder.with_suffix(".landed")))
    return dropped


def drop_orphans(root):
    """Remove the figures of notebooks that no longer exist; return their files."""
    figures = root / "figures"
    old = manifest.entries(figures)
    kept = [e for e in old if (root / "notebooks" / f"{e['notebook']}.ipynb").exists()]
    if len(kept) == len(old):
        return []
    dropped = remove(_files(old) - _files(kept), figures)
    _write(kept, figures)
    return dropped


def remove(names, figures):
    """Delete files of a figure folder, those that are there; return the names, sorted."""
    for name in names:
        (figures / name).unlink(missing_ok=True)
    return sorted(names)


def _write(figure_entries, figures):
    from upkeep.refresh.gallery import gallery  # here, because a refresh with nothing to do needs no YAML

    manifest.write(figure_entries, figures)
    gallery(figures)


def _files(figure_entries):
    return {file["path"] for entry in figure_entries for file in entry["files"].values()}
