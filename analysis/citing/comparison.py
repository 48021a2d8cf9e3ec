"""What changed since a figure was cited: its data then and now, by how much, and the changelog entries that say why."""

import io
import json
import re
from pathlib import Path

import pandas as pd

from analysis import __version__, paths
from analysis.citing import manifest, versions
from analysis.dataset import load
from analysis.citing.trace import fed_by

_KINDS = ("count", "share", "ratio", "rate", "percent", "rank", "value", "hours", "days", "months")
_OUTCOMES = ["launched_count", "shot_down_count", "lost_count"]
_SHOWN, _LISTED = 5, 20


def compare(old, root=None) -> list[str]:
    """Return lines that say which figures' data differ between an older version and this one.

    Parameters
    ----------
    old : str
        A data directory, a release archive, or a git tag, branch or commit of the checkout.
    root : Path, optional
        The checkout; by default this one.

    Returns
    -------
    list of str
        With an archive or a git ref: of each figure whose CSV changed the rows changed, added
        and gone, and the largest differences. With a data directory: of each
        figure the report rows that feed it and differ. Then the changelog
        entries of the versions in between.

    Raises
    ------
    ValueError
        `old` is none of them, or holds no figures; the message names the nearest tags.
    """
    root = Path(root or paths.ROOT)
    before, lines = (
        _compare_data(Path(old), root) if Path(old).is_dir() else _compare_version(old, root)
    )
    now = {
        "package": __version__,
        "data": json.loads((root / "data" / "datapackage.json").read_bytes())["version"],
    }
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = [
        line
        for kind, version in before.items()
        for line in changelog(text, kind, version, now[kind])
    ]
    return [
        *(f"{kind} version {version} then, {now[kind]} now" for kind, version in before.items()),
        *lines,
        *(entries or ["CHANGELOG.md: no version in between"]),
    ]


def _compare_version(ref, root):
    older = versions.find(ref, root)
    version = older.read("data/datapackage.json", lambda raw: json.loads(raw)["version"])
    then = older.read("figures/figures.json", _figures)
    if version is None or then is None:
        raise ValueError(
            f"{ref} holds no data/datapackage.json or no figures/figures.json; expected a version with figures"
        )
    now = {e["id"]: e for e in manifest.entries(root / "figures")}
    lines = [f"{i}: new since then" for i in now if i not in then] + [
        f"{i}: no longer made" for i in then if i not in now
    ]
    both = [i for i in now if i in then]
    changed = [i for i in both if now[i]["files"]["csv"]["sha256"] != then[i][0]]
    for i in changed:
        new = pd.read_csv(root / "figures" / f"{i}.csv")
        found = older.read(
            f"figures/{i}.csv", lambda raw: differences(pd.read_csv(io.BytesIO(raw)), new)
        )
        lines += [
            f"{i}: {line}"
            for line in found or ["listed then, but without its CSV, so nothing to compare"]
        ]
    numbers = {
        "data": version,
        "package": max((package for _, package in then.values()), default="0.0.0", key=_version),
    }
    return numbers, [*lines, f"{len(both) - len(changed)} figures with the same data"]


def _figures(raw):
    """The hash of the data and the package version of each figure of a manifest."""
    return {
        e["id"]: (e["files"]["csv"]["sha256"], e["package_version"])
        for e in json.loads(raw)["figures"]
    }


def differences(old, new) -> list[str]:
    """Return lines on what differs between two versions of a table: rows changed, added, gone, and the largest changes.

    Rows are matched by the columns that hold no quantity, or by position where
    these do not tell all rows apart.
    """
    if list(old) != list(new):
        return [f"columns {', '.join(old)} then, {', '.join(new)} now"]
    values = [c for c in new if c.rpartition("_")[2] in _KINDS]
    keys = [c for c in new if c not in values]
    if not keys or old.duplicated(keys).any() or new.duplicated(keys).any():
        old, new, keys = (
            old.assign(row=range(1, len(old) + 1)),
            new.assign(row=range(1, len(new) + 1)),
            ["row"],
        )
    old, new = (t.set_index(keys)[values].astype("float64") for t in (old, new))
    both = new.index.intersection(old.index)
    before, after = old.loc[both], new.loc[both]
    is_changed = (before != after) & ~(before.isna() & after.isna())
    head = f"{is_changed.any(axis=1).sum()} rows changed, {len(new) - len(both)} added, {len(old) - len(both)} gone"
    return [head, *_largest(before, after, is_changed, keys)]


