"""From a figure to the reports behind it."""

import json
from datetime import date

import pandas as pd
import pytest

from analysis import load, paths
from analysis.citing import manifest
from analysis.measures.launches import with_series
from analysis.citing.trace import fed_by, meeting, post_address, rows, select

SUMMED = ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]
PERIODS = ["day", "week", "month", "quarter", "year"]
COUNTING = [
    e
    for e in manifest.entries(paths.FIGURES)
    if e["rows"] and {f["name"] for f in e["fields"]} & {*SUMMED}
]


@pytest.fixture(scope="module")
def air():
    return load()


@pytest.fixture
def ledger():
    """Four reports typed by hand: three drone rows of two months, one missile row."""
    reports = pd.DataFrame(
        {
            "report_date": pd.to_datetime(["2025-06-30", "2025-07-01", "2025-07-06", "2025-07-06"]),
            "weapon_class": ["one_way_attack_drone"] * 3 + ["cruise_missile"],
            "is_in_drone_series": [True, True, True, False],
            "launched_count": [5, 7, 11, 2],
        }
    )
    return with_series(reports)


@pytest.mark.parametrize(
    "where, launched",
    [
        ({"month": "2025-07"}, [7, 11, 2]),
        ({"month": "2025-07", "series": "drones"}, [7, 11]),
        ({"quarter": "2025Q2"}, [5]),
        ({"week": "2025-06-30/2025-07-06"}, [5, 7, 11, 2]),
        ({"day": "2025-07-06"}, [11, 2]),
        ({"year": 2025}, [5, 7, 11, 2]),
        ({"until": "2025-07-01"}, [5, 7]),
        ({"report_date": "2025-07-01"}, [7]),
        ({"is_in_drone_series": "False"}, [2]),
        ({"month": "2025-05"}, []),
        ({"report_date": pd.Timestamp("2025-07-01")}, [7]),
        ({"week": date(2025, 7, 2)}, [5, 7, 11, 2]),
        ({"quarter": pd.Period("2025Q2")}, [5]),
    ],
)
def test_where_selects_the_reports_of_a_bar(ledger, where, launched):
    assert select(ledger, where, {})["launched_count"].tolist() == launched


@pytest.mark.parametrize(
    "where, said",
    [
        ({"month": "July"}, "month: found 'July', expected one of the calendar, like 2025-07"),
        ({"mont": "2025-07"}, "no key 'mont'; nearest: month"),
        ({"series": "drone"}, "no series among these reports: 'drone'; nearest: drones"),
    ],
)
def test_unknown_condition_names_the_nearest(ledger, where, said):
    with pytest.raises(ValueError, match=said):
        select(ledger, where, {})


def test_rule_needs_one_of_the_values_of_every_column(ledger):
    rule = {"series": ["drones", "missiles"], "report_date": ["2025-07-06"]}
    assert meeting(ledger, rule)["launched_count"].tolist() == [11, 2]


def test_rule_can_ask_for_a_known_value(ledger):
    ledger["lost_count"] = pd.array([None, 3, None, 0], "Int64")
    assert meeting(ledger, {"lost_count": "known"})["launched_count"].tolist() == [7, 2]


def test_column_of_the_figure_alone_has_a_rule_for_each_of_its_values(ledger):
    rule = {"line": {"all": {}, "without": {"series": ["drones"]}}}
    assert meeting(ledger, rule)["launched_count"].tolist() == [5, 7, 11, 2]
    assert select(ledger, {"line": "without"}, rule)["launched_count"].tolist() == [5, 7, 11]
    with pytest.raises(ValueError, match="no line 'witout'; nearest: without"):
        select(ledger, {"line": "witout"}, rule)


def test_rule_of_dates_takes_spans_and_several_in_one_text(ledger):
    assert meeting(ledger, {"report_date": ["2025-06-30/2025-07-01 2025-07-06"]})[
        "launched_count"
    ].tolist() == [5, 7, 11, 2]
    assert meeting(ledger, {"report_date": ["2025-07-01/2025-07-05"]})[
        "launched_count"
    ].tolist() == [7]


def test_part_of_a_rule_may_be_split_in_turn(ledger):
    rule = {"night_kind": {"alone": {"state": {"zero": {"report_date": ["2025-07-01"]}}}}}
    assert select(ledger, {"state": "zero", "night_kind": "alone"}, rule)[
        "launched_count"
    ].tolist() == [7]


