"""How to cite a figure or the dataset, in the forms that writers use.

`CITATION.cff` is the one source of authors, title, date and address; the
manifest says what a figure is. Every form escapes what it prints.
"""

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from analysis import paths
from analysis.citing import manifest, versions
from analysis.descriptor import data_facts
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
    """What is cited: a figure of the collection (`entry` is its manifest entry) or the whole of it (`entry` is None)."""

    collection: dict  # CITATION.cff
    version: str
    data_version: str
    data_sha256: str
    entry: dict | None = None

    @property
    def is_own(self) -> bool:
        """Whether the figure is of no notebook of the package: then the data are cited that it was made of."""
        return self.entry is not None and self.entry.get("notebook", "") is None

    @property
    def title(self) -> str:
        return self.entry["title"] if self.entry and not self.is_own else self.collection["title"]

    @property
    def kind(self) -> str:
        data = f"data version {self.data_version}, sha256 {self.data_sha256[:12]}"
        if self.is_own:
            return f"Data set; {data}; own figure “{self.entry['title']}”"
        return f"Figure {self.entry['id']}; {data}" if self.entry else f"Data set; {data}"

    @property
    def address(self) -> str:
        return address(self.collection)

    def picture(self, suffix) -> str:
        """Return where a snippet that includes the figure finds it, from the folder above."""
        return f"{paths.OWN_FIGURES if self.is_own else 'figures'}/{self.entry['files'][suffix]['path']}"


def address(collection=None) -> str:
    """Return the DOI or address that `CITATION.cff` gives, or an empty text."""
    collection = collection or _collection()
    doi = collection.get("doi")
    return (
        f"https://doi.org/{doi}"
        if doi
        else collection.get("url") or collection.get("repository-code", "")
    )


def _collection():
    path = paths.ROOT / "CITATION.cff"
    return _parsed(path.read_bytes(), path)


@lru_cache(4)  # the gallery cites every figure
def _parsed(raw, path="CITATION.cff"):
    try:
        found = yaml.safe_load(raw)
        return found | {
            name: found[name] for name in ("authors", "title", "version", "date-released")
        }
    except (yaml.YAMLError, ValueError, KeyError, TypeError) as error:
        said = " ".join(str(error).split())
        raise ValueError(
            f"{path}: not a whole citation file ({type(error).__name__}: {said}); restore it from the last commit"
        ) from None


def work(entry=None, collection=None) -> Work:
    """Return the `Work` of a manifest entry, by default of the dataset; `collection` is by default what `CITATION.cff` says."""
    collection = collection or _collection()
    if entry is None:
        from analysis.dataset import load  # the gallery and the citation of a figure need no tables

        air = load()
        return Work(collection, str(collection["version"]), air.version, air.sha256)
    return Work(
        collection, entry["package_version"], entry["data_version"], entry["data_sha256"], entry
    )


def _older(figure, ref):
    """The `Work` of a figure, or of the dataset, as an older version has it."""
    then = versions.find(ref)
    collection, entries, package = (
        then.read(*part)
        for part in (
            ("CITATION.cff", _parsed),
            ("figures/figures.json", manifest.parsed),
            ("data/datapackage.json", json.loads),
        )
    )
    if None in (collection, entries, package):
        raise ValueError(
            f"{ref} holds no CITATION.cff, no figures/figures.json or no data/datapackage.json; expected a version with figures"
        )
    if figure is not None:
        return work(manifest.chosen(figure, entries), collection)
    facts = data_facts(
        package, {r["name"]: r["hash"].removeprefix("sha256:") for r in package["resources"]}
    )
    return Work(collection, str(collection["version"]), **facts)


def cite(figure: str | dict | None = None, form: str = "apa", version: str | None = None) -> str:
    """Return the citation of a figure (its id or manifest entry), or of the dataset, in one of `FORMS`.

    `version` is a release archive or a git tag: the figure is cited as it was then.
    markdown, latex and html give a figure with the snippet that includes it:
    caption, alternative text and source note. Of a figure of one's own the data
    are cited. An unknown id or form is a ValueError that names the nearest.

    Examples
    --------
    >>> from analysis.citing.citation import cite
    >>> cite("03-neutralised-share", "bibtex").splitlines()[0]
    '@misc{ukraine-air-attack-03-neutralised-share,'
    """
    write = FORMS[known("format", form, FORMS)]
    return write(
        _older(figure, version)
        if version
        else work(None if figure is None else manifest.find(figure))
    )


