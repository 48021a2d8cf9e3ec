"""Tables as the descriptor describes them: a CSV into typed columns, and the faults of a typed table.

`datapackage.json` says what each field is; this module turns that into pandas
types, and says with file, row and field what does not fit.
"""

import io
from functools import cache

import numpy as np
import pandas as pd

from analysis.descriptor import DataError, read_bytes

_OBJECT = np.dtype(object)
_DTYPES = {"string": pd.StringDtype(na_value=np.nan), "integer": pd.Int64Dtype(), "number": np.dtype("float64"),
           "boolean": np.dtype(bool), "date": _OBJECT, "datetime": _OBJECT}
DATE_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M"}
_PATTERNS = {"integer": r"[+-]?\d{1,18}", "number": r"[-+.\deE]+", "boolean": "True|False"}


def read_table(path, fields, raw=None):
    """Return one CSV of `data/` as a frame typed by its schema fields.

    Text with an ``enum`` becomes a categorical in that order (ordered where the
    field says ``categoriesOrdered``); whole numbers are nullable integers;
    blanks are missing. `raw` are the bytes of the file where they are at hand.

    Raises
    ------
    DataError
        Names file, line, field, what was found and what was expected.
    """
    raw = read_bytes(path) if raw is None else raw
    _check_ends(path, raw, fields)
    # Text that becomes a category or a date is read as plain objects: converting it twice costs a third of the load.
    dtypes = {f["name"]: _OBJECT if _enum(f) else _DTYPES[f["type"]] for f in fields}
    try:
        frame = pd.read_csv(io.BytesIO(raw), dtype=dtypes, keep_default_na=False, na_values=[""], low_memory=False)
        for field in fields:
            if _enum(field):
                frame[field["name"]] = _categorical(frame[field["name"]].to_numpy(), field)
            elif field["type"] in DATE_FORMATS:
                texts = frame[field["name"]].to_numpy()
                frame[field["name"]] = pd.to_datetime(texts, format=DATE_FORMATS[field["type"]])
        if not isinstance(frame.index, pd.RangeIndex):
            raise ValueError("rows with more cells than the header")
        return frame
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise _located(path, raw, fields, error) from None


def _check_ends(path, raw, fields):
    """The header is that of the descriptor, and the last line is whole."""
    header = raw[:max(raw.find(b"\n"), 0)].decode("utf-8", "replace").rstrip("\r")
    expected = ",".join(f["name"] for f in fields)
    if header != expected:
        raise DataError(f"{path}, line 1: found the columns {header[:600]!r}, expected {expected}; restore the file")
    if not raw.endswith(b"\n"):
        raise DataError(f"{path}: found a last line without an end, expected a whole file; restore it")


def _enum(field):
    return field.get("constraints", {}).get("enum")


def _categorical(texts, field):
    codes = {value: code for code, value in enumerate(_enum(field))} | {np.nan: -1}
    positions = np.fromiter(map(codes.__getitem__, texts.tolist()), "int8", len(texts))
    dtype = _category(tuple(_enum(field)), field.get("categoriesOrdered", False))
    return pd.Categorical.from_codes(positions, dtype=dtype, validate=False)


@cache
def _category(values, ordered):
    """One dtype a vocabulary, so that tables which share one can be compared and merged."""
    return pd.CategoricalDtype(values, ordered)


def _located(path, raw, fields, error):
    """Return the error that names the first cell of a table that its schema refuses."""
    try:
        texts = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)
    except ValueError:
        return DataError(f"{path}: not a UTF-8 CSV table ({error}); restore the file")
    if not isinstance(texts.index, pd.RangeIndex):
        return DataError(f"{path}: found rows with more cells than the header; restore the file")
    for field in fields:
        cells = texts.get(field["name"], pd.Series(dtype=str))
        wrong = cells[~_fits(cells, field) & ((cells != "") | (field["type"] == "boolean"))]
        if len(wrong):
            expected = f"one of {', '.join(_enum(field))}" if _enum(field) else field["type"]
            return DataError(f"{path}, line {wrong.index[0] + 2}, {field['name']}: found {str(wrong.iloc[0])[:80]!r}, "
                             f"expected {expected}; correct the cell or restore the file")
    return DataError(f"{path}: {error}; restore the file")


def _fits(cells, field):
    if field["type"] in DATE_FORMATS:
        return pd.to_datetime(cells, format=DATE_FORMATS[field["type"]], errors="coerce").notna()
    if _enum(field):
        return cells.isin(_enum(field))
    return cells.str.fullmatch(_PATTERNS.get(field["type"], "(?s).*"))


def faults(package, tables):
    """Yield each break of a constraint or a foreign key as one line: table, row, field, found, expected."""
    for resource in package["resources"]:
        frame = tables[resource["name"]]
        for name, index, expected in [*_broken_constraints(resource, frame), *_broken_keys(resource, frame, tables)]:
            row = frame.at[index, resource["schema"]["primaryKey"][0]]
            yield f"{resource['name']}.csv, {row}, {name}: found {frame.at[index, name]}, expected {expected}"


def _broken_constraints(resource, frame):
    for field in resource["schema"]["fields"]:
        name, rules = field["name"], field.get("constraints", {})
        known = frame[name].dropna()
        if rules.get("required"):
            yield from ((name, i, "a value") for i in frame.index[frame[name].isna()])
        if rules.get("unique") or [name] == resource["schema"]["primaryKey"]:
            yield from ((name, i, "a value that no other row has") for i in known.index[known.duplicated()])
        if "minimum" in rules:
            yield from ((name, i, f"at least {rules['minimum']}") for i in known.index[known < rules["minimum"]])
        if "pattern" in rules:
            fits = known.astype(str).str.fullmatch(rules["pattern"])
            yield from ((name, i, f"text like {rules['pattern']}") for i in known.index[~fits])


def _broken_keys(resource, frame, tables):
    for key in resource["schema"].get("foreignKeys", []):
        (name,), reference = key["fields"], key["reference"]
        known = tables[reference["resource"]][reference["fields"][0]].astype(str)
        cells = frame[name].dropna().astype(str)
        yield from ((name, i, f"a key of {reference['resource']}.csv") for i in cells.index[~cells.isin(known)])
