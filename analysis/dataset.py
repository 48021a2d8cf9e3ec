"""The curated dataset in memory: every table of a data directory, typed by its descriptor.

The only reader of `data/`. A file whose bytes are those that the descriptor was
written for is taken as it is; the others are held against keys and constraints
by Frictionless, and make the data version say that they were edited.
"""

import html
import io
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.descriptor import (
    DataError,
    data_facts,
    edited,
    file_hashes,
    number,
    read_bytes,
    read_descriptor,
)
from analysis.names import known
from analysis.periods import span

MOST_FAULTS = 10_000  # of a file: all those of 200,000 bad rows take two minutes
LONGEST_LINE = 10_000  # bytes, twenty times that of the data: Frictionless needs minutes for a line of very many cells
DATE_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M"}
# Dates repeat, so that they are read as categories and each is parsed once.
_DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "float64",
    "boolean": "bool",
    "date": "category",
    "datetime": "category",
}
TRAP = (
    'groupby(...)["lost_count"].sum() reads lost drones that are merged into another figure as 0; '
    'measures.outcome_share(air, "lost_share") knows the regimes'
)


@dataclass(frozen=True, repr=False)
class Dataset:
    """The tables of one data directory.

    Each attribute named like a file of `data/` is a DataFrame; its columns are
    described in ``package`` (the Frictionless descriptor). A missing count is
    ``<NA>``: unknown, never zero. Dates are Kyiv local time without a zone.
    ``version`` and ``sha256`` are defined in `descriptor.data_facts`.
    """

    nights: pd.DataFrame
    reports: pd.DataFrame
    launch_areas: pd.DataFrame
    affected_regions: pd.DataFrame
    weapons: pd.DataFrame
    areas: pd.DataFrame
    carriers: pd.DataFrame
    regimes: pd.DataFrame
    wordings: pd.DataFrame
    corrections: pd.DataFrame
    additions: pd.DataFrame
    quiet_nights: pd.DataFrame
    press_claims: pd.DataFrame
    press_sources: pd.DataFrame
    disagreements: pd.DataFrame
    lost_statements: pd.DataFrame
    siren_nights: pd.DataFrame
    silent_verdicts: pd.DataFrame
    package: dict
    version: str
    sha256: str

    @property
    def period(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """First and last day that the dataset covers, as Timestamps."""
        start, end = self.package["period"].split("/")
        return pd.Timestamp(start), pd.Timestamp(end)

    def _facts(self):
        start, end = self.period
        launched = self.nights["drones_launched_count"]
        return {
            "Period": f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}",
            "Data version": f"{self.version} (sha256 {self.sha256[:12]})",
            "Drone series": f"{launched.sum():,} one-way attack drones launched, as reported, "
            f"in {(launched > 0).sum():,} nights of {(end - start).days + 1:,} dates",
            "Caveat": "Claims of one belligerent. What “shot down” and “lost” meant changed on "
            "21 August 2024 and 24 July 2025: compare only the neutralised share across them.",
            "Trap": TRAP,
            "Cite": f"{self.package['title']}, data version {self.version}. python -m analysis cite",
        }

    def until(self, last) -> "Dataset":
        """Return the dataset up to the end of a day, month, quarter or year, so that what is said of it stays true later.

        Examples
        --------
        >>> from analysis import load
        >>> load().until("2025-06").period[1]
        Timestamp('2025-06-30 00:00:00')
        """
        start, end = self.period
        end = min(span(last).end_time.normalize(), end)
        if end < start:
            raise ValueError(f"until: found {last}, expected a date from {start:%Y-%m-%d} on")
        return replace(
            self,
            nights=self.nights[self.nights["report_date"] <= end],
            reports=self.reports[self.reports["report_date"] <= end],
            quiet_nights=self.quiet_nights[self.quiet_nights["report_date"] <= end],
            package=self.package | {"period": f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"},
        )

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, in the order of the descriptor."""
        return {r["name"]: getattr(self, r["name"]) for r in self.package["resources"]}

    def describe(self, table: str | None = None) -> pd.DataFrame:
        """Return the dictionary of a table, a row a column; without a name that of the dataset, a row a table.

        Parameters
        ----------
        table : str, optional
            The name of a table, such as ``"nights"``.

        Returns
        -------
        DataFrame
            `column`, `title`, `type`, `unit`, `missing` (what a blank cell
            means; "never" where there is none), `example` (the first known
            value) and `description`; or `table`, `title`, `row_count`, `description`.

        Raises
        ------
        ValueError
            An unknown table, with the nearest ones.

        Examples
        --------
        >>> from analysis import load
        >>> load().describe("nights").set_index("column").loc["drones_launched_count", ["unit", "example"]].tolist()
        ['aircraft', '7']
        """
        resources = {r["name"]: r for r in self.package["resources"]}
        if table is None:
            return pd.DataFrame(
                [
                    {
                        "table": name,
                        "title": r["title"],
                        "row_count": len(getattr(self, name)),
                        "description": r["description"],
                    }
                    for name, r in resources.items()
                ]
            )
        rows = [
            {
                "column": f["name"],
                "title": f["title"],
                "type": f["type"],
                "unit": f.get("unit", ""),
                "missing": "never"
                if f.get("constraints", {}).get("required")
                else _meaning_of_blank(f),
                "example": _example(getattr(self, table)[f["name"]]),
                "description": f.get("description", ""),
            }
            for f in resources[known("table", table, resources)]["schema"]["fields"]
        ]
        return pd.DataFrame(rows)

    def _titles(self):
        return {
            r["name"]: (len(getattr(self, r["name"])), r["title"])
            for r in self.package["resources"]
        }

    def __repr__(self):
        facts = [f"{name}: {text}" for name, text in self._facts().items()]
        tables = [
            f"  .{name:<16}{rows:>6,}  {title}" for name, (rows, title) in self._titles().items()
        ]
        encoding = (
            getattr(sys.stdout, "encoding", None) or "utf-8"
        )  # of a terminal that may know no dash
        return (
            "\n".join([self.package["title"], *facts, "Tables:", *tables])
            .encode(encoding, "replace")
            .decode(encoding)
        )

    def _repr_html_(self):
        def row(*cells):
            return (
                "<tr>"
                + "".join(f'<td style="text-align:left">{html.escape(c)}</td>' for c in cells)
                + "</tr>"
            )

        facts = "".join(row(name, text) for name, text in self._facts().items())
        tables = "".join(
            row(f".{name}", f"{rows:,} rows", title)
            for name, (rows, title) in self._titles().items()
        )
        return f"<b>{html.escape(self.package['title'])}</b><table>{facts}</table><table>{tables}</table>"


def _meaning_of_blank(field):
    return field.get("description", "").rpartition("lank: ")[2].rstrip(".") or "not given"


def _example(column):
    known = column.dropna()
    if known.empty:
        return ""
    return f"{known.iloc[0]:%Y-%m-%d}" if known.dtype.kind == "M" else str(known.iloc[0])


def load(path=None) -> Dataset:
    """Return the curated dataset as a `Dataset`.

    Parameters
    ----------
    path : path-like, optional
        A data directory with a `datapackage.json`; by default the one that
        comes with the package. Of an older version, tables and columns that
        came later are empty.

    Raises
    ------
    DataError
        A file is missing or a value does not fit the descriptor; the message
        names file, line, field, what was found and what was expected.

    Examples
    --------
    >>> from analysis import load
    >>> air = load()
    >>> int(air.nights["drones_launched_count"].max())
    810
    """
    folder = Path(paths.DATA if path is None else path)
    package = read_descriptor(folder)
    hashes = file_hashes(folder, package)
    if (others := edited(package, hashes)) and (
        found := faults(folder, _with_related(package, others))
    ):
        raise DataError(
            f"{folder / found[0]}"
            + (f"; and {len(found) - 1} more, see `check`" if found[1:] else "")
        )
    own = package if folder == paths.DATA else read_descriptor(paths.DATA)
    tables = {
        r["name"]: _table(
            folder / r["path"] if r["name"] in hashes else None, r["schema"]["fields"]
        )
        for r in own["resources"]
    }
    facts = data_facts(package, hashes)
    return Dataset(
        **tables, package=package, version=facts["data_version"], sha256=facts["data_sha256"]
    )


def _with_related(package, names):
    """A descriptor of these tables, of those that refer to them, and of those that either refer to."""
    refers = {
        r["name"]: {key["reference"]["resource"] for key in r["schema"].get("foreignKeys", [])}
        for r in package["resources"]
    }
    related = {*names, *(table for table, others in refers.items() if others & {*names})}
    related |= {other for table in related for other in refers[table]}
    return package | {"resources": [r for r in package["resources"] if r["name"] in related]}


def _table(file, schema_fields):
    try:
        return typed(file, schema_fields)
    except (
        ValueError,
        OverflowError,
    ) as error:  # a number that Frictionless takes and pandas does not, such as 5_0
        raise DataError(f"{file}: {error}; correct the cell or restore the file") from None


def typed(file: Path | None, schema_fields: list[dict]) -> pd.DataFrame:
    """Return the CSV of a table that fits its description as a frame of its types; of no file, one without rows.

    Text with an ``enum`` becomes a categorical in that order (ordered where the
    field says ``categoriesOrdered``); whole numbers are nullable integers;
    blanks are missing; a field that the CSV lacks is missing throughout.
    """
    header = pd.read_csv(file, nrows=0).columns if file else []
    frame = (
        pd.read_csv(
            file,
            dtype={f["name"]: _dtype(f) for f in schema_fields if f["name"] in header},
            keep_default_na=False,
            na_values=[""],
        )
        if file
        else pd.DataFrame()
    )
    for field in schema_fields:
        name = field["name"]
        if name not in header:
            frame[name] = pd.Series(pd.NA, frame.index, dtype=object).astype(_dtype(field))
        if field["type"] in DATE_FORMATS:
            frame[name] = _dates(frame[name].cat, DATE_FORMATS[field["type"]])
    return frame


def _dtype(field):
    if enum := field.get("constraints", {}).get("enum"):
        return pd.CategoricalDtype(enum, field.get("categoriesOrdered", False))
    return _DTYPES[field["type"]]


def _dates(texts, form):
    days = pd.to_datetime(texts.categories.astype("str"), format=form).as_unit("us")
    return (
        days.take(texts.codes, allow_fill=True, fill_value=pd.NaT)
        if len(days)
        else pd.DatetimeIndex([pd.NaT] * len(texts.codes), dtype="datetime64[us]")
    )


def problems(folder=None) -> list[str]:
    """Return every place where a data directory does not fit its description, a line each, see `faults`.

    If it fits, return a line ``edited: FILE`` for each that is not the one the description was written for.
    """
    folder = Path(paths.DATA if folder is None else folder)
    try:
        package = read_descriptor(folder)
        return faults(folder, package) or [
            *_misdated(package, load(folder).nights),
            *_edits(folder, package),
        ]
    except DataError as error:
        return [str(error)]


def faults(folder: Path, package: dict) -> list[str]:
    """Return the places where the files of a data directory do not fit their description, `MOST_FAULTS` of a file.

    A line each, by Frictionless: file, line (1 is the header), field, found, expected, what to do.
    """
    from frictionless import (
        FrictionlessException,
        Package,
    )  # a third of a second, and only for files that were edited

    if broken := [
        line
        for r in package["resources"]
        for line in _broken_ends(r, read_bytes(folder / r["path"]))
    ]:
        return broken
    form = {"type": "table", "format": "csv", "encoding": "utf-8"}
    described = {
        "name": "data",
        "resources": [
            form | {k: r[k] for k in ("name", "path", "schema")} for r in package["resources"]
        ],
    }
    try:
        report = Package.from_descriptor(described, basepath=str(folder)).validate(
            limit_errors=MOST_FAULTS
        )
    except FrictionlessException as error:
        return [f"datapackage.json: {error}; restore the file"]
    return [line for task in report.tasks for line in _lines(task, folder)]


def _lines(task, folder):
    """The faults that Frictionless found in a file, and how much of it is left where there were too many."""
    yield from (_line(task.place, error) for error in task.errors)
    if task.warnings:
        last = task.errors[-1].row_number
        rest = read_bytes(folder / task.place).count(b"\n") - last
        yield (
            f"{task.place}: stopped at {MOST_FAULTS:,} faults; {rest:,} more lines, from line {last + 1}, were not read; "
            "restore the file"
        )


def _broken_ends(resource, raw):
    """The header is that of the descriptor, no line is endless, the last is whole, and all is UTF-8."""
    expected = ",".join(f["name"] for f in resource["schema"]["fields"])
    header = (
        raw[: max(raw.find(b"\n"), 0)][: len(expected) + 600]
        .decode("utf-8", "replace")
        .rstrip("\r")
    )
    if header != expected:
        yield f"{resource['path']}, line 1: found the columns {header[:600]!r}, expected {expected}; restore the file"
    elif not raw.endswith(b"\n"):
        yield f"{resource['path']}: found a last line without an end, expected a whole file; restore it"
    elif (longest := max(map(len, io.BytesIO(raw)))) > LONGEST_LINE:
        yield f"{resource['path']}: found a line of {longest:,} bytes, expected at most {LONGEST_LINE:,}; restore the file"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"{resource['path']}: not a UTF-8 CSV table ({error}); restore the file"


def _misdated(package, nights):
    """The period is that of the nights, a row a date; an older version has none."""
    ends = (
        "/".join(f"{day:%Y-%m-%d}" for day in nights["report_date"].iloc[[0, -1]])
        if len(nights)
        else package["period"]
    )
    fault = f"datapackage.json: found the period {package['period']}, expected {ends} as in nights.csv; restore the file"
    return [] if ends == package["period"] else [fault]


def _edits(folder, package):
    """The files of other bytes than the descriptor says, and what a descriptor says otherwise than the package's own."""
    hashes, own = file_hashes(folder, package), read_descriptor(paths.DATA)
    for name in edited(package, hashes):
        expected = next(r.get("hash", "no hash") for r in package["resources"] if r["name"] == name)
        yield f"edited: {name}.csv: found sha256:{hashes[name]}, expected {expected} as datapackage.json says; restore the file"
    for key in ("title", "contributors", "licenses") if number(package) >= number(own) else ():
        if _undated(package.get(key)) != _undated(own[key]):
            yield f"edited: datapackage.json: found the {key} {package.get(key)!r}, expected {own[key]!r}; restore the file"


def _undated(text):
    """A text without its years, which follow the period."""
    return re.sub(r"\d{4}", "", str(text))


def _line(place, error):
    """A fault that Frictionless found as one line."""
    where = f"{place}, line {getattr(error, 'row_number', 1)}"
    if error.type == "extra-cell":
        return f"{where}: found more cells than the header, the first {error.cell[:80]!r}; correct the row or restore the file"
    if error.type in ("type-error", "constraint-error"):
        expected = re.sub(
            r'(?:constraint )?"?(\w+)"? is "(.*?)(?:/default)?"', r"\1 \2", error.note
        )
        return f"{where}, {error.field_name}: found {error.cell[:80]!r}, expected {expected}; correct the cell or restore the file"
    return f"{where}: {' '.join(filter(None, (error.title, error.note)))}; correct the row or restore the file"
