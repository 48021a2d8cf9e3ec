"""The search of the book, from disk."""


def test_search_puts_first_what_is_meant(site, tab):
    tab.goto((site / "search.html").as_uri() + "?q=jamming")
    assert tab.locator("#results a").first.get_attribute("href") == "figures/03-jamming-share.html"
    for date in ("4 July 2025", "04.07.2025", "July 4, 2025", "2025-07-04"):
        tab.get_by_role("searchbox", name="Search the book").fill(date)
        assert tab.locator("#results a").first.get_attribute("href") == "nights/2025-07-04.html"
    assert tab.faults == []


def test_search_shows_the_words_where_they_stand(site, tab):
    tab.goto((site / "search.html").as_uri())
    tab.get_by_role("searchbox", name="Search the book").fill("decoys")
    assert tab.locator("#results mark").first.inner_text().lower() == "decoys"
    assert tab.url.endswith("?q=decoys")
