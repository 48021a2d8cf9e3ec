"""The sources of the book: a page per figure, table and module, and what stands next to them."""

import shutil

import pandas as pd
import yaml

from analysis import measures, paths
from analysis.citing import manifest
from analysis.citing.citation import FORMS, cite
from book import explore, links, nights, reference, search, tables
from book.filling import as_json, templates
from book.notebooks import copy_notebooks

_FORM_NAMES = {
    "apa": "APA",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "ris": "RIS",
    "markdown": "Markdown",
    "latex": "LaTeX",
    "html": "HTML",
}
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
    titles = copy_notebooks(folder / "notebooks", entries, fill)
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
    _write(folder / "explore-data.js", f"window.exploreData = {as_json(explore.content(air))};")
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
    found = search.documents(entries, nights.documents(made["nights"], made["months"]))
    _write(folder / "search-documents.js", f"window.searchDocuments = {as_json(found)};")


def _form():
    """The questions of the form for a wrong number."""
    path = paths.ROOT / ".github" / "ISSUE_TEMPLATE" / "wrong-number.yml"
    body = yaml.safe_load(path.read_text("utf-8"))["body"]
    return [part["attributes"] for part in body]


def _citations(figure):
    return {_FORM_NAMES[form]: cite(figure, form) for form in FORMS}


def _write(path, text):
    path.write_text(text + "\n", encoding="utf-8")


def _write_script(path, group, name, value):
    """Write a value as a script: a page that is opened from disk can read no other file."""
    _write(path, f"(window.{group} ??= {{}})[{as_json(name)}] = {as_json(value)};")
