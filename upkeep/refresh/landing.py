"""Put what a notebook made in the place of what is stored, whole file by whole file.

Each file is written beside its place and renamed: the figures first, then the manifest,
the notebook last. What is cut short in between is due for the next refresh.
"""

import json

from nbformat import from_dict, writes

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh.gallery import gallery
from upkeep.refresh.inputs import (
    VERSIONS,
    code_cells,
    content,
    data_facts,
    facts_of,
    files_of,
    made,
    own_metadata,
    read_notebook,
)
from upkeep.refresh.report import Result


def land(notebook, path, drawn, entries, root):
    """Store a notebook that ran, the figures of the folder `drawn` and their manifest entries.

    Returns the `Result`: what differs from what was stored. An OSError leaves it partly stored.
    """
    figures, stored = root / "figures", read_notebook(path)
    facts = {"version": facts_of(stored)["version"], **data_facts()}
    for entry in entries:
        entry |= {"notebook": path.stem, "notebook_version": facts["version"]}
    _state_versions(notebook, facts)
    anew = json.loads(writes(notebook))
    facts |= made(path, anew, entries)
    notebook.metadata = from_dict(own_metadata(facts))
    result = _compared(path.stem, drawn, entries, figures, stored, anew)
    figures.mkdir(exist_ok=True)
    for name in files_of(entries):
        paths.write(figures / name, (drawn / name).read_bytes())
    there = {p.stem for p in path.parent.glob("*.ipynb")} - {path.stem}
    others = [e for e in manifest.entries(figures) if e["notebook"] in there]
    _list_figures([*others, *entries], figures)
    paths.write(path, f"{writes(notebook)}\n".encode())
    return result


def _list_figures(entries, figures):
    """Make manifest and gallery of a folder list these entries, and delete the files of others."""
    for name in sorted(files_of(manifest.entries(figures)).keys() - files_of(entries)):
        (figures / name).unlink(missing_ok=True)
        print(f"figures/{name}: removed, no notebook makes it", flush=True)
    manifest.write(entries, figures)
    gallery(figures)


def _state_versions(notebook, facts):
    """Bring the versions that an opening cell states to those of this run."""

    def current(stated):
        return f"{stated[1]}{facts['data_version']}{stated[3]}{facts['version']}"

    for cell in notebook.cells[:1]:
        cell.source = VERSIONS.sub(current, cell.source)


def _compared(name, drawn, entries, figures, stored, anew):
    """The `Result` of a run: which figures and outputs are not those that are stored."""

    def differs(entry, part, kinds):
        here = [name for name in files_of([entry]) if name.endswith(kinds)]
        return any(part(drawn / name) != part(figures / name) for name in here)

    changed = [e["id"] for e in entries if differs(e, _shown, (".csv", ".png"))]
    others = [e["id"] for e in entries if differs(e, content, "")]
    stamped = [figure_id for figure_id in others if figure_id not in changed]
    before = {cell["id"]: _texts(cell) for cell in code_cells(stored)}
    cells = [c["id"] for c in code_cells(anew) if _texts(c) != before.get(c["id"])]
    return Result(name, "", len(entries), tuple(changed), tuple(stamped), tuple(cells))


def _shown(path):
    """A table, or a PNG without its head, which tells the version of the data."""
    raw = path.read_bytes() if path.is_file() else b""
    return raw.partition(b"IDAT")[2] if path.suffix == ".png" else raw


def _texts(cell):
    """The outputs of a cell except pictures, whose files are compared."""
    return [output for output in cell["outputs"] if "image/png" not in output.get("data", {})]
