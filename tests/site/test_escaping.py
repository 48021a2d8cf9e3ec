"""Whatever a caption or an address holds is shown as text."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import load, show

CELLS = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "javascript:window.hacked=1",
    'https://a.example/"onmouseover="window.hacked=1',
    "https://a.example/</td><script>window.hacked=1</script>",
    "https://a.example/x' autofocus onfocus='window.hacked=1",
    "https://[::1]/<svg/onload=window.hacked=1>",
]
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


def test_hostile_cell_of_a_table_is_text_in_a_notebook_and_runs_nothing(tab):
    air = load()
    package = air.package | {"title": CELLS[0]}
    tab.set_content(
        show(pd.DataFrame({"url": CELLS, CELLS[0]: CELLS}))._repr_html_()
        + replace(air, package=package)._repr_html_()
    )
    texts = tab.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert texts[:3] == CELLS[:3]
    for link in tab.locator("a").all():
        link.hover()
        assert link.get_attribute("href").startswith("https://")
        assert set(link.evaluate("a => a.getAttributeNames()")) == {"href", "target"}
    assert tab.evaluate("window.hacked") is None
