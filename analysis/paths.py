"""Where things are: in a checkout beside the package, in an installed wheel inside it."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE.parent
DATA = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"


UNFINISHED = ".part"


def write(path: Path, raw: bytes) -> None:
    """Write a file beside its place and rename it, so that a kill at any moment leaves the old or the new one whole."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    scratch.write_bytes(raw)
    scratch.replace(path)


def figures_dir():
    """Return the folder that figures are published to.

    `figures/`, unless the environment variable ``ANALYSIS_FIGURES`` names
    another: a refresh collects a notebook's figures elsewhere until the whole
    notebook has succeeded.
    """
    return Path(os.environ.get("ANALYSIS_FIGURES") or FIGURES)
