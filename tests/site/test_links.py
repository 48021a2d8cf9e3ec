"""From a value of a figure to its reports, and from a number that looks wrong to the form."""

import pytest

from analysis import paths
from analysis.citing import manifest
from book import links

COUNTING = [e for e in manifest.entries(paths.FIGURES) if "rows.csv" in e["files"]]


@pytest.mark.parametrize("entry", COUNTING, ids=lambda entry: entry["id"])
def test_every_report_of_a_figure_is_behind_one_of_its_rows(entry):
    behind, shared = links.read(entry, "rows.csv"), links.keys(entry)
    table = links.read(entry, "csv")
    found = behind.merge(table[shared], on=shared) if shared else behind
    assert set(found["report_id"]) == set(behind["report_id"]) != set()


def test_link_of_a_row_opens_the_reports_it_counts(visit):
    tab = visit("figures/03-hostile")
    link = tab.locator("article table.table tr", has_text="2024-10").get_by_role("link").last
    count = link.inner_text()
    link.click()
    tab.wait_for_selector(".notice:visible")
    assert tab.locator(".status").inner_text().split(" rows")[0] == f"1 to 25 of {count}"
    assert set(tab.locator(".data-table tbody td:first-child").all_inner_texts()) <= {
        f"2024-10-{day:02}" for day in range(1, 32)
    }


def test_link_of_a_figure_opens_all_its_reports(visit):
    tab = visit("figures/03-hostile")
    tab.locator(".bar-of-actions").get_by_role("link", name="Reports behind it").click()
    tab.wait_for_selector(".notice:visible")
    assert "(all of it)" in tab.locator(".notice").inner_text()
    tab.get_by_role("link", name="Show every row").click()
    assert not tab.locator(".notice").is_visible()


@pytest.mark.parametrize(
    "name, link, at",
    [
        ("figures/03-hostile", "A number is wrong?", "03-hostile"),
        ("nights/2025-07-04", "A number is wrong?", "2025-07-04"),
        ("data/ledger", "is a number wrong?", "-"),
    ],
)
def test_form_for_a_wrong_number_names_what_one_came_from(name, link, at, visit):
    tab = visit(name)
    tab.evaluate(
        "document.querySelectorAll('details:not([name])').forEach((e) => { e.open = true; })"
    )
    tab.get_by_role("link", name=link).last.click()
    tab.wait_for_load_state()
    first, *others = tab.locator(".wrong pre").inner_text().splitlines()
    assert at in first and others[-1].startswith("Data version: ")
