"""The search of the book, from disk."""

import json

import pytest


@pytest.fixture
def find(visit):
    """A function that searches and returns the addresses and the texts that were found."""

    def search(query):
        tab = visit("search", f"?q={query}")
        links = tab.locator("#results a").evaluate_all(
            "(all) => all.map((a) => a.getAttribute('href'))"
        )
        assert tab.faults == []
        return links, tab.locator("#results p").all_inner_texts()

    return search


def test_search_puts_first_what_is_meant(find):
    assert find("jamming")[0][0] == "figures/03-jamming-share.html"


@pytest.mark.parametrize(
    "typed", ["4 July 2025", "04.07.2025", "July 4, 2025", "4 липня 2025", "Київ 4 липня 2025"]
)
def test_search_finds_a_night_as_people_type_it(typed, find):
    assert find(typed)[0][0] == "nights/2025-07-04.html"


@pytest.mark.parametrize("typed", ["July 2025", "липень 2025", "how many drones in July 2025"])
def test_search_finds_a_month(typed, find):
    assert find(typed)[0][0] == "nights/2025-07.html"


@pytest.mark.parametrize("typed", ["what is a regime", "how was a drone lost", "drones & (jammed)"])
def test_search_answers_what_people_ask_in_sentences(typed, find):
    links, texts = find(typed)
    assert len(links) > 3 and all(texts)


def test_small_words_of_a_sentence_are_not_searched_for(visit):
    marks = visit("search", "?q=how was a drone lost").locator("#results mark")
    assert {mark.lower()[:4] for mark in marks.all_inner_texts()} == {"dron", "lost"}


def test_search_shows_the_words_where_they_stand(visit):
    tab = visit("search")
    tab.get_by_role("searchbox", name="Search the book").fill("decoys")
    assert tab.locator("#results mark").first.inner_text().lower() == "decoys"
    assert tab.url.endswith("?q=decoys")


def test_words_are_not_cut_where_they_are_shown(visit):
    tab = visit("search", "?q=jamming")
    whole = {word for d in tab.evaluate("searchDocuments") for word in d["text"].split()}
    shown = " ".join(tab.locator("#results p").all_inner_texts())
    assert set(shown.split()) - {"…"} <= whole


def test_index_holds_text_and_no_html(site):
    script = (site / "search-documents.js").read_text("utf-8")
    documents = json.loads(script[script.index("[") : script.rindex(";")])
    prose = [d["text"] for d in documents if d["kind"] == "page"]
    assert prose and not [text for text in prose if "</" in text]
