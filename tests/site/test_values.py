"""The value under the pointer, the finger and the arrow keys on a figure's picture."""

import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pandas as pd
import pytest

from analysis import paths
from analysis.citing import manifest

ENTRIES = manifest.entries(paths.FIGURES)


@pytest.fixture
def drawing(site, tab):
    tab.goto((site / "figures" / "03-hostile.html").as_uri())
    return tab.locator("svg.drawing")


@pytest.fixture
def phone(browser):
    """An empty page of a phone, under fingers; `asked` collects the files that it fetches."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.asked = []
    page.on(
        "request",
        lambda request: (
            page.asked.append(Path(url2pathname(urlsplit(request.url).path)))
            if request.url.startswith("file:")
            else None
        ),
    )
    yield page
    context.close()


def place(drawing, x, y):
    """Where a point of the drawing is on the screen."""
    return drawing.evaluate(
        """(e, [x, y]) => { e.scrollIntoView({ behavior: "instant" }); const p = new DOMPoint(x, y).matrixTransform(e.getScreenCTM()); return [p.x, p.y]; }""",
        [x, y],
    )


def tip(tab):
    return tab.locator(".frame:visible .tip")


def shares():
    return pd.read_csv(paths.FIGURES / "03-neutralised-share.csv")


def test_pointer_shows_the_value_of_the_csv(drawing, tab):
    tab.mouse.move(*place(drawing, 102, 148))
    assert float(tip(tab).locator("strong").inner_text()) == pytest.approx(
        shares()["share"][0], abs=1e-4
    )
    assert shares()["month"][0] in tip(tab).inner_text()


def test_arrow_keys_go_from_value_to_value_and_escape_hides_them(drawing, tab):
    drawing.focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    assert shares()["month"][1] in tip(tab).inner_text()
    tab.keyboard.press("Escape")
    assert not tip(tab).is_visible() and tab.faults == []


def test_click_holds_the_value_and_its_link_opens_the_reports(site, tab):
    tab.goto((site / "figures" / "02-monthly-launches.html").as_uri())
    box = tab.evaluate(
        "readMarks(document.querySelector('g[data-marks]').dataset.marks).find((mark) => mark.row === 67)"
    )
    tab.mouse.click(
        *place(tab.locator("svg.drawing"), (box["left"] + box["right"]) / 2, box["bottom"] - 1)
    )
    tip(tab).get_by_role("link").click()
    tab.wait_for_selector(".notice:visible")
    table = pd.read_csv(paths.FIGURES / "02-monthly-launches.csv")
    assert (
        tab.locator("tfoot tr").first.locator("td").all_inner_texts()[2]
        == f"{table['launched_count'][67]}"
    )


def test_enter_opens_the_reports_of_a_cell_of_a_calendar(site, tab):
    tab.goto((site / "figures" / "02-calendar.html").as_uri())
    tab.locator("svg.drawing").focus()
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".notice:visible")
    assert "2025-12-31" in tab.locator(".notice").inner_text()


def test_far_from_any_value_none_is_shown(drawing, tab):
    tab.mouse.move(*place(drawing, 200, 280))
    assert not tip(tab).is_visible()


def test_calendar_is_one_tab_stop_in_which_arrows_go_by_day_and_by_weekday(site, tab):
    tab.goto((site / "figures" / "02-calendar.html").as_uri())
    assert tab.locator(".frame:visible [tabindex]").count() == 1
    tab.locator("svg.drawing").focus()
    seen = []
    for key in ("End", "ArrowLeft", "ArrowUp", "Home"):
        tab.keyboard.press(key)
        seen.append(re.search(r"\d{4}-\d\d-\d\d", tip(tab).inner_text())[0])
    assert seen == ["2025-12-31", "2025-12-30", "2025-12-29", "2022-09-29"]


def test_bar_shows_its_value_down_to_its_foot(site, tab):
    tab.goto((site / "figures" / "02-monthly-launches.html").as_uri())
    box = tab.evaluate(
        "readMarks(document.querySelector('g[data-marks]').dataset.marks).find((mark) => mark.row === 68)"
    )
    tab.mouse.move(
        *place(tab.locator("svg.drawing"), (box["left"] + box["right"]) / 2, box["bottom"] - 1)
    )
    table = pd.read_csv(paths.FIGURES / "02-monthly-launches.csv")
    assert (
        tip(tab).inner_text().split()[0] == str(table["launched_count"][68])
        and table["month"][68] in tip(tab).inner_text()
    )


def test_values_of_one_place_are_told_together(site, tab):
    tab.goto((site / "figures" / "04-launches-by-family.html").as_uri())
    tab.evaluate("""() => { const frame = document.querySelector(".frame.wide").cloneNode(true); frame.querySelector("g").dataset.marks = "2 0;90 200 0|3 0;90 200 0";
        document.querySelector("h1").before(frame); showValues(frame); frame.querySelector("svg").focus(); }""")
    tab.keyboard.press("Home")
    assert tip(tab).first.locator("strong").count() == 2


def test_home_shows_the_values_of_its_picture_too(site, tab):
    tab.goto((site / "index.html").as_uri())
    tab.locator("svg.drawing").focus()
    tab.keyboard.press("Home")
    assert (
        tip(tab)
        .inner_text()
        .startswith(
            str(pd.read_csv(paths.FIGURES / "02-monthly-launches.csv")["launched_count"][0])
        )
    )


def test_tap_on_a_phone_shows_the_value_until_one_taps_elsewhere(site, phone):
    phone.goto((site / "figures" / "03-neutralised-share.html").as_uri())
    pane = phone.locator(".pane")
    mark = phone.evaluate(
        "readMarks(document.querySelector('.frame.narrow').dataset.marks).find((mark) => mark.row === 3)"
    )
    phone.touchscreen.tap(*place(pane, mark["left"], mark["top"]))
    assert shares()["month"][3] in tip(phone).inner_text() and tip(phone).is_visible()
    phone.locator("h1").tap()
    assert not tip(phone).is_visible()


@pytest.mark.parametrize("name", ["figures/01-coverage-calendar", "figures/02-calendar", "index"])
def test_phone_fetches_less_than_500_kb_and_the_narrow_picture_alone(name, site, phone):
    phone.goto((site / f"{name}.html").as_uri())
    phone.locator(".frame.narrow img").scroll_into_view_if_needed()
    phone.wait_for_function("document.querySelector('.frame.narrow img').complete")
    figure = phone.locator(".frame.narrow img").get_attribute("src").rpartition("/")[2]
    assert [
        file.name
        for file in phone.asked
        if file.suffix in (".svg", ".png") and "favicon" not in file.name
    ] == [figure]
    assert sum(file.stat().st_size for file in set(phone.asked)) < 500_000


@pytest.mark.parametrize("width, frame", [(1440, "wide"), (390, "narrow")])
def test_every_picture_has_marks_within_it(width, frame, site):
    for entry in ENTRIES:
        page = (site / "figures" / f"{entry['id']}.html").read_text("utf-8")
        part = page[page.index(f'class="frame {frame}"') :]
        _, top, right, high = map(
            float, re.search('(?:viewBox|data-box)="([^"]*)"', part)[1].split()
        )
        for group in re.search('data-marks="([^"]*)"', part)[1].split("|"):
            for x, y in (map(float, found.split()[:2]) for found in group.split(";")[1:]):
                assert 0 <= x <= right and top <= y <= top + high, entry["id"]


def test_text_of_every_picture_is_9_px_and_more_on_a_phone(site, phone):
    phone.goto((site / "figures" / "02-launch-areas.html").as_uri())
    wide = phone.locator(".frame.narrow img").bounding_box()["width"]
    for entry in ENTRIES:
        drawing = (site / "figures" / "narrow" / f"{entry['id']}.svg").read_text("utf-8")
        width = float(re.search('viewBox="[^ ]* [^ ]* ([^ ]*)', drawing)[1])
        smallest = min(float(size) for size in re.findall(r"font-size:([\d.]+)px", drawing))
        assert smallest * wide / width >= 9, entry["id"]
