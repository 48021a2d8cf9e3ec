"""What a reader does on a page: copy a citation, search the ledger, sort a table."""

import pytest

from analysis import load
from analysis.citing.trace import rows
from analysis.citing.citation import FORMS, cite


@pytest.fixture
def ledger(site, tab):
    tab.goto((site / "data" / "ledger.html").as_uri())
    return tab


def column(page, number):
    return page.locator(f".data-table tbody td:nth-child({number})").all_inner_texts()


def test_copy_buttons_copy_what_cite_prints(site, tab):
    tab.goto((site / "figures" / "03-neutralised-share.html").as_uri())
    for form, block in zip(FORMS, tab.locator(".citations details").all(), strict=True):
        block.evaluate("(e) => { e.open = true; }")
        block.locator("button").click()
        assert tab.evaluate("navigator.clipboard.readText()") == cite("03-neutralised-share", form)
        assert block.locator("button").inner_text() == "Copied"


def test_ledger_holds_every_row(ledger):
    assert ledger.locator(".status").inner_text() == f"1 to 50 of {len(load().reports):,} rows"


def test_ledger_search_finds_the_founding_night(ledger):
    ledger.get_by_role("searchbox", name="Search: Reports").fill("2025-07-04 one way")
    assert (column(ledger, 1), column(ledger, 3)) == (["2025-07-04"], ["539"])


def test_ledger_answers_a_letter_within_a_tenth_of_a_second(ledger):
    slowest = ledger.evaluate("""() => { const field = document.querySelector('.data-table input');
        return Math.max(...['s', 'sh', 'sha'].map((query) => { const start = performance.now(); field.value = query;
            field.dispatchEvent(new Event('input')); document.body.offsetHeight; return performance.now() - start; })); }""")
    assert slowest < 100


def test_ledger_opens_on_the_night_that_the_address_names(site, tab):
    tab.goto((site / "data" / "ledger.html").as_uri() + "?q=2024-12-30")
    assert set(column(tab, 1)) == {"2024-12-30"}


def test_sorting_puts_the_largest_first_on_the_second_click_and_missing_last(ledger):
    ledger.get_by_role("searchbox", name="Search: Reports").fill("2025-07-04")
    head = ledger.get_by_role("columnheader", name="Neutralised")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(ledger, 6)[0] == "476" and set(column(ledger, 6)[1:]) == {"–"}


def test_next_shows_the_following_rows(ledger):
    ledger.get_by_role("button", name="Next", exact=True).click()
    assert ledger.locator(".status").inner_text().startswith("51 to 100 of ")


def test_missing_value_is_a_dash_in_the_data_of_a_figure(site, tab):
    tab.goto((site / "figures" / "03-outcome-shares.html").as_uri())
    tab.get_by_role("searchbox").last.fill("2025-08")
    assert column(tab, 7) == ["–"]  # lost share after the merge


def test_a_month_of_a_figure_leads_to_the_rows_behind_it(site, tab):
    tab.goto((site / "figures" / "03-jamming-share.html").as_uri())
    tab.get_by_role("link", name="2025-02", exact=True).click()
    tab.wait_for_url("**/ledger.html?q=2025-02%20drones")
    behind = rows("03-jamming-share", load(), {"month": "2025-02"})
    assert tab.locator(".status").inner_text().startswith(f"1 to {len(behind)} of {len(behind)} rows")


def test_a_night_of_the_ledger_leads_to_what_the_press_printed(ledger):
    ledger.get_by_role("searchbox", name="Search: Reports").fill("2025-07-04 drones")
    ledger.get_by_role("link", name="2025-07-04", exact=True).click()
    ledger.wait_for_url("**/claims.html?q=2025-07-04")
    assert set(column(ledger, 1)) == {"2025-07-04"} and "539" in column(ledger, 5)
