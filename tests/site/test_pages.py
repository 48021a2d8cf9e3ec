"""Every page of the book: links resolve; it reads by ear and keyboard, on phone and paper."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from analysis import paths
from analysis.citing import manifest

KINDS = [
    "index",
    "figures/index",
    "figures/03-neutralised-share",
    "notebooks/index",
    "notebooks/03-interception-and-jamming",
    "explore",
    "reference/index",
    "reference/analysis.measures",
    "nights/index",
    "nights/2025-07-04",
    "nights/2025-07",
    "data/index",
    "data/ledger",
    "data/datasheet",
    "data/dictionary",
    "data/regimes",
    "data/corrections",
    "data/claims",
    "data/cite",
    "data/wrong",
    "docs/install",
    "changelog",
    "search",
]
CHECKS = Path(__file__).with_name("checks.js").read_text("utf-8")


class Outline(HTMLParser):
    """The ids, addresses, headings and pictures of a page."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.addresses, self.fetched = set(), [], []
        self.headings, self.pictures, self.lang, self.viewports = [], [], None, 0
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        self.addresses += [found[a] for a in ("href", "src") if a in found]
        self.fetched += [
            found[a] for a in ("href", "src", "srcset") if a in found and tag not in ("a", "iframe")
        ]
        self.headings += [tag] if tag == "h1" else []
        self.pictures += [found] if tag == "img" else []
        self.viewports += found.get("name") == "viewport"
        self.lang = found.get("lang", self.lang) if tag == "html" else self.lang


@pytest.fixture(scope="session")
def pages(site):
    """Every page, but only one in twenty of the nights, months and embedded figures."""
    every = sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)
    many = [p for p in every if p.parent.name in ("nights", "embed") and p.stem != "index"]
    return sorted({*every} - {*many}) + many[::20]


@pytest.fixture(scope="session")
def outlines(pages):
    return {page: Outline(page) for page in pages}


def test_there_is_a_page_for_every_figure_and_notebook(site, figures):
    assert all((site / "figures" / f"{e['id']}.html").exists() for e in manifest.entries(figures))
    assert all(
        (site / "notebooks" / f"{p.stem}.html").exists() for p in paths.NOTEBOOKS.glob("*.ipynb")
    )


def test_no_page_of_a_figure_has_an_error_or_is_wider_than_its_window(site, tab):
    tab.set_viewport_size({"width": 1024, "height": 900})
    for page in sorted((site / "figures").glob("[01]*.html")):
        tab.goto(page.as_uri(), wait_until="domcontentloaded")
        assert tab.evaluate("document.documentElement.scrollWidth") == 1024, page
    assert tab.faults == []


def test_no_page_fetches_anything_of_another_host(outlines):
    assert [
        (page, address)
        for page, outline in outlines.items()
        for address in outline.fetched
        if urlsplit(address).scheme not in ("", "data")
    ] == []


def test_every_link_leads_to_a_file_and_a_place_in_it(outlines):
    lost, others = [], {}
    for page, outline in outlines.items():
        for address in map(urlsplit, outline.addresses):
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            place = unquote(address.fragment)
            if address.scheme:
                continue
            if (
                not target.is_file()
                or place
                and place
                not in (outlines.get(target) or others.setdefault(target, Outline(target))).ids
            ):
                lost.append(f"{page.name}: {address.geturl()}")
    assert lost == []


def test_every_page_has_one_heading_a_language_one_viewport_and_described_pictures(outlines):
    for page, outline in outlines.items():
        assert (outline.headings, outline.lang, outline.viewports) == (["h1"], "en", 1), page
        assert all("alt" in picture for picture in outline.pictures), page


def test_downloads_are_the_published_files(site, figures):
    for file in (f["path"] for e in manifest.entries(figures) for f in e["files"].values()):
        assert (site / "figures" / file).read_bytes() == (figures / file).read_bytes()


def test_book_weighs_at_most_25_mb(site):
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) <= 25_000_000


def test_own_javascript_has_at_most_450_lines():
    scripts = (paths.ROOT / "book" / "static").glob("*.js")
    assert sum(len(script.read_text("utf-8").splitlines()) for script in scripts) <= 450


def test_home_and_figure_pages_weigh_less_than_300_kb_and_home_has_few_nodes(site, visit):
    pages = [site / "index.html", *(site / "figures").glob("0*.html")]
    assert max(page.stat().st_size for page in pages) < 300_000
    assert visit("index").evaluate("document.querySelectorAll('*').length") < 1500


