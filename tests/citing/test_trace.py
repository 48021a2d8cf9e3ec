"""From a figure to the reports behind it."""

from datetime import date

import pandas as pd
import pytest

from analysis import load, paths, rows
from analysis.citing import manifest
from analysis.citing.trace import linked, links, post_address

# Figures whose reports are linked to rows of the table; 08-growth-bounds counts all in each row.
COUNTING = {
    e["id"]: [f["name"] for f in e["fields"]]
    for e in manifest.entries(paths.FIGURES)
    if "rows.csv" in e["files"] and e["id"] != "08-growth-bounds"
}
# What a count of a published table is, of the reports behind its row.
COUNTS = {
    "launched_count": ("launched_count", "sum"),
    "drones_launched_count": ("launched_count", "sum"),
    "launched_at_most_count": ("launched_count", "sum"),
    "ledger_count": ("launched_count", "sum"),
    "shot_down_count": ("shot_down_count", "sum"),
    "lost_count": ("lost_count", "sum"),
    "night_count": ("night", "nunique"),
    "report_count": ("report_id", "nunique"),
    "drone_row_count": ("report_id", "nunique"),
}


@pytest.fixture(scope="module")
def air():
    return load()


@pytest.fixture
def reports():
    """Four reports typed by hand: three of drones in two months, one of missiles."""
    return pd.DataFrame(
        {
            "report_id": ["a", "b", "c", "d"],
            "report_date": pd.to_datetime(["2025-06-30", "2025-07-01", "2025-07-06", "2025-07-06"]),
            "series": ["drones", "drones", "drones", "missiles"],
            "launched_count": [5, 7, 11, 2],
        }
    )


def test_link_has_the_kinds_and_periods_of_the_table_but_no_quantity(reports):
    table = pd.DataFrame({"month": ["2025-07"], "series": ["drones"], "launched_count": [18]})
    assert links(reports, table).to_dict("list") == {
        "report_id": ["b", "c"],
        "month": ["2025-07"] * 2,
        "series": ["drones"] * 2,
    }


def test_report_that_two_rows_count_is_linked_to_both(reports):
    lines = pd.concat([reports.assign(line="all"), reports[:3].assign(line="drones")])
    found = links(lines, pd.DataFrame({"line": ["all", "drones"], "launched_count": [25, 23]}))
    assert found.groupby("line")["report_id"].agg("".join).to_dict() == {
        "all": "abcd",
        "drones": "abc",
    }


def test_reports_without_a_key_of_the_table_are_behind_all_of_it(reports):
    found = links(reports[["report_id"]], pd.DataFrame({"bound": ["x", "y"], "ratio": [1.0, 2.0]}))
    assert found.to_dict("list") == {"report_id": ["a", "b", "c", "d"]}


def test_reports_without_the_date_of_a_period_are_refused(reports):
    table = pd.DataFrame({"month": ["2025-07"], "launched_count": [1]})
    with pytest.raises(ValueError, match="no column 'report_date'"):
        links(reports.drop(columns="report_date"), table)


def test_reports_of_no_row_are_refused(reports):
    with pytest.raises(ValueError, match="found 4 reports and none with the month of a row"):
        links(reports, pd.DataFrame({"month": ["2024-01"], "launched_count": [1]}))
    with pytest.raises(ValueError, match="no column 'report_id'"):
        links(reports[["series"]], pd.DataFrame({"series": ["drones"]}))


@pytest.fixture(scope="module")
def july(air):
    """Links of July 2025 by month and series, as `rows.csv` holds them."""
    both = air.reports[air.reports["report_date"].between("2025-06-30", "2025-07-31")]
    is_drone = both["is_in_drone_series"]
    table = pd.DataFrame(
        {
            "month": ["2025-06", "2025-07"] * 2,
            "is_in_drone_series": ["True", "True", "False", "False"],
        }
    )
    both = both[is_drone | both["weapon_class"].str.contains("missile")]
    return links(both, table)


@pytest.mark.parametrize(
    "where, launched",
    [
        ({"month": "2025-07", "is_in_drone_series": True}, 6297),
        ({"month": "2025-07", "is_in_drone_series": "False"}, 208),
        ({"day": "2025-07-04", "is_in_drone_series": True}, 539),
        ({"report_date": pd.Timestamp("2025-07-04"), "is_in_drone_series": True}, 539),
        ({"month": date(2025, 7, 4), "is_in_drone_series": "False"}, 208),
        ({"until": "2025-07-01", "month": "2025-07", "is_in_drone_series": True}, 52),
        ({"month": "2025-08"}, 0),
    ],
)
def test_where_selects_the_reports_of_a_bar(air, july, where, launched):
    assert linked(july, air, where)["launched_count"].sum() == launched


