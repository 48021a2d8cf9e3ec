"""One archive a version: all that is in a commit, the wheel and the book made of it, and a checksum of each file.

It is made of the commit and not of the working tree, so that the same commit
gives the same bytes: entries in the order of their names, with the date of the
commit, and nothing of the machine.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

import yaml

SUMS = "SHA256SUMS"


def release(out, root):
    """Write the archive of the last commit of the checkout `root` into the folder `out`, its notes beside it; return the archive's path."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        modes = _export(root, source)
        made_of(
            _contents(source)
        )  # a version without its changelog is refused before the minute that the book takes
        moment = int(_run(["git", "show", "-s", "--format=%ct", "HEAD"], root))
        _make_wheel_and_book(source, moment)
        files = _contents(source)
    files |= made_of(files)
    files[SUMS] = sums(files)
    path = Path(out) / f"{archive_name(files)}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".md").write_bytes(files["RELEASE-NOTES.md"])
    _pack(files, modes, moment, path)
    return path


def _export(root, place):
    """Write the files of the last commit to a place; return the mode of each by its name."""
    with tarfile.open(fileobj=io.BytesIO(_run(["git", "archive", "HEAD"], root))) as tar:
        tar.extractall(place, filter="data")
        return {member.name: member.mode for member in tar if member.isfile()}


def _contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def _make_wheel_and_book(source, moment):
    """Build both from exported files alone: Python looks for modules where it runs before it does in the checkout."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": f"{moment}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }
    _run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "wheel"],
        source,
        environment,
    )
    _run([sys.executable, "-m", "book"], source, environment)
    shutil.rmtree(source / ".cache", ignore_errors=True)


def _run(command, folder, environment=None):
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise ValueError(
            f"{' '.join(command)}: found status {done.returncode}, expected 0; it said: {said[-500:]}"
        )
    return done.stdout


def sums(files):
    """Return the checksums of files, given as bytes by name, as ``sha256sum --check`` reads them."""
    return "".join(
        f"{hashlib.sha256(raw).hexdigest()}  {name}\n"
        for name, raw in sorted(files.items())
        if name != SUMS
    ).encode()


def archive_name(files):
    """Return the name of the archive of these files, and of the one folder in it."""
    return "ukraine-air-attack-notebooks-{}-data-{}".format(*_versions(files))


def made_of(files):
    """Return the release notes and what Zenodo reads of a deposit, by file name, as changelog and citation file give them."""
    return {
        "RELEASE-NOTES.md": _notes(files).encode(),
        ".zenodo.json": _zenodo(yaml.safe_load(files["CITATION.cff"])).encode(),
    }


def _versions(files):
    """The versions of package and data."""
    return yaml.safe_load(files["CITATION.cff"])["version"], json.loads(
        files["data/datapackage.json"]
    )["version"]


def _notes(files):
    """The sections of the changelog for these versions."""
    sections = re.split(r"(?m)^(?=## \[)", files["CHANGELOG.md"].decode())
    heads = [
        f"## [{kind} {version}]" for kind, version in zip(("package", "data"), _versions(files))
    ]
    if lacking := [head for head in heads if not any(s.startswith(head) for s in sections)]:
        raise ValueError(
            f"CHANGELOG.md: found no section {lacking[0]}, expected one; write it, then release"
        )
    return "\n".join(s.strip() + "\n" for head in heads for s in sections if s.startswith(head))


def _zenodo(cff):
    names = [a.get("name") or f"{a['family-names']}, {a['given-names']}" for a in cff["authors"]]
    found = {
        "upload_type": cff["type"],
        "title": cff["title"],
        "description": " ".join(cff["abstract"].split()),
        "creators": [{"name": name} for name in names],
        "version": cff["version"],
        "publication_date": f"{cff['date-released']}",
        "access_right": "open",
        "license": cff["license"].lower(),
        "keywords": cff["keywords"],
    }
    if "url" in cff:
        found["related_identifiers"] = [{"identifier": cff["url"], "relation": "isSupplementTo"}]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _pack(files, modes, moment, path):
    """Write files as a zip archive with one folder at its top."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", time.gmtime(moment)[:6])
            entry.create_system, entry.external_attr = (
                3,
                (0o100000 | modes.get(name, 0o644) & 0o755) << 16,
            )  # as a Unix writes them
            archive.writestr(entry, raw, zipfile.ZIP_DEFLATED, 9)
