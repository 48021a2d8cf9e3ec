"""A CSV file from outside as text cells, refused before it is parsed where it cannot be one."""

import csv
import hashlib
import io
from pathlib import Path

import pandas as pd

from analysis.dataset import DataError

LARGEST = 64_000_000  # bytes; a snapshot has one million


def read_cells(path, required, notices):
    """Return the cells of a CSV file as stripped text, indexed by line, and its sha256.

    Semicolons between the cells, and a first column of row numbers, are taken with a notice.

    Raises
    ------
    DataError
        The file is not a whole CSV file in UTF-8, or lacks a required column.
    """
    raw = _raw(Path(path))
    lines = _lines(path, raw, notices)
    header = lines[0][1] if lines else []
    missing = [column for column in required if column not in header]
    if missing:
        raise DataError(
            f"{path}, line 1: no column {', '.join(missing)}; found {', '.join(header)[:300]}"
        )
    doubled = sorted({column for column in header if header.count(column) > 1})
    if doubled:
        raise DataError(f"{path}, line 1: found the column {', '.join(doubled)[:300]} twice")
    damaged = [f"{line}" for line, cells in lines if len(cells) != len(header)]
    if damaged:
        raise DataError(
            f"{path}, line {', '.join(damaged[:20])}: found another number of cells than the "
            f"{len(header)} of the header; the file is damaged"
        )
    if len(lines) == 1:
        raise DataError(f"{path}: found a header and no rows")
    numbers = [line for line, _ in lines[1:]]
    text = pd.DataFrame([cells for _, cells in lines[1:]], numbers, header, dtype="str")
    text = pd.DataFrame({column: text[column].str.strip() for column in text})
    if header[0] in ("", "Unnamed: 0"):
        notices.append("the first column has no name: taken as row numbers, not carried over")
        text = text.drop(columns=header[0])
    return text, hashlib.sha256(raw).hexdigest()


def _raw(path):
    if not path.is_file():
        raise DataError(f"{path}: found no file, expected a CSV file")
    size = path.stat().st_size
    if size > LARGEST:
        raise DataError(f"{path}: found {size:,} bytes, expected at most {LARGEST:,}")
    raw = path.read_bytes()
    if not raw.endswith((b"\n", b"\r")):
        raise DataError(f"{path}: the last line has no line end, so the file may be cut off")
    return raw


def _lines(path, raw, notices):
    """The cells of each line with its number in the file; a cell may hold line ends."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path}, line {line}: found the byte {raw[error.start]:#x}, which is not UTF-8; "
            "expected CSV text in UTF-8, not an archive"
        ) from None
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    if delimiter == ";":
        notices.append("the cells are separated by semicolons, not by commas")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}; expected CSV") from None
