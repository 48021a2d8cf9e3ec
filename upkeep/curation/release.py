"""A new data version: its number, its entry in the changelog, the years in the citation."""

import re

from analysis import paths


def next_version(version, changes):
    """Return the version after these changes: removed = major, added = minor, else patch."""
    major, minor, patch = map(int, version.split("."))
    if changes["removed"]:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if changes["added"] else f"{major}.{minor}.{patch + 1}"


def changes(before, after, findings, sha256):
    """Return what a new version brings, in Markdown: ``added``, ``changed`` and ``removed``."""
    accepted = [f"Accepted: {_as_code(line)}" for line in findings]
    return {
        "added": _counted(after[~after["report_id"].isin(before["report_id"])]),
        "changed": [*accepted, f"Curated from the snapshot with the sha256 {sha256}."],
        "removed": _counted(before[~before["report_id"].isin(after["report_id"])]),
    }


def _as_code(text):
    """A text from data as code, in which Markdown reads no marks and no HTML."""
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"


def _counted(reports):
    if reports.empty:
        return []
    first, last = reports["report_date"].min(), reports["report_date"].max()
    number = f"{len(reports):,} {'report' if len(reports) == 1 else 'reports'}"
    launched = f"{reports['launched_count'].sum():,} launched as reported"
    return [f"{number} of {first:%Y-%m-%d} to {last:%Y-%m-%d}, {launched}."]


def record(package, root):
    """Bring changelog and citation file of a checkout to the version of a descriptor."""
    log, citation = root / "CHANGELOG.md", root / "CITATION.cff"
    text = paths.read(log).decode()
    if f"## [data {package['version']}]" not in text:
        before, heading, rest = text.partition("## [")
        paths.write(log, (before + _entry(package) + heading + rest).encode())
    paths.write(citation, _with_years(paths.read(citation).decode(), package).encode())


def unrecorded(package, root):
    """Yield a line for each way in which changelog and citation do not fit the descriptor."""
    text = paths.read(root / "CHANGELOG.md").decode()
    newest = re.search(r"(?m)^## \[data (.*?)\]|\Z", text)[1]
    if newest != package["version"]:
        yield f"CHANGELOG.md: found data {newest} as the newest, expected {package['version']}"
    citation = paths.read(root / "CITATION.cff").decode()
    if not re.search(rf"(?m)^title: .*{_years(package)}", citation):
        yield f"CITATION.cff: found no title with the years {_years(package)}, expected one"


def _with_years(citation, package):
    return re.sub(r"(?m)^(title: .*)\d{4}–\d{4}", rf"\g<1>{_years(package)}", citation)


def _years(package):
    return "–".join(day[:4] for day in package["period"].split("/"))


def _entry(package):
    text = f"## [data {package['version']}] - {package['created'][:10]}\n\n"
    for kind, lines in package["changes"].items():
        if lines:
            text += f"### {kind.title()}\n\n" + "".join(f"- {line}\n" for line in lines) + "\n"
    return text
