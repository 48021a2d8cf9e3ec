"""The sources of the book: a page per figure, table and module, and what stands next to them."""

import json
import shutil

import pandas as pd
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import measures, paths
from analysis.citing import manifest
from analysis.citing.citation import FORMS, cite, markdown_text
from book import codes, explore, links, nights, reference, search, share, tables
from book.notebooks import copy_notebooks
from book.pictures import picture

_FORM_NAMES = {
    "apa": "APA",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "ris": "RIS",
    "markdown": "Markdown",
    "latex": "LaTeX",
    "html": "HTML",
}
LONGEST_PLAIN = 100  # rows: a longer table is a script's
_LONG = {"ledger": tables.reports, "claims": tables.claims}
_DATA = ("dictionary", "regimes", "corrections", "wrong")


def contents(air):
    """Return what is made once for all pages: long tables, nights and months, by their names."""
    pages = nights.pages(air)
    return {
        "long": {name: make(air) for name, make in _LONG.items()},
        "nights": pages,
        "months": nights.months(air, pages.keys()),
    }


def write_sources(air, folder, made):
    """Write every page that Sphinx builds into `folder`; `made`: the `contents`."""
    entries = manifest.entries(paths.FIGURES)
    fill = templates(air)
    for name in ("figures", "notebooks", "data", "nights", "reference"):
        (folder / name).mkdir(parents=True)
    (folder / "docs").mkdir()
    for name in ("install.md", "explore-in-jupyterlab.png"):  # notebooks link it
        shutil.copy(paths.ROOT / "docs" / name, folder / "docs")
    titles = copy_notebooks(folder / "notebooks", entries)
    shared = {"entries": entries, "titles": titles, "modules": reference.modules()}
    pages = {
        "index": fill("home.md", found=measures.findings(air), **shared),
        "figures/index": fill("figures.md", **shared),
        "notebooks/index": fill("notebooks.md", **shared),
        "reference/index": fill("reference.md", **shared),
        "nights/index": fill("nights.md", months=made["months"]),
        "data/index": fill("data.md"),
        "data/cite": fill("cite.md", citations=_citations(None)),
        "data/datasheet": (paths.DATA / "README.md").read_text("utf-8"),
        "explore": fill("explore.md", explore=explore),
        "changelog": (paths.ROOT / "CHANGELOG.md").read_text("utf-8"),
    }
    pages |= {f"data/{name}": fill(f"{name}.md", form=_form()) for name in _DATA}
    pages |= {
        f"data/{name}": fill(f"{name}.md", table=table) for name, table in made["long"].items()
    }
    for entry in entries:
        facts = {"citations": _citations(entry["id"]), "table": tables.figure_table(entry)}
        page = fill("figure.md", figure=entry, title=titles[entry["notebook"]], **facts)
        pages[f"figures/{entry['id']}"] = page
    for name, own in shared["modules"].items():
        pages[f"reference/{name}"] = fill("module.md", name=name, functions=own)
    for name, text in pages.items():
        _write(folder / f"{name}.md", text)


def write_beside(air, folder, made):
    """Write what Sphinx has no part in: long tables, links to reports, nights, months."""
    fill, entries = templates(air), manifest.entries(paths.FIGURES)
    counting = [entry for entry in entries if "rows.csv" in entry["files"]]
    made["long"]["ledger"]["figures"] = [entry["id"] for entry in counting]
    for name, table in made["long"].items():
        _write_script(folder / "data" / f"{name}.js", "bookTables", name, table)
    _write(folder / "explore-data.js", f"window.exploreData = {_json(explore.content(air))};")
    for name in ("rows", "embed"):
        (folder / "figures" / name).mkdir()
    place = pd.Series(range(len(air.reports)), air.reports["report_id"])
    for entry in counting:
        rows = [[*row, place[own].tolist()] for row, own in links.behind(entry).items()]
        path = folder / "figures" / "rows" / f"{entry['id']}.js"
        _write_script(path, "behind", entry["id"], {"keys": links.keys(entry), "rows": rows})
    for entry in entries:
        page = fill("embed.html", figure=entry)
        _write(folder / "figures" / "embed" / f"{entry['id']}.html", page)
    for template, kind in (("night.html", "nights"), ("month.html", "months")):
        for name, facts in made[kind].items():
            _write(folder / "nights" / f"{name}.html", fill(template, **facts))
    found = search.documents(entries, nights.documents(air, made["nights"], made["months"]))
    _write(folder / "search-documents.js", f"window.searchDocuments = {_json(found)};")


def templates(air):
    """Return a function that fills the template of a name; whatever it is given is escaped."""
    environment = Environment(
        loader=FileSystemLoader(paths.ROOT / "book" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {
        "md": lambda text: Markup(markdown_text(text)),
        "json": _json,
        "number": number,
        "codes": codes.linked,
        "picture": picture,
        "shown": tables.shown,
        "short": _short,
    }
    environment.globals |= {
        "air": air,
        "tables": tables,
        "interval": interval,
        "longest_plain": LONGEST_PLAIN,
        "base": share.base(),
    }
    return lambda template, **values: environment.get_template(template).render(**values)


def number(value, unit):
    """Return a finding's value in words, by its unit."""
    if unit == "share":
        return f"{value:.0%}"
    return f"× {value:.1f}" if unit == "ratio" else f"{value:,.0f}"


def interval(finding):
    """Return the bounds of a finding in words, and what they are; blank where it has none."""
    if finding["low"] is None:
        return ""
    low, high = (number(finding[end], finding["unit"]) for end in ("low", "high"))
    return f"{low} to {high} ({finding['bounds']})"


def _form():
    """The questions of the form for a wrong number."""
    path = paths.ROOT / ".github" / "ISSUE_TEMPLATE" / "wrong-number.yml"
    body = yaml.safe_load(path.read_text("utf-8"))["body"]
    return [part["attributes"] for part in body]


def _citations(figure):
    return {_FORM_NAMES[form]: cite(figure, form) for form in FORMS}


def _short(figure_id):
    """The name of a figure in lists and on its page; its title stands in the picture."""
    return f"{figure_id[:2]} {figure_id[3:].replace('-', ' ').capitalize()}"


def _write(path, text):
    path.write_text(text + "\n", encoding="utf-8")


def _write_script(path, group, name, value):
    """Write a value as a script: a page that is opened from disk can read no other file."""
    _write(path, f"(window.{group} ??= {{}})[{_json(name)}] = {_json(value)};")


def _harmless(value):
    """A value as HTML that cannot end the Markdown fence it stands in."""
    return value if isinstance(value, Markup) else Markup(str(escape(value)).replace("`", "&#96;"))


def _json(value):
    """A value as JSON that cannot end the script element or the Markdown fence it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("`", "\\u0060"))
