"""What a page tells those who share and index it; addresses once `CITATION.cff` has a `url`."""

import re
from functools import cache

from markupsafe import Markup

from analysis import load, paths
from analysis.citing import manifest
from book.filling import templates


def connect(app):
    """Have every page carry its description and, with a base address, where it stands."""
    app.connect("html-page-context", _describe)


@cache
def _filled(folder):
    """The figures of a folder by the names of their pages, and what fills a template."""
    return {f"figures/{e['id']}": e for e in manifest.entries(folder)}, templates(load())


def _describe(app, page, template, context, doctree):
    figures, fill = _filled(paths.FIGURES)
    figure, title = figures.get(page), context.get("title", "")
    if not page.startswith("notebooks/"):  # the cells' own looks are heavy
        context["css_files"] = [file for file in context["css_files"] if "mystnb" not in str(file)]
    # the theme has its own viewport
    theirs = re.sub(r'<meta[^>]*name="viewport"[^>]*>', "", context.get("metatags", ""))
    tags = fill("head.html", page=page, figure=figure, title=Markup(title).striptags())
    context["metatags"] = Markup(theirs + tags)
