"""What the search of the book knows: every section of every page, and every night, as one script."""

import json
import re

from docutils import nodes as docutils

from analysis import load, paths
from analysis.citing import manifest
from book import nights

_SHORTEST = 3  # words
_PROSE = (docutils.paragraph, docutils.bullet_list, docutils.enumerated_list)


def connect(app):
    """Have Sphinx collect its pages for the search, instead of its own index, whose snippets need a server."""
    pages = []
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
    app.connect(
        "doctree-resolved", lambda app, doctree, name: pages.extend(_sections(doctree, name))
    )
    app.connect("build-finished", lambda app, error: None if error else _write(app, pages))


def _write(app, pages):
    air = load()
    names = {f"figures/{e['id']}.html": e["id"].replace("-", " ") for e in _figures()}
    found = [
        *(
            (address, e["title"], [e["subtitle"], e["caption"], e["alt"]], "figure")
            for address, e in zip(names, _figures())
        ),
        *pages,
        *nights.documents(air, nights.pages(air).keys()),
    ]
    documents = [
        {
            "id": address,
            "title": title,
            "text": " ".join(" ".join(texts).split()),
            "kind": kind,
            "name": names.get(address, ""),
        }
        for address, title, texts, kind in found
    ]
    text = json.dumps(documents, ensure_ascii=False, separators=(",", ":"))
    script = f"window.searchDocuments = {text};\n"
    (app.outdir / "search-documents.js").write_text(script, encoding="utf-8")


def _figures():
    return manifest.entries(paths.FIGURES)


def _sections(doctree, name):
    """Each section of a page with its own prose; tables and pictures have none, and figures stand for their own pages."""
    if re.match(r"figures/\d", name):
        return
    title = next(iter(doctree.findall(docutils.title)), docutils.title("", name)).astext()
    for section in doctree.findall(docutils.section):
        prose = [_text(n) for n in section.children if isinstance(n, _PROSE)]
        head = section.next_node(docutils.title).astext()
        if len(" ".join(prose).split()) < _SHORTEST:
            continue
        if head == title:
            yield f"{name}.html", title, prose, "page"
        else:
            yield f"{name}.html#{section['ids'][0]}", f"{title}: {head}", prose, "page"


def _text(node):
    """The words of a piece of prose, without the HTML in it."""
    texts = node.findall(docutils.Text)
    return " ".join(text for text in texts if not isinstance(text.parent, docutils.raw))
