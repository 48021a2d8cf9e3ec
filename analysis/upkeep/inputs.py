"""What a notebook's outputs depend on, as hashes of content, and whether the stored outputs still stand.

Deliberately light: a refresh with nothing to do imports neither pandas nor
anything of Jupyter.
"""

import hashlib
import json
from importlib.metadata import version

from analysis import descriptor, manifest, paths

PACKAGES = ("matplotlib", "numpy", "pandas", "ruptures", "scipy", "seaborn")
_NAMES = {"code": "its code cells", "library": "analysis/", "data": "data/", "packages": "the package versions"}


def inputs(notebook):
    """Return the hashes of everything that the outputs of a notebook (a dict) depend on, by part.

    ``code``: its version and code cells. ``library``: the first floor of
    `analysis/`. ``data``: every file of `data/`. ``packages``: the versions
    that compute and draw. Prose and outputs do not count.
    """
    code = [_facts(notebook).get("version"), *(_source(c) for c in _code_cells(notebook))]
    return {"code": _digest(code), **_common()}


def reason_to_run(path, figures):
    """Return why a notebook has to run, or None if its outputs and its figures stand as they are."""
    notebook = json.loads(path.read_bytes())
    facts, found = _facts(notebook), inputs(notebook)
    if "inputs" not in facts:
        return "it was never refreshed"
    if changed := [name for part, name in _NAMES.items() if facts["inputs"].get(part) != found[part]]:
        return f"changed: {', '.join(changed)}"
    counts = [c["execution_count"] for c in _code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        return "its stored outputs are not those of one run from top to bottom"
    return next(altered_files(figures, path.stem), None)


def altered_files(figures, notebook):
    """Yield a line for each figure file of a notebook that is not as the manifest says: found, expected."""
    for entry in manifest.entries(figures):
        for file in entry["files"].values() if entry["notebook"] == notebook else ():
            path = figures / file["path"]
            found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
            if found != file["sha256"]:
                yield f"figures/{file['path']}: found {found}, expected {file['sha256']}"


def data_facts():
    """Return version and hash of the data, as `analysis.load` gives them, without reading the tables."""
    package = descriptor.read_descriptor(paths.DATA)
    return descriptor.data_facts(package, descriptor.file_hashes(paths.DATA, package))


def _common():
    home = paths.ROOT / "analysis"
    modules = sorted(p for p in home.rglob("*.py") if "upkeep" not in p.parts and p.name != "__main__.py")
    tables = sorted(p for p in paths.DATA.iterdir() if p.suffix in (".csv", ".json"))
    return {"library": _digest([(p.relative_to(home).as_posix(), p.read_text("utf-8")) for p in modules]),
            "data": _digest([(p.name, p.read_text("utf-8")) for p in tables]),
            "packages": _digest([(name, version(name)) for name in PACKAGES])}


def _digest(parts):
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _facts(notebook):
    return notebook["metadata"].get("analysis", {})


def _code_cells(notebook):
    return [c for c in notebook["cells"] if c["cell_type"] == "code"]


def _source(cell):
    return "".join(cell["source"])
