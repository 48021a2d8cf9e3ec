"""The value under the pointer and the arrow keys on a picture, and what a phone fetches instead."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pandas as pd
import pytest

from analysis import load, paths
from analysis.citing import manifest
from book.pictures import picture

ENTRIES = manifest.entries(paths.FIGURES)
POINT = """(e, [x, y]) => {
    const p = new DOMPoint(x, y).matrixTransform(e.getScreenCTM());
    return [p.x, p.y];
}"""


@pytest.fixture
def pane(visit):
    """The picture of 03-hostile: its first value is at (100, 150), its second at (300, 180)."""
    pane = visit("figures/03-hostile").locator(".pane")
    pane.scroll_into_view_if_needed()
    return pane


@pytest.fixture(scope="module")
def shares():
    table = pd.read_csv(paths.FIGURES / "03-neutralised-share.csv")
    return [f"{share:.1%}" for share in table["share"]]


def tip(pane):
    return pane.page.locator(".tip")


def test_pointer_shows_the_value_of_the_csv_as_people_write_it(pane, shares):
    pane.page.mouse.move(*pane.evaluate(POINT, [102, 148]))
    assert tip(pane).locator("strong").inner_text() == shares[0]
    assert tip(pane).inner_text().startswith("2024-09")


def test_far_from_any_value_none_is_shown(pane):
    pane.page.mouse.move(*pane.evaluate(POINT, [200, 280]))
    assert not tip(pane).is_visible()


def test_arrow_keys_go_from_value_to_value_and_escape_hides_them(pane, shares):
    pane.focus()
    for key in ("ArrowRight", "ArrowRight"):
        pane.page.keyboard.press(key)
    assert tip(pane).locator("strong").inner_text() == shares[1]
    pane.page.keyboard.press("Escape")
    assert not tip(pane).is_visible() and pane.page.faults == []


def test_click_on_a_value_opens_its_reports(pane):
    pane.page.mouse.click(*pane.evaluate(POINT, [100, 150]))
    pane.page.wait_for_selector(".notice:visible")
    reports = load().reports
    count = (
        reports["report_date"].between("2024-09-01", "2024-09-30") & reports["is_in_drone_series"]
    )
    status = pane.page.locator(".status").inner_text()
    assert status.startswith(f"1 to 25 of {count.sum()} rows")


def test_every_mark_lies_within_its_picture():
    for drawn in filter(lambda drawn: drawn["marks"], map(picture, ENTRIES)):
        _, _, right, bottom = map(float, drawn["box"].split())
        for group in drawn["marks"].split("|"):
            for place in group.split(";")[1:]:
                x, y = map(float, place.split()[:2])
                assert 0 <= x <= right and 0 <= y <= bottom, drawn["wide"]


@pytest.mark.parametrize("name", ["figures/02-calendar", "figures/03-hostile", "index"])
def test_phone_fetches_less_than_500_kb_and_the_narrow_picture_alone(name, site, browser):
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto((site / f"{name}.html").as_uri(), wait_until="load")
    files = {Path(url2pathname(path)) for path in asked}
    pictures = [
        file.name for file in files if file.parent.name == "figures" and file.suffix != ".html"
    ]
    assert len(pictures) == 1 and pictures[0].endswith(".column.png")
    assert sum(file.stat().st_size for file in files) < 500_000
    page.context.close()
