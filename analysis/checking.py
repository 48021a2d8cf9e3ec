"""Whether the files of a data directory keep their description: types, limits and keys.

The last line of defence: `load` reads an edited file as long as its cells can be typed, and
Frictionless judges here what it says.
"""

import hashlib
import re
from pathlib import Path

from analysis import paths
from analysis.dataset import DataError, columns, descriptor, facts, load, text

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
        facts(folder, package)
        found = [*_unreadable(folder, package)] or faults(folder, package)
        return found or [*_misdated(package, load(folder).nights), *_edits(folder, package)]
    except DataError as error:
        return [str(error)]


def _unreadable(folder, package):
    """Yield a line for each file that is not a table of the columns that are listed."""
    for name, listed in columns(package).items():
        try:
            text(folder / f"{name}.csv", listed, listed)
        except DataError as error:
            yield str(error)


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
    """The package's own schemas; of another version, those of what it lists."""
    own, listed = descriptor(), columns(package)
    if package["version"] == own["version"]:
        listed = columns(own)
    resources = []
    for resource in own["resources"]:
        name, schema = resource["name"], resource["schema"]
        if name in listed:
            fields = [field for field in schema["fields"] if field["name"] in listed[name]]
            keys = schema.get("foreignKeys", [])
            keys = [key for key in keys if key["reference"]["resource"] in listed]
            schema = schema | {"fields": fields, "foreignKeys": keys}
            form = {key: resource[key] for key in ("type", "name", "path", "format", "encoding")}
            resources.append(form | {"schema": schema})
    return resources


def _line(place, error):
    """Return a fault that Frictionless found as one line."""
    where = f"{place}, line {getattr(error, 'row_number', 1)}"
    said = " ".join(filter(None, (error.title, error.note)))
    if error.type in ("type-error", "constraint-error"):
        where += f", {error.field_name}"
        limit = r'(?:constraint )?"?(\w+)"? is "(.*?)(?:/default)?"'
        expected = re.sub(limit, r"\1 \2", error.note)
        said = f"found {error.cell[:80]!r}, expected {expected}"
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
    """The files of other bytes than the descriptor says."""
    for resource in package["resources"]:
        digest = hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        expected = resource.get("hash", "no hash")
        if expected != f"sha256:{digest}":
            found = f"found sha256:{digest}, expected {expected} as datapackage.json says"
            yield f"edited: {resource['path']}: {found}; restore the file"
