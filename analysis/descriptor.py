"""`datapackage.json`, the one dictionary of the data: read, judged, and compared with the bytes of the tables.

Light on purpose: it imports no pandas, so that a refresh with nothing to do is instant.
"""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

from analysis import paths

_TITLE = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
CENTURY = (
    36_525  # days: a longer period is a slip, and would keep every table of dates busy for minutes
)


class DataError(ValueError):
    """Data that do not fit their description: says where, what was found, what was expected."""


def read_descriptor(folder) -> dict:
    """Return the descriptor of a data directory; raise DataError where it is none.

    Tables, fields and types are those of the package's own data. A directory of
    an older version may lack tables and fields that came later, and limit values less.
    """
    file = Path(folder) / "datapackage.json"
    package = _json(file)
    own = (
        package
        if Path(folder).resolve() == paths.DATA.resolve()
        else _json(paths.DATA / "datapackage.json")
    )
    try:
        fault = _fault(package) or _difference(package, own)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
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
    with _opened(file, expected) as opened:
        return opened.read()


def _opened(file, expected="the descriptor lists this file, restore it"):
    if file.is_symlink() or file.exists() and not file.is_file():
        raise DataError(f"{file}: found no plain file; restore it")
    try:
        return file.open("rb")
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}; {expected}") from None


def file_hashes(folder, package) -> dict:
    """Return the sha256 of each table's file by table name."""
    hashes = {}
    for resource in package["resources"]:
        with _opened(Path(folder) / resource["path"]) as opened:
            hashes[resource["name"]] = hashlib.file_digest(opened, "sha256").hexdigest()
    return hashes


def data_facts(package, hashes) -> dict:
    """Return `data_version` and `data_sha256` of tables with these file hashes.

    The version (SemVer: meaning changed, rows added, value corrected) ends in
    ``+edited`` where a file is not the one that the descriptor was written for.
    The hash is what ``sha256sum reports.csv weapons.csv ... | sha256sum`` prints
    for the files in the order of the descriptor.
    """
    lines = "".join(f"{hashes[r['name']]}  {r['path']}\n" for r in package["resources"])
    return {
        "data_version": package["version"] + ("+edited" if edited(package, hashes) else ""),
        "data_sha256": hashlib.sha256(lines.encode()).hexdigest(),
    }


def edited(package, hashes) -> list[str]:
    """Return the names of the tables whose files are not those that the descriptor was written for."""
    return [
        r["name"] for r in package["resources"] if r.get("hash") != f"sha256:{hashes[r['name']]}"
    ]


def _fault(package):
    """What a descriptor lacks; a malformed one raises instead."""
    start, end = map(date.fromisoformat, package["period"].split("/"))
    if not re.fullmatch(r"\d+\.\d+\.\d+", package["version"]) or start > end:
        return "found no version MAJOR.MINOR.PATCH or no period FIRST/LAST"
    if (end - start).days > CENTURY:
        return f"found the period {package['period']}, expected a century at most"
    titles = [
        package["title"],
        *(part["title"] for part in (package["contributors"][0], *package["resources"])),
    ]
    if odd := [title for title in titles if not _TITLE.fullmatch(title)]:
        return f"found the title {odd[0][:80]!r}, expected a line of at most 200 characters"
    if twice := _twice(r["name"] for r in package["resources"]):
        return f"found the table {twice} twice"
    for resource in package["resources"]:
        if resource["path"] != f"{resource['name']}.csv":
            return f"resource {resource['name']}: found the path {resource['path']!r}, expected {resource['name']}.csv"
        if twice := _twice(f["name"] for f in resource["schema"]["fields"]):
            return f"field {twice} of {resource['name']}: found twice"
    return None


def _twice(names):
    return next((name for name, times in Counter(names).items() if times > 1), None)


def _difference(package, own):
    """How tables, fields and keys differ from those of the package's own data."""
    is_older = number(package) < number(own)
    found = {r["name"]: r["schema"] for r in package["resources"]}
    expected = {r["name"]: r["schema"] for r in own["resources"]}
    for table in (t for t in expected if not (is_older and t not in found)):
        if table not in found:
            return f"found no table {table}, expected one with the fields {', '.join(_fields(expected[table]))}"
        there = _fields(found[table])
        for name, due in _fields(expected[table]).items():
            if not _fits(there.get(name), due, is_older):
                return f"field {name} of {table}: found {_kind(there.get(name))}, expected {_kind(due)}"
        if not is_older and _keys(found[table]) != _keys(expected[table]):
            return (
                f"keys of {table}: found {_keys(found[table])}, expected {_keys(expected[table])}"
            )
    if (order := [t for t in found if t in expected]) != (
        due := [t for t in expected if t in found]
    ):
        return f"found the tables in the order {', '.join(order)}, expected {', '.join(due)}"
    extra = [
        *(t for t in found if t not in expected),
        *(
            f"{t}.{name}"
            for t in found
            if t in expected
            for name in _fields(found[t])
            if name not in _fields(expected[t])
        ),
    ]
    return f"found {extra[0]}, which this version of the package does not know" if extra else None


def _fits(field, own, is_older):
    """An older version may lack a field, limit it less, and know fewer words for it; it has no limits of its own."""
    if field is None:
        return is_older
    if not is_older:
        return _kind(field) == _kind(own)
    limits, due = (f.get("constraints", {}) for f in (field, own))
    words, known = (set(rules.get("enum", [])) for rules in (limits, due))
    is_known = bool(words) == bool(known) and words <= known
    return (
        field["type"] == own["type"]
        and is_known
        and all(due.get(k) == v for k, v in limits.items() if k != "enum")
    )


def _fields(schema):
    return {f["name"]: f for f in schema["fields"]}


def _kind(field):
    """All that says which values a field takes."""
    return f"{field['type']} {json.dumps(field.get('constraints', {}))}" if field else "none"


def _keys(schema):
    return json.dumps({k: v for k, v in schema.items() if k != "fields"})


def number(package) -> tuple[int, ...]:
    """Return the version of a descriptor as numbers that compare."""
    return tuple(map(int, package["version"].split(".")))
