"""Put the results of a notebook in the place of the old ones, whole file by whole file.

Each file is written beside its place and renamed: the figures first, then the
manifest, the notebook last. Whoever is killed in between leaves whole files, of
which `check` says that they do not fit together, and a notebook that still says
it has to run: the next refresh completes it.
"""

import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from analysis import paths
from analysis.citing import manifest

# The head of a PNG; two elements of an SVG; of a PDF its last object and the table of places behind it.
_METADATA = re.compile(
    rb"\A\x89PNG.*?IDAT|<desc>.*?</desc>|<metadata>.*?</metadata>|<< /Creator .*\Z", re.S
)


@contextmanager
def staging(scratch, name):
    """Yield a new folder for one run, named so that no kernel left over from a killed run writes into it."""
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def differing(drawn, new, root):
    """Return which figures of the folder `drawn` are not those of `figures/`: in table or drawing, and in other bytes alone."""

    def altered(entry, part):
        names = [file["path"] for file in entry["files"].values()]
        return any(part(drawn / name) != part(root / "figures" / name) for name in names)

    others = [e for e in new if altered(e, _bytes)]
    changed = tuple(e["id"] for e in others if altered(e, _content))
    return changed, tuple(e["id"] for e in others if e["id"] not in changed)


def _bytes(path):
    return path.read_bytes() if path.exists() else b""


def _content(path):
    """What a file shows, without what it says of itself, such as the version and the hash of the data."""
    return _METADATA.sub(b"", _bytes(path))


def land(drawn, name, notebook_text, new, root):
    """Store the figures of the folder `drawn`, their manifest entries and the notebook; return the files no longer made."""
    figures = root / "figures"
    figures.mkdir(exist_ok=True)
    ids = {e["id"] for e in new}
    others = [e for e in manifest.entries(figures) if e["notebook"] != name and e["id"] not in ids]
    for file in sorted(_files(new)):
        paths.write(figures / file, (drawn / file).read_bytes())
    dropped = _list(others + new, figures)
    paths.write(root / "notebooks" / f"{name}.ipynb", notebook_text.encode())
    return dropped


def drop_orphans(root):
    """Remove the figures of notebooks that no longer exist, and what a killed run left half written; return their files."""
    for folder in (root / "figures", root / "notebooks", root / ".cache"):
        for stray in folder.glob(f".*{paths.UNFINISHED}"):
            stray.unlink()
    entries = manifest.entries(root / "figures")
    kept = [e for e in entries if (root / "notebooks" / f"{e['notebook']}.ipynb").exists()]
    return _list(kept, root / "figures") if len(kept) < len(entries) else []


def _list(entries, figures):
    """Make manifest and gallery of a folder list these entries; delete the files of all others and return their names."""
    from upkeep.refresh.gallery import (
        gallery,
    )  # here, because a refresh with nothing to do needs no YAML

    dropped = sorted(_files(manifest.entries(figures)) - _files(entries))
    for name in dropped:
        (figures / name).unlink(missing_ok=True)
    manifest.write(entries, figures)
    gallery(figures)
    return dropped


def _files(entries):
    return {file["path"] for entry in entries for file in entry["files"].values()}
