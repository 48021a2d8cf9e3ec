"""Publish one figure: picture in three formats and in two for a column, the table it draws, and its entry in the manifest."""

import hashlib
import html
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd

from analysis import __version__, paths, style
from analysis.citing import manifest
from analysis.citing.trace import meeting
from analysis.names import dataset_of, known, table_of
from analysis.periods import as_text
from analysis.texts import CELL, figure_texts
from analysis.values import with_values

LICENCES = {
    "CC-BY-NC-SA-4.0": "Air Force of Ukraine, compiled by P. Ivaniuk (CC BY-NC-SA 4.0), curated",
    "CC-BY-4.0": "figures printed by the press, collected for this project (CC BY 4.0)",
}
LEDGER_AND_PRESS = "Air Force of Ukraine via P. Ivaniuk (CC BY-NC-SA 4.0); press (CC BY 4.0)"
_WORDS = ("title", "unit", "description")
_COLUMNS = Path(__file__).with_name("columns.json")
_PICTURES = ("png", "svg", "pdf")
_COLUMN = "column."  # before the suffix of the narrow variant


@dataclass(frozen=True)
class Published:
    """A published figure, shown in a notebook as its picture."""

    figure_id: str
    title: str
    alt: str
    paths: dict[str, Path] = field(repr=False)
    png: bytes = field(repr=False)
    entry: dict = field(repr=False)
    air: object = field(repr=False)

    def _repr_png_(self):
        return self.png, {"width": 760, "alt": self.alt}

    def cite(self, form: str = "apa") -> str:
        """Return the citation of the figure; see `citing.citation.cite`."""
        from analysis.citing.citation import cite

        return cite(self.entry, form)

    def rows(self, where: dict | None = None) -> pd.DataFrame:
        """Return the reports behind the figure, or behind one bar of it; see `citing.trace.rows`."""
        from analysis.citing.trace import rows

        return rows(self.entry, self.air, where)


@style.house
def publish(
    fig,
    figure_id: str,
    table: pd.DataFrame,
    air,
    *,
    caption: str | None = None,
    alt: str | None = None,
    not_shown: str | None = None,
    rows: dict | None = None,
    columns: dict | None = None,
    licence: str = "CC-BY-NC-SA-4.0",
    folder=None,
    source: str | None = None,
) -> Published:
    """Write a house figure as PNG, SVG, PDF and CSV, also for a column of 8.9 cm, with its entry; return what a notebook shows.

    The same figure has the same bytes wherever it is made. Nothing is written
    unless all of it can be.

    Parameters
    ----------
    fig : Figure
        Made by `style.figure`; it is closed.
    figure_id : str
        The file name. ``NN-slug`` with the number of a notebook that a refresh
        runs, as its cell is named, is a figure of the package; any other is one
        of your own.
    table : DataFrame
        Exactly what is drawn, tidy. Index levels with a name become columns.
    air : Dataset
        Its version and hash are written into every file.
    caption, alt, not_shown : str
        What a reader sees under the figure, what one who cannot see it needs,
        and what it must not be taken to show. A figure of the package has them
        in the last cell of its notebook, as it was last saved; one of your own
        takes subtitle and title in the place of the first two.
    rows : dict, optional
        Which rows of `reports` feed the figure: column name to list of values,
        (or one value), or to ``"known"`` for any but a missing value; all columns must hold.
        A column of `table` that reports do not have, such as ``line``, takes a
        dict of each of its values to such a rule; ``"of"`` takes one of each
        column whose values have reports of their own. None if the figure counts
        no reports.
    columns : dict, optional
        What columns of your own mean: name to a description, or to a dict of
        title, unit and description. Others are described in `columns.json` and
        in the data.
    licence : str
        A key of `LICENCES`.
    folder : path-like, optional
        Where to write; by default `my-figures/` below the working directory,
        and for a figure of the package where the refresh collects them.
    source : str, optional
        Whose figures are drawn, for the source line, such as `LEDGER_AND_PRESS`;
        by default as `LICENCES` says.

    Returns
    -------
    Published
        Its `paths` by format, its citation (`cite`) and the reports behind it (`rows`).

    Raises
    ------
    ValueError
        The figure has no title, a text is blank, the id, the licence, or a
        name in `rows` or `columns` is unknown, `rows` selects no report, or an
        index level of the table has no name.
    """
    known("licence", licence, LICENCES)
    flat, air = _tidy(table_of(table, "publish")), dataset_of(air)
    origin, written = _origin(figure_id)
    facts = {
        "id": figure_id,
        **_titles(fig, figure_id),
        "caption": caption,
        "alt": alt,
        "not_shown": not_shown,
        **origin,
        "rows": _rule(rows, air.reports, flat),
        "period": air.package["period"],
        "licence": licence,
        "source": source or LICENCES[licence],
        "data_version": air.version,
        "data_sha256": air.sha256,
        "package_version": __version__,
    }
    _complete(facts, written)
    facts["fields"] = describe(flat, air.package, columns or {})
    style.source_line(fig, f"Source: {facts['source']}; data version {air.version}")
    style.settle(fig)
    author = air.package["contributors"][0]["title"]
    contents = {
        suffix: _picture(fig, suffix, _metadata(suffix, facts, author), facts["alt"])
        for suffix in _PICTURES
    }
    contents["svg"] = with_values(contents["svg"], fig, flat)
    style.narrow(fig)
    contents |= {
        _COLUMN + suffix: _picture(
            fig, suffix, _metadata(suffix, facts, author), facts["alt"], style.PRINTED
        )
        for suffix in ("png", "svg")
    }
    contents[_COLUMN + "svg"] = with_values(contents[_COLUMN + "svg"], fig, flat)
    contents["csv"] = flat.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()
    plt.close(fig)
    folder = paths.figures_dir(figure_id) if folder is None else Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = {suffix: folder / f"{figure_id}.{suffix}" for suffix in contents}
    facts["files"] = {suffix: _write(files[suffix], raw) for suffix, raw in contents.items()}
    manifest.record(facts, folder)
    return Published(figure_id, facts["title"], facts["alt"], files, contents["png"], facts, air)


