"""`datapackage.json`, the one dictionary of the data: read, judged, and compared with the bytes of the tables.

Light on purpose: it imports no pandas, so that a refresh with nothing to do is instant.
"""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

from analysis import paths


class DataError(ValueError):
    """Data that do not fit their description: says where, what was found, what was expected."""


def read_descriptor(folder) -> dict:
    """Return the descriptor of a data directory; raise DataError where it is none.

    Tables, fields and types are those of the package's own data. A directory of
    an older version may lack tables and fields that came later.
    """
    file = Path(folder) / "datapackage.json"
    package = _json(file)
    own = package if Path(folder).resolve() == paths.DATA.resolve() else _json(paths.DATA / "datapackage.json")
    try:
        fault = _fault(package) or _difference(package, own)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = f"{type(error).__name__} {error}"
    if fault:
        raise DataError(f"{file}: {fault}; restore the file from the version of the data you use")
    return package


def _json(file):
    try:
        return json.loads(read_bytes(file, "expected a data directory with a datapackage.json"))
    except DataError:
        raise
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: not valid JSON ({error}); restore the file") from None


def read_bytes(file, expected="the descriptor lists this file, restore it") -> bytes:
    """Return the bytes of a file of a data directory; a link, a pipe or a folder in its place is refused."""
    if file.is_symlink() or file.exists() and not file.is_file():
        raise DataError(f"{file}: found no plain file; restore it")
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}; {expected}") from None


def file_hashes(folder, package) -> dict:
    """Return the sha256 of each table's file by table name."""
    return {r["name"]: hashlib.sha256(read_bytes(Path(folder) / r["path"])).hexdigest() for r in package["resources"]}


def data_facts(package, hashes) -> dict:
    """Return `data_version` and `data_sha256` of tables with these file hashes.

    The version (SemVer: meaning changed, rows added, value corrected) ends in
    ``+edited`` where a file is not the one that the descriptor was written for.
    The hash is what ``sha256sum reports.csv weapons.csv ... | sha256sum`` prints
    for the files in the order of the descriptor.
    """
    lines = "".join(f"{hashes[r['name']]}  {r['path']}\n" for r in package["resources"])
    return {"data_version": package["version"] + ("+edited" if edited(package, hashes) else ""),
            "data_sha256": hashlib.sha256(lines.encode()).hexdigest()}


def edited(package, hashes) -> list[str]:
    """Return the names of the tables whose files are not those that the descriptor was written for."""
    return [r["name"] for r in package["resources"] if r.get("hash") != f"sha256:{hashes[r['name']]}"]


def _fault(package):
    """What a descriptor lacks; a malformed one raises instead."""
    start, end = map(date.fromisoformat, package["period"].split("/"))
    if not re.fullmatch(r"\d+\.\d+\.\d+", package["version"]) or start > end or not isinstance(package["title"], str):
        return "found no title, no version MAJOR.MINOR.PATCH or no period FIRST/LAST"
    for resource in package["resources"]:
        if resource["path"] != f"{resource['name']}.csv" or not isinstance(resource["title"], str):
            return f"resource {resource['name']}: found the path {resource['path']!r}, expected {resource['name']}.csv and a title"
    return None


def _difference(package, own):
    """How tables and fields differ from those of the package's own data."""
    found, expected = (_types(p) for p in (package, own))
    is_older = _number(package) < _number(own)
    for table, types in expected.items():
        if table not in found and not is_older:
            return f"found no table {table}, expected one with the fields {', '.join(types)}"
        for field, expected_type in types.items():
            if (there := found.get(table, types).get(field, expected_type if is_older else None)) != expected_type:
                return f"field {field} of {table}: found {there or 'none'}, expected {expected_type}"
    extra = [*(t for t in found if t not in expected), *(f"{t}.{f}" for t in expected for f in found.get(t, {}) if f not in expected[t])]
    return f"found {extra[0]}, which this version of the package does not know" if extra else None


def _types(package):
    """Of each table its fields, with all that says which values they take."""
    return {r["name"]: {f["name"]: f"{f['type']} {json.dumps(f.get('constraints', {}))}" for f in r["schema"]["fields"]}
            for r in package["resources"]}


def _number(package):
    return tuple(map(int, package["version"].split(".")))
