"""From a value of a figure to its reports: the rows linked to sum to the value."""

import pandas as pd
import pytest

from analysis import load, paths
from analysis.citing import manifest
from book.links import reports_behind

ENTRIES = {e["id"]: e for e in manifest.entries(paths.FIGURES)}
COUNTS = {"launched_count": "launched_count", "drones_launched_count": "launched_count", "launched_at_least_count": "launched_count",
          "launched_cumulative_count": "launched_count", "shot_down_count": "shot_down_count", "lost_count": "lost_count",
          "shahed_count": "shahed_count"}  # the column of the figure, and that of the reports


@pytest.fixture(scope="module")
def air():
    return load()


def behind(figure, air):
    table = pd.read_csv(paths.FIGURES / ENTRIES[figure]["files"]["csv"]["path"])
    reports = air.reports.set_index("report_id")
    return table, [reports.loc[ids] for ids in reports_behind(ENTRIES[figure], air)]


@pytest.mark.parametrize("figure", [i for i, e in ENTRIES.items() if e["rows"] is not None])
def test_reports_behind_each_count_sum_to_it(figure, air):
    if reports_behind(ENTRIES[figure], air) is None:
        return
    table, reports = behind(figure, air)
    for shown, column in COUNTS.items():
        for value, rows in zip(table.get(shown, []), reports):
            assert pd.isna(value) or rows[column].sum() == value


def test_reports_behind_a_wave_size_have_its_largest_night(air):
    table, reports = behind("02-wave-sizes", air)
    nights = [rows.groupby("report_date")["launched_count"].sum() for rows in reports]
    assert [n.max() for n in nights] == table["max_count"].tolist() and [(n > 0).sum() for n in nights] == table["night_count"].tolist()


def test_reports_behind_a_neutralised_share_give_it(air):
    table, reports = behind("03-neutralised-share", air)
    found = [rows["neutralised_count"].sum() / rows["launched_count"].sum() for rows in reports]
    assert found == pytest.approx(table["share"].tolist(), abs=1e-5)


def test_reports_behind_an_interception_share_give_it(air):
    table, reports = behind("04-interception-by-class", air)
    found = [rows["shot_down_count"].sum() / rows["launched_count"].sum() for rows in reports]
    assert found == pytest.approx(table["share"].tolist(), abs=1e-5)


def test_rows_that_only_something_else_tells_apart_have_no_link(air):
    assert reports_behind(ENTRIES["01-fields-over-time"], air) is None


def test_link_opens_the_36_reports_of_208_missiles(site, tab):
    tab.goto((site / "figures" / "02-monthly-launches.html").as_uri())
    tab.locator("tr", has_text="2025-07").filter(has_text="missiles").get_by_role("link").last.click()
    tab.wait_for_selector(".notice:visible")
    assert tab.locator(".status").inner_text() == "1 to 25 of 36 rows (3,251 in all)"
    assert tab.locator("tfoot tr").first.locator("td").all_inner_texts()[2] == "208"


def test_every_link_of_every_figure_opens_the_reports_it_counts(site, tab):
    tab.goto((site / "data" / "ledger.html").as_uri())
    for figure, entry in ENTRIES.items():
        script = site / "figures" / "rows" / f"{figure}.js"
        if script.exists():
            tab.add_script_tag(path=script)
            sizes = tab.evaluate("(id) => Object.values(behind[id].rows).map((runs) => numbers(runs).size)", figure)
            ids = reports_behind(entry, load())
            assert sorted(sizes) == sorted(len(own) for own in {tuple(own): own for own in ids}.values()) or len(sizes) == len(ids)
