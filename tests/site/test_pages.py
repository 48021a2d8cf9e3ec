"""Every page of the book: it loads, its links resolve, it reads by ear, by keyboard, on a phone and in the dark."""

import json
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis import paths
from analysis.citing import manifest

KINDS = ["index", "figures/index", "figures/03-neutralised-share", "notebooks/index", "notebooks/03-interception-and-jamming",
         "data/index", "data/ledger", "data/datasheet", "data/dictionary", "data/regimes", "data/corrections", "data/claims", "data/press",
         "data/cite", "changelog", "search"]
MISSED = """[...document.querySelectorAll("a[href], button:not([disabled]), input, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !reached.has(e)).map((e) => e.outerHTML)"""


class Outline(HTMLParser):
    """The ids, addresses, headings and pictures of a page."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.addresses, self.headings, self.pictures, self.lang = set(), [], [], [], None
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        self.addresses += [found[a] for a in ("href", "src") if a in found]
        self.headings += [tag] if tag == "h1" else []
        self.pictures += [found] if tag == "img" else []
        self.lang = found.get("lang", self.lang) if tag == "html" else self.lang


@pytest.fixture(scope="session")
def outlines(site):
    return {page: Outline(page) for page in sorted(site.rglob("*.html")) if "_static" not in page.parts}


def test_there_is_a_page_for_every_figure_and_notebook(site):
    assert all((site / "figures" / f"{e['id']}.html").exists() for e in manifest.entries(paths.FIGURES))
    assert all((site / "notebooks" / f"{p.stem}.html").exists() for p in paths.NOTEBOOKS.glob("*.ipynb"))


def test_no_page_has_an_error_or_asks_another_host(outlines, tab):
    for page in outlines:
        tab.goto(page.as_uri())
    assert tab.faults == []


def test_every_link_leads_to_a_file_and_a_place_in_it(outlines):
    lost = []
    for page, outline in outlines.items():
        for address in map(urlsplit, outline.addresses):
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            place = unquote(address.fragment)
            if not address.scheme and not (target.is_file() and (not place or place in outlines.get(target, outline).ids)):
                lost.append(f"{page.name}: {address.geturl()}")
    assert lost == []


def test_every_page_has_one_heading_a_language_and_described_pictures(outlines):
    for page, outline in outlines.items():
        assert (outline.headings, outline.lang) == (["h1"], "en"), page
        assert all("alt" in picture for picture in outline.pictures), page


def test_downloads_are_the_published_files(site):
    for file in (f["path"] for e in manifest.entries(paths.FIGURES) for f in e["files"].values()):
        assert (site / "figures" / file).read_bytes() == (paths.FIGURES / file).read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_page_passes_the_accessibility_checker(name, scheme, site, tab):
    tab.emulate_media(color_scheme=scheme)
    tab.goto((site / f"{name}.html").as_uri())
    found = Axe().run(tab).response["violations"]
    assert not found, json.dumps([(v["id"], v["help"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found], indent=1)


@pytest.mark.parametrize("name", KINDS)
def test_page_fits_a_phone(name, site, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((site / f"{name}.html").as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("name", ["index", "figures/03-neutralised-share", "data/ledger"])
def test_keyboard_alone_reaches_everything(name, site, tab):
    tab.goto((site / f"{name}.html").as_uri())
    tab.evaluate("window.reached = new Set(); document.addEventListener('focusin', (e) => reached.add(e.target))")
    for _ in range(10):  # the theme makes what can be scrolled reachable a moment after the page has loaded
        for _ in range(20):
            tab.keyboard.press("Tab")
        if not (missed := tab.evaluate(MISSED)):
            break
    assert missed == [] and tab.evaluate("reached.size") > 10


def test_search_finds_a_figure_from_disk(site, tab):
    tab.goto((site / "search.html").as_uri() + "?q=jamming")
    tab.wait_for_selector("#search-results li a[href*='figures/03-jamming-share']")
    assert tab.faults == []
