"""What `check` checks of `notebooks/` and `figures/`: that they are whole, current, and say the same."""

import base64
import hashlib

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh.inputs import (
    VERSIONS,
    altered_files,
    changed,
    code_cells,
    data_facts,
    facts_of,
    ran_once,
    read_notebook,
)
from upkeep.refresh.sentences import to_look_at

# nbval does not compare the output of a cell that carries one of these, as a tag or as a comment.
_BLINDFOLDS = {"nbval-skip", "nbval-ignore-output", "pytest-validate-ignore-output"}


def output_problems(root=None):
    """Return every fault of the stored notebooks and figures of a checkout as one line each: found, expected."""
    root = root or paths.ROOT
    notebooks = {p.stem: read_notebook(p) for p in sorted((root / "notebooks").glob("*.ipynb"))}
    entries = manifest.entries(root / "figures")
    stored = [
        line for name, notebook in notebooks.items() for line in _notebook(name, notebook, entries)
    ]
    return [*stored, *_figures(root / "figures", entries, notebooks)]


def _notebook(name, notebook, entries):
    facts, where = facts_of(notebook), f"notebooks/{name}.ipynb"
    if "version" not in facts:
        yield f"{where}: found no metadata.analysis.version, expected the notebook's own version"
    if not ran_once(notebook):
        yield f"{where}: not run once from top to bottom, expected execution counts 1 to n; run refresh"
    if "code" in changed(notebook):
        yield f"{where}: its code is not the code that made its outputs; run refresh"
    if facts.get("data_sha256") != data_facts()["data_sha256"]:
        yield (
            f"{where}: found outputs of data {facts.get('data_sha256')}, "
            f"expected those of data/ ({data_facts()['data_sha256']}); run refresh"
        )
    stated = VERSIONS.search(
        "".join(line for cell in notebook["cells"][:1] for line in cell["source"])
    )
    if stated and stated.group(2, 4) != (facts.get("data_version"), facts.get("version")):
        yield (
            f"{where}: its opening cell says data version {stated[2]}, notebook version {stated[4]}, expected "
            f"{facts.get('data_version')} and {facts.get('version')}; run refresh, and see whether its sentences still hold"
        )
    for cell in code_cells(notebook):
        yield from (f"{where}, cell {cell['id']}: {fault}" for fault in _cell(cell, entries))
    yield from (
        f"{where}, cell {sentence.cell}: {sentence.fault}"
        for sentence in to_look_at(name, notebook, entries)
    )


def _cell(cell, entries):
    marks = set(cell["metadata"].get("tags", [])) | {
        w.lower().replace("_", "-") for w in "".join(cell["source"]).split()
    }
    for mark in sorted(marks & _BLINDFOLDS):
        yield f"found {mark}, expected outputs that are compared"
    for output in cell["outputs"]:
        if output.get("name") == "stderr":
            yield f"found text on stderr ({''.join(output['text'])[:60]!r}), expected none"
    picture = next(
        (o["data"]["image/png"] for o in cell["outputs"] if "image/png" in o.get("data", {})), None
    )
    expected = next(
        (
            e["files"]["png"]["sha256"]
            for e in entries
            if e["id"] == cell["id"] and "png" in e["files"]
        ),
        None,
    )
    found = picture and hashlib.sha256(base64.b64decode("".join(picture))).hexdigest()
    if expected and found != expected:
        yield f"found picture {found}, expected the one in figures/ ({expected})"


def _figures(figures, entries, notebooks):
    yield from altered_files(figures, entries)
    listed = {"README.md", "figures.json"} | {
        f["path"] for e in entries for f in e["files"].values()
    }
    for path in sorted(figures.glob("*")):
        if path.name.endswith(paths.UNFINISHED):
            yield f"figures/{path.name}: found what an interrupted refresh left; run refresh"
        elif path.name not in listed:
            yield f"figures/{path.name}: found a file that figures.json does not list; publish it from a notebook or remove it"
    for entry in entries:
        yield from (f"figures.json, {entry['id']}: {fault}" for fault in _entry(entry, notebooks))


def _entry(entry, notebooks):
    maker = notebooks.get(entry["notebook"])
    if maker is None:
        yield f"found notebook {entry['notebook']}, expected one of {', '.join(notebooks) or 'notebooks/'}"
        return
    if entry["cell"] not in [c["id"] for c in code_cells(maker)]:
        yield f"found cell {entry['cell']}, expected the id of a code cell of {entry['notebook']}"
    for fact in ("version", "data_version", "data_sha256"):
        name = "notebook_version" if fact == "version" else fact
        if entry.get(name) != facts_of(maker).get(fact):
            yield f"found {name} {entry.get(name)}, expected {facts_of(maker).get(fact)} as in {entry['notebook']}"
