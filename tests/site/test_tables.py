"""What a reader does: copy a citation, search, filter, sort and share a view, take rows away."""

import csv
import re

import pytest

from analysis import cite, load
from analysis.citing.citation import FORMS

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def ledger(visit):
    return visit("data/ledger")


def column(page, number):
    return page.locator(f".data-table tbody td:nth-child({number})").all_inner_texts()


def search(page, text):
    page.get_by_role("searchbox", name="Search: Reports").fill(text)


def test_copy_buttons_copy_what_cite_prints(visit):
    tab = visit("figures/03-neutralised-share")
    tab.locator("summary", has_text="Cite").click()
    for form, block in zip(FORMS, tab.locator(".citations details").all(), strict=True):
        block.evaluate("(e) => { e.open = true; }")
        block.locator("button").click()
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == cite("03-neutralised-share", form)
        assert block.locator("button").inner_text() == "Copied"


def test_cite_share_and_download_stand_under_the_picture_on_a_phone(visit):
    tab = visit("figures/03-neutralised-share", viewport=PHONE)
    actions = tab.locator(".bar-of-actions summary")
    assert actions.filter(visible=True).all_inner_texts() == ["Cite", "Share", "Download"]
    assert actions.first.bounding_box()["y"] < PHONE["height"]


def test_ledger_holds_every_row_the_newest_first(ledger):
    reports = load().reports
    assert ledger.locator(".status").inner_text() == f"1 to 25 of {len(reports):,} rows"
    assert column(ledger, 1)[0] == f"{reports['report_date'].max():%Y-%m-%d}"


@pytest.mark.parametrize(
    "typed",
    ["2025-07-04 one way", "4 July 2025 geran", "04.07.2025 Shahed-136", "4 липня 2025 герань"],
)
def test_ledger_search_finds_the_founding_night_as_people_type_it(typed, ledger):
    search(ledger, typed)
    assert (column(ledger, 1), column(ledger, 4)) == (["2025-07-04"], ["539"])


def test_other_names_of_a_weapon_find_it(ledger):
    search(ledger, "X-101")
    count = ledger.locator(".status").inner_text()
    search(ledger, "kh101")
    assert ledger.locator(".status").inner_text() == count
    assert all("Kh-101" in weapon for weapon in column(ledger, 2))


def test_filters_leave_the_rows_of_their_value(ledger):
    ledger.get_by_role("combobox", name="Level").select_option("regional")
    ledger.get_by_label("From").fill("2025-07-01")
    assert set(column(ledger, 3)) == {"regional"} and min(column(ledger, 1)) >= "2025-07-01"


def test_nights_over_500_are_found_and_sorted_on_a_phone(visit):
    tab = visit("data/ledger", viewport=PHONE)
    tab.get_by_text("Filter and sort").click()
    tab.get_by_label("Launched at least").fill("501")
    tab.get_by_role("combobox", name="Sort").select_option("-launched_count")
    launched = [int(text) for text in column(tab, 4)]
    assert launched[0] == 810 and launched == sorted(launched, reverse=True) and min(launched) > 500


def test_first_row_stands_on_the_first_screen_of_a_phone(visit):
    first = visit("data/ledger", viewport=PHONE).locator(".data-table tbody tr").first
    assert first.bounding_box()["y"] < 600


def test_address_follows_the_view_and_back_restores_it(ledger):
    search(ledger, "2025-07-04")
    ledger.get_by_role("button", name="Launched").click()
    ledger.get_by_role("button", name="Launched").click()
    rows, address = column(ledger, 4), ledger.url
    assert "q=2025-07-04&sort=-launched_count" in address and rows[0] == "539"
    ledger.get_by_role("link", name="2025-07-04").first.click()
    ledger.go_back()
    assert (column(ledger, 4), ledger.url) == (rows, address) and ledger.faults == []


def test_sorting_puts_the_largest_first_on_the_second_click_and_missing_last(ledger):
    search(ledger, "2025-07-04")
    head = ledger.get_by_role("columnheader", name="Neutralised")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(ledger, 7)[0] == "476" and set(column(ledger, 7)[1:]) == {"–"}


def test_next_shows_the_following_rows_25_at_a_time(ledger):
    ledger.get_by_role("button", name="Next", exact=True).click()
    assert ledger.locator(".status").inner_text().startswith("26 to 50 of ")
    assert len(column(ledger, 1)) == 25


def test_drones_and_missiles_national_and_regional_are_summed_separately(ledger):
    search(ledger, "2025-07-04")
    assert ledger.locator(".sums-shown li").all_inner_texts() == [
        "drones, national: 539 launched in 1 report",
        "missiles, national: 11 launched in 3 reports",
        "missiles, regional: 2 launched in 1 report",
        "other, regional: 4 launched in 1 report",
    ]


def test_row_opens_to_its_other_columns(ledger):
    search(ledger, "2025-07-04 shahed")
    ledger.locator("tbody summary").click()
    assert "2025-07-04-shahed-type-c86a2f" in ledger.locator("tbody dl").inner_text()


def test_download_holds_the_rows_that_are_shown(ledger, tmp_path):
    search(ledger, "2025-07-04 shahed")
    with ledger.expect_download() as download:
        ledger.get_by_role("button", name="Download these rows").click()
    download.value.save_as(tmp_path / "rows.csv")
    rows = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8").splitlines()))
    assert [(r["report_date"], r["launched_count"]) for r in rows] == [("2025-07-04", "539")]


def test_share_is_a_percent_and_a_code_is_words_in_the_data_of_a_figure(visit):
    text = visit("figures/04-interception-by-class").locator("article table").inner_text()
    assert re.search(r"\d\d\.\d%", text) and "ballistic missile" in text and "_" not in text


def test_short_table_needs_no_script(site, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "figures" / "03-neutralised-share.html").as_uri())
    assert page.locator("article table tbody tr").count() > 15
    page.context.close()


def test_table_of_nights_behind_a_figure_begins_with_the_newest(visit):
    first = visit("figures/02-every-night", viewport=PHONE).locator(".data-table tbody tr").first
    assert f"{load().period[1]:%Y-%m-%d}" in first.inner_text()


def test_row_is_a_card_on_a_phone_and_no_value_is_cut(visit):
    tab = visit("data/ledger", "?q=2025-07-04 shahed", PHONE)
    cells = tab.locator(".data-table tbody td[data-label]")
    label = cells.nth(3).evaluate("(e) => getComputedStyle(e, '::before').content")
    assert (label, cells.nth(3).inner_text()) == ('"Launched"', "539")
    fits = "(all) => all.every((e) => e.scrollWidth <= e.clientWidth + 1)"
    assert tab.locator(".data-table td").evaluate_all(fits)
