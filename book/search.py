"""What the search of the book knows: figures, sections of pages, nights and months."""

import re

from docutils import nodes as docutils

_SHORTEST = 3  # words
_PROSE = (docutils.paragraph, docutils.bullet_list, docutils.enumerated_list)


_sections_read = []


def connect(app):
    """Have Sphinx collect its pages, instead of its own index, whose snippets need a server."""
    _sections_read.clear()
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
    app.connect(
        "doctree-resolved",
        lambda app, doctree, name: _sections_read.extend(_sections(doctree, name)),
    )


def documents(entries, nights):
    """Return what is found: figures, sections that Sphinx has read, `nights.documents`."""
    figures = [
        (
            f"figures/{e['id']}.html",
            e["title"],
            [f"{e['subtitle']}.", e["caption"], e["alt"]],
            "figure",
        )
        for e in entries
    ]
    return [
        {
            "id": address,
            "title": title,
            "text": " ".join(" ".join(texts).split()),
            "kind": kind,
            "name": address[8:-5].replace("-", " ") if kind == "figure" else "",
        }
        for address, title, texts, kind in [*figures, *_sections_read, *nights]
    ]


def _sections(doctree, name):
    """Each section of a page with its own prose; figures stand for their own pages."""
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
            yield f"{name}.html#{section['ids'][0]}", f"{title} › {head}", prose, "page"


def _text(node):
    """The words of a piece of prose, without the HTML in it."""
    return re.sub(r"</?\w[^>]*>", "", node.astext())
