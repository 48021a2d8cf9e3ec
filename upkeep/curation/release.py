"""A new data version: its number by the rule, and its entry in the changelog."""

import re

from upkeep.curation.guards import shortened

_HEADINGS = {"added": "Added", "changed": "Changed", "removed": "Removed"}


def next_version(version, changes):
    """Return the data version after these changes: removed = major, rows added = minor, anything else = patch."""
    major, minor, patch = map(int, version.split("."))
    if changes["removed"]:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if changes["added"] else f"{major}.{minor}.{patch + 1}"


def changes(before, after, findings, sha256):
    """Return what a new version brings, as lines by kind: ``added``, ``changed``, ``removed``."""
    new = after[~after["report_id"].isin(before["report_id"])]
    gone = before[~before["report_id"].isin(after["report_id"])]
    flags = [f"Accepted as `{flag}`: {'; '.join(shortened(lines))}." for flag, lines in findings.items()]
    return {"added": [_counted(new)] if len(new) else [],
            "changed": [*flags, f"Curated from the snapshot with the sha256 {sha256}."],
            "removed": [_counted(gone)] if len(gone) else []}


def _counted(reports):
    first, last = reports["report_date"].min(), reports["report_date"].max()
    return (f"{len(reports):,} reports of {first:%Y-%m-%d} to {last:%Y-%m-%d}, "
            f"{reports['launched_count'].sum():,} launched as reported.")


def record(package, path):
    """Put the descriptor's version into a changelog, where it is not there yet; return whether it was added.

    The changes are kept in the descriptor, so that an update that was cut off
    between `data/` and the changelog is finished by the next.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if "changes" not in package or "## [data " not in text or f"## [data {package['version']}]" in text:
        return False
    parts = [f"### {_HEADINGS[kind]}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
             for kind, lines in package["changes"].items() if lines]
    entry = f"## [data {package['version']}] - {package['created'][:10]}\n\n" + "\n".join(parts) + "\n"
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(re.sub(r"(?m)^(?=## \[)", lambda _: entry, text, count=1), encoding="utf-8")
    scratch.replace(path)
    return True
