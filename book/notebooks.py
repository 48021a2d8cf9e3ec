"""The notebooks as pages, in which each figure is its published picture and leads to its page."""

import json
import re

from analysis import paths

_WIDTH = "760px"
_RULE = re.compile(r"\[(R\d+(?:, R\d+)*)\]\(\.\./data/README\.md#\w+\)")
_DATASHEET = re.compile(r"\[([^]]+)\]\(\.\./data/README\.md(#\w+)?\)")


def copy_notebooks(folder, entries, fill):
    """Copy every notebook into `folder` as it is rendered; return their titles by name."""
    figures = {e["id"]: fill("framed.html", figure=e) for e in entries}
    titles = {}
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        notebook = json.loads(path.read_bytes())
        opening = "".join(notebook["cells"][0]["source"])
        titles[path.stem] = opening.split("\n")[0].removeprefix("# ")
        cells = [_cells(cell, figures) for cell in notebook["cells"]]
        notebook["cells"] = [cell for group in cells for cell in group]
        (folder / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    return titles


def _cells(cell, figures):
    """A cell as the book shows it: the published picture stands after the cell that makes it."""
    if cell["cell_type"] == "markdown":
        # the book links the codes of rules wherever they stand
        source = _RULE.sub(r"\1", "".join(cell["source"]))
        link = r'<a href="../data/datasheet.html\2">\1</a>'
        return [cell | {"source": _DATASHEET.sub(link, source)}]
    outputs = [_scrolling(output) for output in cell.get("outputs", [])]
    pictures = [o for o in outputs if "image/png" in o.get("data", {})]
    if not pictures:
        return [cell | {"outputs": outputs}]
    if cell["id"] in figures:
        others = [output for output in outputs if output not in pictures]
        framed = {"id": f"{cell['id']}-picture", "source": figures[cell["id"]]}
        return [cell | {"outputs": others}, {"cell_type": "markdown", "metadata": {}} | framed]
    alt = pictures[0]["metadata"].get("image/png", {}).get("alt", "Chart of the table above")
    settings = {"mystnb": {"image": {"alt": " ".join(alt.split()), "width": _WIDTH}}}
    return [cell | {"outputs": outputs, "metadata": cell["metadata"] | settings}]


def _scrolling(output):
    """An output whose table of HTML scrolls by itself on a narrow screen."""
    if "text/html" not in output.get("data", {}):
        return output
    # no head without a name
    table = "".join(output["data"]["text/html"]).replace("<th></th>", "<td></td>")
    wide = f'<div class="wide-output" tabindex="0" role="group" aria-label="Table">{table}</div>'
    return output | {"data": output["data"] | {"text/html": [wide]}}
