"""The gallery of published figures, `figures/README.md`, written only from the manifest."""

import html
import json
from itertools import groupby
from pathlib import Path

from analysis import paths
from analysis.citing import manifest

_HEAD = """# Figures

Click a picture for its PNG file: 300 dpi, 16 cm wide, for a word processor. SVG is for the web, PDF
for LaTeX, *column* for a column of 8.9 cm; either PDF is included at `\\linewidth` (the one for a
column is drawn 4.9 in wide, to shrink there). CSV holds the numbers drawn, *reports* the ids of the
reports behind them. Counts are those launched, as reported by the Air Force of Ukraine, decoys
included; rules such as R6 are explained in the [datasheet](../data/README.md#rules).

    make cite FIGURE=02-monthly-launches                      # its citation
    .venv/bin/python -m analysis rows 02-monthly-launches     # the reports behind it

Figures are licensed CC-BY-NC-SA-4.0 unless another licence is given below them. This page is made
from [figures.json](figures.json), which also holds alternative texts, what a figure does not show
and what each CSV column means, by `python -m upkeep refresh`; edit a figure in its notebook, never
here.
"""
_USUAL_LICENCE = "CC-BY-NC-SA-4.0"
_CELL = """<td id="{id}" width="50%" valign="top"><a href="{png}"><img src="{png}" alt="{id}"></a>
<br><b>{title}.</b> {caption}
<br><code>{id}</code> {files}{licence}</td>"""
_NAMES = {
    "svg": "SVG",
    "pdf": "PDF",
    "column.png": "column PNG",
    "column.pdf": "column PDF",
    "csv": "CSV",
    "rows.csv": "reports",
}


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
    """Return the gallery of these manifest entries: pictures with captions under each question."""
    parts = [_HEAD]
    for name, group in groupby(entries, key=lambda entry: entry["notebook"]):
        parts += [f"## {_question(name)}\n", f"{_grid(list(group))}\n"]
    return "\n".join(parts)


def _question(name):
    path = paths.NOTEBOOKS / f"{name}.ipynb"
    if not path.exists():
        return name or "Your own figures"
    title = "".join(json.loads(path.read_bytes())["cells"][0]["source"]).splitlines()[0]
    return f"{title.removeprefix('# ')} ([{name}](../notebooks/{name}.ipynb))"


def _grid(entries):
    cells = [_cell(entry) for entry in entries]
    starts = range(0, len(cells), 2)
    rows = ["<tr>" + "\n".join(cells[start : start + 2]) + "</tr>" for start in starts]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _cell(entry):
    texts = {key: html.escape(" ".join(entry[key].split())) for key in ("title", "caption")}
    licence = "" if entry["licence"] == _USUAL_LICENCE else f", {entry['licence']}"
    return _CELL.format(
        id=entry["id"],
        png=entry["files"]["png"]["path"],
        files=", ".join(_links(entry["files"])),
        licence=licence,
        **texts,
    )


def _links(files):
    for kind, name in _NAMES.items():
        if kind in files:
            yield f'<a href="{files[kind]["path"]}">{name}</a>'
