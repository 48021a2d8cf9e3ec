"""From a value of a figure to its reports: the rows linked to sum to the value."""

import pandas as pd
import pytest

from analysis import load, measures, paths
from analysis.citing import manifest
from book.links import reports_behind

ENTRIES = {e["id"]: e for e in manifest.entries(paths.FIGURES)}
COUNTING = [figure for figure, entry in ENTRIES.items() if entry["rows"] is not None]
COUNTS = {
    "launched_count": "launched_count",
    "drones_launched_count": "launched_count",
    "launched_at_least_count": "launched_count",
    "launched_at_most_count": "launched_count",
    "launched_cumulative_count": "launched_count",
    "ledger_count": "launched_count",
    "shot_down_count": "shot_down_count",
    "lost_count": "lost_count",
    "shahed_count": "shahed_count",
}  # of the figure: of the reports


def nights(reports):
    return reports["report_date"].nunique()


def per_launched(column):
    return lambda reports, row: reports[column].sum() / reports["launched_count"].sum()


def residual(reports):
    return reports["launched_count"].sum() - reports["neutralised_count"].sum()


def share_of_2025(series):
    return lambda reports, row: (
        reports.loc[reports["series"] == series, "launched_count"].sum()
        / {"drones": 54585, "missiles": 2021}[series]
    )


def per_100(reports, row):
    column = {"places hit": "hit_location_count", "places of debris": "debris_location_count"}.get(
        row.get("place"), row.get("counted")
    )
    whole = reports.assign(residual_count=reports["launched_count"] - reports["neutralised_count"])
    return (
        100 * per_launched(column)(whole, row) if column in whole else row["per_100_rate"]
    )  # hits are the press's


def growth(reports, row):
    of_year = reports.groupby(reports["report_date"].dt.year)["launched_count"].sum()
    return of_year[2025] / (of_year[2023] + row["hidden_count"])


# What else a figure draws, and how it follows from the reports behind it.
DRAWN = {
    "02-combined-strikes": {
        "drones_launched_share": share_of_2025("drones"),
        "missiles_launched_share": share_of_2025("missiles"),
    },
    "02-launch-areas": {"report_count": lambda reports, row: len(reports)},
    "02-wave-sizes": {
        "max_count": lambda reports, row: (
            reports.groupby("report_date")["launched_count"].sum().max()
        )
    },
    "03-jamming-share": {"share": per_launched("lost_count")},
    "03-neutralised-share": {"share": per_launched("neutralised_count")},
    "03-not-neutralised": {"residual_count": lambda reports, row: residual(reports)},
    "03-outcome-shares": {
        "claimed_share": per_launched("shot_down_count"),
        "shot_down_share": per_launched("shot_down_count"),
        "lost_share": per_launched("lost_count"),
        "merged_share": per_launched("neutralised_count"),
        "residual_share": lambda reports, row: residual(reports) / reports["launched_count"].sum(),
    },
    "03-reported-hits": {"per_100_rate": per_100},
    "03-wave-size-and-neutralised": {
        "share": per_launched("neutralised_count"),
        "night_count": lambda reports, row: nights(reports),
        "per_night_count": lambda reports, row: residual(reports) / nights(reports),
    },
    "04-interception-by-class": {"share": per_launched("shot_down_count")},
    "04-interception-over-time": {"share": per_launched("shot_down_count")},
    "08-growth-bounds": {"growth_ratio": growth},
}


@pytest.fixture(scope="module")
def air():
    return load()


@pytest.fixture(scope="module")
def reports(air):
    return measures.with_series(air.reports).set_index("report_id")


@pytest.fixture(scope="module")
def linked(air):
    """The reports behind each figure, looked up once."""
    return {figure: reports_behind(ENTRIES[figure], air) for figure in COUNTING}


@pytest.mark.parametrize("figure", COUNTING)
def test_reports_behind_each_value_give_it(figure, linked, reports):
    table = pd.read_csv(paths.FIGURES / ENTRIES[figure]["files"]["csv"]["path"])
    sums = {
        shown: lambda reports, row, column=column: reports[column].sum()
        for shown, column in COUNTS.items()
    }
    checks = {
        name: check
        for name, check in (sums | DRAWN.get(figure, {})).items()
        if name in {f["name"] for f in ENTRIES[figure]["fields"]}
    }
    for shown, check in checks.items():
        for row, ids in zip(
            table.to_dict("records"), linked[figure].get(shown, linked[figure][""]), strict=True
        ):
            if pd.notna(row[shown]) and not is_without_reports(row):
                assert check(reports.loc[ids], row) == pytest.approx(row[shown], rel=1e-5), (
                    shown,
                    row,
                )


def is_without_reports(row):
    """Whether a value counts dates that no report speaks of."""
    return row.get("state") == "no report"


def test_every_figure_that_counts_reports_has_links(linked):
    assert all(any(linked[figure][""]) for figure in COUNTING)


def test_value_without_reports_says_so_in_words(site):
    page = (site / "figures" / "01-coverage-calendar.html").read_text("utf-8")
    assert (
        page.count(">none</td>") == 336
        and "<em>none</em> stands where a value counts dates" in page
    )
    assert "None: its values count no reports" in (site / "figures" / "06-traps.html").read_text(
        "utf-8"
    )


def test_link_of_an_at_most_counts_the_lines_of_several_families_too(site, tab):
    tab.goto((site / "figures" / "04-launches-by-family.html").as_uri())
    tab.wait_for_selector(".data-table tbody tr")
    tab.get_by_role("searchbox").fill("Kalibr 2025Q3")
    cells = tab.locator(".data-table tbody tr").first.locator("td")
    least, most = cells.nth(2).inner_text(), cells.nth(3).inner_text()
    cells.nth(3).get_by_role("link").click()
    tab.wait_for_selector(".notice:visible")
    assert (
        int(most) > int(least)
        and tab.locator("tfoot tr").first.locator("td").all_inner_texts()[2] == most
    )


def test_link_opens_the_36_reports_of_208_missiles(site, tab):
    tab.goto((site / "figures" / "02-monthly-launches.html").as_uri())
    tab.locator("tr", has_text="2025-07").filter(has_text="missiles").get_by_role(
        "link"
    ).last.click()
    tab.wait_for_selector(".notice:visible")
    later = (load().reports["report_date"] > "2025-12-31").sum()
    assert tab.locator(".status").inner_text() == f"1 to 25 of 36 rows ({3251 + later:,} in all)"
    assert tab.locator("tfoot tr").first.locator("td").all_inner_texts()[2] == "208"


def test_every_link_of_every_figure_opens_the_reports_it_counts(site, tab, linked):
    tab.goto((site / "data" / "ledger.html").as_uri())
    for figure in COUNTING:
        tab.add_script_tag(path=site / "figures" / "rows" / f"{figure}.js")
        for column, ids in linked[figure].items():
            sizes = tab.evaluate(
                "([id, of]) => Object.values(behind[id].rows[of]).map((runs) => numbers(runs).size)",
                [figure, column],
            )
            assert sorted(sizes) == sorted(
                len(own) for own in {tuple(own): own for own in ids}.values()
            ) or len(sizes) == len(ids)
