"""Whatever a caption or an address holds is shown as text."""

import pytest

QUERIES = [
    "?q=%E0%A4%A",
    "?q=%3Cscript%3Ehacked=1%3C/script%3E",
    "?sort=nothing&page=-3&level=none&from=x&least=y",
    "?figure=../../etc&month=2025-07",
    "?figure=03-hostile&month=%00",
    "?page=1e9",
    "?&&==?#%",
]


def test_markup_in_the_manifest_is_shown_as_it_stands(hostile, visit):
    tab = visit("figures/03-hostile")
    assert tab.locator("figcaption").inner_text().split() == hostile.split()
    assert tab.locator(".pane").get_attribute("aria-label").split() == hostile.split()
    assert tab.evaluate("window.hacked") is None and tab.faults == []


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["data/ledger", "search"])
def test_malformed_address_still_shows_the_page(name, query, visit):
    tab = visit(name, query)
    assert tab.locator("h1").is_visible()
    assert tab.evaluate("window.hacked") is None and tab.faults == []
