"""What `check` checks of `notebooks/` and `figures/`: that they are whole, current, and agree."""

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh.inputs import (
    VERSIONS,
    code_cells,
    content,
    data_facts,
    facts_of,
    files_of,
    made,
    read_notebook,
)
from upkeep.refresh.sentences import to_look_at

# nbval does not compare the output of a cell that carries one of these, as a tag or a comment.
_BLINDFOLDS = {"nbval-skip", "nbval-ignore-output", "pytest-validate-ignore-output"}


def output_problems(root=None):
    """Return every fault of stored notebooks and figures as one line each: found, expected."""
    root = root or paths.ROOT
    found, entries = [], manifest.entries(root / "figures")
    notebooks = {path: read_notebook(path) for path in sorted(root.glob("notebooks/*.ipynb"))}
    for path, notebook in notebooks.items():
        found += [f"notebooks/{path.name}{line}" for line in _notebook(path, notebook, entries)]
        found += [f"figures.json, {line}" for line in _entries(path, notebook, entries)]
    names = [path.stem for path in notebooks]
    for entry in entries:
        if entry["notebook"] not in names:
            there = f"found notebook {entry['notebook']}, expected one of {', '.join(names)}"
            found.append(f"figures.json, {entry['id']}: {there}")
    return [*found, *_files(root / "figures", entries)]


def _notebook(path, notebook, entries):
    facts = facts_of(notebook)
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    if "version" not in facts:
        yield ": found no metadata.analysis.version, expected the notebook's own version"
    if counts != list(range(1, len(counts) + 1)):
        yield ": not run once from top to bottom, expected execution counts 1 to n; run refresh"
    elif facts.get("outputs") != made(path, notebook, entries)["outputs"]:
        yield ": found other code, outputs or figure texts than its last run left; run refresh"
    for fact, expected in data_facts().items():
        if facts.get(fact) != expected:
            yield f": found outputs of {fact} {facts.get(fact)}, expected {expected}; run refresh"
    opening = "".join(line for cell in notebook["cells"][:1] for line in cell["source"])
    stated = VERSIONS.search(opening)
    expected = (facts.get("data_version"), facts.get("version"))
    if stated and stated.group(2, 4) != expected:
        yield (
            f": its opening cell says data version {stated[2]}, notebook version {stated[4]}, "
            f"expected {expected[0]} and {expected[1]}; run refresh"
        )
    for cell in code_cells(notebook):
        yield from (f", cell {cell['id']}: {fault}" for fault in _cell(cell))
    for sentence in to_look_at(path.stem, notebook, entries):
        yield f", cell {sentence.cell}: {sentence.fault}"


def _entries(path, notebook, entries):
    """A line for each manifest entry of a notebook that is not the one its last run left."""
    left = facts_of(notebook).get("figures", {})
    found = made(path, notebook, entries)["figures"]
    for figure_id in sorted({*left, *found}):
        if found.get(figure_id) != left.get(figure_id):
            yield f"{figure_id}: found other facts than {path.stem} left, or none; run refresh"


def _cell(cell):
    words = "".join(cell["source"]).lower().replace("_", "-").split()
    for mark in sorted({*words, *cell["metadata"].get("tags", [])} & _BLINDFOLDS):
        yield f"found {mark}, expected outputs that are compared"
    for output in cell["outputs"]:
        if output.get("name") == "stderr":
            yield f"found text on stderr ({''.join(output['text'])[:60]!r}), expected none"


def _files(figures, entries):
    files = files_of(entries)
    for name, expected in files.items():
        found = content(figures / name)
        if found != expected:
            yield f"figures/{name}: found {found}, expected {expected}"
    for path in sorted(figures.glob("*")):
        if path.name not in {"README.md", "figures.json", *files}:
            yield f"figures/{path.name}: found a file that figures.json does not list; remove it"
