"""What changed since a figure was cited: the tables then and now, and what the changelog says."""

import json
import re
from pathlib import Path

import pandas as pd

from analysis import __version__, paths
from analysis.citing import manifest
from analysis.citing.versions import tree_of

_LISTED = 20


def compare(old: str, root: Path | None = None) -> list[str]:
    """Return lines that say which tables, and which figures' data, differ from an older version.

    Parameters
    ----------
    old : str
        A data directory, or a git tag, branch or commit of the checkout.
    root : Path, optional
        The checkout; by default this one.

    Returns
    -------
    list of str
        For each table of `data/` that differs, its rows changed, added and gone.
        Then the figures: with a git version those whose CSV differs, in the same
        way; with a data directory, which holds no figures, those that count a
        report that differs. Last the changelog's sections in between.

    Raises
    ------
    ValueError
        `old` is neither; git's own words are given.
    """
    root = Path(root or paths.ROOT)
    if Path(old).is_dir():
        lines, touched = _tables(Path(old), root / "data")
        lines += _touched_figures(touched, root / "figures")
        then = {"data": _package(Path(old))["version"]}
    else:
        with tree_of(old, root) as tree:
            lines, _ = _tables(tree / "data", root / "data")
            lines += _figures(tree / "figures", root / "figures")
            then = {"data": _package(tree / "data")["version"], "package": _made_by(tree)}
    now = {"data": _package(root / "data")["version"], "package": __version__}
    heads = [f"{kind} version {then[kind]} then, {now[kind]} now" for kind in then]
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    said = [changelog(text, kind, then[kind], now[kind]) for kind in then]
    return [*heads, *lines, *(sum(said, []) or ["CHANGELOG.md: no version in between"])]


def _package(folder):
    return json.loads((folder / "datapackage.json").read_bytes())


def _made_by(tree):
    """The version of the package that made the figures of an older version."""
    versions = [e["package_version"] for e in manifest.entries(tree / "figures")]
    return max(versions, key=_version, default="0")


def _tables(then, now):
    """Lines on the tables of two data directories that differ, and the ids of such reports."""
    lines, touched = [], set()
    for resource in _package(now)["resources"]:
        name, keys = resource["path"], resource["schema"]["primaryKey"]
        if not (then / name).exists():
            lines.append(f"{name}: new since then")
        elif (then / name).read_bytes() != (now / name).read_bytes():
            told, differing = differences(name, then / name, now / name, keys)
            lines += told
            touched |= differing if name == "reports.csv" else set()
    return lines or ["the tables of data/ are the same"], touched


def _touched_figures(touched, folder):
    for entry in manifest.entries(folder):
        if "rows.csv" in entry["files"]:
            behind = _table(folder / entry["files"]["rows.csv"]["path"])["report_id"]
            count = len(touched.intersection(behind))
            if count:
                yield f"{entry['id']}: {count} of the reports behind it differ"


def _figures(then, now):
    before = {e["id"]: e for e in manifest.entries(then)}
    after = {e["id"]: e for e in manifest.entries(now)}
    same = 0
    for i in sorted({*before, *after}):
        if i not in after:
            yield f"{i}: no longer made"
        elif i not in before:
            yield f"{i}: new since then"
        elif after[i]["files"]["csv"]["sha256"] == before[i]["files"]["csv"]["sha256"]:
            same += 1
        else:
            keys = [f["name"] for f in after[i]["fields"] if f["type"] in ("string", "boolean")]
            yield from differences(i, then / f"{i}.csv", now / f"{i}.csv", keys)[0]
    yield f"{same} figures with the same data"


def differences(name: str, old: Path, new: Path, keys: list[str]) -> tuple[list[str], set]:
    """Return lines on the rows that differ between two CSV files, and the keys of these rows.

    Rows are matched by `keys`, or by their number where these do not tell all
    rows apart.
    """
    old, new = _table(old), _table(new)
    lines = [f"{name}: column {c} in one version only" for c in sorted({*old} ^ {*new})]
    if not keys or any(not {*keys} <= {*t} or t.duplicated(keys).any() for t in (old, new)):
        old, new, keys = _numbered(old), _numbered(new), ["row"]
    old, new = (t.set_index(keys) for t in (old, new))
    rows, columns = new.index.intersection(old.index), new.columns.intersection(old.columns)
    then, now = old.loc[rows, columns], new.loc[rows, columns]
    cells = then.compare(now, result_names=("then", "now")).stack(0, future_stack=True).dropna()
    changed = cells.index.droplevel(-1).unique()
    added, gone = new.index.difference(old.index), old.index.difference(new.index)
    lines.append(f"{name}: {len(changed)} rows changed, {len(added)} added, {len(gone)} gone")
    told = [
        *(f"{_key(key)}: {then} then, {now} now" for key, then, now in cells.itertuples()),
        *(f"{_key(key)}: added" for key in added),
        *(f"{_key(key)}: gone" for key in gone),
    ]
    return [*lines, *(f"  {line}" for line in told[:_LISTED])], {*changed, *added, *gone}


def _table(path):
    return pd.read_csv(path, dtype="str", keep_default_na=False).replace("", "blank")


def _numbered(table):
    return table.assign(row=range(1, len(table) + 1))


def _key(key):
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def changelog(text: str, kind: str, after: str, until: str) -> list[str]:
    """Return the lines of a changelog's sections of one kind, above version `after` up to `until`.

    The kind is ``data`` or ``package``.
    """
    found = []
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        version = re.match(rf"\[{kind} ([\d.]+)\]", section)
        if version and _version(after) < _version(version[1]) <= _version(until):
            found += [line for line in section.splitlines() if line.strip()]
    return found


def _version(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
