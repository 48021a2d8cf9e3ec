"""The Explore page: its numbers are the library's, its view is in the address, and it refuses what is not given."""

import csv

import pandas as pd
import pytest

from analysis import load, measures
from book.explore import SHARES


@pytest.fixture(scope="module")
def air():
    return load()


def open_view(site, tab, query=""):
    tab.goto((site / "explore.html").as_uri() + query)
    return tab


YEARS = [409, 3113, 11048, 54585]  # 2022 to 2025; later data add to them


def later(air, unit):
    """How many months ("M") or years ("Y") the data cover after 2025."""
    return int(
        (
            air.nights["report_date"].dt.to_period(unit).unique() > pd.Period("2025-12-31", unit)
        ).sum()
    )


def view(tab, name):
    return tab.evaluate("(name) => exploreData.views[name]", name)["rows"]


def test_launches_are_those_of_the_library(site, tab, air):
    rows = view(open_view(site, tab), "drones|launched_count|year|none")
    shown = [row[2] for row in rows]
    assert (
        shown == measures.launches(measures.drones(air), by="year")["launched_count"].tolist()
        and shown[:4] == YEARS
    )


def test_every_share_and_its_interval_are_those_of_the_library(site, tab, air):
    open_view(site, tab)
    for name in SHARES:
        table = measures.outcome_share(air, name, "month", interval=True)
        found = view(tab, f"drones|{name}|month|none")
        for place, column in enumerate(["share", "low_share", "high_share"], start=2):
            assert [row[place] for row in found] == pytest.approx(
                [None if value != value else value for value in table[column]]
            )


def test_interval_is_drawn_and_stands_in_the_table(site, tab):
    open_view(site, tab, "?measure=neutralised_share&period=quarter")
    assert (
        tab.locator(".stage tbody tr", has_text="2025Q1").locator("td").last.inner_text()
        == "91.8% to 96.6%"
    )
    assert tab.locator(".plot svg [aria-label=rule] line").count() > 5


def test_places_of_launch_are_those_of_the_library(site, tab, air):
    rows = view(open_view(site, tab), "drones|naming_share|year|area")
    named = measures.launch_areas(air, by="year").set_index(["year", "area"])["report_share"]
    assert len(rows) > 20 and all(
        value == pytest.approx(named[day, part]) for day, part, value, *_ in rows
    )
    coverage = measures.coverage(air, "launch_areas", "year").query("series == 'drones'")
    shares = [row[2] for row in view(tab, "drones|naming_share|year|none")]
    assert shares == pytest.approx(coverage["given_share"])


def test_launches_are_not_split_among_the_places_named(site, tab):
    open_view(site, tab, "?split=area")
    assert "does not say how many came from each" in tab.locator(".notice").inner_text()


def test_families_are_those_of_the_library(site, tab, air):
    table = measures.family_launches(measures.missiles(air), "year").set_index(["family", "year"])[
        "launched_at_least_count"
    ]
    for day, part, value, *_ in view(open_view(site, tab), "missiles|launched_count|year|family"):
        assert value == table[part, day] or value is None


def test_measure_that_is_not_given_is_refused_with_its_reason(site, tab):
    open_view(site, tab, "?measure=lost_share&period=quarter")
    assert (
        "lost is merged into shot down: not separable" in tab.locator(".notice").last.inner_text()
    )
    assert tab.locator(".notice a").last.get_attribute("href") == "data/datasheet.html#r12"
    open_view(site, tab, "?weapon=missiles&measure=lost_share")
    assert (
        "is a measure of drones" in tab.locator(".notice").inner_text()
        and tab.locator(".plot svg").count() == 0
    )


def test_edges_and_wordings_are_drawn_on_every_view(site, tab):
    for query in (
        "",
        "?measure=neutralised_share",
        "?weapon=missiles&split=class",
        "?weapon=missiles&split=family",
        "?measure=naming_share&split=area",
    ):
        open_view(site, tab, query)
        assert {"B", "C", "D", "W2", "W3"} <= set(tab.locator(".plot svg text").all_text_contents())


def test_view_is_in_the_address_and_back_restores_it(site, tab, air):
    open_view(site, tab)
    tab.get_by_role("combobox", name="Period").select_option("year")
    assert "period=year" in tab.url and tab.locator(".stage tbody tr").count() == 4 + later(
        air, "Y"
    )
    tab.go_back()
    assert tab.locator(".stage tbody tr").count() == 40 + later(air, "M") and tab.faults == []


def test_download_holds_what_is_shown(site, tab, air, tmp_path):
    open_view(site, tab, "?period=year")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download what is shown").click()
    download.value.save_as(tmp_path / "view.csv")
    rows = list(csv.DictReader((tmp_path / "view.csv").read_text("utf-8").splitlines()))
    assert (
        [int(row["launched_count"]) for row in rows[:4]] == YEARS
        and len(rows) == 4 + later(air, "Y")
        and rows[0]["low"] == ""
    )


def test_malformed_view_is_the_first_one(site, tab, air):
    open_view(site, tab, "?measure=nothing&weapon=__proto__&period=%E0%A4%A")
    assert tab.locator(".stage tbody tr").count() == 40 + later(air, "M") and tab.faults == []
