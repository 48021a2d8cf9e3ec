"""A page for every public function, from its docstring."""

import pytest

from analysis import measures
from book.reference import functions


def test_every_public_measure_has_a_page(site):
    names = [name for name in measures.__all__ if callable(getattr(measures, name))]
    assert all((site / "reference" / f"analysis.measures.{name}.html").exists() for name in names)


def test_page_has_example_and_figure(site, tab):
    tab.goto((site / "reference" / "analysis.measures.outcome_share.html").as_uri())
    assert "outcome_share(load()" in tab.locator("article pre").first.inner_text()
    tab.goto((site / "reference" / "analysis.plots.monthly_bars.html").as_uri())
    assert (
        tab.locator(".gallery a").first.get_attribute("href")
        == "../figures/02-monthly-launches.html"
    )


@pytest.mark.parametrize("module", ["analysis.measures", "analysis.plots", "analysis.intervals"])
def test_functions_are_listed_once_with_a_summary(module):
    own = functions()[module]
    assert len({f["path"] for f in own}) == len(own) > 3 and all(
        f["summary"].endswith(".") for f in own
    )
