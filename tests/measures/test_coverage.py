"""Which dates have a report, and how many reports give what."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, measures, paths

DRONE = "one_way_attack_drone"


def dataset(*areas_of_reports, **columns):
    """One drone report per date from 2025-03-30 on, each naming these areas."""
    count = len(areas_of_reports)
    midnight = {f"window_{end}": pd.Timestamp("2025-03-30") for end in ("start", "end")}
    precisions = {f"window_{end}_precision": "minute" for end in ("start", "end")}
    plain = {
        "report_id": [f"r{i}" for i in range(count)],
        "report_date": pd.date_range("2025-03-30", periods=count),
        "launched_count": 9,
        "is_in_drone_series": [True] * count,
        "weapon_class": DRONE,
    }
    pairs = [(f"r{i}", area) for i, areas in enumerate(areas_of_reports) for area in areas]
    return SimpleNamespace(
        reports=pd.DataFrame(plain | midnight | precisions | columns),
        launch_areas=pd.DataFrame(pairs, columns=["report_id", "area"]),
    )


def test_states_are_the_kinds_of_the_nights_in_words():
    air = dataset([], is_in_drone_series=[False])
    dates = pd.date_range("2025-03-30", periods=3)
    kinds = ["press", "none", "quiet"]
    air.nights = pd.DataFrame({"report_date": dates, "report_kind": kinds})
    table = measures.date_states(air)
    assert table["state"].tolist() == ["press addition", "no report", "quiet"]
    assert table[["drone_row_count", "other_row_count"]].iloc[0].tolist() == [0, 1]


def test_zero_is_given_and_a_blank_is_not():
    air = dataset([], [], [], lost_count=pd.array([0, None, 4], "Int64"))
    found = measures.coverage(air, "lost_count", by="year").iloc[0]
    assert found[["report_count", "given_count", "given_date_count"]].tolist() == [3, 2, 2]
    assert (f"{found['first_date']:%m-%d}", f"{found['last_date']:%m-%d}") == ("03-30", "04-01")


def test_coverage_of_a_table_counts_a_report_once_however_many_names_it_has():
    found = measures.coverage(dataset(["Chauda", "Kursk oblast"], []), "launch_areas", by="all")
    assert found[["given_count", "given_share"]].to_numpy().tolist() == [[1, 0.5]]


def test_drones_and_missiles_are_covered_separately():
    air = dataset(
        [],
        [],
        [],
        weapon_class=[DRONE, "cruise_missile", "cruise_missile"],
        is_in_drone_series=[True, False, False],
        carrier=[None, "Tu-95MS", None],
    )
    found = measures.coverage(air, "carrier", by="year")
    assert found[["series", "given_share"]].to_numpy().tolist() == [["missiles", 0.5]]


def test_window_without_a_time_does_not_give_an_hour():
    air = dataset([], [], window_start_precision=["day", "minute"])
    assert measures.coverage(air, "start_hour", by="year")["given_count"].tolist() == [1]


def printed():
    """The lines of the datasheet's table: column, series, percentages of the years, two dates."""
    datasheet = (paths.DATA / "README.md").read_text("utf-8")
    table = datasheet.partition("## What the reports give")[2].partition("\n## ")[0]
    return [re.split(r" *\| *", line)[1:-1] for line in table.splitlines() if "| `" in line]


@pytest.mark.parametrize(("column", "series", "rest"), [(c[1:-1], s, r) for c, s, *r in printed()])
def test_datasheet_says_how_many_reports_give_a_column(column, series, rest):
    air = load().until("2025-12-31")
    years, whole = (
        table[table["series"] == series]
        for table in (measures.coverage(air, column, by) for by in ("year", "all"))
    )
    shares = [f"{share:.0%}"[:-1] for share in years["given_share"]]
    ends = whole[["first_date", "last_date"]].iloc[0]
    assert [*shares, *ends.dt.strftime("%Y-%m-%d")] == rest


def test_unknown_column_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no column or table 'carriers'; nearest: carrier"):
        measures.coverage(load(), "carriers")


def test_report_that_names_two_areas_counts_for_each_of_them():
    table = measures.launch_areas(dataset(["Chauda", "Kursk oblast"], ["Chauda"], ["Chauda"]))
    assert table["quarter"].dt.month.tolist() == [1, 1, 4]
    assert table[["area", "report_count", "report_share"]].to_numpy().tolist() == [
        ["Chauda", 2, 1.0],
        ["Kursk oblast", 1, 0.5],
        ["Chauda", 1, 1.0],
    ]


def test_areas_that_reports_outside_the_series_name_do_not_count():
    air = dataset(["Chauda"], ["Chauda", "Black Sea"], is_in_drone_series=[True, False])
    table = measures.launch_areas(air)
    assert table[["area", "report_count"]].to_numpy().tolist() == [["Chauda", 1]]
