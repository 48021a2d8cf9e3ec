"""How to cite a figure or the dataset, in the forms that writers use.

`CITATION.cff` is the one source of authors, title, date and address; the
manifest says what a figure is. Every form escapes what it prints.
"""

import html
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from analysis import paths
from analysis.citing import manifest
from analysis.citing.versions import tree_of
from analysis.names import known

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",  # BibTeX counts braces, escaped or not
    **{c: f"\\{c}" for c in "$&#_%"},
}


@dataclass(frozen=True)
class Work:
    """What is cited: a figure (`entry` is its manifest entry), or all of the dataset (None)."""

    collection: dict  # CITATION.cff
    version: str
    data_version: str
    data_sha256: str
    entry: dict | None = None
    is_column: bool = False  # whether a snippet includes the picture of a column

    @property
    def is_own(self) -> bool:
        """Whether no notebook of the package makes the figure: then the data are cited."""
        return self.entry is not None and self.entry.get("notebook", "") is None

    @property
    def is_figure(self) -> bool:
        """Whether a figure of the package is cited."""
        return self.entry is not None and not self.is_own

    @property
    def title(self) -> str:
        return self.entry["title"] if self.is_figure else self.collection["title"]

    @property
    def kind(self) -> str:
        data = f"data version {self.data_version}, sha256 {self.data_sha256[:12]}"
        if self.is_own:
            return f"Data set; {data}; own figure “{self.entry['title']}”"
        return f"Figure {self.entry['id']}; {data}" if self.entry else f"Data set; {data}"

    @property
    def note(self) -> str:
        own = f"; own figure “{self.entry['title']}”" if self.is_own else ""
        return f"Data with sha256 {self.data_sha256[:12]}{own}"

    @property
    def versions(self) -> str:
        """Return figure and versions in brackets."""
        figure = f"Figure {self.entry['id']}; " if self.is_figure else ""
        return f"({figure}data version {self.data_version}; package version {self.version})"

    def titles(self, edition: str = "{}") -> tuple[str, str]:
        """Return the title, and for a figure that of the collection, with figure and versions.

        They stand in a title, which no style of citation drops; `edition` is what they are put in.
        """
        last = f"{self.collection['title']} {edition.format(self.versions)}"
        return (self.title, last) if self.is_figure else (last, "")

    @property
    def address(self) -> str:
        return address(self.collection)

    @property
    def date(self) -> list[int]:
        return [int(part) for part in str(self.collection["date-released"]).split("-")]

    @property
    def key(self) -> str:
        return f"ukraine-air-attack-{self.entry['id'] if self.entry else 'notebooks'}"

    def picture(self, suffix: str) -> str:
        """Return where a snippet that includes the figure finds it, from the folder above."""
        folder = paths.OWN_FIGURES if self.is_own else "figures"
        if self.is_column:
            suffix = f"column.{suffix.replace('svg', 'png')}"
        return f"{folder}/{self.entry['files'][suffix]['path']}"

    def texts(self, escape) -> list[str]:
        """Return alternative text, caption and source note of a figure, escaped."""
        source = f"Source: {self.entry['source']}; data version {self.data_version}."
        note = f"{source} Licence: {self.entry['licence']}."
        return [escape(_line(text)) for text in (self.entry["alt"], self.entry["caption"], note)]


def address(collection: dict | None = None) -> str:
    """Return the DOI or address that `CITATION.cff` gives, or an empty text."""
    collection = collection or _collection(paths.ROOT)
    if collection.get("doi"):
        return f"https://doi.org/{collection['doi']}"
    return collection.get("url") or collection.get("repository-code", "")


@lru_cache(4)  # the gallery cites every figure
def _collection(root):
    path = root / "CITATION.cff"
    try:
        found = yaml.safe_load(paths.read(path))
        _ = [found[name] for name in ("authors", "title", "version", "date-released")]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise ValueError(
            f"{path}: not a whole citation file ({said}); restore it from the last commit"
        ) from None
    return found


def work(entry: dict | None = None, root: Path | None = None, column: bool = False) -> Work:
    """Return the `Work` of a manifest entry, or of the dataset, of the project in a folder."""
    root = root or paths.ROOT
    collection = _collection(root)
    if entry is None:
        from analysis import dataset  # pandas, which the citation of a figure does not need

        data = dataset.facts(root / "data", dataset.descriptor(root / "data"))
        facts = [str(collection["version"]), *data]
    else:
        facts = [entry[name] for name in ("package_version", "data_version", "data_sha256")]
    return Work(collection, *facts, entry, column)


def cite(
    figure: str | None = None,
    form: str = "apa",
    version: str | None = None,
    *,
    column: bool = False,
) -> str:
    """Return the citation of a figure, or of the dataset, in one of `FORMS`.

    `figure` is an id; `version` a git tag or commit: the figure is cited as it
    was then. markdown, latex and html give a figure with the snippet that
    includes it: caption, alternative text and source note; with `column` it
    includes the picture for a column of 8.9 cm. For a figure of your own the
    data are cited. An unknown id or form is a ValueError that names the nearest.

    Examples
    --------
    >>> from analysis import cite
    >>> cite("03-neutralised-share", "bibtex").splitlines()[0]
    '@misc{ukraine-air-attack-03-neutralised-share,'
    """
    write = FORMS[known("format", form, FORMS)]
    if version is None:
        return write(work(None if figure is None else manifest.find(figure), column=column))
    with tree_of(version) as tree:
        entries = manifest.entries(tree / "figures")
        entry = None if figure is None else manifest.chosen(figure, entries)
        return write(work(entry, tree, column))


