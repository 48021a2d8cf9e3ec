"""The curated dataset in memory: every table of a data directory, typed by the package's schema.

The only reader of `data/`. An edited file loads under a version that says so; whether its values
keep the rules of the schema is for ``python -m analysis check`` to say.
"""

import hashlib
import html
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.names import known, unknown
from analysis.periods import span

__all__ = ["load", "Dataset", "DataError"]

DATE_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M:%S"}
# Tables with a row for a date or a report of it, which `until` and `since` cut.
_DATED = ["reports", "nights", "quiet_nights", "siren_nights", "independent_posts", "open_nights"]
_DTYPES = {"integer": "Int64", "number": "float64"}
_CAVEAT = (
    "Claims of one belligerent. What “shot down” and “lost” meant changed on "
    "21 August 2024 and 24 July 2025: compare only the neutralised share across them."
)
_TRAP = (
    "drones_neutralised_count summed per year over drones_launched_count gives 65% (2024) and "
    "86% (2025), a rise; the truth is 94% and 86%, a fall. Not every launch comes with an outcome: "
    "divide by drones_neutralised_of_count, or use measures.outcome_share(air)."
)


class DataError(ValueError):
    """Data that cannot be read: says where, what was found, what was expected."""


def descriptor(folder=paths.DATA) -> dict:
    """Return `datapackage.json` of a data directory; raise DataError where it is none."""
    file = Path(folder) / "datapackage.json"
    try:
        package = json.loads(paths.read(file))
        version, period = package["version"], package["period"]
        start, end = map(date.fromisoformat, period.split("/"))
        if start > end or not re.fullmatch(r"\d+\.\d+\.\d+", version):
            raise ValueError(f"found the version {version} and the period {period}")
        for resource in package["resources"]:
            if resource["path"] != f"{resource['name']}.csv":
                raise ValueError(f"found {resource['path']!r} for {resource['name']}.csv")
        columns(package)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"{file}: {type(error).__name__}: {error}; expected a data directory with a "
            "datapackage.json, restore it"
        ) from None
    return package


def columns(package) -> dict[str, list[str]]:
    """Return the names of the columns of each table of a descriptor."""
    return {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}


def facts(folder, package) -> tuple[str, str]:
    """Return the version of the data and the hash of all their tables.

    The version (SemVer: meaning changed, rows added, value corrected) ends in ``+edited`` where a
    file is not the one that the descriptor was written for. The hash is what
    ``sha256sum reports.csv weapons.csv ... | sha256sum`` prints for the files in the order of the
    descriptor.
    """
    is_edited, lines = False, ""
    for resource in package["resources"]:
        file = Path(folder) / resource["path"]
        if not file.is_file():  # a pipe would be waited for
            raise DataError(f"{file}: found no file; the descriptor lists it, restore it")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        is_edited |= resource.get("hash") != f"sha256:{digest}"
        lines += f"{digest}  {file.name}\n"
    version = package["version"] + ("+edited" if is_edited else "")
    return version, hashlib.sha256(lines.encode()).hexdigest()


def load(path=None) -> "Dataset":
    """Return the curated dataset.

    Parameters
    ----------
    path : path-like, optional
        A data directory with a `datapackage.json`; by default the one that comes with the
        package. Of an older version, tables and columns that came later are empty.

    Raises
    ------
    DataError
        A file is missing, or a cell does not fit its column: the message names file and column.
        Which line it is, ``python -m analysis check --data DIR`` says.

    Examples
    --------
    >>> from analysis import load
    >>> air = load()
    >>> int(air.nights["drones_launched_count"].max())
    810
    """
    folder = paths.DATA if path is None else Path(path)
    return load_as(folder, descriptor(folder))


def load_as(folder: Path, package: dict) -> "Dataset":
    """Return the dataset of a data directory, read by this descriptor."""
    version, sha256 = facts(folder, package)
    own, listed = descriptor(), columns(package)
    for name in listed:
        _known("table", name, columns(own), folder / "datapackage.json")
    tables = {
        resource["name"]: _table(folder, resource, listed.get(resource["name"], []))
        for resource in own["resources"]
    }
    return Dataset(tables, package, version, sha256)


def _known(what, name, names, file):
    if name not in names:
        raise DataError(f"{file}: {unknown(what, name[:80], names)}; restore the file")


