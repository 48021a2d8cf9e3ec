"""What a page tells those who share and index it; addresses come with the base address."""

import json
import re

import pytest

from analysis import load, paths
from analysis.citing import manifest
from book import filling, nights, pictures, share

MODEL = "03-neutralised-share"  # whose picture 03-hostile has


@pytest.fixture
def based(monkeypatch):
    """A citation file with an address."""
    citation = filling.citation() | {"url": "https://example.org/book/"}
    monkeypatch.setattr(filling, "citation", lambda: citation)
    share._filled.cache_clear()
    yield
    share._filled.cache_clear()


def described(page):
    context = {"css_files": [], "metatags": '<meta name="viewport" content="x">', "title": "A page"}
    share._describe(None, page, "page.html", context, None)
    return context["metatags"]


def test_without_a_base_address_nothing_names_one(site):
    assert filling.base() == ""
    assert "canonical" not in (site / "index.html").read_text("utf-8")


def test_home_describes_the_dataset_to_machines(site):
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>',
        (site / "index.html").read_text("utf-8"),
        re.DOTALL,
    )[1]
    dataset = json.loads(found)
    air = load()
    assert (dataset["@type"], dataset["version"]) == ("Dataset", air.version)
    assert dataset["temporalCoverage"] == f"2022-09-28/{air.period[1]:%Y-%m-%d}"
    assert dataset["identifier"] == f"sha256:{air.sha256}"
    assert dataset["datePublished"] == f"{filling.citation()['date-released']}"
    assert [file["name"] for file in dataset["distribution"]] == [
        f"{name}.csv" for name in air.tables
    ]
    assert "drones_launched_count" in {one["name"] for one in dataset["variableMeasured"]}


def test_figure_is_described_to_those_who_share_it(based):
    tags = described("figures/02-monthly-launches")
    image = "https://example.org/book/figures/02-monthly-launches.png"
    assert f'property="og:image" content="{image}"' in tags
    assert 'property="og:image:alt" content="' in tags
    assert 'property="og:description" content="One-way attack drones' in tags
    assert 'name="description" content="One-way attack drones' in tags and "viewport" not in tags


def test_night_and_embedded_figure_name_their_address(based):
    fill = filling.templates(load())
    night = fill("night.html", **nights.pages(load())["2025-07-04"])
    embedded = fill("embed.html", figure=manifest.entries(paths.FIGURES)[0])
    assert 'rel="canonical" href="https://example.org/book/nights/2025-07-04.html"' in night
    assert 'rel="canonical" href="https://example.org/book/figures/0' in embedded


def test_embedded_figure_is_whole_in_its_frame_and_dark_on_dark_pages(visit, tab):
    tab.emulate_media(color_scheme="dark")
    visit("figures/embed/03-hostile", viewport={"width": 700, "height": 700})
    assert tab.locator("img").evaluate("(e) => e.complete && e.naturalWidth > 0")
    assert "invert" in tab.locator("body").evaluate("(e) => getComputedStyle(e).filter")
    assert tab.get_by_role("link").get_attribute("href") == "../03-hostile.html"
    frame = pictures.picture(next(e for e in manifest.entries(paths.FIGURES) if e["id"] == MODEL))
    height = 700 * (frame["size"][1] + 40) / frame["size"][0]
    assert tab.evaluate("document.documentElement.scrollHeight") <= max(700, height + 10)
    snippet = visit("figures/03-hostile").locator("pre", has_text="<iframe").text_content()
    assert f"aspect-ratio:{frame['size'][0]}/{frame['size'][1] + 40}" in snippet
