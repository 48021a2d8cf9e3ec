"""Whatever a caption or an address holds is shown as text."""

import pytest

QUERIES = [
    "q=%E0%A4%A",
    "q=%3Cscript%3Ehacked=1%3C/script%3E",
    "sort=nothing&page=-3&level=none&from=x",
    "figure=../../etc&month=2025-07",
    "figure=02-monthly-launches&month=%00",
    "page=1e9",
    "&&==?#%",
]


def test_markup_in_the_manifest_is_shown_as_it_stands(hostile, site, tab):
    tab.goto((site / "figures" / "03-hostile.html").as_uri())
    assert tab.locator("figcaption").inner_text().split() == hostile.split()
    assert tab.locator("svg.drawing").get_attribute("aria-label") == " ".join(hostile.split())
    assert tab.locator("h1").inner_text().startswith("<b>bold</b> `code`")
    assert tab.evaluate("window.hacked") is None and tab.faults == []


@pytest.mark.parametrize(
    "name", ["data/ledger", "data/claims", "search", "figures/02-record-nights"]
)
def test_malformed_address_still_shows_the_page(name, site, tab):
    for query in (
        QUERIES if name != "search" else QUERIES[:2] + QUERIES[-1:]
    ):  # the search reads nothing but q
        if tab.url == "about:blank" or name == "search":
            tab.goto(f"{(site / name).as_uri()}.html?{query}")
        else:  # a table reads its address anew after Back, as it does at first
            tab.evaluate(
                "(query) => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }",
                f"?{query}",
            )
        assert tab.locator("h1").is_visible() and (
            name == "search" or tab.locator(".status").inner_text()
        )
    assert tab.evaluate("window.hacked") is None and tab.faults == []
