"""What `check` checks of a release archive: that it is whole, and that its parts say the same."""

import io
import zipfile
import zlib
from pathlib import Path

from upkeep.archive import SUMS, archive_name, made_of, sums


def archive_problems(path):
    """Return every fault of an archive that ``make release`` wrote as one line each: found, expected."""
    path = Path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            files = {
                name.removeprefix(f"{path.stem}/"): archive.read(name)
                for name in archive.namelist()
            }
        altered = sorted(
            f"{path.name}, {name}: found another file than {SUMS} says, or none; expected that of the release"
            for name in {line[66:] for line in _lines(files.get(SUMS, b"")) ^ _lines(sums(files))}
        )
        return altered or [f"{path.name}, {line}" for line in _disagreements(files, path.stem)]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError) as error:
        return [
            f"{path}: not a whole release archive ({type(error).__name__}: {error}); fetch it again"
        ]


def _lines(raw):
    return set(raw.decode().splitlines())


def _disagreements(files, name):
    if archive_name(files) != name:
        yield f"CITATION.cff and datapackage.json: found the versions of {archive_name(files)}, expected {name}"
    for made, raw in made_of(files).items():
        if files.get(made) != raw:
            yield f"{made}: found another text than CITATION.cff and CHANGELOG.md give, expected it made of them"
    wheels = [file for file in files if file.startswith("wheel/")]
    if len(wheels) != 1 or "site/index.html" not in files:
        yield f"found {len(wheels)} files in wheel/ and {'' if 'site/index.html' in files else 'no '}site/index.html, expected one and the book"
        return
    with zipfile.ZipFile(io.BytesIO(files[wheels[0]])) as wheel:
        for file in (
            f
            for f in files
            if f.startswith("data/") and f"analysis/shipped/{f}" in wheel.namelist()
        ):
            if wheel.read(f"analysis/shipped/{file}") != files[file]:
                yield f"{wheels[0]}: found another {file} in it, expected that of the archive"
