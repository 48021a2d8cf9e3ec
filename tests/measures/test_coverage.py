from types import SimpleNamespace

import pandas as pd

from analysis.measures.coverage import (
    area_coverage,
    date_states,
    launch_areas,
    quantity_coverage,
    quantity_history,
    quantity_states,
)

JULY = pd.Timestamp("2025-07-22"), pd.Timestamp("2025-07-25")


def rows(*dates, **columns):
    """Drone rows of these dates; columns override what a plain Air Force row has."""
    plain = {
        "is_in_drone_series": True,
        "origin": "air_force",
        "lost_state": "counted",
        "shot_down_count": 9,
        "lost_count": 4,
        "still_airborne_count": None,
        "left_airspace_count": None,
        "hit_location_count": None,
        "debris_location_count": None,
        "shahed_count": None,
    }
    frame = pd.DataFrame({"report_date": pd.to_datetime(list(dates)), **plain, **columns})
    counts = [name for name in frame if name.endswith("_count")]
    return frame.astype(dict.fromkeys(counts, "Int64"))


def states_of(reports):
    """What the drone reports of these rows say of the dates of `JULY`, and nothing else."""
    dates = pd.date_range(*JULY)
    kinds = pd.Series("unknown", dates).mask(
        dates.isin(reports.loc[reports["is_in_drone_series"], "report_date"]), "report"
    )
    return date_states(
        SimpleNamespace(
            reports=reports, nights=pd.DataFrame({"report_date": dates, "report_kind": kinds.array})
        )
    )


def test_states_are_the_kinds_of_the_nights_in_words():
    nights = pd.DataFrame(
        {
            "report_date": pd.date_range("2024-08-30", periods=3),
            "report_kind": ["press", "none", "quiet"],
        }
    )
    table = date_states(SimpleNamespace(reports=rows("2024-08-30"), nights=nights))
    assert table["state"].tolist() == ["press addition", "no report", "quiet"]


def test_missiles_alone_do_not_make_a_drone_report():
    table = states_of(rows("2025-07-22", "2025-07-22", is_in_drone_series=False))
    assert table["state"].iloc[0] == "unknown"
    assert table["other_row_count"].tolist() == [2, 0, 0, 0]


def quantities_of(reports):
    return quantity_states(reports, states_of(reports))


def test_zero_missing_merged_and_no_report_stay_four_things():
    reports = rows(
        "2025-07-22",
        "2025-07-23",
        "2025-07-24",
        lost_count=[0, None, None],
        lost_state=["counted", "not_reported", "merged"],
    )
    assert quantities_of(reports)["lost_count"].tolist() == [
        "zero",
        "not reported",
        "merged",
        "no report",
    ]


def test_a_count_in_one_row_of_a_date_counts_for_the_date():
    reports = rows("2025-07-22", "2025-07-22", "2025-07-22", shahed_count=[0, 5, None])
    assert quantities_of(reports)["shahed_count"].iloc[0] == "counted"


def test_shares_of_a_month_are_of_all_its_dates():
    table = quantity_coverage(quantities_of(rows("2025-07-22", "2025-07-23")))
    lost = table[table["quantity"] == "lost_count"].set_index("state")
    assert lost["date_count"].to_dict() == {
        "counted": 2,
        "zero": 0,
        "merged": 0,
        "not reported": 0,
        "no report": 2,
    }
    assert lost["date_share"]["no report"] == 0.5


def test_history_gives_first_and_last_date_and_counts_zeros_as_given():
    table = quantity_history(
        quantities_of(
            rows(
                "2025-07-22",
                "2025-07-23",
                "2025-07-25",
                lost_count=[None, 0, 3],
                lost_state=["not_reported", "counted", "counted"],
            )
        )
    )
    first, last, given, zero = table.set_index("quantity").loc["lost_count"].iloc[:4]
    assert (f"{first:%d}", f"{last:%d}", given, zero) == ("23", "25", 2, 1)


def test_quantity_never_given_has_no_first_date():
    assert (
        quantity_history(quantities_of(rows("2025-07-22")))
        .set_index("quantity")["first_date"]
        .isna()["shahed_count"]
    )


def test_withheld_is_a_state_of_its_own_and_shown_only_where_it_occurs():
    reports = rows(
        "2025-07-22",
        "2025-07-23",
        lost_count=[0, None],
        shot_down_count=[9, None],
        lost_state=["counted", "withheld"],
    )
    quantities = quantities_of(reports)
    assert quantities["lost_count"].tolist() == ["zero", "withheld", "no report", "no report"]
    assert "withheld" in quantity_coverage(quantities)["state"].tolist()
    assert "withheld" not in quantity_coverage(quantities_of(reports[:1]))["state"].tolist()


def naming(*areas_of_reports):
    """A dataset of one drone report a date from 2025-03-30 on, each naming these areas."""
    reports = rows(*pd.date_range("2025-03-30", periods=len(areas_of_reports))).assign(
        report_id=[f"r{i}" for i in range(len(areas_of_reports))]
    )
    pairs = [(f"r{i}", area) for i, areas in enumerate(areas_of_reports) for area in areas]
    return SimpleNamespace(
        reports=reports, launch_areas=pd.DataFrame(pairs, columns=["report_id", "area"])
    )


def test_report_that_names_two_areas_counts_for_each_of_them():
    table = launch_areas(naming(["Chauda", "Kursk oblast"], ["Chauda"], ["Chauda"]))
    assert table["quarter"].dt.strftime("%Y-%m-%d").tolist() == [
        "2025-01-01",
        "2025-01-01",
        "2025-04-01",
    ]
    assert table[["area", "report_count", "report_share"]].to_numpy().tolist() == [
        ["Chauda", 2, 1.0],
        ["Kursk oblast", 1, 0.5],
        ["Chauda", 1, 1.0],
    ]


def test_areas_that_reports_outside_the_series_name_do_not_count():
    air = naming(["Chauda"], ["Chauda", "Black Sea"])
    air.reports["is_in_drone_series"] = [True, False]
    assert launch_areas(air)[["area", "report_count"]].to_numpy().tolist() == [["Chauda", 1]]


def test_areas_a_report_are_of_the_reports_that_name_any():
    quarter = area_coverage(naming(["Chauda", "Kursk oblast", "Oryol oblast"], [])).iloc[0]
    assert (
        quarter["report_count"],
        quarter["naming_report_share"],
        quarter["areas_per_report_ratio"],
    ) == (2, 0.5, 3)
