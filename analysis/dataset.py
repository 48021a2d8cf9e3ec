"""The curated dataset in memory: every table of a data directory, typed by its descriptor.

The only reader of `data/`. `datapackage.json` says which tables there are and
what each field means; this module turns that into pandas types and refuses,
with file, line and field, what does not fit.
"""

import hashlib
import html
import json
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from analysis import paths

_DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "bool",
           "date": "str", "datetime": "str"}
_DATE_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M"}


class DataError(ValueError):
    """Data that do not fit their description: says where, what was found, what was expected."""


@dataclass(frozen=True, repr=False)
class Dataset:
    """The tables of one data directory.

    Each attribute named like a file of `data/` is a DataFrame; its columns are
    described in ``package`` (the Frictionless descriptor). A missing count is
    ``<NA>``: unknown, never zero. Dates are Kyiv local time without a zone.
    ``sha256`` is that of the table files' bytes, in the order of the attributes.
    """

    reports: pd.DataFrame
    weapons: pd.DataFrame
    regimes: pd.DataFrame
    corrections: pd.DataFrame
    additions: pd.DataFrame
    quiet_nights: pd.DataFrame
    press_claims: pd.DataFrame
    press_sources: pd.DataFrame
    package: dict
    sha256: str

    @property
    def version(self):
        """The data version (SemVer): meaning changed, rows added, value corrected."""
        return self.package["version"]

    @property
    def period(self):
        """First and last day that the dataset covers, as Timestamps."""
        start, end = self.package["period"].split("/")
        return pd.Timestamp(start), pd.Timestamp(end)

    def _facts(self):
        start, end = self.period
        drones = self.reports[self.reports["is_in_drone_series"]]
        nights = drones.loc[drones["launched_count"] > 0, "report_date"].nunique()
        return {
            "Period": f"{start:%-d %B %Y} to {end:%-d %B %Y}",
            "Data version": f"{self.version} (sha256 {self.sha256[:12]})",
            "Drone series": f"{drones['launched_count'].sum():,} one-way attack drones launched, as reported, "
                            f"in {nights:,} nights of {(end - start).days + 1:,} dates",
            "Caveat": "Claims of one belligerent. What “shot down” and “lost” meant changed on "
                      "21 August 2024 and 24 July 2025: compare only the neutralised share across them.",
            "Cite": f"{self.package['title']}, data version {self.version}. python -m analysis cite",
        }

    def _tables(self):
        return {r["name"]: (len(getattr(self, r["name"])), r["title"]) for r in self.package["resources"]}

    def __repr__(self):
        facts = [f"{name}: {text}" for name, text in self._facts().items()]
        tables = [f"  .{name:<14}{rows:>6,}  {title}" for name, (rows, title) in self._tables().items()]
        return "\n".join([self.package["title"], *facts, "Tables:", *tables])

    def _repr_html_(self):
        def row(*cells):
            return "<tr>" + "".join(f'<td style="text-align:left">{html.escape(c)}</td>' for c in cells) + "</tr>"

        facts = "".join(row(name, text) for name, text in self._facts().items())
        tables = "".join(row(f".{name}", f"{rows:,} rows", title) for name, (rows, title) in self._tables().items())
        return f"<b>{html.escape(self.package['title'])}</b><table>{facts}</table><table>{tables}</table>"


def load(path=None):
    """Return the curated dataset as a `Dataset`.

    Parameters
    ----------
    path : path-like, optional
        A data directory with a `datapackage.json`; by default the one that
        comes with the package.

    Raises
    ------
    DataError
        A file is missing or a value does not fit the descriptor; the message
        names file, line, field, what was found and what was expected.
    """
    folder = Path(paths.DATA if path is None else path)
    package = read_descriptor(folder)
    schemas = {r["name"]: r for r in package["resources"]}
    names = [f.name for f in fields(Dataset) if f.name not in ("package", "sha256")]
    if missing := [n for n in names if n not in schemas]:
        raise DataError(f"{folder / 'datapackage.json'}: no resource named {', '.join(missing)}; "
                        "restore the file from the version of the data you use")
    tables, digest = {}, hashlib.sha256()
    for name in names:
        path = folder / f"{name}.csv"
        tables[name] = read_table(path, schemas[name]["schema"]["fields"])
        digest.update(path.read_bytes())
    return Dataset(**tables, package=package, sha256=digest.hexdigest())


def read_descriptor(folder):
    """Return the descriptor of a data directory as a dict."""
    path = Path(folder) / "datapackage.json"
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; expected a data directory with a datapackage.json") from None
    except ValueError as error:
        raise DataError(f"{path}: not valid JSON ({error})") from None


def read_table(path, schema_fields):
    """Return one CSV of `data/` as a frame typed by its schema fields.

    Text with an ``enum`` becomes a categorical in that order (ordered where the
    field says ``categoriesOrdered``); whole numbers are nullable integers;
    blanks are missing.
    """
    names = [f["name"] for f in schema_fields]
    dates = {f["name"]: _DATE_FORMATS[f["type"]] for f in schema_fields if f["type"] in _DATE_FORMATS}
    try:
        frame = pd.read_csv(path, dtype={f["name"]: _DTYPES[f["type"]] for f in schema_fields},
                            keep_default_na=False, na_values=[""], encoding="utf-8")
        if list(frame) != names:
            raise DataError(f"{path}: the header is {list(frame)}; expected {names}")
        for name, date_format in dates.items():
            frame[name] = pd.to_datetime(frame[name], format=date_format)
        for field in schema_fields:
            if enum := field.get("constraints", {}).get("enum"):
                frame[field["name"]] = _categorical(frame[field["name"]], enum, field.get("categoriesOrdered", False))
    except DataError:
        raise
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; the descriptor lists this file") from None
    except (ValueError, pd.errors.ParserError) as error:
        raise _located(path, schema_fields, error) from None
    return frame


def _categorical(texts, enum, ordered):
    typed = texts.astype(pd.CategoricalDtype(texts.dropna().unique())).cat.set_categories(enum, ordered=ordered)
    if typed.isna().sum() != texts.isna().sum():
        raise ValueError("a value outside the vocabulary")
    return typed


def _located(path, schema_fields, error):
    """Return the error that names the first cell of a table that its schema refuses."""
    try:
        texts = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (ValueError, pd.errors.ParserError):
        return DataError(f"{path}: not a readable UTF-8 CSV table ({error})")
    for field in schema_fields:
        if field["name"] not in texts:
            return DataError(f"{path}: no column {field['name']}; found {list(texts)}")
        cells, expected = texts[field["name"]], field["type"]
        if expected in _DATE_FORMATS:
            fits = pd.to_datetime(cells, format=_DATE_FORMATS[expected], errors="coerce").notna()
        elif expected == "boolean":
            fits = cells.isin(["True", "False"])
        elif enum := field.get("constraints", {}).get("enum"):
            fits, expected = cells.isin(enum), f"one of {', '.join(enum)}"
        else:
            fits = cells.str.fullmatch({"integer": r"[+-]?\d{1,18}", "number": r"[-+.\deE]+"}.get(expected, "(?s).*"))
        wrong = cells[~fits & ((cells != "") | (field["type"] == "boolean"))]
        if len(wrong):
            return DataError(f"{path}, line {wrong.index[0] + 2}, {field['name']}: found {wrong.iloc[0]!r}, "
                             f"expected {expected}; correct the cell or restore the file")
    return DataError(f"{path}: {error}")
