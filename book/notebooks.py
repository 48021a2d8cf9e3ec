"""The notebooks as pages: copies in which each figure has its id as anchor, its alternative text and a link to its page."""

import json
import re

from analysis import paths

_WIDTH = "760px"
_RULE = re.compile(r"\[(R\d+(?:, R\d+)*)\]\(\.\./data/README\.md#\w+\)")
_DATASHEET = re.compile(r"\[([^]]+)\]\(\.\./data/README\.md(#\w+)?\)")


def copy_notebooks(folder, entries):
    """Copy every notebook into `folder`, ready to be rendered; return the title of each by its name."""
    figures = {e["id"]: e for e in entries}
    titles = {}
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        notebook = json.loads(path.read_bytes())
        titles[path.stem] = (
            "".join(notebook["cells"][0]["source"]).split("\n")[0].removeprefix("# ")
        )
        notebook["cells"] = [cell for old in notebook["cells"] for cell in _cells(old, figures)]
        (folder / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    return titles


def _cells(cell, figures):
    """A cell as the book shows it: one that makes a picture between its anchor and the link to the figure's page."""
    if cell["cell_type"] == "markdown":
        source = _RULE.sub(
            r"\1", "".join(cell["source"])
        )  # the book links the codes of rules wherever they stand
        return [
            cell | {"source": _DATASHEET.sub(r'<a href="../data/datasheet.html\2">\1</a>', source)}
        ]
    for data in (o["data"] for o in cell.get("outputs", []) if "text/html" in o.get("data", {})):
        table = "".join(data["text/html"]).replace(
            "<th></th>", "<td></td>"
        )  # no head without a name
        data["text/html"] = [
            f'<div class="wide-output" tabindex="0" role="group" aria-label="Table">{table}</div>'
        ]
    picture = next((o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})), None)
    if not picture:
        return [cell]
    alt = picture["metadata"].get("image/png", {}).get("alt", "Chart of the table above")
    cell["metadata"]["mystnb"] = {"image": {"alt": " ".join(alt.split()), "width": _WIDTH}}
    if cell["id"] not in figures:
        return [cell]
    link = f'<p class="to-figure"><a href="../figures/{cell["id"]}.html">Figure {cell["id"]}: files, data and citation</a></p>'
    return [
        _markdown(f"{cell['id']}-anchor", f'<div id="{cell["id"]}"></div>'),
        cell,
        _markdown(f"{cell['id']}-link", link),
    ]


def _markdown(cell_id, text):
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text}
