"""A new data version: its number by the rule, its entry in the changelog, and the years in the citation file."""

import re

from analysis import paths

_HEADINGS = {"added": "Added", "changed": "Changed", "removed": "Removed"}
_YEARS = r"(?m)^(title: .*)\d{4}–\d{4}"


def next_version(version, changes):
    """Return the data version after these changes: removed = major, rows added = minor, anything else = patch."""
    major, minor, patch = map(int, version.split("."))
    if changes["removed"]:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if changes["added"] else f"{major}.{minor}.{patch + 1}"


def changes(before, after, findings, sha256):
    """Return what a new version brings, as lines of Markdown by kind: ``added``, ``changed``, ``removed``."""
    new = after[~after["report_id"].isin(before["report_id"])]
    gone = before[~before["report_id"].isin(after["report_id"])]
    return {
        "added": [_counted(new)] if len(new) else [],
        "changed": [
            *(f"Accepted: {_literal(line)}" for line in findings),
            f"Curated from the snapshot with the sha256 {sha256}.",
        ],
        "removed": [_counted(gone)] if len(gone) else [],
    }


def _literal(text):
    """A text from data as code, in which Markdown reads no marks and no HTML."""
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"


def _counted(reports):
    first, last = reports["report_date"].min(), reports["report_date"].max()
    return (
        f"{len(reports):,} {'report' if len(reports) == 1 else 'reports'} of {first:%Y-%m-%d} to {last:%Y-%m-%d}, "
        f"{reports['launched_count'].sum():,} launched as reported."
    )


def record(package, root):
    """Bring changelog and citation file of a checkout to the version of a descriptor; return the names of those that were not.

    The changes are kept in the descriptor, so that an update that was cut off
    between `data/` and these files is finished by the next.
    """
    due = {
        path: text for path, text in _due(package, root) if text != path.read_text(encoding="utf-8")
    }
    for path, text in due.items():
        paths.write(path, text.encode())
    return [path.name for path in due]


def unrecorded(package, root):
    """Yield a line for each way in which changelog and citation file of a checkout do not fit the descriptor."""
    for path, text in _due(package, root):
        found = path.read_text(encoding="utf-8")
        if text != found:
            yield f"{path.name}: found nothing of data {package['version']}, period {package['period']}; run the last update again"
        elif path.suffix == ".md":
            newest = re.search(r"(?m)^## \[data (.*?)\]", found)[1]
            if newest != package["version"]:
                yield f"{path.name}: found data {newest} as the newest, expected {package['version']} (datapackage.json)"
            yield from (
                f"{path.name}, data {package['version']}: found no line {line[:80]!r}, expected it (datapackage.json)"
                for lines in package["changes"].values()
                for line in lines
                if f"- {line}\n" not in found
            )


def _due(package, root):
    """Changelog and citation file, where there are any, as they should be."""
    log, citation = root / "CHANGELOG.md", root / "CITATION.cff"
    if log.is_file() and "changes" in package:
        text = log.read_text(encoding="utf-8")
        yield (
            log,
            text
            if f"## [data {package['version']}]" in text
            else re.sub(r"(?m)^(?=## \[)|\Z", lambda _: _entry(package), text, count=1),
        )
    if citation.is_file():
        years = "–".join(day[:4] for day in package["period"].split("/"))
        yield (
            citation,
            re.sub(_YEARS, lambda found: found[1] + years, citation.read_text(encoding="utf-8")),
        )


def _entry(package):
    parts = [
        f"### {_HEADINGS[kind]}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
        for kind, lines in package["changes"].items()
        if lines
    ]
    return (
        f"## [data {package['version']}] - {package['created'][:10]}\n\n" + "\n".join(parts) + "\n"
    )
