"""Every page of the book: it loads, its links resolve, it reads by ear, by keyboard, on a phone, on paper and in the dark."""

from html.parser import HTMLParser
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
    "reference/analysis.measures.launches",
    "nights/index",
    "nights/2025-07-04",
    "data/index",
    "data/ledger",
    "data/datasheet",
    "data/dictionary",
    "data/regimes",
    "data/corrections",
    "data/claims",
    "data/press",
    "data/cite",
    "changelog",
    "search",
]
# Colours are judged on the first three of many parts of one kind beside each other.
THIN_OUT = """() => { const kinds = new Map();
    for (const e of document.querySelectorAll("body *")) {
        const own = kinds.get(e.parentElement) ?? kinds.set(e.parentElement, []).get(e.parentElement);
        own.push(`${e.tagName}.${e.getAttribute("class")}`);
        if (own.filter((kind) => kind === own.at(-1)).length > 3) e.toggleAttribute("alike", true);
    }
    document.querySelectorAll("[alike]").forEach((e) => e.remove()); }"""
VIOLATIONS = """(options) => axe.run({ exclude: [["section ~ section .month"]] }, { preload: false, resultTypes: ["violations"], ...options })
    .then(({ violations }) => violations.map((v) => [v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))]))"""
MISSED = """[...document.querySelectorAll("a[href], button:not([disabled]), input, select, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !reached.has(e)).map((e) => e.outerHTML)"""
SMALL = """[...document.querySelectorAll("button, input, select, summary, .scroll td a, .month a, .turn a, .downloads a, .gallery a")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.matches(".sidebar-toggle"))
    .filter((e) => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).map((e) => e.outerHTML.slice(0, 120))"""
CUT = """[...document.querySelectorAll("article :not(caption, .thumb, .frame)")].filter((e) => getComputedStyle(e).overflow !== "visible" && e.checkVisibility()
    && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)).map((e) => e.outerHTML.slice(0, 120))"""
BESIDE = """[...document.querySelectorAll("article *")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest("caption, .frame, .thumb")).map((e) => e.outerHTML.slice(0, 120))"""
SPILT = """[...document.querySelectorAll("article li")].filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.outerHTML.slice(0, 120))"""
GREY = """[...document.querySelectorAll("article :is(h1, h2, p, li, td, th, dt, dd, small, summary, figcaption)")]
    .filter((e) => e.checkVisibility() && getComputedStyle(e).color !== "rgb(0, 0, 0)").map((e) => e.outerHTML.slice(0, 120))"""


class Outline(HTMLParser):
    """The ids, addresses, headings and pictures of a page."""

    def __init__(self, page):
        super().__init__()
        (
            self.ids,
            self.addresses,
            self.fetched,
            self.headings,
            self.pictures,
            self.lang,
            self.viewports,
        ) = set(), [], [], [], [], None, 0
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
    """Every page, but of those that are many of one template (nights, functions, embedded figures) one in twenty."""
    every = sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)
    many = [
        page
        for page in every
        if page.parent.name in ("nights", "reference", "embed") and page.stem != "index"
    ]
    return [page for page in every if page not in set(many)] + many[::20]


@pytest.fixture(scope="session")
def outlines(pages):
    return {page: Outline(page) for page in pages}


def weight(site, page):
    """The bytes of a page and of all that it fetches, uncompressed."""
    files = {page} | {
        (page.parent / urlsplit(a).path).resolve()
        for a in Outline(page).addresses
        if urlsplit(a).path.endswith((".css", ".js")) or "_static" in a
    }
    return sum(file.stat().st_size for file in files)


def test_there_is_a_page_for_every_figure_and_notebook(site, figures):
    assert all((site / "figures" / f"{e['id']}.html").exists() for e in manifest.entries(figures))
    assert all(
        (site / "notebooks" / f"{p.stem}.html").exists() for p in paths.NOTEBOOKS.glob("*.ipynb")
    )


def test_no_page_of_a_figure_has_an_error(site, tab):
    for page in sorted((site / "figures").glob("0*.html")):
        tab.goto(page.as_uri(), wait_until="domcontentloaded")
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


def test_home_and_figure_pages_weigh_less_than_500_kb_and_have_few_nodes(site, tab):
    for page in [site / "index.html", *sorted((site / "figures").glob("0*.html"))]:
        assert weight(site, page) < 500_000, page
    tab.goto((site / "index.html").as_uri())
    assert tab.evaluate("document.querySelectorAll('*').length") < 1500


def test_no_source_map_is_published(site):
    assert list(site.rglob("*.map")) == []


@pytest.fixture(scope="module", params=KINDS)
def seen(request, site, window):
    """What there is to see on a page of each kind: on a phone and wide, in the light and the dark, and on paper."""
    window.faults.clear()
    _open(window, site / f"{request.param}.html", 390)
    found = {
        "small": window.evaluate(SMALL),
        "width": window.evaluate("document.documentElement.scrollWidth"),
    }
    window.evaluate(THIN_OUT)
    found[390] = window.evaluate(VIOLATIONS, {}) + _contrast(window, "dark")
    _open(window, site / f"{request.param}.html", 1440)
    found["spilt"] = window.evaluate(SPILT)
    found[1440] = window.evaluate(VIOLATIONS, {"rules": {"color-contrast": {"enabled": False}}})
    found |= _on_paper(window)
    window.evaluate(THIN_OUT)
    found[1440] += _contrast(window, "light") + _contrast(
        window, "dark"
    )  # all else is the same in both
    return found | {"faults": window.faults.copy()}


def _open(page, file, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="screen", color_scheme="light")
    page.goto(file.as_uri())
    page.evaluate(AXE_SCRIPT)


def _contrast(page, scheme):
    page.emulate_media(media="screen", color_scheme=scheme)
    return page.evaluate(VIOLATIONS, {"runOnly": ["color-contrast"]})


def _on_paper(page):
    """What is cut off and what is not black on an A4 page without its margins, printed by a reader of the dark theme."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})
    found = {
        "cut": page.evaluate(CUT),
        "grey": page.evaluate(GREY),
        "beside": page.evaluate(BESIDE),
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
    tab.evaluate(
        "window.reached = new Set(); document.addEventListener('focusin', (e) => reached.add(e.target))"
    )
    for _ in range(10):
        for _ in range(20):
            tab.keyboard.press("Tab")
        if not (missed := tab.evaluate(MISSED)):
            break
    assert missed == [] and tab.evaluate("reached.size") > 10


def test_browser_takes_every_rule_of_the_style_sheet(site, tab):
    text = (site / "_static" / "book.css").read_text("utf-8")
    count = "(rules) => [...rules].reduce((sum, rule) => sum + 1 + (rule.cssRules ? count(rule.cssRules) : 0), 0)"
    assert tab.evaluate(
        f"(text) => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync(text); const count = {count}; return count(sheet.cssRules); }}",
        text,
    ) == text.count("{")


def test_codes_of_rules_regimes_and_wordings_are_links(site):
    datasheet = Outline(site / "data" / "datasheet.html")
    assert {f"r{n}" for n in range(1, 23)} <= datasheet.ids
    assert {"regime-a", "regime-d", "wording-w1", "wording-w3"} <= Outline(
        site / "data" / "regimes.html"
    ).ids
    assert "../data/datasheet.html#r18" in Outline(site / "nights" / "2025-07-04.html").addresses


def test_title_of_a_figure_stands_once(site, tab):
    tab.goto((site / "figures" / "03-jamming-share.html").as_uri())
    assert not tab.locator("svg.drawing #title").is_visible() and tab.locator("h1").is_visible()
