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
OWN_FIGURES = "my-figures"


def collecting() -> Path | None:
    """Return the folder in which a refresh collects the figures it draws; None outside one."""
    return Path(os.environ["ANALYSIS_FIGURES"]) if os.environ.get("ANALYSIS_FIGURES") else None


def is_of_package(figure_id: str) -> bool:
    """Return whether a figure is of the package: numbered, in a notebook that a refresh runs."""
    return collecting() is not None and re.match(r"\d\d-", figure_id) is not None


def own_figures() -> Path:
    """Return the folder of a user's own figures, the same from everywhere in a checkout.

    That is `my-figures/` of the checkout, or outside one of the working directory.
    """
    is_inside = not IS_INSTALLED and Path.cwd().is_relative_to(ROOT)
    return ROOT / OWN_FIGURES if is_inside else Path(OWN_FIGURES)


def figures_dir(figure_id: str) -> Path:
    """Return where a figure goes: `my-figures/`, or where a refresh collects it."""
    return collecting() if is_of_package(figure_id) else own_figures()


def read(path: Path) -> bytes:
    """Return the bytes of a plain file; a pipe, which would be waited for, is a ValueError."""
    if path.exists() and not path.is_file():
        raise ValueError(f"{path}: found no plain file, expected one; restore it")
    return path.read_bytes()


def write(path: Path, raw: bytes) -> None:
    """Write a file beside its place and rename it: a kill leaves the old or the new one whole."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.write_bytes(raw)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
