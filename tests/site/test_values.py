"""The value under the pointer, the finger and the arrow keys on a figure's picture."""

import pandas as pd
import pytest

from analysis import paths


@pytest.fixture
def drawing(site, tab):
    tab.goto((site / "figures" / "03-hostile.html").as_uri())
    return tab.locator("svg.drawing")


def place(drawing, x, y):
    """Where a point of the drawing is on the screen."""
    return drawing.evaluate("""(e, [x, y]) => { e.scrollIntoView({ behavior: "instant" }); const p = new DOMPoint(x, y).matrixTransform(e.getScreenCTM()); return [p.x, p.y]; }""", [x, y])


def shares():
    return pd.read_csv(paths.FIGURES / "03-neutralised-share.csv")


def test_pointer_shows_the_value_of_the_csv(drawing, tab):
    tab.mouse.move(*place(drawing, 102, 148))
    assert float(tab.locator(".tip strong").inner_text()) == pytest.approx(shares()["share"][0], abs=1e-4)
    assert shares()["month"][0] in tab.locator(".tip").inner_text()


def test_tap_shows_it_too(drawing, tab):
    x, y = place(drawing, 299, 181)
    drawing.dispatch_event("pointerdown", {"clientX": x, "clientY": y})
    assert shares()["month"][1] in tab.locator(".tip").inner_text()


def test_arrow_keys_go_from_value_to_value_and_escape_hides_them(drawing, tab):
    drawing.focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    assert shares()["month"][1] in tab.locator(".tip").inner_text()
    tab.keyboard.press("Escape")
    assert not tab.locator(".tip").is_visible() and tab.faults == []


def test_far_from_any_value_none_is_shown(drawing, tab):
    tab.mouse.move(*place(drawing, 200, 280))
    assert not tab.locator(".tip").is_visible()
