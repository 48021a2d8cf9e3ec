"""What a notebook's outputs depend on, as hashes of content, and whether the stored outputs still stand.

Deliberately light: a refresh with nothing to do imports neither pandas nor
anything of Jupyter.
"""

import hashlib
import json
import marshal
import platform
import re
import sys
import sysconfig
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis import descriptor, paths
from analysis.citing import manifest

PACKAGES = ("matplotlib", "numpy", "pandas", "ruptures", "scipy", "seaborn")
VERSIONS = re.compile(
    r"([Dd]ata version )([\w.+-]+)(, notebook version )([\w.+-]+?)(?=\.?(?:\s|$))"
)  # as an opening cell states them
_NAMES = {
    "code": "its code cells",
    "library": "analysis/",
    "data": "data/",
    "packages": "the package versions",
}


def read_notebook(path):
    """Return a stored notebook as a dict; a ValueError names a file that is none, or is older than nbformat 4.5."""
    try:
        notebook = json.loads(path.read_bytes())
        facts_of(notebook).get("version")
        _ = ["".join(cell["source"]) for cell in notebook["cells"][:]]  # a list
        for cell in code_cells(notebook):
            _ = (
                cell["id"],
                cell["execution_count"],
                cell["metadata"].items(),
                [o.get("data", {}).items() for o in cell["outputs"]],
            )
        return notebook
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{path}: not a whole notebook of nbformat 4.5 ({type(error).__name__}: {error}); restore it from the last "
            "commit, or save it in JupyterLab"
        ) from None


def inputs(notebook):
    """Return the hashes of everything that the outputs of a notebook (a dict) depend on, by part.

    ``code``: its version, code cells and the texts of its figures. ``library``: the modules of
    `analysis/`. ``data``: every file of `data/`. ``packages``: the versions
    that compute and draw. Prose and outputs do not count.
    """
    code = [
        facts_of(notebook).get("version"),
        *("".join(c["source"]) for c in code_cells(notebook)),
    ]
    return {"code": _digest(code), **_common()}


def reason_to_run(path, notebook, figures, verified):
    """Return why the notebook at `path` (and as a dict) has to run, or None if all it made stands and was made so here too."""
    if "inputs" not in facts_of(notebook):
        return "it was never refreshed"
    if parts := changed(notebook):
        return f"changed: {', '.join(_NAMES[part] for part in parts)}"
    if not ran_once(notebook):
        return "its stored outputs are not those of one run from top to bottom"
    mine = [e for e in manifest.entries(figures) if e["notebook"] == path.stem]
    if altered := next(altered_files(figures, mine), None):
        return altered
    return (
        None
        if verified.holds(path.stem, fingerprint(notebook, mine))
        else "not yet run as it is on this machine"
    )


def fingerprint(notebook, entries):
    """Return the hash of a notebook (a dict), its outputs and manifest entries, and all they depend on, this machine included."""
    parts = [inputs(notebook), [c["outputs"] for c in code_cells(notebook)], entries, _here()]
    return hashlib.sha256(marshal.dumps(parts, 2)).hexdigest()[
        :16
    ]  # ten megabytes of pictures: a tenth of the time of JSON


def text_fingerprint(text):
    """Return the hash of a text that is written from the data, and of all it depends on."""
    return _digest([text, _common(), _here()])


def changed(notebook):
    """Return the parts of its inputs that are no longer those a notebook (a dict) was refreshed with."""
    stored = facts_of(notebook).get("inputs", {})
    return [part for part, digest in inputs(notebook).items() if stored.get(part) != digest]


def ran_once(notebook):
    """Return whether the code cells of a notebook (a dict) carry the execution counts 1 to n."""
    counts = [c["execution_count"] for c in code_cells(notebook)]
    return counts == list(range(1, len(counts) + 1))


def altered_files(figures, entries):
    """Yield a line for each file of these manifest entries that is not as they say: found, expected."""
    for file in (f for entry in entries for f in entry["files"].values()):
        path = figures / file["path"]
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
        if found != file["sha256"]:
            yield f"figures/{file['path']}: found {found}, expected {file['sha256']}"


def facts_of(notebook):
    """Return what a notebook (a dict) says of itself: version, data version and hash, inputs."""
    return notebook["metadata"].get("analysis", {})


def own_metadata(facts):
    """Return the metadata of a stored notebook with these facts: those alone that are the same wherever it is saved."""
    return {
        "analysis": facts,
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def code_cells(notebook):
    """Return the code cells of a notebook (a dict)."""
    return [c for c in notebook["cells"] if c["cell_type"] == "code"]


def data_facts():
    """Return version and hash of the data, as `analysis.load` gives them, without reading the tables."""
    package = descriptor.read_descriptor(paths.DATA)
    return descriptor.data_facts(package, descriptor.file_hashes(paths.DATA, package))


@cache
def _common():
    home = paths.ROOT / "analysis"
    modules = sorted(
        p for p in home.rglob("*.*") if p.suffix in (".py", ".json") and p.name != "__main__.py"
    )
    tables = sorted(p for p in paths.DATA.iterdir() if p.suffix in (".csv", ".json"))
    return {
        "library": _digest(
            [(p.relative_to(home).as_posix(), p.read_text("utf-8")) for p in modules]
        ),
        "data": _digest([(p.name, p.read_text("utf-8")) for p in tables]),
        "packages": _digest([(name, version(name)) for name in PACKAGES]),
    }


@cache
def _here():
    """Python, the machine and each installed package, by the name of its folder, which carries the version."""
    installed = sorted(p.name for p in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return [sys.executable, sys.version, sys.platform, platform.machine(), *installed]


def _digest(parts):
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
