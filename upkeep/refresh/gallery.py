"""The gallery of published figures, `figures/README.md`, written from the manifest and nothing else."""

import html
import json
from itertools import groupby
from pathlib import Path

from analysis import paths
from analysis.citing import manifest
from analysis.citing.citation import apa, markdown_text, work

_HEAD = """# Figures

Written from `figures.json` by `python -m upkeep refresh`: edit a figure in its notebook, never here. Each picture
carries its title, caption, source, licence and data version inside the file. Counts are launched, as reported by the
Air Force of Ukraine, decoys included; `README.md` in `data/` says what each rule (R6) is.
"""


def gallery(folder):
    """Write `README.md` into a figure folder; see `page`."""
    try:
        text = page(manifest.entries(folder))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{folder}/figures.json: not a whole manifest ({type(error).__name__}: {error}); restore it from the last "
            "commit"
        ) from None
    paths.write(Path(folder) / "README.md", text.encode())


def page(entries):
    """Return the gallery of these manifest entries: a grid of pictures a notebook, under its question, and each figure's facts folded."""
    parts = [
        f"## {_question(name)}\n\n{_grid(own)}\n\n{chr(10).join(map(_section, own))}"
        for name, own in (
            (name, list(group)) for name, group in groupby(entries, key=lambda e: e["notebook"])
        )
    ]
    return "\n".join([_HEAD, *parts])


def _question(name):
    path = paths.NOTEBOOKS / f"{name}.ipynb"
    if not path.exists():
        return name or "Figures of one's own"
    (title, *_) = "".join(json.loads(path.read_bytes())["cells"][0]["source"]).splitlines()
    return f"{title.removeprefix('# ')} ([{name}](../notebooks/{name}.ipynb))"


def _grid(entries):
    cells = [
        f'<td width="33%" valign="top"><a href="#{e["id"]}"><img src="{e["files"]["png"]["path"]}" width="260" '
        f'alt="{html.escape(" ".join(e["alt"].split()))}"></a><br>{html.escape(e["title"])}</td>'
        for e in entries
    ]
    rows = [
        "<tr>" + "\n".join(cells[start : start + 3]) + "</tr>" for start in range(0, len(cells), 3)
    ]
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _section(entry):
    files = " · ".join(
        f"[{suffix.replace('column.', 'column ').upper()}]({f['path']}) {f['bytes'] / 1024:,.0f} kB"
        for suffix, f in entry["files"].items()
    )
    trace = (
        f"\n- The reports behind it: `python -m analysis rows {entry['id']}`"
        if "rows.csv" in entry["files"]
        else ""
    )
    return f"""<details id="{entry["id"]}"><summary>{entry["id"]}: caption, files, columns, citation</summary>

**{markdown_text(entry["title"])}** {markdown_text(entry["subtitle"])}

{markdown_text(entry["caption"])} *Not shown:* {markdown_text(entry["not_shown"])}

- Files: {files}
- Made by: {_notebook(entry)}, data version {entry["data_version"]}. Licence: {entry["licence"]}{trace}
- Cite: {markdown_text(apa(work(entry)))}

{_columns(entry["fields"])}

</details>
"""


def _notebook(entry):
    name = entry["notebook"]
    return (
        f"[{name}](../notebooks/{name}.ipynb) {entry['notebook_version']}"
        if name
        else "no notebook"
    )


def _columns(fields):
    rows = [
        f"| `{f['name']}` | {markdown_text(f.get('title', ''))} | {f.get('unit', '')} | "
        f"{markdown_text(f.get('description', ''))} |"
        for f in fields
    ]
    return "\n".join(["| column of the CSV | | unit | definition |", "|---|---|---|---|", *rows])
