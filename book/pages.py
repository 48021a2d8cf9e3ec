"""The sources of the book: one Markdown page a figure and a table, filled from templates, beside the notebooks."""

import json
import shutil

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import load, measures, paths
from analysis.citing import manifest
from analysis.citing.citation import FORMS, cite, markdown_text
from upkeep.refresh.headline import interval, number
from book import ledger
from book.notebooks import copy_notebooks

_FORM_NAMES = {"apa": "APA", "bibtex": "BibTeX", "csl-json": "CSL-JSON", "markdown": "Markdown", "latex": "LaTeX", "html": "HTML"}


def write_sources(folder):
    """Write every page of the book into `folder`, with copies of the notebooks, figures and tables that they link to."""
    air, entries = load(), manifest.entries(paths.FIGURES)
    fill = _templates(air)
    for name in ("figures", "notebooks", "data"):
        (folder / name).mkdir(parents=True)
    titles = copy_notebooks(folder / "notebooks", entries)
    _write(folder / "index.md", fill("home.md", found=measures.findings(air), entries=entries))
    _write(folder / "figures" / "index.md", fill("figures.md", entries=entries, titles=titles, names=[_short(e["id"]) for e in entries]))
    _write(folder / "notebooks" / "index.md", fill("notebooks.md", titles=titles))
    for entry in entries:
        citations = {_FORM_NAMES[form]: cite(entry["id"], form) for form in FORMS}
        page = fill("figure.md", figure=entry, citations=citations, title=titles[entry["notebook"]],
                    table=ledger.figure_table(entry), columns=entry["fields"])
        _write(folder / "figures" / f"{entry['id']}.md", page)
    for name in ("ledger", "dictionary", "regimes", "corrections", "claims", "press"):
        _write(folder / "data" / f"{name}.md", fill(f"{name}.md"))
    _write(folder / "data" / "cite.md", fill("cite.md", citations={_FORM_NAMES[f]: cite(None, f) for f in FORMS}))
    shutil.copy(paths.DATA / "README.md", folder / "data" / "datasheet.md")
    _write(folder / "data" / "index.md", fill("data.md"))
    shutil.copy(paths.ROOT / "CHANGELOG.md", folder / "changelog.md")


def _short(figure_id):
    """A figure's entry in the list beside the pages: the titles are sentences, too long for it."""
    return f"{figure_id[:2]} {figure_id[3:].replace('-', ' ').capitalize()} <{figure_id}>"


def _write(path, text):
    path.write_text(text + "\n", encoding="utf-8")


def _templates(air):
    """Return a function that fills the template of a name; whatever it is given is escaped."""
    environment = Environment(loader=FileSystemLoader(paths.ROOT / "book" / "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_harmless)
    environment.filters |= {"md": lambda text: Markup(markdown_text(text)), "json": _json, "number": number}
    environment.globals |= {"air": air, "ledger": ledger, "interval": interval}
    return lambda name, **values: environment.get_template(name).render(**values)


def _harmless(value):
    """A value as HTML that cannot end the Markdown fence it stands in."""
    return value if isinstance(value, Markup) else Markup(str(escape(value)).replace("`", "&#96;"))


def _json(value):
    """A value as JSON that cannot end the script element or the Markdown fence it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("`", "\\u0060"))
