"""The gallery of published figures, `figures/README.md`, written only from the manifest."""

import html
import json
from itertools import groupby
from pathlib import Path

from analysis import paths
from analysis.citing import manifest
from analysis.citing.citation import apa, markdown_text, work

_HEAD = """# Figures

Written from `figures.json` by `python -m upkeep refresh`: edit a figure in its notebook, never
here. Each picture carries its title, caption, source, licence and data version inside the file.
Counts are launched, as reported by the Air Force of Ukraine, decoys included; `README.md` in
`data/` says what each rule (R6) is.
"""
_PICTURE = (
    '<td width="33%" valign="top"><a href="#{id}"><img src="{png}" width="260" alt="{alt}"></a>'
    "<br>{title}</td>"
)
_SECTION = """<details id="{id}"><summary>{id}: caption, files, columns, citation</summary>

**{title}** {subtitle}

{caption} *Not shown:* {not_shown}

- Files: {files}
- Made by: {notebook}, data version {data_version}. Licence: {licence}{trace}
- Cite: {citation}

{columns}

</details>
"""


def gallery(folder):
    """Write `README.md` into a figure folder; see `page`."""
    try:
        text = page(manifest.entries(folder))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{folder}/figures.json: not a whole manifest ({type(error).__name__}: {error}); "
            "restore it from the last commit"
        ) from None
    paths.write(Path(folder) / "README.md", text.encode())


def page(entries):
    """Return the gallery of these manifest entries: a grid of pictures under each question.

    The facts of each figure are folded below the grid of its notebook.
    """
    parts = [_HEAD]
    for name, group in groupby(entries, key=lambda entry: entry["notebook"]):
        own = list(group)
        parts += [f"## {_question(name)}\n", f"{_grid(own)}\n", *map(_section, own)]
    return "\n".join(parts)


def _question(name):
    path = paths.NOTEBOOKS / f"{name}.ipynb"
    if not path.exists():
        return name or "Your own figures"
    title = "".join(json.loads(path.read_bytes())["cells"][0]["source"]).splitlines()[0]
    return f"{title.removeprefix('# ')} ([{name}](../notebooks/{name}.ipynb))"


def _grid(entries):
    cells = [
        _PICTURE.format(
            id=entry["id"],
            png=entry["files"]["png"]["path"],
            alt=html.escape(" ".join(entry["alt"].split())),
            title=html.escape(entry["title"]),
        )
        for entry in entries
    ]
    starts = range(0, len(cells), 3)
    rows = ["<tr>" + "\n".join(cells[start : start + 3]) + "</tr>" for start in starts]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _section(entry):
    texts = ("title", "subtitle", "caption", "not_shown")
    trace = f"\n- The reports behind it: `python -m analysis rows {entry['id']}`"
    counts_reports = "rows.csv" in entry["files"]
    return _SECTION.format(
        id=entry["id"],
        **{name: markdown_text(entry[name]) for name in texts},
        files=" · ".join(_file(kind, file) for kind, file in entry["files"].items()),
        notebook=_notebook(entry),
        data_version=entry["data_version"],
        licence=entry["licence"],
        trace=trace if counts_reports else "",
        citation=markdown_text(apa(work(entry))),
        columns=_columns(entry["fields"]),
    )


def _file(kind, file):
    return f"[{kind.replace('.', ' ').upper()}]({file['path']}) {file['bytes'] / 1024:,.0f} kB"


def _notebook(entry):
    name = entry["notebook"]
    if not name:
        return "no notebook"
    return f"[{name}](../notebooks/{name}.ipynb) {entry['notebook_version']}"


def _columns(fields):
    rows = ["| column of the CSV | | unit | definition |", "|---|---|---|---|"]
    for field in fields:
        title = markdown_text(field.get("title", ""))
        definition = markdown_text(field.get("description", ""))
        rows.append(f"| `{field['name']}` | {title} | {field.get('unit', '')} | {definition} |")
    return "\n".join(rows)
