"""Pages of nights and months: totals, reports, places, and the way to the others."""

import pytest

from analysis import load, press


@pytest.fixture
def night(visit):
    return visit("nights/2025-07-04")


def test_there_is_a_page_for_each_date_with_a_report_or_a_claim_and_each_month(site):
    air = load()
    claims = press.matched_claims(air.press_claims, air.reports)
    dates = {*air.reports["report_date"], *claims["report_date"]} & {*air.nights["report_date"]}
    pages = {page.stem for page in (site / "nights").glob("20*.html")}
    months = {page for page in pages if len(page) == 7}
    assert pages - months == {f"{date:%Y-%m-%d}" for date in dates}
    assert len([month for month in months if month <= "2025-12"]) == 40


def test_founding_night_has_the_totals_of_the_notebooks(night):
    assert night.locator(".sums strong").all_inner_texts() == ["539", "11"]
    assert "63 not reported as neutralised" in night.locator(".sums").inner_text()


def test_night_names_places_of_launch_and_regions_affected(night):
    text = night.locator(".sums").inner_text()
    assert "Primorsko-Akhtarsk" in text and "Regions affected, as reported: Kyiv," in text


def test_report_names_its_publisher_and_level(night):
    first = night.locator(".report").first
    link = first.get_by_role("link", name="Air Force of Ukraine")
    assert link.get_attribute("href").startswith("https://www.facebook.com/kpszsu/")
    assert "national, one-way attack drone" in first.inner_text()


def test_merged_night_says_shot_down_or_suppressed_and_no_lost(visit):
    text = visit("nights/2025-09-07").locator(".sums").inner_text()
    assert "shot down or suppressed" in text and "lost" not in text


def test_night_without_a_report_is_missing_not_zero_in_its_month(visit):
    row = visit("nights/2023-03").locator("#d-2023-03-02")
    assert row.locator("td").nth(2).inner_text() == "–"


def test_month_has_totals_shares_and_largest_nights(visit):
    tab = visit("nights/2025-07")
    assert tab.locator(".sums strong").all_inner_texts() == ["6,297", "198"]
    assert "regional reports give 10 missiles" in tab.locator(".sums").inner_text()
    assert "87.9% reported neutralised" in tab.locator(".sums").inner_text()
    largest = tab.locator("ol li").all_inner_texts()
    assert len(largest) == 5 and largest[0].startswith("2025-07-09: 728 drones")


def test_list_of_nights_leads_to_those_of_over_500_drones_the_largest_first(visit):
    tab = visit("nights/index")
    tab.locator("article").get_by_role("link", name="500", exact=True).click()
    tab.wait_for_selector(".data-table tbody tr")
    launched = tab.locator(".data-table tbody td:nth-child(4)").all_inner_texts()
    assert launched[0] == "810" and len(launched) == 15 and min(map(int, launched)) > 500


def test_nights_turn_lead_to_their_month_and_are_searched(night):
    night.get_by_role("link", name="Next: 2025-07-05").click()
    night.get_by_role("link", name="Previous: 2025-07-04").click()
    night.get_by_role("link", name="July 2025", exact=True).click()
    night.get_by_role("searchbox").fill("Kyiv 4 July 2025")
    night.keyboard.press("Enter")
    assert night.locator("#results a").first.get_attribute("href") == "nights/2025-07-04.html"


def test_night_has_the_theme_of_the_book(night):
    night.get_by_role("button", name="Light or dark").click()
    assert night.locator("body").get_attribute("data-theme") != "auto"
    night.evaluate("localStorage.clear()")


def test_night_pages_are_light(site):
    sizes = sorted(page.stat().st_size for page in (site / "nights").glob("20*-*-*.html"))
    assert sizes[len(sizes) // 2] < 9_000 and sizes[-1] < 60_000
