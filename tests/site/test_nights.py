"""A page a night: its totals, its reports, its place among the others."""

import pytest

from analysis import load


@pytest.fixture
def night(site, tab):
    tab.goto((site / "nights" / "2025-07-04.html").as_uri())
    return tab


def test_there_is_a_page_for_each_of_the_1191_dates_and_each_later_one(site):
    days = [page.stem for page in (site / "nights").glob("20*.html")]
    assert (
        len(days) == len(load().nights)
        and len([day for day in days if day <= "2025-12-31"]) == 1191
    )


def test_founding_night_has_the_totals_of_the_notebooks(night):
    assert night.locator(".sums strong").all_inner_texts() == ["539", "11"]
    assert (
        "268 shot down" in night.locator(".sums").inner_text()
        and "63 not reported as neutralised" in night.locator(".sums").inner_text()
    )


def test_report_names_its_publisher_and_level(night):
    first = night.locator(".report").first
    assert (
        first.get_by_role("link", name="Air Force of Ukraine")
        .get_attribute("href")
        .startswith("https://www.facebook.com/kpszsu/")
    )
    assert "national, one way attack drone" in first.inner_text()


def test_merged_night_says_shot_down_or_suppressed_and_no_lost(site, tab):
    tab.goto((site / "nights" / "2025-09-07.html").as_uri())
    said = tab.locator(".sums").inner_text()
    assert "shot down or suppressed" in said and "lost" not in said


def test_night_without_a_report_says_missing_not_zero(site, tab):
    tab.goto((site / "nights" / "2022-10-03.html").as_uri())
    assert "missing, not zero" in tab.locator(".subtitle").inner_text()


def test_sentences_of_a_report_are_apart(night):
    assert (
        "Post: Air Command South. A regional report"
        in night.locator(".report", has_text="UAV of unspecified type").inner_text()
    )


def test_previous_and_next_turn_the_pages(night):
    night.get_by_role("link", name="Next: 5 July 2025").click()
    night.get_by_role("link", name="Previous: 4 July 2025").click()
    assert night.locator("h1").inner_text() == "4 July 2025"


def test_night_pages_are_light(site):
    sizes = sorted(page.stat().st_size for page in (site / "nights").glob("20*.html"))
    assert sizes[len(sizes) // 2] < 15_000 and sizes[-1] < 60_000
