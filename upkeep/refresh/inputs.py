"""What a notebook's outputs depend on, as hashes of content, and which of them ran here.

Light: a refresh with nothing to do imports neither pandas nor anything of Jupyter.
"""

import hashlib
import json
import re
import sys
from importlib.metadata import version

from analysis import paths
from analysis.citing import manifest

DRAW = (
    "arch",
    "fonttools",
    "matplotlib",
    "matplotlib-inline",
    "numpy",
    "pandas",
    "pillow",
    "scipy",
    "seaborn",
)
VERSIONS = re.compile(  # as an opening cell states them
    r"([Dd]ata version )([\w.+-]+)(, notebook version )([\w.+-]+?)(?=\.?(?:\s|$))"
)


def find(names, root):
    """Return the paths of the notebooks whose names start with one of these, or of all."""
    known = sorted((root / "notebooks").glob("*.ipynb"))
    if not known:
        raise ValueError(f"{root}: found no notebooks/*.ipynb; refresh runs in a checkout")
    wanted = [name.removesuffix(".ipynb") for name in names]
    unknown = [n for n in wanted if not any(p.stem.startswith(n) for p in known)]
    if unknown:
        there = ", ".join(p.stem for p in known)
        raise ValueError(f"no notebook named {', '.join(unknown)}; there are {there}")
    return [p for p in known if not wanted or p.stem.startswith(tuple(wanted))]


def read_notebook(path):
    """Return a stored notebook as a dict; a ValueError names a file that is not a whole one."""
    try:
        notebook = json.loads(paths.read(path))
        facts_of(notebook).get("version")
        for cell in notebook["cells"][:]:  # a list
            "".join(cell["source"])
        _runs_of(notebook)
        return notebook
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{path}: not a whole notebook of nbformat 4.5 ({type(error).__name__}: {error}); "
            "restore it from the last commit, or save it in JupyterLab"
        ) from None


# What nbconvert needs to write a script; no version, which differs from machine to machine.
LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
}


def code_cells(notebook):
    """Return the code cells of a notebook (a dict)."""
    return [c for c in notebook["cells"] if c["cell_type"] == "code"]


def facts_of(notebook):
    """Return the facts that a notebook (a dict) carries: version, data, hashes of what it made."""
    return notebook["metadata"].get("analysis", {})


def own_metadata(facts):
    """Return the metadata of a stored notebook: only what is the same wherever it is saved."""
    return {
        "analysis": facts,
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": LANGUAGE,
    }


def made(path, notebook, entries):
    """Return the hashes that a refresh stores in a notebook, for `check` to compare.

    ``outputs`` is that of the code cells with their outputs and of the texts of the
    figures; ``figures`` holds one for each manifest entry of the notebook, by id.
    """
    file = path.with_suffix(".texts.md")
    texts = file.read_text("utf-8") if file.is_file() else ""
    return {
        "outputs": digest([_runs_of(notebook), texts]),
        "figures": {e["id"]: digest(e) for e in entries if e["notebook"] == path.stem},
    }


def _runs_of(notebook):
    """What was run and what came of it, by cell."""
    return [
        (c["id"], "".join(c["source"]), c["execution_count"], [dict(o) for o in c["outputs"]])
        for c in code_cells(notebook)
    ]


def data_facts():
    """Return version and hash of the data, as `analysis.load` gives them, without the tables."""
    from analysis import dataset  # pandas, which a refresh with nothing to do need not import

    version, sha256 = dataset.facts(paths.DATA, dataset.descriptor())
    return {"data_version": version, "data_sha256": sha256}


def files_of(entries):
    """Return the sha256 of each file of these manifest entries, by its path."""
    files = {}
    for entry in entries:
        files |= {file["path"]: file["sha256"] for file in entry["files"].values()}
    return files


def content(path):
    """Return the sha256 of a plain file, or ``no file``."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"


def digest(facts):
    """Return a short hash of facts that can be written as JSON."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def unlocked():
    """Return each package that draws and is installed in a version that the lock has not."""
    lock = (paths.ROOT / "requirements-run.lock").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.M)
    return [f"{name} {version(name)}" for name in DRAW if (name, version(name)) not in pins]


class Kept:
    """What the last runs here left, as one hash by name: the file ``.cache/runs.json``.

    Each hash is of what was made, and of the data and the library at the time when
    this object was.
    """

    def __init__(self, root):
        self._file, self._common = root / ".cache" / "runs.json", _common()
        try:
            self._runs = dict(json.loads(paths.read(self._file)))
        except (OSError, ValueError, TypeError):
            self._runs = {}

    def due(self, notebooks):
        """Return the paths of those notebooks that did not run here as they are."""
        return [path for path in notebooks if not self.holds(path.stem, state(path))]

    def holds(self, name, made):
        """Return whether this was made here, of what there is now."""
        return self._runs.get(name) == digest([made, self._common])

    def keep(self, name, made):
        """Keep that this was made here."""
        self._runs[name] = digest([made, self._common])
        self._file.parent.mkdir(exist_ok=True)
        paths.write(self._file, json.dumps(self._runs, indent=1).encode())


def state(path):
    """Return all that the run of a notebook made, with what it was made from in the notebook."""
    notebook, figures = read_notebook(path), path.parents[1] / "figures"
    entries = [e for e in manifest.entries(figures) if e["notebook"] == path.stem]
    files = [(name, content(figures / name)) for name in files_of(entries)]
    return [facts_of(notebook).get("version"), made(path, notebook, entries), files]


def _common():
    """What every notebook depends on: versions of what computes and draws, data and library."""
    kinds = (".csv", ".json", ".py", ".mplstyle")
    there = [*paths.DATA.iterdir(), *(paths.ROOT / "analysis").rglob("*.*")]
    files = sorted(path for path in there if path.suffix in kinds)
    versions = [version(name) for name in DRAW]
    return [sys.version, versions, [(str(path), content(path)) for path in files]]