def _largest(before, after, is_changed, keys):
    for column in before:
        moved = is_changed.index[is_changed[column]]
        size = (after.loc[moved, column] - before.loc[moved, column]).abs().fillna(float("inf"))
        for key in size.sort_values(ascending=False, kind="stable").index[:_SHOWN]:
            names = key if isinstance(key, tuple) else (key,)
            where = ", ".join(f"{k} {v}" for k, v in zip(keys, names, strict=True))
            yield f"  {column}, {where}: {_number(before.at[key, column])} then, {_number(after.at[key, column])} now"


def _number(value):
    return "missing" if pd.isna(value) else f"{value:,.6g}" if value % 1 else f"{value:,.0f}"


def _compare_data(folder, root):
    """Compare the reports of two data directories by id, and say which figures the differing rows feed."""
    old, new = load(folder), load(root / "data")
    lines, touched = report_differences(old.reports, new.reports)
    for entry in manifest.entries(root / "figures"):
        if entry["rows"] is not None:
            lines += _fed_differently(entry, old.reports, new.reports, touched)
    press = [
        n for n in ("press_claims", "press_sources") if not getattr(old, n).equals(getattr(new, n))
    ]
    return {"data": old.version}, [
        *lines,
        *(f"{n}.csv differs: look at the figures that compare with the press" for n in press),
    ]


def report_differences(old, new) -> tuple[list[str], set[str]]:
    """Return lines on the report rows that differ, by id, and the set of their ids."""
    then, now = (r.set_index("report_id").astype("str").fillna("blank") for r in (old, new))
    both, columns = now.index.intersection(then.index), now.columns.intersection(then.columns)
    before, after = then.loc[both, columns].stack(), now.loc[both, columns].stack()
    cells = before[before != after]
    changed = cells.index.get_level_values(0).unique()
    added, gone = now.index.difference(then.index), then.index.difference(now.index)
    lines = [
        f"reports.csv: {len(changed)} rows changed, {len(added)} added, {len(gone)} gone",
        *(
            f"  {i}, {column}: {cell} then, {after[i, column]} now"
            for (i, column), cell in cells[:_LISTED].items()
        ),
        *(f"  {i}: added" for i in added[:_LISTED]),
        *(f"  {i}: gone" for i in gone[:_LISTED]),
    ]
    return lines, {*changed, *added, *gone}


def _fed_differently(entry, then, now, touched):
    """Say how many rows behind a figure differ, and by how much the counts that it draws do, or else all outcomes."""
    then, now = fed_by(then, entry), fed_by(now, entry)
    count = len(touched & {*then["report_id"], *now["report_id"]})
    if not count:
        return
    drawn = [f["name"] for f in entry["fields"] if f["name"] in _OUTCOMES] or _OUTCOMES
    sums = [
        f"{c} {before:,} then, {after:,} now"
        for c in drawn
        if (before := then[c].sum()) != (after := now[c].sum())
    ]
    yield f"{entry['id']}: {count} of the reports behind it differ" + (
        f"; sum of {'; '.join(sums)}" if sums else f"; sum of {', '.join(drawn)} unchanged"
    )


def changelog(text, kind, after, until) -> list[str]:
    """Return the lines of a changelog's sections of one kind (``data``, ``package``), above version `after` up to `until`."""
    sections = re.split(r"^## ", text, flags=re.M)[1:]
    versions = [(re.match(rf"\[{kind} ([\d.]+)\]", s), s) for s in sections]
    wanted = [s for m, s in versions if m and _version(after) < _version(m[1]) <= _version(until)]
    return [line for s in wanted for line in s.splitlines() if line.strip()]


def _version(text):
    return tuple(int(part) for part in re.findall(r"\d+", str(text))[:3])
