"""A page for each module of the library, from its docstrings."""

from analysis import measures
from book.reference import modules


def test_every_public_measure_stands_with_its_example(visit):
    tab = visit("reference/analysis.measures")
    names = [name for name in measures.__all__ if callable(getattr(measures, name))]
    assert all(tab.locator(f"[id='analysis.measures.{name}']").count() == 1 for name in names)
    assert "outcome_share(" in tab.locator("article").inner_text()


def test_functions_are_listed_once_with_a_summary():
    listed = [f for functions in modules().values() for f in functions]
    assert all(f["summary"].endswith(".") for f in listed)
    assert len(modules()["analysis.measures"]) > 10