def _table(folder, resource, listed):
    """Return a table typed by the package's own schema; what is not listed is blank."""
    file, fields = folder / resource["path"], resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    cells = text(file, names, listed) if listed else pd.DataFrame()
    blank = pd.Series(index=cells.index, dtype="str")
    values = {}
    for field in fields:
        name = field["name"]
        is_required = name in cells and field.get("constraints", {}).get("required")
        try:
            values[name] = typed(cells.get(name, blank), field)
            if is_required and values[name].hasnans:
                raise ValueError("found a blank cell, expected a value in each row")
        except (ValueError, TypeError, OverflowError) as error:
            check = f"python -m analysis check --data {folder} names the line"
            raise DataError(f"{file}, {name}: {error}; {check}") from None
    return pd.DataFrame(values, index=cells.index, copy=False)


def text(file: Path, names: list[str], listed: list[str]) -> pd.DataFrame:
    """Return the cells of a CSV as text, blanks missing.

    Its columns are those `listed`, of the `names` that the package knows.
    """
    try:
        with open(file, encoding="utf-8-sig") as opened:
            header = opened.readline().rstrip("\n").split(",")
        for name in header:
            _known("column", name, names, file)
        if header != listed:
            raise ValueError(f"found the columns {', '.join(header)}, expected {', '.join(listed)}")
        cells = pd.read_csv(
            file, dtype="str", keep_default_na=False, na_values=[""], low_memory=False
        )
        if not isinstance(cells.index, pd.RangeIndex):
            raise ValueError("found more cells than columns")
    except DataError:
        raise
    except ValueError as error:
        raise DataError(f"{file}: {' '.join(str(error).split())}; restore the file") from None
    return cells


def typed(cells: pd.Series, field: dict) -> pd.Series:
    """Return the text cells of a column as values of its field's type.

    Text with an ``enum`` becomes a categorical in that order (ordered where the field says
    ``categoriesOrdered``); whole numbers are nullable integers; blanks are missing.
    """
    kind, words = field["type"], field.get("constraints", {}).get("enum")
    if kind in DATE_FORMATS:
        # Times of data before 1.2 have no seconds.
        form = DATE_FORMATS["date"] if kind == "date" else "ISO8601"
        times = pd.to_datetime(cells, format=form, errors="coerce").dt.as_unit("us")
        return _fitting(times, cells, f"a {kind} like 2025-07-04{'T08:00:00' * (kind != 'date')}")
    if kind == "boolean":  # data before 1.2 have False and True
        is_true = _words(cells, ["FALSE", "TRUE", "False", "True"]).isin(["TRUE", "True"])
        return is_true.astype("boolean").where(cells.notna()) if cells.hasnans else is_true
    if words:
        return _words(cells, words, field.get("categoriesOrdered", False))
    return cells if kind == "string" else cells.astype(_DTYPES[kind])


def _words(cells, words, is_ordered=False):
    codes = pd.Index(words, dtype="str").get_indexer(cells)
    values = pd.Categorical.from_codes(codes, words, ordered=is_ordered)
    return _fitting(pd.Series(values, cells.index), cells, f"one of {', '.join(words)}")


def _fitting(values, cells, expected):
    """The values, once no cell but a blank one lacks one."""
    if values.hasnans and values.isna().sum() > cells.isna().sum():
        odd = cells[values.isna()].dropna().iloc[0]
        raise ValueError(f"found {odd[:80]!r}, expected {expected}")
    return values


