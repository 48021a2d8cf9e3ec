"""An older version of the project, as git keeps it."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import paths

_FILES = ["CITATION.cff", "data", "figures/figures.json", "figures/*.csv"]


@contextmanager
def tree_of(ref: str, root: Path | None = None) -> Iterator[Path]:
    """Give a folder with the citation file, the data and the figures' tables of a git version.

    Raises
    ------
    ValueError
        Git has no such tag, branch or commit; its own words say why.
    """
    command = ["git", "archive", "--format=zip", ref, "--", *_FILES]
    done = subprocess.run(command, cwd=root or paths.ROOT, capture_output=True, check=False)
    if done.returncode:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise ValueError(f"{ref}: expected a git tag or commit of the checkout; git says: {words}")
    with TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(done.stdout)).extractall(folder)
        yield Path(folder)
