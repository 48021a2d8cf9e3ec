"""What a reader does on a page: copy a citation, search the ledger, filter, sort and share a view, take the rows away."""

import csv

import pytest

from analysis import load
from analysis.citing.citation import FORMS, cite


def column(page, number):
    return page.locator(f".data-table tbody td:nth-child({number})").all_inner_texts()


def search(page, text):
    page.get_by_role("searchbox", name="Search: Reports").fill(text)


def test_copy_buttons_copy_what_cite_prints(site, tab):
    tab.goto((site / "figures" / "03-neutralised-share.html").as_uri())
    for form, block in zip(FORMS, tab.locator(".citations details").all(), strict=True):
        block.evaluate("(e) => { e.open = true; }")
        block.locator("button").click()
        assert tab.evaluate("navigator.clipboard.readText()") == cite("03-neutralised-share", form)
        assert block.locator("button").inner_text() == "Copied"


def test_ledger_holds_every_row_the_newest_first(ledger):
    assert ledger.locator(".status").inner_text() == f"1 to 25 of {len(load().reports):,} rows"
    assert column(ledger, 1)[0] == f"{load().reports['report_date'].max():%Y-%m-%d}"


@pytest.mark.parametrize(
    "typed",
    ["2025-07-04 one way", "4 July 2025 geran", "04.07.2025 Shahed-136", "July 4th, 2025 герань"],
)
def test_ledger_search_finds_the_founding_night_as_people_type_it(typed, ledger):
    search(ledger, typed)
    assert (column(ledger, 1), column(ledger, 4)) == (["2025-07-04"], ["539"])


def test_other_names_of_a_weapon_find_it(ledger):
    search(ledger, "X-101")
    count = ledger.locator(".status").inner_text()
    search(ledger, "kh101")
    assert ledger.locator(".status").inner_text() == count and all(
        "Kh-101" in weapon for weapon in column(ledger, 2)
    )


def test_99_of_100_keystrokes_take_a_phone_of_a_quarter_of_the_speed_less_than_a_tenth_of_a_second(
    ledger,
):
    # Script, style and layout in the time of the page's own thread: what a 4 x throttle makes of it, whatever else the machine does.
    session = ledger.context.new_cdp_session(ledger)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return sum(
            m["value"]
            for m in metrics
            if m["name"] in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
        )

    ledger.get_by_role("searchbox", name="Search: Reports").focus()
    times = [busy()]
    for key in [
        *"4 July 2025 geran",
        *["Backspace"] * 17,
        *"shahed 2025-07 national",
        *["Backspace"] * 23,
        *"december 2024 x-101 regional",
    ]:
        ledger.keyboard.press("Space" if key == " " else key)
        ledger.evaluate("document.body.offsetHeight")  # lay it out
        times.append(busy())
    took = sorted(4 * (after - before) for before, after in zip(times, times[1:]))
    assert len(took) > 100 and took[len(took) * 99 // 100] < 0.1


def test_filters_leave_the_rows_of_their_value(ledger):
    ledger.get_by_role("combobox", name="Level").select_option("regional")
    ledger.get_by_label("From").fill("2025-07-01")
    assert set(column(ledger, 3)) == {"regional"} and min(column(ledger, 1)) >= "2025-07-01"


def test_address_follows_the_view_and_back_restores_it(ledger):
    search(ledger, "2025-07-04")
    ledger.get_by_role("button", name="Launched").click()
    ledger.get_by_role("button", name="Launched").click()
    seen, address = column(ledger, 4), ledger.url
    assert "q=2025-07-04&sort=-launched_count" in address and seen[0] == "539"
    ledger.get_by_role("link", name="2025-07-04").first.click()
    ledger.go_back()
    assert (column(ledger, 4), ledger.url) == (seen, address) and ledger.faults == []


def test_back_takes_one_step_of_sorting_back(ledger):
    ledger.get_by_role("combobox", name="Level").select_option("regional")
    newest = column(ledger, 1)
    ledger.get_by_role("button", name="Weapon").click()
    assert column(ledger, 1) != newest
    ledger.go_back()
    assert ledger.url.endswith("?level=regional") and column(ledger, 1) == newest


def test_sorting_puts_the_largest_first_on_the_second_click_and_missing_last(ledger):
    search(ledger, "2025-07-04")
    head = ledger.get_by_role("columnheader", name="Neutralised")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(ledger, 7)[0] == "476" and set(column(ledger, 7)[1:]) == {"–"}


def test_next_shows_the_following_rows(ledger):
    ledger.get_by_role("button", name="Next", exact=True).click()
    assert ledger.locator(".status").inner_text().startswith("26 to 50 of ")


def test_national_and_regional_rows_are_summed_separately(ledger):
    search(ledger, "2025-07-04")
    assert ledger.locator("tfoot th").all_inner_texts() == [
        "Sum of 6 rows",
        "of them national",
        "of them regional",
    ]


def test_row_opens_to_its_other_columns_and_closes(ledger):
    search(ledger, "2025-07-04 shahed")
    button = ledger.get_by_role("button", name="More")
    button.click()
    assert (
        "2025-07-04-shahed-type-c86a2f" in ledger.locator("tr.more").inner_text()
        and button.get_attribute("aria-expanded") == "true"
    )
    button.click()
    assert ledger.locator("tr.more").count() == 0


def test_download_holds_the_rows_that_are_shown(ledger, tmp_path):
    search(ledger, "2025-07-04 shahed")
    with ledger.expect_download() as download:
        ledger.get_by_role("button", name="Download these rows").click()
    download.value.save_as(tmp_path / "rows.csv")
    found = list(csv.DictReader((tmp_path / "rows.csv").read_text("utf-8").splitlines()))
    assert [(r["report_date"], r["launched_count"]) for r in found] == [("2025-07-04", "539")]


def test_missing_value_is_a_dash_in_the_data_of_a_figure(site, tab):
    tab.goto((site / "figures" / "03-outcome-shares.html").as_uri())
    assert (
        tab.locator("tr", has_text="2025-08").locator("td").nth(6).inner_text() == "–"
    )  # lost share after the merge


def test_short_table_needs_no_script(site, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "figures" / "03-outcome-shares.html").as_uri())
    assert page.locator("article table tbody tr").count() == 43
    page.context.close()


def test_row_is_a_card_on_a_phone_and_no_value_is_cut(ledger):
    ledger.set_viewport_size({"width": 390, "height": 844})
    search(ledger, "2025-07-04 shahed")
    cells = ledger.locator(".data-table tbody td[data-label]")
    assert (
        cells.nth(3).evaluate("(e) => getComputedStyle(e, '::before').content") == '"Launched"'
        and cells.nth(3).inner_text() == "539"
    )
    assert ledger.evaluate(
        "[...document.querySelectorAll('.data-table td')].every((e) => e.scrollWidth <= e.clientWidth + 1)"
    )
