"""What a person passes for a name or a level, and what every public function says of itself."""

import ast
import inspect

import pytest

from analysis import intervals, load, measures, paths
from analysis.measures import silence
from analysis.names import level_of, table_of


def test_missing_column_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column 'lunched_count'; nearest: launched_count"):
        table_of(load().reports, "reports", "lunched_count")


def test_level_may_be_given_in_percent():
    assert level_of(95) == level_of(0.95) == 0.95
    with pytest.raises(ValueError, match="level: found -1, expected a share such as 0.95"):
        level_of(-1)


@pytest.mark.parametrize(
    "file", sorted((paths.ROOT / "analysis").rglob("*.py")), ids=lambda file: file.name
)
def test_every_public_function_says_what_comes_back(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    bodies = [tree.body, *(node.body for node in classes if node.name[0] != "_")]
    functions = [
        node for body in bodies for node in body if isinstance(node, ast.FunctionDef)
    ]  # fmt: skip
    public = [function for function in functions if function.name[0] != "_"]
    assert not [function.name for function in public if function.returns is None]


def public(module):
    return [
        function
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__.startswith("analysis.") and function.__name__[0] != "_"
    ]


def test_every_public_measure_is_shown_at_work():
    silent = [function for function in public(silence) if function.__module__ == silence.__name__]
    shown = [*(f for f in public(measures) if f.__name__ in measures.__all__), *silent]
    assert not [function.__name__ for function in shown if ">>>" not in function.__doc__]


def test_first_argument_of_a_family_has_one_name():
    functions = [f for f in public(measures) if f.__name__ in measures.__all__]
    first = {next(iter(inspect.signature(f).parameters)) for f in functions}
    families = {"air", "rows", "missile_rows", "reports", "nightly", "monthly"}
    assert first <= families | {"dates", "launched"}  # of `periods` and `wave_band`, a column


def test_packages_offer_what_they_name():
    for module in (measures, intervals):
        assert all(hasattr(module, name) for name in module.__all__)
