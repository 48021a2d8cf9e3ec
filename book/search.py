"""What the search of the book knows: every section of every page, and every night, as one script."""

import json
import re

import pandas as pd
from docutils import nodes

from analysis import load, paths
from analysis.citing import manifest

_SHORTEST = 3  # words


def connect(app):
    """Have Sphinx collect its pages for the search, in the place of its own index, whose snippets need a server."""
    pages = []
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
    app.connect(
        "doctree-resolved", lambda app, doctree, name: pages.extend(_sections(doctree, name))
    )
    app.connect("build-finished", lambda app, error: None if error else _write(app, pages))


def _write(app, pages):
    figures = [
        _document(
            f"figures/{e['id']}.html",
            e["title"],
            [e["subtitle"], e["caption"], e["alt"]],
            "figure",
            e["id"].replace("-", " "),
        )
        for e in manifest.entries(paths.FIGURES)
    ]
    nights = [
        _document(
            f"nights/{n.report_date:%Y-%m-%d}.html",
            f"Night of {n.report_date.day} {n.report_date:%B %Y}",
            [f"{n.report_date:%Y-%m-%d}", *_launched(n)],
            "night",
        )
        for n in load().nights.itertuples()
    ]
    text = json.dumps(figures + pages + nights, ensure_ascii=False, separators=(",", ":"))
    (app.outdir / "search-documents.js").write_text(
        f"window.searchDocuments = {text};\n", encoding="utf-8"
    )


def _document(address, title, texts, kind, name=""):
    return {
        "id": address,
        "title": title,
        "text": " ".join(" ".join(texts).split()),
        "kind": kind,
        "name": name,
    }


def _launched(night):
    for series in ("drones", "missiles"):
        count = getattr(night, f"{series}_launched_count")
        yield f"no report of {series}." if pd.isna(count) else f"{count} {series} launched."


def _sections(doctree, name):
    """Each section of a page with its own prose; tables and pictures have none, and figures stand for their own pages."""
    if re.match(r"figures/\d", name):
        return
    title = next(iter(doctree.findall(nodes.title)), nodes.title("", name)).astext()
    for section in doctree.findall(nodes.section):
        own = [
            n.astext()
            for n in section.children
            if isinstance(n, (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list))
        ]
        head = section.next_node(nodes.title).astext()
        if len(" ".join(own).split()) >= _SHORTEST:
            place = "" if head == title else f"#{section['ids'][0]}"
            yield _document(
                f"{name}.html{place}", head if head == title else f"{title}: {head}", own, "page"
            )