def test_column_can_have_reports_of_its_own(air):
    where = {"family": "Kalibr", "quarter": "2025Q3"}
    least, most = (
        rows("04-launches-by-family", air, where | own)["launched_count"].sum()
        for own in ({}, {"of": "launched_at_most_count"})
    )
    assert (least, most) == (42, 121)


def test_cumulative_point_leads_to_all_reports_until_its_date(air):
    found = rows("02-cumulative-by-year", air, {"year": "2025", "until": "2025-12-31"})
    nights = air.nights.set_index("report_date")["drones_launched_count"]
    assert found["launched_count"].sum() == nights["2025-01-01":"2025-12-31"].sum()


def test_post_addresses_lead_to_facebook_telegram_or_the_site():
    posts = pd.Series(
        [
            "kpszsu/posts/pf1",
            "watch/?v=37",
            "https://t.me/kpszsu/20048",
            "kharkivoda.gov.ua/news/1",
            None,
        ]
    )
    assert post_address(posts).tolist() == [
        "https://www.facebook.com/kpszsu/posts/pf1",
        "https://www.facebook.com/watch/?v=37",
        "https://t.me/kpszsu/20048",
        "https://kharkivoda.gov.ua/news/1",
        "",
    ]


def test_founding_night_leads_to_its_post_and_to_the_press(air):
    found = rows("02-monthly-launches", air, {"day": "2025-07-04", "series": "drones"})
    assert found["launched_count"].tolist() == [539]
    assert found["post_address"].iloc[0].startswith("https://www.facebook.com/kpszsu/posts/")
    assert "drones launched 539: " in found["press_claims"].iloc[0]


def test_correction_and_addition_are_told_with_their_reason(air):
    noted = rows("02-monthly-launches", air, {"month": "2024-12", "series": "drones"}).set_index(
        "report_date"
    )["corrections"]
    assert noted["2024-12-28"].startswith(
        "C1 applied: lost_count 11 to 1 (outcomes exceed launches"
    )
    assert noted["2024-12-30"].startswith(
        "X2 added: the night's Air Force report is not in the upstream"
    )


def test_figure_that_counts_no_reports_says_where_its_data_are(air, tmp_path, monkeypatch):
    entry = manifest.find("02-monthly-launches") | {"id": "98-none", "rows": None, "files": {}}
    monkeypatch.setattr(paths, "FIGURES", tmp_path)
    (tmp_path / "figures.json").write_text(json.dumps({"figures": [entry]}))
    with pytest.raises(
        ValueError, match="98-none counts no rows of reports.csv; its data are in 98-none.csv"
    ):
        rows("98-none", air)


@pytest.mark.parametrize("entry", COUNTING, ids=lambda e: e["id"])
def test_sum_of_the_reports_equals_every_bar(air, entry):
    table = pd.read_csv(paths.FIGURES / f"{entry['id']}.csv", dtype={"year": str})
    fed = fed_by(air.reports, entry)
    keys = [c for c in table if c in [*PERIODS, *entry["rows"], *fed] and not c.endswith("_count")]
    counts = [c for c in table if c in SUMMED]
    for bar in table.to_dict("records"):
        behind = select(fed, {k: bar[k] for k in keys}, entry["rows"])
        for count in counts:
            assert behind[count].sum() == (0 if pd.isna(bar[count]) else bar[count]), bar


def test_every_figure_shows_the_period_that_its_texts_are_written_for_whatever_came_later():
    """So that `rows` sums what the figure draws."""
    assert {e["period"] for e in manifest.entries(paths.FIGURES)} == {"2022-09-28/2025-12-31"}


@pytest.mark.parametrize(
    "figure_id, numerator",
    [("03-neutralised-share", "neutralised_count"), ("03-jamming-share", "lost_count")],
)
def test_share_of_a_month_is_that_of_the_reports_listed(air, figure_id, numerator):
    rule = manifest.find(figure_id)["rows"]
    fed = meeting(air.reports, rule)
    for bar in pd.read_csv(paths.FIGURES / f"{figure_id}.csv").to_dict("records"):
        behind = select(fed, {"month": bar["month"]}, rule)
        assert behind[numerator].sum() / behind["launched_count"].sum() == pytest.approx(
            bar["share"], abs=1e-6
        )
