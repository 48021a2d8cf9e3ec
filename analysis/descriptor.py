"""`datapackage.json`, the one dictionary of the data: read, judged, and compared with the bytes of the tables.

Light on purpose: it imports no pandas, so that a refresh with nothing to do is instant.
"""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

TYPES = ("string", "integer", "number", "boolean", "date", "datetime")


class DataError(ValueError):
    """Data that do not fit their description: says where, what was found, what was expected."""


def read_descriptor(folder):
    """Return the descriptor of a data directory as a dict; raise DataError where it is none."""
    file = Path(folder) / "datapackage.json"
    try:
        package = json.loads(file.read_bytes())
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}; expected a data directory with a datapackage.json") from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: not valid JSON ({error}); restore the file") from None
    try:
        fault = _fault(package)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, re.error) as error:
        fault = f"{type(error).__name__} {error}"
    if fault:
        raise DataError(f"{file}: {fault}; restore the file from the version of the data you use")
    return package


def file_hashes(folder, package):
    """Return the sha256 of each table's file by table name."""
    return {r["name"]: hashlib.sha256(read_bytes(Path(folder) / r["path"])).hexdigest() for r in package["resources"]}


def read_bytes(file):
    """Return the bytes of a file that the descriptor lists."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}; the descriptor lists this file, restore it") from None


def data_facts(package, hashes):
    """Return `data_version` and `data_sha256` of tables with these file hashes.

    The version (SemVer: meaning changed, rows added, value corrected) ends in
    ``+edited`` where a file is not the one that the descriptor was written for.
    The hash is what ``sha256sum reports.csv weapons.csv ... | sha256sum`` prints
    for the files in the order of the descriptor.
    """
    lines = "".join(f"{hashes[r['name']]}  {r['path']}\n" for r in package["resources"])
    as_described = all(r.get("hash") == f"sha256:{hashes[r['name']]}" for r in package["resources"])
    return {"data_version": package["version"] + ("" if as_described else "+edited"),
            "data_sha256": hashlib.sha256(lines.encode()).hexdigest()}


def _fault(package):
    start, end = map(date.fromisoformat, package["period"].split("/"))
    if not re.fullmatch(r"\d+\.\d+\.\d+", package["version"]) or start > end or not isinstance(package["title"], str):
        return "found no title, no version MAJOR.MINOR.PATCH or no period FIRST/LAST"
    described = {r["name"]: {f["name"]: f for f in r["schema"]["fields"]} for r in package["resources"]}
    for resource in package["resources"]:
        if fault := _resource_fault(resource, described):
            return f"resource {resource['name']}: {fault}"
    return None


def _resource_fault(resource, described):
    """What keeps a resource from being read; a malformed one raises instead."""
    name, schema = resource["name"], resource["schema"]
    if resource["path"] != f"{name}.csv" or not isinstance(resource["title"], str):
        return f"found the path {resource['path']!r}, expected {name}.csv and a title"
    (key,) = schema["primaryKey"]
    references = [(key, name)]
    for foreign in schema.get("foreignKeys", []):
        (field,), (target,) = foreign["fields"], foreign["reference"]["fields"]
        references += [(field, name), (target, foreign["reference"]["resource"])]
    if lost := [field for field, table in references if field not in described[table]]:
        return f"found a key on {lost[0]}, which is no field"
    wrong = [f["name"] for f in schema["fields"] if not _is_readable(f)]
    return f"field {wrong[0]} has a type or constraints that cannot be read" if wrong else None


def _is_readable(field):
    rules = field.get("constraints", {})
    re.compile(rules.get("pattern", ""))
    enum = rules.get("enum", [])
    return (field["type"] in TYPES and isinstance(rules.get("minimum", 0), int)
            and len({e for e in enum if isinstance(e, str)}) == len(enum) < 128)
