"""Publish one figure: pictures, the table it draws, the reports behind it, manifest entry."""

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
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis import __version__, legibility, paths, style, texts
from analysis.citing import manifest, trace
from analysis.names import dataset_of, known, table_of
from analysis.periods import COLUMNS, as_text
from analysis.values import with_values

LICENCES = {
    "CC-BY-NC-SA-4.0": "Air Force of Ukraine, compiled by P. Ivaniuk (CC BY-NC-SA 4.0), curated",
    "CC-BY-4.0": "figures printed by the press, collected for this project (CC BY 4.0)",
}
LEDGER_AND_PRESS = "Air Force of Ukraine via P. Ivaniuk (CC BY-NC-SA 4.0); press (CC BY 4.0)"
SHOWN_DPI, SHOWN_WIDTH = 120, 760  # in a notebook, which need not hold the 300 dpi of the file
_TEXTS = ("title", "subtitle", "caption", "alt", "not_shown")
_WORDS = ("title", "unit", "description")
# In an SVG: paths of one look, one after the other.
_RUN = re.compile(
    rb'<path d="[^"]*"(?P<look>[^>]*)/>'
    rb'(?:\s*(?:</g>\s*<g id="patch_\d+">\s*)?<path d="[^"]*"(?P=look)/>)+'
)
_COMPUTED = Path(__file__).with_name("columns.json")


@dataclass(frozen=True)
class Published:
    """A published figure, shown in a notebook as its picture."""

    figure_id: str
    title: str
    alt: str
    paths: dict[str, Path] = field(repr=False)
    png: bytes = field(repr=False)
    entry: dict = field(repr=False)
    links: pd.DataFrame | None = field(repr=False)
    air: object = field(repr=False)

    def _repr_png_(self):
        return self.png, {"width": SHOWN_WIDTH, "alt": self.alt}

    def cite(self, form: str = "apa") -> str:
        """Return the citation of the figure; see `citing.citation.cite`."""
        from analysis.citing.citation import FORMS, work

        return FORMS[known("format", form, FORMS)](work(self.entry))

    def rows(self, where: dict | None = None) -> pd.DataFrame:
        """Return the reports behind the figure, or behind one bar; see `citing.trace.rows`."""
        if self.links is None:
            raise ValueError(f"{self.figure_id} was published without rows")
        return trace.linked(self.links, self.air, where or {})


