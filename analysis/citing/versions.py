"""The files of an older version of the package: those of a release archive, or of a tag or commit of the checkout."""

import subprocess
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.names import unknown


@dataclass(frozen=True)
class Version:
    """An older version: what messages call it, and a function that gives the bytes of a file of it, None if there is no such file."""

    name: str
    raw: Callable[[str], bytes | None]

    def read(self, file: str, parse: Callable) -> Any:
        """Return what `parse` makes of a file, or None if the version has no such file; a damaged one is a ValueError."""
        try:
            raw = self.raw(file)
            return None if raw is None else parse(raw)
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise ValueError(
                f"{file} of {self.name}: damaged ({type(error).__name__}: {error})"
            ) from None


def find(ref: str | Path, root: Path | None = None) -> Version:
    """Return the `Version` of an archive that ``make release`` wrote, or of a git tag, branch or commit of a checkout.

    Raises
    ------
    ValueError
        It is neither; the message names the nearest tags.
    """
    root = Path(root or paths.ROOT)
    if zipfile.is_zipfile(ref):
        return _archived(Path(ref))
    if Path(ref).is_file():
        raise ValueError(
            f"{ref}: found a file that is no whole zip archive, expected one that make release wrote; fetch it again"
        )
    if not (root / ".git").exists():
        raise ValueError(
            f"{ref}: found no such data directory or release archive, and a git tag needs a checkout of the project"
        )
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found is None:
        tags = (_git(root, "tag", "--list") or b"").decode().split()
        raise unknown("data directory, release archive or git tag", str(ref), tags)
    commit = found.decode().strip()
    return Version(f"commit {commit[:7]}", lambda file: _git(root, "show", f"{commit}:{file}"))


def _archived(path):
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    top = min(names, default="").partition("/")[0]  # all is in one folder

    def raw(file):
        if f"{top}/{file}" not in names:
            return None
        with zipfile.ZipFile(path) as archive:
            return archive.read(f"{top}/{file}")

    return Version(path.name, raw)


def _git(root, *arguments):
    """The output of a git command as bytes, or None if git refuses."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