def test_pictures_of_notebooks_are_linked_not_copied(site, figures):
    page = (site / "notebooks" / "03-interception-and-jamming.html").read_text("utf-8")
    assert 'src="../figures/03-neutralised-share.svg"' in page
    published = {figure["id"] for figure in manifest.entries(figures)}
    assert not [file for file in (site / "_images").glob("*") if file.stem in published]


def test_home_says_its_headline_and_how_far_the_data_reach_on_the_first_screen_of_a_phone(visit):
    lead = visit("index", viewport={"width": 390, "height": 844}).locator(".lead")
    assert lead.locator("strong").inner_text() == "54,585"
    box = lead.locator("span", has_text="to 31 December 2025").bounding_box()
    assert box["x"] + box["width"] <= 390 and box["y"] + box["height"] < 600


def test_gallery_does_not_jump_and_does_not_begin_with_coverage(visit):
    pictures = visit("figures/index").locator(".gallery img")
    assert pictures.evaluate_all("(all) => all.every((e) => e.width && e.height)")
    assert "01-" not in pictures.first.get_attribute("src")


def test_word_of_the_field_says_what_it_means(visit):
    word = visit("figures/03-neutralised-share").locator("abbr", has_text="launched").first
    assert "decoys included" in word.get_attribute("title")


@pytest.fixture(scope="module", params=KINDS)
def seen(request, site, window):
    """What is wrong with a page of each kind: on a phone and wide, light and dark, and on paper."""
    window.faults.clear()
    _open(window, site / f"{request.param}.html", 390)
    found = {
        "small": window.evaluate("small()"),
        "width": window.evaluate("document.documentElement.scrollWidth"),
    }
    found[390] = window.evaluate("violations({})") + _contrast(window, "dark")
    _open(window, site / f"{request.param}.html", 1440)
    found["spilt"] = window.evaluate("spilt()")
    found[1440] = window.evaluate("violations({ rules: { 'color-contrast': { enabled: false } } })")
    found |= _on_paper(window)
    found[1440] += _contrast(window, "light") + _contrast(window, "dark")  # all else is the same
    return found | {"faults": window.faults.copy()}


def _open(page, file, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="screen", color_scheme="light")
    page.goto(file.as_uri())
    page.add_script_tag(content=AXE_SCRIPT)
    page.add_script_tag(content=CHECKS)


def _contrast(page, scheme):
    page.emulate_media(media="screen", color_scheme=scheme)
    return page.evaluate("violations({ runOnly: ['color-contrast'] })")


def _on_paper(page):
    """What is cut off or not black on A4 without margins, printed by a reader of the dark theme."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})
    found = {
        "cut": page.evaluate("cut()"),
        "grey": page.evaluate("grey()"),
        "beside": page.evaluate("beside()"),
    }
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def test_page_passes_the_accessibility_checker_in_both_themes_and_widths(seen):
    assert seen[1440] == [] and seen[390] == []


def test_page_fits_a_phone_and_a_finger(seen):
    assert (seen["width"], seen["small"]) == (390, [])


def test_nothing_runs_out_of_its_card(seen):
    assert seen["spilt"] == []


def test_paper_loses_nothing_and_has_no_grey_text(seen):
    assert (seen["cut"], seen["grey"], seen["beside"]) == ([], [], [])


def test_page_has_no_error_and_asks_no_other_host(seen):
    assert seen["faults"] == []


@pytest.mark.parametrize(
    "name", ["index", "figures/03-neutralised-share", "data/ledger", "explore", "nights/2025-07-04"]
)
def test_keyboard_alone_reaches_everything(name, site, tab):
    tab.goto((site / f"{name}.html").as_uri())
    tab.add_script_tag(content=CHECKS)
    tab.evaluate(
        "window.reached = new Set();"
        "document.addEventListener('focusin', (e) => reached.add(e.target))"
    )
    for _ in range(10):
        for _ in range(20):
            tab.keyboard.press("Tab")
        if not (missed := tab.evaluate("missed()")):
            break
    assert missed == [] and tab.evaluate("reached.size") > 10


def test_codes_of_rules_regimes_and_wordings_are_links(site):
    datasheet = Outline(site / "data" / "datasheet.html")
    assert {f"r{n}" for n in range(1, 23)} <= datasheet.ids
    assert {"regime-a", "regime-d", "wording-w1", "wording-w3"} <= Outline(
        site / "data" / "regimes.html"
    ).ids
    assert "../data/datasheet.html#r18" in Outline(site / "nights" / "2025-07-04.html").addresses