@style.house
def publish(
    fig,
    figure_id: str,
    table: pd.DataFrame,
    air,
    *,
    rows: pd.DataFrame | None = None,
    caption: str | None = None,
    alt: str | None = None,
    not_shown: str | None = None,
    columns: dict | None = None,
    licence: str = "CC-BY-NC-SA-4.0",
    source: str | None = None,
    folder=None,
) -> Published:
    """Write a house figure with its data, the links to its reports and its manifest entry.

    The same figure has the same bytes wherever it is made. Nothing is written
    unless all of it can be.

    Parameters
    ----------
    fig : Figure
        Made by `style.figure`; it is closed.
    figure_id : str
        The file name, such as ``my-seven-day-mean``. ``NN-slug`` is a figure of
        the package where a refresh runs its notebook; elsewhere it is your own.
    table : DataFrame
        Exactly what is drawn, tidy. Index levels with a name become columns.
    air : Dataset
        Its version and hash are written into every file.
    rows : DataFrame, optional
        The very reports that the table counts: rows of `reports`, with the key
        columns of the table that they do not have, such as ``wave_band``, added
        (a period such as ``month`` is found by `publish`). A report that several
        rows of the table count stands there once for each; see `citing.trace.links`.
        None if the figure counts no reports.
    caption, alt, not_shown : str
        What a reader sees under the figure, what one who cannot see it needs,
        and what it must not be taken to show. By default those of
        ``notebooks/NN-slug.texts.md``; for a figure of your own subtitle and
        title, and "not stated".
    columns : dict, optional
        What columns of your own mean: name to a description, or to a dict of
        title, unit and description; see `describe`.
    licence : str
        A key of `LICENCES`.
    source : str, optional
        Whose figures are drawn, for the source line, such as `LEDGER_AND_PRESS`;
        by default as `LICENCES` says.
    folder : path-like, optional
        Where to write; by default `my-figures/` of the checkout or the working directory,
        and for a figure of the package where the refresh collects them.

    Returns
    -------
    Published
        Its `paths` by kind (``png``, ``svg``, ``pdf``, ``column.png`` and
        ``column.pdf`` for a column of 8.9 cm, ``csv``, ``rows.csv``), its
        citation (`cite`) and the reports behind it (`rows`).

    Raises
    ------
    ValueError
        The figure has no title, a text is blank, the id, the licence or a name
        in `columns` is unknown, no report of `rows` has the keys of a row of the
        table, an index level of the table has no name, or a figure of the package
        has a fault in one of its widths (`legibility.faults`).
    """
    known("licence", licence, LICENCES)
    flat, air = _tidy(table_of(table, "publish")), dataset_of(air)
    links = None if rows is None else trace.links(rows, flat)
    page = texts.page_of(figure_id)
    given = {"caption": caption, "alt": alt, "not_shown": not_shown}
    facts = {
        "id": figure_id,
        **_texts(fig, figure_id, page, given),
        **_origin(figure_id, page),
        "period": air.package["period"],
        "licence": licence,
        "source": source or LICENCES[licence],
        "data_version": air.version,
        "data_sha256": air.sha256,
        "package_version": __version__,
        "fields": describe(flat, air.package, columns or {}, is_own=page is None),
    }
    style.source_line(fig, f"Source: {facts['source']}; data version {air.version}")
    style.settle(fig)
    author = air.package["contributors"][0]["title"]
    shown, pictures = _pictures(fig, facts, author, flat, is_own=page is None)
    tables = {"csv": flat} if links is None else {"csv": flat, "rows.csv": links}
    contents = pictures | {suffix: _csv(table) for suffix, table in tables.items()}
    folder = paths.figures_dir(figure_id) if folder is None else Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = {suffix: folder / f"{figure_id}.{suffix}" for suffix in contents}
    facts["files"] = {suffix: _write(files[suffix], raw) for suffix, raw in contents.items()}
    manifest.record(facts, folder)
    return Published(figure_id, facts["title"], facts["alt"], files, shown, facts, links, air)


def _texts(fig, figure_id, page, given):
    """All texts of a figure, none blank: as given, else of its page, else of its head."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", figure_id):
        raise ValueError(
            f"figure id {figure_id!r}: expected a slug like 02-monthly-launches or "
            "my-seven-day-mean"
        )
    head = {t.get_gid(): " ".join(t.get_text().split()) for t in fig.texts}
    if not {"title", "subtitle"} <= head.keys():
        raise ValueError(
            f"{figure_id}: the figure has no title and subtitle; make it with "
            "style.figure(title, subtitle)"
        )
    title, subtitle = head["title"], head["subtitle"]
    if page:
        default = texts.figure_texts(page.read_text(encoding="utf-8"))[figure_id]
    elif paths.is_of_package(figure_id):
        default = {}
    else:
        default = {
            "caption": f"{subtitle.rstrip('.')}.",
            "alt": f"{title}. {subtitle}",
            "not_shown": "not stated",
        }
    written = {name: text for name, text in given.items() if text is not None}
    found = {"title": title, "subtitle": subtitle} | default | written
    for name in _TEXTS:
        if not found.get(name, "").strip():
            raise ValueError(
                f"{figure_id}: {name} is blank; every figure has one, in "
                "notebooks/NN-slug.texts.md or given to publish"
            )
    return {name: found[name] for name in _TEXTS}


def _origin(figure_id, page):
    """The notebook that makes a figure of the package, with its version; None for a user's own."""
    name = version = None
    if page and paths.is_of_package(figure_id):
        name = page.name.removesuffix(".texts.md")
        notebook = json.loads(page.with_name(f"{name}.ipynb").read_text(encoding="utf-8"))
        version = notebook["metadata"].get("analysis", {}).get("version")
    return {"notebook": name, "notebook_version": version, "cell": figure_id}


