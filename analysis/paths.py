"""Where things are: in a checkout beside the package, in an installed wheel inside it."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE.parent
DATA = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"


def figures_dir():
    """Return the folder that figures are published to.

    `figures/`, unless the environment variable ``ANALYSIS_FIGURES`` names
    another: a refresh collects a notebook's figures elsewhere until the whole
    notebook has succeeded.
    """
    return Path(os.environ.get("ANALYSIS_FIGURES") or FIGURES)