@dataclass(frozen=True, repr=False, eq=False)
class Dataset:
    """The tables of one data directory, each of them also an attribute: ``air.nights``.

    `describe` says what their columns are. A missing count is ``<NA>``: unknown, never zero.
    Dates are Kyiv local time without a zone. ``package`` is the directory's `descriptor`,
    ``version`` and ``sha256`` are its `facts`.
    """

    tables: dict[str, pd.DataFrame]
    package: dict
    version: str
    sha256: str

    def __post_init__(self):
        vars(self).update(self.tables)

    def __getattr__(self, name):
        raise AttributeError(str(unknown("table", name, vars(self).get("tables", []))))

    @property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """First and last day that the dataset covers, as Timestamps."""
        start, end = self.package["period"].split("/")
        return pd.Timestamp(start), pd.Timestamp(end)

    def until(self, last) -> "Dataset":
        """Return the dataset up to the end of a day, month, quarter or year.

        What is said of it stays true when later reports come.

        Examples
        --------
        >>> from analysis import load
        >>> load().until("2025-06").period[1]
        Timestamp('2025-06-30 00:00:00')
        """
        return self._within(self.period[0], span(last).end_time.normalize())

    def since(self, first) -> "Dataset":
        """Return the dataset from the first day of a day, month, quarter or year.

        Examples
        --------
        >>> from analysis import load
        >>> load().since("2025").nights["report_date"].iloc[0]
        Timestamp('2025-01-01 00:00:00')
        """
        return self._within(span(first).start_time, self.period[1])

    def _within(self, start, end):
        """Cut the tables of dates and reports; the others are dictionaries and decisions."""
        first, last = self.period
        if start > last or end < first:
            raise ValueError(
                f"found no date of the dataset, expected one of {first:%Y-%m-%d} to {last:%Y-%m-%d}"
            )
        start, end = max(start, first), min(end, last)
        cut = {}
        for name in _DATED:
            table = self.tables[name]
            cut[name] = table[table["report_date"].between(start, end)]
        for name in ("launch_areas", "affected_regions"):
            table = self.tables[name]
            cut[name] = table[table["report_id"].isin(cut["reports"]["report_id"])]
        period = f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"
        return replace(self, tables=self.tables | cut, package=self.package | {"period": period})

    def describe(self, table: str | None = None) -> pd.DataFrame:
        """Return the dictionary of a table, one row per column.

        Without a name, return that of the dataset, one row per table.

        Parameters
        ----------
        table : str, optional
            The name of a table, such as ``"nights"``.

        Returns
        -------
        DataFrame
            `column`, `title`, `type`, `unit`, `missing` (what a blank cell means; "never" where
            there is none), `example` (the first known value) and `description`; or `table`,
            `title`, `row_count`, `description`.

        Raises
        ------
        ValueError
            An unknown table, with the nearest ones.

        Examples
        --------
        >>> from analysis import load
        >>> columns = load().describe("nights").set_index("column")
        >>> columns.loc["drones_launched_count", ["unit", "example"]].tolist()
        ['aircraft', '7']
        """
        if table is not None:
            frame = self.tables[known("table", table, self.tables)]
            fields = self._resources()[table]["schema"]["fields"]
            return pd.DataFrame([_described(field, frame[field["name"]]) for field in fields])
        rows = [
            {
                "table": name,
                "title": resource["title"],
                "row_count": len(self.tables[name]),
                "description": resource["description"],
            }
            for name, resource in self._resources().items()
        ]
        return pd.DataFrame(rows)

    def _resources(self):
        """What the package says of the tables, by name."""
        return {resource["name"]: resource for resource in descriptor()["resources"]}

    def _facts(self):
        start, end = self.period
        launched = self.nights["drones_launched_count"]
        title = self.package["title"]
        return {
            "Period": f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}",
            "Data version": f"{self.version} (sha256 {self.sha256[:12]})",
            "Drone series": f"{launched.sum():,} one-way attack drones launched, as reported, "
            f"in {(launched > 0).sum():,} nights of {(end - start).days + 1:,} dates",
            "Caveat": _CAVEAT,
            "Trap": _TRAP,
            "Cite": f"{title}, data version {self.version}. python -m analysis cite",
        }

    def __repr__(self):
        facts = [f"{name}: {text}" for name, text in self._facts().items()]
        tables = [
            f"  .{row.table:<16}{row.row_count:>6,}  {row.title}"
            for row in self.describe().itertuples()
        ]
        return "\n".join([self.package["title"], *facts, "Tables:", *tables])

    def _repr_html_(self):
        facts = "".join(_row(name, text) for name, text in self._facts().items())
        tables = "".join(
            _row(f".{row.table}", f"{row.row_count:,} rows", row.title)
            for row in self.describe().itertuples()
        )
        title = html.escape(self.package["title"])
        return f"<b>{title}</b><table>{facts}</table><table>{tables}</table>"


def _row(*cells):
    texts = "".join(f'<td style="text-align:left">{html.escape(cell)}</td>' for cell in cells)
    return f"<tr>{texts}</tr>"


def _described(field, column):
    """Return the row of the dictionary for a column."""
    blank = field.get("description", "").rpartition("lank: ")[2].rstrip(".") or "not given"
    is_required = field.get("constraints", {}).get("required")
    values = column.dropna().head(1)
    if values.dtype.kind == "M":
        values = values.dt.strftime("%Y-%m-%d")
    return {
        "column": field["name"],
        "title": field["title"],
        "type": field["type"],
        "unit": field.get("unit", ""),
        "missing": "never" if is_required else blank,
        "example": "".join(map(str, values)),
        "description": field.get("description", ""),
    }
