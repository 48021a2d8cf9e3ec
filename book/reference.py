"""A page for each public function of the library: its docstring, and the figures that are made with it."""

import importlib
import inspect
import json

from analysis import paths

_MODULES = [
    "analysis.dataset",
    "analysis.measures",
    "analysis.intervals",
    "analysis.plots",
    "analysis.style",
    "analysis.figures",
    "analysis.citing.citation",
    "analysis.citing.trace",
    "analysis.citing.comparison",
    "analysis.press",
    "analysis.sensitivity",
]


def functions() -> dict[str, list[dict]]:
    """Return the public functions by the module that hands them on, each with its `name`, `path`, `summary` and `figures`."""
    cells = _figure_cells()
    found, seen = {}, set()
    for module in map(importlib.import_module, _MODULES):
        names = getattr(
            module, "__all__", [name for name in vars(module) if not name.startswith("_")]
        )
        own = {
            name: getattr(module, name)
            for name in names
            if inspect.isfunction(getattr(module, name, None))
        }
        own = {
            name: f
            for name, f in own.items()
            if f.__doc__
            and f not in seen
            and (hasattr(module, "__all__") or f.__module__.startswith(module.__name__))
        }
        seen |= set(own.values())
        found[module.__name__] = [
            {
                "name": name,
                "path": f"{module.__name__}.{name}",
                "summary": inspect.getdoc(f).split("\n\n")[0].replace("\n", " "),
                "figures": [i for i, source in cells.items() if f"{name}(" in source],
            }
            for name, f in sorted(own.items())
        ]
    return {module: own for module, own in found.items() if own}


def _figure_cells():
    """The code of each cell that publishes a figure, with what its notebook computed before, by the figure's id."""
    cells = {}
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        code = [
            "".join(c["source"])
            for c in json.loads(path.read_bytes())["cells"]
            if c["cell_type"] == "code"
        ]
        ids = [c["id"] for c in json.loads(path.read_bytes())["cells"] if c["cell_type"] == "code"]
        last = 0
        for at, (cell, source) in enumerate(zip(ids, code)):
            if "publish(" in source:
                cells[cell] = "\n".join(code[last : at + 1])
                last = at + 1
    return cells
