"""The search of the book, from disk."""

import pytest


@pytest.mark.parametrize(("query", "first"), [
    ("jamming", "figures/03-jamming-share"), ("4 July 2025", "nights/2025-07-04"), ("04.07.2025", "nights/2025-07-04"),
    ("July 4, 2025", "nights/2025-07-04"), ("2025-07-04", "nights/2025-07-04")])
def test_search_puts_first_what_is_meant(query, first, site, tab):
    tab.goto((site / "search.html").as_uri() + f"?q={query}")
    assert tab.locator("#results a").first.get_attribute("href") == f"{first}.html" and tab.faults == []


def test_search_shows_the_words_where_they_stand(site, tab):
    tab.goto((site / "search.html").as_uri())
    tab.get_by_role("searchbox", name="Search the book").fill("decoys")
    assert tab.locator("#results mark").first.inner_text().lower() == "decoys"
    assert tab.url.endswith("?q=decoys")