def apa(item) -> str:
    """Return a work in APA style (7th edition), as plain text."""
    names = [
        n.get("name") or f"{n['family-names']}, {_initials(n['given-names'])}"
        for n in item.collection["authors"]
    ]
    authors = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    head = f"{authors.rstrip('.')}. ({_date(item)[0]}). {item.title}"
    version = f"(Version {item.version})"
    of_package = item.entry and not item.is_own
    place = (
        f" [{item.kind}]. In {item.collection['title']} {version}."
        if of_package
        else f" {version} [{item.kind}]."
    )
    return " ".join(f"{head}{place} {item.address}".split())


def bibtex(item) -> str:
    """Return a work as a BibTeX entry; text in UTF-8, LaTeX's own characters escaped."""
    names = [
        f"{{{latex_text(n['name'])}}}"
        if "name" in n
        else latex_text(f"{n['family-names']}, {n['given-names']}")
        for n in item.collection["authors"]
    ]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{latex_text(item.title)}}}",
        "year": f"{_date(item)[0]}",
        "howpublished": latex_text(item.collection["title"]) if item.entry else "",
        "note": latex_text(_details(item)),
        "url": re.sub(r"[\\{}\s]", lambda c: f"%{ord(c[0]):02X}", item.address),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(item)},", *lines, "}"])


def csl_json(item) -> str:
    """Return a work as CSL-JSON, a list of one item."""
    names = [
        {"literal": n["name"]}
        if "name" in n
        else {"family": n["family-names"], "given": n["given-names"]}
        for n in item.collection["authors"]
    ]
    found = {
        "id": _key(item),
        "type": "figure" if item.entry else "dataset",
        "author": names,
        "issued": {"date-parts": [_date(item)]},
        "title": item.title,
        "container-title": item.collection["title"] if item.entry else "",
        "version": item.version,
        "number": item.entry["id"] if item.entry else "",
        "note": _details(item),
        "URL": item.address,
    }
    return json.dumps([{k: v for k, v in found.items() if v}], indent=2, ensure_ascii=False)


def markdown(item) -> str:
    """Return a work as Markdown; a figure with the line that includes it."""
    if not item.entry:
        return markdown_text(apa(item))
    alt, caption, note = (
        markdown_text(t) for t in (item.entry["alt"], item.entry["caption"], _note(item))
    )
    return f"![{alt}]({item.picture('png')})\n\n*{caption}* {note}\n\n{markdown_text(apa(item))}"


def latex(item) -> str:
    """Return a work as LaTeX; a figure as a float with alternative text (graphicx)."""
    if not item.entry:
        return latex_text(apa(item))
    alt, caption, note = (
        latex_text(t) for t in (item.entry["alt"], item.entry["caption"], _note(item))
    )
    return "\n".join(
        [
            r"\begin{figure}",
            r"  \centering",
            f"  \\includegraphics[width=\\linewidth, alt={{{alt}}}]{{{item.picture('pdf')}}}",
            f"  \\caption{{{caption} {note}}}",
            f"  \\label{{fig:{item.entry['id']}}}",
            r"\end{figure}",
            f"% {apa(item)}",
        ]
    )


def html_text(item) -> str:
    """Return a work as HTML; a figure as an element of that name."""
    citation = html.escape(apa(item))
    if not item.entry:
        return f"<p>{citation}</p>"
    alt, caption, note = (
        html.escape(t) for t in (_line(item.entry["alt"]), item.entry["caption"], _note(item))
    )
    return (
        f'<figure>\n  <img src="{item.picture("svg")}" alt="{alt}">\n'
        f"  <figcaption>{caption} {note} <cite>{citation}</cite></figcaption>\n</figure>"
    )


def latex_text(text) -> str:
    """Return text with the characters that LaTeX would read as commands escaped."""
    return "".join(_LATEX.get(c, c) for c in _line(text))


def markdown_text(text) -> str:
    """Return text with the characters that Markdown would read as marks escaped."""
    return re.sub(r"([\\`*_\[\]<>|~$&#])", r"\\\1", _line(text))


def _details(item):
    return f"{item.kind}; package version {item.version}"


def _note(item):
    return f"Source: {item.entry['source']}; data version {item.data_version}. Licence: {item.entry['licence']}."


def _line(text):
    return " ".join(text.split())


def _initials(given):
    return " ".join(f"{name[0]}." for name in given.split())


def _date(item):
    return [int(part) for part in str(item.collection["date-released"]).split("-")]


def _key(item):
    return f"ukraine-air-attack-{item.entry['id'] if item.entry else 'notebooks'}"


FORMS = {
    "apa": apa,
    "bibtex": bibtex,
    "csl-json": csl_json,
    "markdown": markdown,
    "latex": latex,
    "html": html_text,
}
