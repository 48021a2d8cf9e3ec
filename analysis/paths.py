"""Where things are: in a checkout beside the package; an installed wheel carries them inside."""

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


def collecting() -> Path | None:
    """Return the folder in which a refresh collects the figures it draws; None outside one."""
    return Path(os.environ["ANALYSIS_FIGURES"]) if os.environ.get("ANALYSIS_FIGURES") else None


def is_of_package(figure_id: str) -> bool:
    """Return whether a figure is of the package: numbered, in a notebook that a refresh runs."""
    return collecting() is not None and re.match(r"\d\d-", figure_id) is not None


def figures_dir(figure_id: str) -> Path:
    """Return where a figure goes: `my-figures/` here, or where a refresh collects it."""
    return collecting() if is_of_package(figure_id) else OWN_FIGURES


def write(path: Path, raw: bytes) -> None:
    """Write a file beside its place and rename it: a kill leaves the old or the new one whole."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    scratch.write_bytes(raw)
    scratch.replace(path)