def _titles(fig, figure_id):
    texts = {t.get_gid(): " ".join(t.get_text().split()) for t in fig.texts}
    if not {"title", "subtitle"} <= texts.keys():
        raise ValueError(
            f"{figure_id}: the figure has no title and subtitle; make it with style.figure(title, subtitle)"
        )
    return {"title": texts["title"], "subtitle": texts["subtitle"]}


def _origin(figure_id):
    """The notebook whose number a figure carries, with its version, and the texts it has there; None where no notebook makes it."""
    path = paths.notebook_of(figure_id)
    stored = json.loads(path.read_text(encoding="utf-8")) if path else {"metadata": {}}
    version = stored["metadata"].get("analysis", {}).get("version")
    return {
        "notebook": path and path.stem,
        "notebook_version": version,
        "cell": figure_id,
    }, figure_texts(stored).get(figure_id, {})


def _rule(rows, reports, table):
    """The rows that feed a figure in plain JSON values, after a look whether there are any."""
    if rows is None:
        return None
    if not isinstance(rows, dict):
        raise ValueError(
            f"rows={rows!r}: expected a dict of columns of reports.csv to lists of values"
        )
    rule = {column: _values(values) for column, values in rows.items()}
    for column, parts in rows.items():
        if isinstance(parts, dict):
            known("column of the table", column, ["of", *table.columns])
            rule[column] = {part: _rule(own, reports, table) for part, own in parts.items()}
    if meeting(reports, rule).empty:
        raise ValueError(f"rows={rule} selects no report; expected values that reports.csv has")
    return rule


def _values(values):
    is_one = isinstance(values, str) or not hasattr(values, "__iter__")
    return (
        values
        if is_one and values == "known"
        else pd.Series([values] if is_one else list(values)).tolist()
    )


