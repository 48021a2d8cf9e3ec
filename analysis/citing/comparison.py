"""What changed since a figure was cited: the tables then and now, and what the changelog says."""

import re
from pathlib import Path

import pandas as pd

from analysis import __version__, paths
from analysis.citing import manifest
from analysis.citing.versions import tree_of
from analysis.dataset import descriptor
from analysis.periods import COLUMNS

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
        With a git version the same of the figures' tables; with a data directory,
        which holds no figures, those figures that count a report that differs.
        Last the changelog's sections in between.

    Raises
    ------
    ValueError
        `old` is neither; git's own words are given.
    """
    root = Path(root or paths.ROOT)
    if Path(old).is_dir():
        then = {"data": descriptor(Path(old))["version"]}
        lines = [*_changes(Path(old), root / "data"), *_figures_touched(Path(old), root)]
    else:
        with tree_of(old, root) as tree:
            citation = (tree / "CITATION.cff").read_text("utf-8")
            made_by = re.search(r"^version: (\S+)$", citation, re.M)
            then = {"data": descriptor(tree / "data")["version"], "package": made_by[1]}
            lines = [line for f in ("data", "figures") for line in _changes(tree / f, root / f)]
    now = {"data": descriptor(root / "data")["version"], "package": __version__}
    heads = [f"{kind} version {then[kind]} then, {now[kind]} now" for kind in then]
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    said = [line for kind in then for line in changelog(text, kind, then[kind], now[kind])]
    return [*heads, *lines, *(said or ["CHANGELOG.md: no version in between"])]


def _changes(then, now):
    """Lines on the tables of a folder that differ between two versions, save links of figures."""
    keys = {}
    if (now / "datapackage.json").exists():
        keys = {r["path"]: r["schema"]["primaryKey"] for r in descriptor(now)["resources"]}
    found = {path.name for folder in (then, now) for path in folder.glob("*.csv")}
    names = sorted(name for name in found if not name.endswith(".rows.csv"))
    same = 0
    for name in names:
        old, new = then / name, now / name
        if not (old.exists() and new.exists()):
            yield f"{name}: {'new since then' if new.exists() else 'no longer made'}"
        elif old.read_bytes() == new.read_bytes():
            same += 1
        else:
            yield from differences(name, _table(old), _table(new), keys.get(name))[0]
    yield f"{now.name}/: {same} tables are the same"


def _figures_touched(folder, root):
    """Lines on the figures that count a report which differs from that of a data directory."""
    old, new = _table(folder / "reports.csv"), _table(root / "data" / "reports.csv")
    touched = differences("reports.csv", old, new, ["report_id"])[1]
    for entry in manifest.entries(root / "figures"):
        if "rows.csv" in entry["files"]:
            behind = _table(root / "figures" / entry["files"]["rows.csv"]["path"])["report_id"]
            count = len(touched.intersection(behind))
            if count:
                yield f"{entry['id']}: {count} of the reports behind it differ"


def differences(name: str, old, new, keys: list[str] | None = None) -> tuple[list[str], set]:
    """Return lines on the rows that differ between two versions of a table of text, and their keys.

    Rows are matched by `keys`, by default the columns that hold no number, or by
    their position where these do not tell all rows apart.
    """
    odd = sorted({*old} ^ {*new})
    lines = [f"{name}: columns in one version only: {', '.join(odd)}"] if odd else []
    old, new = _matched(old, new, keys or _names(new))
    rows = new.index.intersection(old.index)
    columns = new.columns.intersection(old.columns)
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


def _matched(old, new, keys):
    """Both tables by these keys, or by their rows' position where a key is lacking or repeats."""
    for table in (old, new):
        if not keys or not {*keys} <= {*table} or table.duplicated(keys).any():
            return tuple(t.set_axis(range(1, len(t) + 1)) for t in (old, new))
    return old.set_index(keys), new.set_index(keys)


def _names(table):
    """The columns that hold no number, and the periods."""
    has_number = table.apply(pd.to_numeric, errors="coerce").notna().any()
    return [column for column in table if column in COLUMNS or not has_number[column]]


def _table(path):
    return pd.read_csv(path, dtype="str", keep_default_na=False).replace("", "blank")


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
