"""The sources of the book, a Markdown page a figure and a table, and what stands beside them; all of it filled from templates."""

import json
import shutil
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import measures, paths
from analysis.citing import manifest
from analysis.citing.citation import FORMS, cite, markdown_text
from upkeep.refresh.headline import interval, number
from book import codes, explore, nights, pictures, reference, share, tables
from book.links import key_columns, key_values
from book.notebooks import copy_notebooks

_FORM_NAMES = {
    "apa": "APA",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "markdown": "Markdown",
    "latex": "LaTeX",
    "html": "HTML",
}
LONGEST_PLAIN = 100  # rows: a longer table is a script's
_LONG = {"ledger": tables.reports, "claims": tables.claims, "press": tables.press_sources}


def write_sources(air, folder, behind):
    """Write every page of the book into `folder`, with copies of the notebooks; `behind`: the reports behind each figure, by its id."""
    entries = manifest.entries(paths.FIGURES)
    fill = _templates(air)
    for name in ("figures", "notebooks", "data", "nights", "reference"):
        (folder / name).mkdir(parents=True)
    titles = copy_notebooks(folder / "notebooks", entries)
    _write(
        folder / "index.md",
        fill(
            "home.md",
            found=measures.findings(air),
            entries=entries,
            values=lambda e: tables.figure_table(e, {}),
        ),
    )
    _write(
        folder / "figures" / "index.md",
        fill(
            "figures.md", entries=entries, titles=titles, names=[_short(e["id"]) for e in entries]
        ),
    )
    _write(folder / "notebooks" / "index.md", fill("notebooks.md", titles=titles))
    _write(folder / "nights" / "index.md", fill("nights.md", months=nights.calendar(air)))
    for entry in entries:
        page = fill(
            "figure.md",
            figure=entry,
            citations=_citations(entry["id"]),
            title=titles[entry["notebook"]],
            table=tables.figure_table(entry, behind[entry["id"]]),
            columns=entry["fields"],
        )
        _write(folder / "figures" / f"{entry['id']}.md", page)
    for name in ("ledger", "dictionary", "regimes", "corrections", "claims", "press"):
        _write(folder / "data" / f"{name}.md", fill(f"{name}.md"))
    _write(folder / "data" / "cite.md", fill("cite.md", citations=_citations(None)))
    _write(folder / "data" / "datasheet.md", (paths.DATA / "README.md").read_text("utf-8"))
    _write(folder / "data" / "index.md", fill("data.md"))
    _write_reference(folder / "reference", fill, entries)
    _write(folder / "explore.md", fill("explore.md"))
    shutil.copy(paths.ROOT / "CHANGELOG.md", folder / "changelog.md")


def _write_reference(folder, fill, entries):
    modules = reference.functions()
    _write(folder / "index.md", fill("reference.md", modules=modules))
    for f in (f for own in modules.values() for f in own):
        _write(
            folder / f"{f['path']}.md",
            fill("function.md", f=f, figures=[e for e in entries if e["id"] in f["figures"]]),
        )


def write_beside(air, folder, behind):
    """Write what Sphinx has no part in: the long tables, the reports behind each figure, and a page a night."""
    fill, entries = _templates(air), manifest.entries(paths.FIGURES)
    span = [f"{day:%Y-%m-%d}" for day in air.period]
    for name, make in _LONG.items():
        table = make(air) | {
            "nights": span,
            "figures": [figure for figure, ids in behind.items() if ids]
            if name == "ledger"
            else [],
        }
        _write(
            folder / "data" / f"{name}.js", f"(window.bookTables ??= {{}}).{name} = {_json(table)};"
        )
    _write(folder / "explore-data.js", f"window.exploreData = {_json(explore.content(air))};")
    for name in ("rows", "narrow"):
        (folder / "figures" / name).mkdir()
    for entry in entries:
        pictures.write_narrow(entry, folder / "figures" / "narrow")
        if ids := behind[entry["id"]]:
            script = f"(window.behind ??= {{}})[{_json(entry['id'])}] = {_json(_as_runs(entry, ids, air))};"
            _write(folder / "figures" / "rows" / f"{entry['id']}.js", script)
    (folder / "figures" / "embed").mkdir()
    for entry in entries:
        _write(
            folder / "figures" / "embed" / f"{entry['id']}.html", fill("embed.html", figure=entry)
        )
    for day, facts in nights.pages(air):
        _write(folder / "nights" / f"{day}.html", fill("night.html", **facts))


def _as_runs(entry, behind, air):
    """The reports behind each row of a figure as a script reads them: runs of places, so that the file stays small."""
    place = {report: i for i, report in enumerate(air.reports["report_id"])}
    fed = sorted({place[report] for ids in behind.values() for own in ids for report in own})
    among = {i: at for at, i in enumerate(fed)}
    keys = key_columns(entry)
    names = ["|".join(values) for values in key_values(entry, keys)]
    rows = {
        column: {name: _runs(sorted(among[place[r]] for r in own)) for name, own in zip(names, ids)}
        for column, ids in behind.items()
    }
    return {"keys": keys, "fed": _runs(fed), "rows": rows}


def _runs(numbers):
    """Ascending numbers as text: 0-3,7."""
    runs = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)


def _citations(figure):
    return {_FORM_NAMES[form]: cite(figure, form) for form in FORMS}


def _short(figure_id):
    """A figure's entry in the list beside the pages: the titles are sentences, too long for it."""
    return f"{figure_id[:2]} {figure_id[3:].replace('-', ' ').capitalize()} <{figure_id}>"


def _write(path, text):
    path.write_text(text + "\n", encoding="utf-8")


def _templates(air):
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
        "inline": pictures.inline,
        "narrow": pictures.narrow,
        "shown": _shown,
        "address": _address,
    }
    environment.globals |= {
        "air": air,
        "tables": tables,
        "interval": interval,
        "longest_plain": LONGEST_PLAIN,
        "base": share.base(),
        "span": [f"{day:%Y-%m-%d}" for day in air.period],
    }
    return lambda name, **values: environment.get_template(name).render(**values)


def _shown(value, column):
    """A cell of a table as text."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.{column['digits']}f}" if isinstance(value, (int, float)) else value


def _address(cells, column, columns):
    """The address of the reports behind a row of a figure's table."""
    own = {"of": column["name"]} if column["kind"] == "counted" else {}
    keys = {columns[i]["name"]: "" if cells[i] is None else cells[i] for i in column["keys"]}
    return f"../data/ledger.html?{urlencode({'figure': column['figure']} | own | keys)}"


def _harmless(value):
    """A value as HTML that cannot end the Markdown fence it stands in."""
    return value if isinstance(value, Markup) else Markup(str(escape(value)).replace("`", "&#96;"))


def _json(value):
    """A value as JSON that cannot end the script element or the Markdown fence it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("`", "\\u0060"))