@pytest.mark.parametrize(
    "where, said",
    [
        ({"month": "July"}, "month: found 'July', expected one of the calendar, like 2025-07"),
        ({"month": "2025-13"}, "month: found '2025-13'"),
        ({"mont": "2025-07"}, "no key 'mont'; nearest: month"),
        (
            {"is_in_drone_series": "Tru"},
            "no is_in_drone_series among these reports: 'Tru'; nearest: True",
        ),
    ],
)
def test_unknown_condition_names_the_nearest(air, july, where, said):
    with pytest.raises(ValueError, match=said):
        linked(july, air, where)


def test_report_that_the_dataset_does_not_have_is_named(air):
    with pytest.raises(ValueError, match="counts the report x-1, which this dataset does not have"):
        linked(pd.DataFrame({"report_id": ["x-1"]}), air, {})


def test_post_addresses_lead_to_facebook_telegram_or_the_site():
    posts = ["kpszsu/posts/pf1", "https://t.me/kpszsu/20048", "kharkivoda.gov.ua/news/1", None]
    assert post_address(pd.Series(posts)).tolist() == [
        "https://www.facebook.com/kpszsu/posts/pf1",
        "https://t.me/kpszsu/20048",
        "https://kharkivoda.gov.ua/news/1",
        "",
    ]


def test_correction_and_addition_are_told_with_their_reason(air):
    reports = air.reports[air.reports["is_in_drone_series"]]
    noted = linked(reports[["report_id"]], air, {"month": "2024-12"}).set_index("report_date")
    noted = noted["corrections"]
    assert noted["2024-12-27"] == ""
    assert noted["2024-12-28"].startswith("C1 applied: lost_count 11 to 1 (outcomes exceed")
    assert noted["2024-12-30"].startswith("X2 added: the night's Air Force report is not in")


def test_figure_that_counts_no_reports_says_where_its_data_are(air):
    with pytest.raises(ValueError, match="06-traps counts no reports; its data are in 06-traps"):
        rows("06-traps", air)


def counted(figure, air):
    """The published table of a figure by its keys, and the reports linked to each of its rows."""
    links = pd.read_csv(paths.FIGURES / f"{figure}.rows.csv", dtype="str")
    keys = [name for name in links if name != "report_id"]
    table = pd.read_csv(paths.FIGURES / f"{figure}.csv", dtype=dict.fromkeys(keys, "str"))
    counts = ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]
    reports = air.reports[["report_id", *counts]].assign(night=air.reports["report_date"])
    return table.set_index(keys), links.merge(reports, on="report_id").groupby(keys)


@pytest.mark.parametrize("figure", COUNTING)
def test_every_linked_report_is_behind_a_row_of_the_table(figure, air):
    table, groups = counted(figure, air)
    assert table.index.is_unique or figure in ("10-reported-hits", "05-monthly-totals")
    assert {*groups.size().index} <= {*table.index}


@pytest.mark.parametrize(
    "figure, column", [(f, c) for f, names in COUNTING.items() for c in names if c in COUNTS]
)
def test_count_that_is_drawn_is_that_of_the_reports_linked(figure, column, air):
    table, groups = counted(figure, air)
    name, how = COUNTS[column]
    drawn = table[column].fillna(0)
    assert (groups[name].agg(how).reindex(drawn.index).fillna(0) == drawn).all()


@pytest.mark.parametrize(
    "figure, column, numerator",
    [
        ("03-outcome-shares", "claimed_share", "shot_down_count"),
        ("03-outcome-shares", "lost_share", "lost_count"),
        ("03-outcome-shares", "neutralised_share", "neutralised_count"),
        ("03-neutralised-share", "share", "neutralised_count"),
        ("03-jamming-share", "share", "lost_count"),
        ("10-wave-size-and-neutralised", "share", "neutralised_count"),
    ],
)
def test_share_that_is_drawn_is_that_of_the_reports_linked(figure, column, numerator, air):
    table, groups = counted(figure, air)
    drawn = table[column].dropna()
    found = groups[numerator].sum() / groups["launched_count"].sum().astype("float64")
    assert found[drawn.index].to_list() == pytest.approx(drawn.to_list(), abs=1e-6)


@pytest.mark.parametrize(
    "figure, where, series, launched",
    [
        ("03-outcome-shares", {"month": "2024-09"}, "drones", 1238),
        ("04-launches-by-family", {"family": "Kalibr", "quarter": "2025Q3"}, "missiles", 121),
        ("02-cumulative-by-year", {"year": "2025", "until": "2025-12-31"}, "drones", 54585),
        ("08-growth-bounds", {"year": "2023"}, "drones", 3113),
    ],
)
def test_bar_leads_to_the_reports_it_counts(air, figure, where, series, launched):
    found = rows(figure, air, where)
    assert found.loc[found["series"] == series, "launched_count"].sum() == launched
