"""Russian drone and missile attacks on Ukraine, as the Air Force reported them.

Start with ``air = load()``: every table of the curated dataset is an attribute of it, such as
``air.nights``. `measures` computes launches and outcome shares, `plots` draws finished tables in
the house `style`, `publish` saves a figure with its data, `cite` and `rows` lead from a figure to
its citation and back to its reports; `holds` checks a sentence of a notebook, `show` shows a table
whole. `press` and `sensitivity` hold what only notebooks 05 and 06 use.
"""

from importlib import import_module

__version__ = "3.0.0"
_FUNCTIONS = {
    "load": "dataset",
    "publish": "figures",
    "cite": "citing.citation",
    "rows": "citing.trace",
    "holds": "notebook",
    "show": "notebook",
}
_MODULES = ["measures", "plots", "style"]
__all__ = [
    "load",
    "measures",
    "plots",
    "style",
    "publish",
    "cite",
    "rows",
    "holds",
    "show",
]


def __getattr__(name):
    """Import what is asked for only then: the command line needs neither pandas nor Matplotlib."""
    if name in _FUNCTIONS:
        return getattr(import_module(f"analysis.{_FUNCTIONS[name]}"), name)
    if name in _MODULES:
        return import_module(f"analysis.{name}")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
