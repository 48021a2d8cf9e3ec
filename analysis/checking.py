"""Whether the files of a data directory keep their description: types, limits and keys.

The last line of defence: `load` reads an edited file as long as its cells can be typed, and
Frictionless judges here what it says.
"""

import hashlib
import re
from pathlib import Path

from analysis import paths
from analysis.dataset import DataError, descriptor, load, text

__all__ = ["problems"]

MOST_FAULTS = 10_000  # of a file: all those of 200,000 bad rows take two minutes


def problems(folder=None) -> list[str]:
    """Return every place where a data directory does not fit its description, one line each.

    A line names file, line (1 is the header), field, what was found and what was expected. If all
    fits, a line ``edited: FILE`` names each file that is not the one the description was written
    for.
    """
    folder = Path(paths.DATA if folder is None else folder)
    try:
        package = descriptor(folder)
        found = [*_lacking(package), *unreadable(folder, package)] or faults(folder, package)
        return found or [*_misdated(package, load(folder).nights), *_edits(folder, package)]
    except DataError as error:
        return [str(error)]


def _lacking(package):
    """The tables and columns of which a descriptor says nothing although its version has them."""
    own, listed = _columns(descriptor()), _columns(package)
    if _number(package) >= _number(descriptor()):
        for table, column in sorted(own - listed):
            found = f"found no {column} of {table}, expected one in this version of the data"
            yield f"datapackage.json: {found}; restore the file"


def _columns(package):
    columns = set()
    for resource in package["resources"]:
        columns |= {(resource["name"], field["name"]) for field in resource["schema"]["fields"]}
    return columns


def _number(package):
    return tuple(map(int, package["version"].split(".")))


def unreadable(folder, package) -> list[str]:
    """Return a line for each file that is not a table of the columns that are listed."""
    found = []
    for resource in package["resources"]:
        file = folder / resource["path"]
        listed = [field["name"] for field in resource["schema"]["fields"]]
        try:
            text(file, listed, listed)
        except DataError as error:
            found.append(str(error))
        else:
            if not file.read_bytes().endswith(b"\n"):
                found.append(f"{file}: found a last line without an end; restore the file")
    return found


def faults(folder: Path, package: dict) -> list[str]:
    """Return the places where files do not fit the package's own schema, by Frictionless."""
    try:
        from frictionless import FrictionlessException, Package
    except ImportError:
        raise DataError(
            "check needs Frictionless; install the package with its extra `check`, "
            "in a checkout by: pip install '.[check]'"
        ) from None
    described = {"name": "data", "resources": _schemas(package)}
    try:
        own = Package.from_descriptor(described, basepath=str(folder))
        report = own.validate(limit_errors=MOST_FAULTS)
    except FrictionlessException as error:
        return [f"datapackage.json: {error}; restore the file"]
    lines = []
    for task in report.tasks:
        lines += [_line(task.place, error) for error in task.errors]
        lines += [f"{task.place}: {warning}; restore the file" for warning in task.warnings]
    return lines


def _schemas(package):
    """The package's own schemas of the tables that a descriptor lists, without what it lacks."""
    own = {resource["name"]: resource["schema"] for resource in descriptor()["resources"]}
    listed = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    resources = []
    for name, fields in listed.items():
        known = {field["name"]: field for field in own[name]["fields"]}
        keys = own[name].get("foreignKeys", [])
        schema = own[name] | {
            "fields": [known[field["name"]] for field in fields],
            "foreignKeys": [key for key in keys if key["reference"]["resource"] in listed],
        }
        form = {"type": "table", "format": "csv", "encoding": "utf-8"}
        resources.append(form | {"name": name, "path": f"{name}.csv", "schema": schema})
    return resources


def _line(place, error):
    """Return a fault that Frictionless found as one line."""
    where = f"{place}, line {getattr(error, 'row_number', 1)}"
    if error.type == "extra-cell":
        found = f"found more cells than the header, the first {error.cell[:80]!r}"
        return f"{where}: {found}; correct the row or restore the file"
    if error.type in ("type-error", "constraint-error"):
        limit = r'(?:constraint )?"?(\w+)"? is "(.*?)(?:/default)?"'
        expected = re.sub(limit, r"\1 \2", error.note)
        found = f"found {error.cell[:80]!r}, expected {expected}"
        return f"{where}, {error.field_name}: {found}; correct the cell or restore the file"
    said = " ".join(filter(None, (error.title, error.note)))
    return f"{where}: {said}; correct the row or restore the file"


def _misdated(package, nights):
    """The period is that of the nights, one row per date; an older version has none."""
    if nights.empty:
        return
    first, last = nights["report_date"].iloc[[0, -1]]
    expected = f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"
    if package["period"] != expected:
        found = f"found the period {package['period']}, expected {expected} as in nights.csv"
        yield f"datapackage.json: {found}; restore the file"


def _edits(folder, package):
    """The files of other bytes than the descriptor says, and a descriptor of other authors."""
    for resource in package["resources"]:
        digest = hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        expected = resource.get("hash", "no hash")
        if expected != f"sha256:{digest}":
            found = f"found sha256:{digest}, expected {expected} as datapackage.json says"
            yield f"edited: {resource['path']}: {found}; restore the file"
    for key in ("contributors", "licenses"):
        found, expected = package.get(key), descriptor()[key]
        if found != expected:
            said = f"found the {key} {found!r}, expected {expected!r}"
            yield f"edited: datapackage.json: {said}; restore the file"
