"""A CSV file from outside as text cells: refused before it is parsed where it cannot be one."""

import csv
import hashlib
import io
from collections import Counter
from pathlib import Path

import pandas as pd

from analysis.descriptor import DataError

LARGEST = 64_000_000
LARGEST_CELL = 100_000
MOST_COLUMNS = 1_000
_OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"\xff\xfe\0\0": "UTF-32 text; save it as UTF-8",
    b"\0\0\xfe\xff": "UTF-32 text; save it as UTF-8",
    b"\xff\xfe": "UTF-16 text; save it as UTF-8",
    b"\xfe\xff": "UTF-16 text; save it as UTF-8",
}


def read_cells(path, required):
    """Return the cells of a CSV file as text, with the line in the file as index, and the sha256 of its bytes.

    Raises
    ------
    DataError
        The file is none, too large, of another kind or encoding, lacks a
        required column, or a line is broken; says which line and what to do.
    """
    raw = _raw(Path(path))
    header, lines = _parsed(path, raw)
    if doubled := sorted(column for column, times in Counter(header).items() if times > 1):
        raise DataError(
            f"{path}, line 1: found the column {', '.join(doubled)[:300]} twice, expected each once; "
            "take another snapshot"
        )
    if missing := [column for column in required if column not in header]:
        raise DataError(
            f"{path}, line 1: no column {', '.join(missing)}; found {', '.join(header)[:300]}; "
            "expected the header of the compilation with commas between the columns"
        )
    if len(header) > MOST_COLUMNS:
        raise DataError(
            f"{path}, line 1: found {len(header):,} columns, expected some twenty; take another snapshot"
        )
    for line, cells in lines:
        if len(cells) != len(header):
            raise DataError(
                f"{path}, line {line}: found {len(cells)} cells, expected {len(header)} as in the header; "
                "the file is damaged, take another snapshot"
            )
    if longest := next(
        (line for line, cells in lines if max(map(len, cells)) > LARGEST_CELL), None
    ):
        raise DataError(
            f"{path}, line {longest}: found a cell of more than {LARGEST_CELL:,} characters, expected text of a "
            "report; the file is damaged, take another snapshot"
        )
    if not lines:
        raise DataError(f"{path}: found a header and no rows, expected a snapshot with rows")
    text = pd.DataFrame(
        [cells for _, cells in lines], columns=header, index=[line for line, _ in lines], dtype=str
    )
    return text, hashlib.sha256(raw).hexdigest()


def _raw(path):
    if path.exists() and not path.is_file():
        raise DataError(f"{path}: found a directory or device, expected a CSV file")
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise DataError(
                f"{path}: found {size:,} bytes, expected at most {LARGEST:,}; a snapshot has about one "
                "million, take another file"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; expected a CSV file that can be read") from None
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            raise DataError(f"{path}: found {kind}; expected a CSV file")
    if not raw.strip():
        raise DataError(f"{path}: found an empty file, expected the header of the compilation")
    if b"\0" in raw:
        raise DataError(
            f"{path}: found a zero byte at {raw.index(0):,}, so not a text file; expected CSV in UTF-8"
        )
    if not raw.endswith((b"\n", b"\r")):
        raise DataError(
            f"{path}: the last line has no line end, so it may be cut off; take the snapshot anew, "
            "or add a line end if the line is whole"
        )
    return raw


def _parsed(path, raw):
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DataError(
            f"{path}, line {line}: found the byte {raw[error.start]:#x}, which is no UTF-8; "
            "save the file as UTF-8"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        return header, [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise DataError(
            f"{path}, line {reader.line_num}: {error}; expected CSV with quotes in pairs and cells of at most "
            f"{LARGEST_CELL:,} characters"
        ) from None
