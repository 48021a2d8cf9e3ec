"""A page for each module of the library that hands on functions, from their docstrings."""

import importlib
import inspect

_MODULES = [
    "analysis.dataset",
    "analysis.notebook",
    "analysis.measures",
    "analysis.measures.silence",
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


def modules() -> dict[str, list[dict]]:
    """Return `name` and `summary` of the functions of each module that hands them on first."""
    found, seen = {}, set()
    for name in _MODULES:
        module = importlib.import_module(name)
        own = [f for f in _functions(module) if f not in seen]
        seen |= set(own)
        found[name] = [{"name": f.__name__, "summary": _summary(f)} for f in own]
    return {name: own for name, own in found.items() if own}


def _functions(module):
    """The public functions of a module: of its `__all__`, or without one those defined in it."""
    handed_on = getattr(module, "__all__", None)
    names = sorted(handed_on or vars(module))
    found = [getattr(module, name) for name in names if not name.startswith("_")]
    functions = [f for f in found if inspect.isfunction(f) and f.__doc__]
    return functions if handed_on else [f for f in functions if f.__module__ == module.__name__]


def _summary(function):
    return inspect.getdoc(function).split("\n\n")[0].replace("\n", " ")