def _tidy(table):
    """A table with its index levels as columns and its dates as text."""
    is_numbered = table.index.names == [None] and pd.api.types.is_integer_dtype(table.index)
    if None in table.index.names and not is_numbered:
        raise ValueError(
            f"the table's index {table.index.names} has no name, which its column needs; "
            "use rename_axis"
        )
    return as_text(table.reset_index(drop=is_numbered))


def _csv(table):
    return table.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()


def _pictures(fig, facts, author, flat, is_own):
    """What a notebook shows of a figure, and its files for a page and for a column; closes it."""

    def picture(suffix, **size):
        buffer = io.BytesIO()
        words = {} if suffix == "rgba" else {"metadata": _metadata(suffix, facts, author)}
        fig.savefig(buffer, format=suffix, **words, **size)
        return buffer.getvalue()

    def check(width):
        faults = [] if is_own else legibility.faults(fig)
        if faults:
            raise ValueError(f"{facts['id']}, {width} cm wide: {'; '.join(faults)}")

    def drawn(dpi):
        size = [int(inches * dpi) for inches in fig.get_size_inches()]
        return Image.frombytes("RGBA", size, picture("rgba", dpi=dpi)).convert("RGB")

    check(16)
    dpi = mpl.rcParams["savefig.dpi"]
    whole, words = drawn(dpi), _metadata("png", facts, author)
    size = [round(pixels * SHOWN_DPI / dpi) for pixels in whole.size]
    shown = _png(whole.resize(size, Image.Resampling.LANCZOS), words, SHOWN_DPI)
    svg = with_values(_described(_merged(picture("svg")), facts["alt"]), fig, flat)
    found = {"png": _png(whole, words, dpi), "svg": svg, "pdf": picture("pdf")}
    style.narrow(fig)
    check(8.9)
    column = _png(drawn(dpi * style.PRINTED), words, dpi)
    found |= {"column.png": column, "column.pdf": picture("pdf")}
    plt.close(fig)
    return shown, found


def _png(picture, words, dpi):
    """A PNG of 256 colours: half the bytes, and no difference to the eye."""
    buffer, texts = io.BytesIO(), PngInfo()
    for name, text in words.items():
        texts.add_text(name, text)
    light = picture.quantize(256, Image.Quantize.MAXCOVERAGE)
    light.save(buffer, "png", pnginfo=texts, dpi=(dpi, dpi))
    return buffer.getvalue()


def _merged(svg):
    """The same drawing with bars or cells of one look, one after the other, as one path."""

    def one_path(run):
        shapes = re.findall(rb'<path d="([^"]*)"', run[0])
        return b'<path d="' + b"".join(shapes) + b'"' + run["look"] + b"/>"

    return _RUN.sub(one_path, svg)


def _described(svg, alt):
    """A drawing with the alternative text where a screen reader looks."""
    words = f" <desc>{html.escape(alt, quote=False)}</desc>\n <metadata>"
    return svg.replace(b" <metadata>", words.encode(), 1)


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


def describe(table: pd.DataFrame, package: dict, own: dict, is_own: bool = False) -> list[dict]:
    """Return a field descriptor (name, type, title, unit, description) for each column.

    `package` is the descriptor of the data. A column of its tables is described
    there, a computed one in `columns.json`; `own` comes before both (see
    `publish`). In a figure of your own (`is_own`) a quantity has only the words
    that you give it: how you computed it, and over which regimes, is not known
    here. Dates, names and kinds mean the same everywhere.
    """
    own = {
        known("column", name, table.columns): {"description": words}
        if isinstance(words, str)
        else words
        for name, words in own.items()
    }
    for name, words in own.items():
        for key in words:
            known(f"word on the column {name}", key, _WORDS)
    official = {
        f["name"]: f
        for resource in reversed(package["resources"])
        for f in resource["schema"]["fields"]
    }
    official |= json.loads(_COMPUTED.read_text("utf-8"))
    fields = []
    for name, column in table.items():
        words = own.get(name, {})
        if not words and (not is_own or _type(column) == "string" or name in COLUMNS):
            words = official.get(name, {})
        stated = {key: words[key] for key in _WORDS if words.get(key)}
        fields.append({"name": name, "type": _type(column), **stated})
    return fields


def _type(column):
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(column) else "string"