def _complete(facts, written):
    """Check the id and the texts of a figure, taken from its notebook where not given; one's own says of itself what its head says."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", facts["id"]):
        raise ValueError(
            f"figure id {facts['id']!r}: expected a slug like 02-monthly-launches or my-seven-day-mean"
        )
    if facts["notebook"] is None:
        written = {
            "caption": facts["subtitle"],
            "alt": f"{facts['title']}. {facts['subtitle']}",
            "not_shown": "not stated",
        }
    facts |= {name: text for name, text in written.items() if facts[name] is None}
    for name in ("title", "subtitle", "caption", "alt", "not_shown"):
        if not (facts[name] or "").strip():
            raise ValueError(
                f"{facts['id']}: {name} is blank; every figure has one, in the cell {CELL} of its notebook or given to publish"
            )


def _tidy(table):
    """A table with its index levels as columns and its dates as text, without a time where none is given."""
    is_numbered = table.index.names == [None] and pd.api.types.is_integer_dtype(table.index)
    if None in table.index.names and not is_numbered:
        raise ValueError(
            f"the table's index {table.index.names} has no name, which its column needs; use rename_axis"
        )
    return as_text(table.reset_index(drop=is_numbered))


def _picture(fig, suffix, metadata, alt, scale=1):
    """The bytes of a figure in one format; an SVG also carries the alternative text where a screen reader looks."""
    buffer, dpi = io.BytesIO(), mpl.rcParams["savefig.dpi"]
    size = {"dpi": dpi * scale, "pil_kwargs": {"dpi": (dpi, dpi)}} if suffix == "png" else {}
    fig.savefig(buffer, format=suffix, metadata=metadata, **size)
    if suffix != "svg":
        return buffer.getvalue()
    width, height = (f"{inches * 72 * scale:.2f}" for inches in fig.get_size_inches())
    drawing = re.sub(
        r'width="[\d.]+pt" height="[\d.]+pt"',
        f'width="{width}pt" height="{height}pt"',
        buffer.getvalue().decode(),
        count=1,
    )
    return drawing.replace(
        " <metadata>", f" <desc>{html.escape(alt, quote=False)}</desc>\n <metadata>", 1
    ).encode()


def _write(path, raw):
    paths.write(path, raw)
    return {"path": path.name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def _metadata(suffix, facts, author):
    """What each format can say of itself; no date, so that the same figure has the same bytes."""
    maker = f"Ukraine Air Attack Notebooks {facts['package_version']}"
    source = (
        f"{facts['source']}; data version {facts['data_version']}, sha256 {facts['data_sha256']}"
    )
    if suffix == "pdf":
        return {
            "Title": facts["title"],
            "Subject": facts["caption"],
            "Author": author,
            "Creator": maker,
            "Keywords": f"{facts['id']}; {source}; {facts['licence']}",
            "Producer": None,
            "CreationDate": None,
        }
    common = {
        "Title": facts["title"],
        "Description": facts["caption"],
        "Identifier": facts["id"],
        "Source": source,
    }
    if suffix == "png":
        return {**common, "Author": author, "Copyright": facts["licence"], "Software": maker}
    return {
        **common,
        "Creator": author,
        "Contributor": maker,
        "Rights": facts["licence"],
        "Date": None,
    }


def describe(table: pd.DataFrame, package: dict, own: dict) -> list[dict]:
    """Return a field descriptor (name, type, title, unit, description) for each column of a table to be published.

    `package` is the descriptor of the data. A column of its tables is described
    there, a computed one in `columns.json`, others by `own` (see `publish`); one
    that nobody has described has a name and a type alone.
    """
    own = {
        known("column", name, table.columns): {"description": words}
        if isinstance(words, str)
        else words
        for name, words in own.items()
    }
    for name, key in ((name, key) for name, words in own.items() for key in words):
        known(f"word on the column {name}", key, _WORDS)
    fields = {
        f["name"]: f
        for resource in reversed(package["resources"])
        for f in resource["schema"]["fields"]
    }
    fields |= json.loads(_COLUMNS.read_text("utf-8")) | own
    return [
        {"name": name, "type": _type(column), **_words(fields.get(name, {}))}
        for name, column in table.items()
    ]


def _words(field):
    return {key: field[key] for key in _WORDS if field.get(key)}


def _type(column):
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(column) else "string"
