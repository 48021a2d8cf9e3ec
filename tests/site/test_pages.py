"""Every page of the book: it loads, its links resolve, it reads by ear, by keyboard, on a phone, on paper and in the dark."""

import json
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis import paths
from analysis.citing import manifest

KINDS = ["index", "figures/index", "figures/03-neutralised-share", "notebooks/index", "notebooks/03-interception-and-jamming",
         "explore", "reference/index", "reference/analysis.measures.launches", "nights/index", "nights/2025-07-04", "data/index", "data/ledger", "data/datasheet", "data/dictionary", "data/regimes",
         "data/corrections", "data/claims", "data/press", "data/cite", "changelog", "search"]
WIDTHS = {1440: 900, 390: 844}
MISSED = """[...document.querySelectorAll("a[href], button:not([disabled]), input, select, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !reached.has(e)).map((e) => e.outerHTML)"""
SMALL = """[...document.querySelectorAll("button, input, select, summary, .scroll td a, .month a, .turn a, .downloads a, .gallery a")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.matches(".sidebar-toggle"))
    .filter((e) => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).map((e) => e.outerHTML.slice(0, 120))"""


class Outline(HTMLParser):
    """The ids, addresses, headings and pictures of a page."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.addresses, self.headings, self.pictures, self.lang, self.viewports = set(), [], [], [], None, 0
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        self.addresses += [found[a] for a in ("href", "src") if a in found]
        self.headings += [tag] if tag == "h1" else []
        self.pictures += [found] if tag == "img" else []
        self.viewports += found.get("name") == "viewport"
        self.lang = found.get("lang", self.lang) if tag == "html" else self.lang


@pytest.fixture(scope="session")
def pages(site):
    """Every page, but of those that are many of one template (nights, functions, embedded figures) one in twenty."""
    every = sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)
    many = [page for page in every if page.parent.name in ("nights", "reference", "embed") and page.stem != "index"]
    return [page for page in every if page not in set(many)] + many[::20]


@pytest.fixture(scope="session")
def outlines(pages):
    return {page: Outline(page) for page in pages}


def weight(site, page):
    """The bytes of a page and of all that it fetches, uncompressed."""
    files = {page} | {(page.parent / urlsplit(a).path).resolve() for a in Outline(page).addresses
                      if urlsplit(a).path.endswith((".css", ".js")) or "_static" in a}
    return sum(file.stat().st_size for file in files)


def test_there_is_a_page_for_every_figure_and_notebook(site, figures):
    assert all((site / "figures" / f"{e['id']}.html").exists() for e in manifest.entries(figures))
    assert all((site / "notebooks" / f"{p.stem}.html").exists() for p in paths.NOTEBOOKS.glob("*.ipynb"))


def test_no_page_has_an_error_or_asks_another_host(pages, tab):
    for page in pages:
        tab.goto(page.as_uri())
    assert tab.faults == []


def test_every_link_leads_to_a_file_and_a_place_in_it(outlines):
    lost, others = [], {}
    for page, outline in outlines.items():
        for address in map(urlsplit, outline.addresses):
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            place = unquote(address.fragment)
            if address.scheme:
                continue
            if not target.is_file() or place and place not in (outlines.get(target) or others.setdefault(target, Outline(target))).ids:
                lost.append(f"{page.name}: {address.geturl()}")
    assert lost == []


def test_every_page_has_one_heading_a_language_one_viewport_and_described_pictures(outlines):
    for page, outline in outlines.items():
        assert (outline.headings, outline.lang, outline.viewports) == (["h1"], "en", 1), page
        assert all("alt" in picture for picture in outline.pictures), page


def test_downloads_are_the_published_files(site, figures):
    for file in (f["path"] for e in manifest.entries(figures) for f in e["files"].values()):
        assert (site / "figures" / file).read_bytes() == (figures / file).read_bytes()


def test_home_and_figure_pages_weigh_less_than_500_kb_and_have_few_nodes(site, tab):
    for page in [site / "index.html", *sorted((site / "figures").glob("0*.html"))]:
        assert weight(site, page) < 500_000, page
    tab.goto((site / "index.html").as_uri())
    assert tab.evaluate("document.querySelectorAll('*').length") < 1500


def test_no_source_map_is_published(site):
    assert list(site.rglob("*.map")) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", KINDS)
def test_page_passes_the_accessibility_checker_in_both_themes(name, width, site, tab):
    tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):  # all else is the same in the dark
        tab.emulate_media(color_scheme=scheme)
        tab.goto((site / f"{name}.html").as_uri())
        found = Axe().run(tab, context={"exclude": [["section ~ section .month"]]}, options={"preload": False, **rules}).response["violations"]
        assert not found, json.dumps([(v["id"], v["help"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found], indent=1)


@pytest.mark.parametrize("name", KINDS)
def test_page_fits_a_phone_and_a_finger(name, site, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((site / f"{name}.html").as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    assert tab.evaluate(SMALL) == []


@pytest.mark.parametrize("name", ["index", "figures/03-neutralised-share", "data/ledger", "explore", "nights/2025-07-04"])
def test_keyboard_alone_reaches_everything(name, site, tab):
    tab.goto((site / f"{name}.html").as_uri())
    tab.evaluate("window.reached = new Set(); document.addEventListener('focusin', (e) => reached.add(e.target))")
    for _ in range(10):
        for _ in range(20):
            tab.keyboard.press("Tab")
        if not (missed := tab.evaluate(MISSED)):
            break
    assert missed == [] and tab.evaluate("reached.size") > 10


def test_paper_shows_every_row_and_no_grey_text(ledger):
    ledger.emulate_media(media="print")
    box = ledger.locator(".scroll").bounding_box()["height"]
    assert box >= ledger.locator(".scroll table").bounding_box()["height"]
    colours = ledger.evaluate("""[...document.querySelectorAll('article :is(h1, p, td, th, small)')].filter((e) => e.checkVisibility())
        .map((e) => getComputedStyle(e).color)""")
    assert set(colours) == {"rgb(0, 0, 0)"}


def test_codes_of_rules_regimes_and_wordings_are_links(site):
    datasheet = Outline(site / "data" / "datasheet.html")
    assert {f"r{n}" for n in range(1, 23)} <= datasheet.ids
    assert {"regime-a", "regime-d", "wording-w1", "wording-w3"} <= Outline(site / "data" / "regimes.html").ids
    assert "../data/datasheet.html#r18" in Outline(site / "nights" / "2025-07-04.html").addresses


def test_title_of_a_figure_stands_once(site, tab):
    tab.goto((site / "figures" / "03-jamming-share.html").as_uri())
    assert not tab.locator("svg.drawing #title").is_visible() and tab.locator("h1").is_visible()
