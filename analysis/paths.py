"""Where things are: in a checkout beside the package; an installed wheel carries data, manifest and citation inside."""

import os
import re
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
IS_INSTALLED = (_PACKAGE / "shipped").is_dir()
ROOT = _PACKAGE / "shipped" if IS_INSTALLED else _PACKAGE.parent
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"
OWN_FIGURES = Path("my-figures")  # below the folder that a user works in
UNFINISHED = ".part"


def notebook_of(figure_id: str) -> Path | None:
    """Return the notebook whose number a figure id carries (``02-monthly-launches``), or None: the figure is a user's own."""
    return next(iter(sorted(NOTEBOOKS.glob(f"{figure_id[:3]}*.ipynb"))), None) if re.match(r"\d\d-", figure_id) else None


def figures_dir(figure_id: str) -> Path:
    """Return the folder that a figure is published to.

    `my-figures/` below the working directory, but for a figure that carries the
    number of a notebook: `figures/`, unless the environment variable
    ``ANALYSIS_FIGURES`` names another, where a refresh collects a notebook's
    figures until the whole notebook has succeeded.
    """
    if notebook_of(figure_id) is None:
        return OWN_FIGURES
    return Path(os.environ.get("ANALYSIS_FIGURES") or FIGURES)


def write(path: Path, raw: bytes) -> None:
    """Write a file beside its place and rename it, so that a kill at any moment leaves the old or the new one whole."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    scratch.write_bytes(raw)
    scratch.replace(path)
