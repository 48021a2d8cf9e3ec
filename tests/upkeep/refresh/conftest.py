"""A small project to refresh: notebooks of typed cells, run in kernels or in this process."""

import contextlib
import io
import json

import nbformat
import pytest

from upkeep.refresh import refresh
from upkeep.refresh.execution import CellFailed

PUBLISH = """
import hashlib, pathlib
from analysis import paths
from analysis.citing import manifest
folder = paths.figures_dir("{0}")
folder.mkdir(exist_ok=True)
texts = ["title", "subtitle", "caption", "alt", "not_shown", "licence", "source"]
words = dict.fromkeys([*texts, "data_version", "data_sha256", "package_version"], "-")
digest = hashlib.sha256(b"{1}").hexdigest()
files = {{s: {{"path": f"{0}.{{s}}", "bytes": 1, "sha256": digest}} for s in ("csv", "png")}}
_ = [(folder / f["path"]).write_text("{1}") for f in files.values()]
own = {{"id": "{0}", "notebook": None, "cell": "c1", "fields": [], "files": files}}
manifest.record(words | own, folder)
"""


class Project:
    """A folder with notebooks; `refresh` returns the outcome, `state` every file but those kept."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "notebooks").mkdir()

    def write(self, name, *sources):
        """Write a notebook of code cells c0, c1 and so on; return its path."""
        cells = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
        metadata = {"analysis": {"version": "1.0.0"}}
        path = self.folder / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    def refresh(self, *names, **options):
        return refresh(names, root=self.folder, **options)

    def state(self):
        files = [p for p in self.folder.rglob("*") if p.is_file() and ".cache" not in p.parts]
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in sorted(files)}


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture
def at_once(monkeypatch):
    """Run cells in this process, where a test is not about kernels: each costs a second or two."""

    async def execute(path, figures, private):
        notebook, names = nbformat.read(path, as_version=4), {}
        monkeypatch.setenv("ANALYSIS_FIGURES", str(figures))
        for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
            cell.execution_count, cell.outputs = count, []
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                try:
                    exec(cell.source, names)
                except ZeroDivisionError as error:
                    raise CellFailed(f"in cell {cell.id}: {error}") from None
            if printed.getvalue():
                text = printed.getvalue()
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
        return notebook

    monkeypatch.setattr("upkeep.refresh.runs.execute", execute)


@pytest.fixture
def edit():
    """Return a function that replaces the source of a code cell of a stored notebook."""

    def _edit(path, index, source):
        notebook = json.loads(path.read_bytes())
        notebook["cells"][index]["source"] = source
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return _edit