def apa(item: Work) -> str:
    """Return a work in APA style (7th edition), as plain text."""
    names = [_apa_name(n) for n in item.collection["authors"]]
    authors = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    head = f"{authors.rstrip('.')}. ({item.date[0]}). {item.title}"
    version = f"(Version {item.version})"
    if item.is_figure:
        place = f"[{item.kind}]. In {item.collection['title']} {version}."
    else:
        place = f"{version} [{item.kind}]."
    return " ".join(f"{head} {place} {item.address}".split())


def _apa_name(name):
    if "name" in name:
        return name["name"]
    initials = " ".join(f"{given[0]}." for given in name["given-names"].split())
    return f"{name['family-names']}, {initials}"


def bibtex(item: Work) -> str:
    """Return a work as a BibTeX entry; text in UTF-8, LaTeX's own characters escaped."""
    title, container = item.titles()
    fields = {
        "author": " and ".join(_bibtex_name(n) for n in item.collection["authors"]),
        "title": f"{{{latex_text(title)}}}",
        "year": f"{item.date[0]}",
        "howpublished": latex_text(container),
        "version": item.version,
        "note": latex_text(item.note),
        "url": re.sub(r"[\\{}\s]", lambda c: f"%{ord(c[0]):02X}", item.address),
        "urldate": f"{date.today()}" if item.address else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item.key},", *lines, "}"])


def _bibtex_name(name):
    if "name" in name:
        return f"{{{latex_text(name['name'])}}}"  # braces keep BibTeX from splitting it
    return latex_text(f"{name['family-names']}, {name['given-names']}")


def csl_json(item: Work) -> str:
    """Return a work as CSL-JSON, a list of one item."""
    title, container = item.titles('<span class="nocase">{}</span>')
    fields = {
        "id": item.key,
        "type": "figure" if item.is_figure else "dataset",
        "author": [_csl_name(n) for n in item.collection["authors"]],
        "issued": {"date-parts": [item.date]},
        "title": title,
        "container-title": container,
        "note": item.note,
        "URL": item.address,
        "accessed": {"date-parts": [[*date.today().timetuple()[:3]]]} if item.address else "",
    }
    given = {name: value for name, value in fields.items() if value}
    return json.dumps([given], indent=2, ensure_ascii=False)


def _csl_name(name):
    if "name" in name:
        return {"literal": name["name"]}
    return {"family": name["family-names"], "given": name["given-names"]}


def ris(item: Work) -> str:
    """Return a work as RIS, which EndNote and Zotero read."""
    title, container = item.titles()
    if item.is_figure:  # programs drop what contains a figure
        title, container = f"{title} {item.versions}", item.collection["title"]
    fields = [
        ("TY", "FIGURE" if item.is_figure else "DATA"),
        *[("AU", _ris_name(n)) for n in item.collection["authors"]],
        ("PY", f"{item.date[0]}"),
        ("DA", "{}/{:02}/{:02}".format(*item.date)),
        ("TI", title),
        ("T2", container),
        ("N1", item.note),
        ("UR", item.address),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def _ris_name(name):
    # The comma keeps a program from taking the last word of a name for a family name.
    return (
        f"{name['name']}," if "name" in name else f"{name['family-names']}, {name['given-names']}"
    )


def markdown(item: Work) -> str:
    """Return a work as Markdown; a figure with the line that includes it.

    Picture and caption are one paragraph: of a picture alone pandoc makes a
    figure, whose caption is the alternative text.
    """
    citation = markdown_text(apa(item))
    if not item.entry:
        return citation
    alt, caption, note = item.texts(markdown_text)
    return f"![{alt}]({item.picture('png')})\\\n*{caption}* {note}\n\n{citation}"


def latex(item: Work) -> str:
    """Return a work as LaTeX; a figure as a float with alternative text (graphicx).

    It cites the entry that the form bibtex has.
    """
    if not item.entry:
        return latex_text(apa(item))
    alt, caption, note = item.texts(latex_text)
    lines = [
        f"% {apa(item)}",
        r"\begin{figure}",
        r"  \centering",
        f"  \\includegraphics[width=\\linewidth, alt={{{alt}}}]{{{item.picture('pdf')}}}",
        f"  \\caption[{{{latex_text(item.entry['title'])}}}]"
        f"{{{caption} {note} \\cite{{{item.key}}}}}",
        f"  \\label{{fig:{item.entry['id']}}}",
        r"\end{figure}",
    ]
    return "\n".join(lines)


def html_text(item: Work) -> str:
    """Return a work as HTML; a figure as an element of that name."""
    citation = html.escape(apa(item))
    if not item.entry:
        return f"<p>{citation}</p>"
    alt, caption, note = item.texts(html.escape)
    return (
        f'<figure>\n  <img src="{item.picture("svg")}" alt="{alt}"'
        ' style="max-width:100%;height:auto">\n'
        f"  <figcaption>{caption} {note} <cite>{citation}</cite></figcaption>\n</figure>"
    )


def latex_text(text: str) -> str:
    """Return text with the characters that LaTeX would read as commands escaped."""
    return "".join(_LATEX.get(c, c) for c in _line(text))


def markdown_text(text: str) -> str:
    """Return text with the characters that Markdown would read as marks escaped."""
    return re.sub(r"([\\`*_\[\]<>|~$&#])", r"\\\1", _line(text))


def _line(text):
    return " ".join(text.split())


FORMS = {
    "apa": apa,
    "bibtex": bibtex,
    "csl-json": csl_json,
    "ris": ris,
    "markdown": markdown,
    "latex": latex,
    "html": html_text,
}
