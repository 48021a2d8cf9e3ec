"""The committed data against what was published, and the descriptor against the files. The numbers are typed by hand.

They are those of the period that was published first: later reports, once added, leave them as they are.
"""

import hashlib
import re
from dataclasses import replace

import frictionless
import pandas as pd
import pytest

from analysis import load, paths
from analysis.press import disagreements


@pytest.fixture(scope="module")
def air():
    """The data to the end of 2025."""
    air = load().until("2025-12-31")
    return replace(
        air,
        affected_regions=air.affected_regions[
            air.affected_regions["report_id"].isin(air.reports["report_id"])
        ],
    )


@pytest.fixture(scope="module")
def monthly(air):
    drones = air.reports[air.reports["is_in_drone_series"]]
    return drones["launched_count"].groupby(drones["report_date"].dt.strftime("%Y-%m")).sum()


@pytest.mark.parametrize(
    ("month", "launched"),
    [
        ("2024-11", 2434),
        ("2024-12", 1850),
        ("2025-03", 4198),
        ("2025-05", 4003),
        ("2025-06", 5438),
        ("2025-07", 6297),
        ("2025-08", 4132),
        ("2025-10", 5298),
    ],
)
def test_month_equals_the_published_total(monthly, month, launched):
    assert monthly[month] == launched


@pytest.mark.parametrize(
    ("month", "launched", "printed"),
    [
        ("2024-09", 1334, 1331),
        ("2024-09", 1334, 1339),
        ("2025-09", 5636, 5638),
        ("2025-11", 5445, 5445),
    ],
)
def test_month_lies_within_five_of_a_printed_total(air, monthly, month, launched, printed):
    claims = air.press_claims.query(
        "target_class == 'drones' and quantity == 'launched' and scope == 'Ukraine'"
    )
    assert (
        printed
        in claims.loc[
            claims["period_start"].dt.strftime("%Y-%m-%d") == f"{month}-01", "value"
        ].tolist()
    )
    assert monthly[month] == launched and abs(launched - printed) <= 5


def test_february_2025_and_october_2024_are_as_curated(monthly):
    assert monthly["2025-02"] == 3902
    assert monthly["2024-10"] == 1912  # 111 below the General Staff's 24-hour count of 2,023


def test_year_2025_has_54585_drones(monthly):
    assert monthly[monthly.index.str.startswith("2025")].sum() == 54_585


def test_founding_night_adds_up(air):
    night = air.reports[
        (air.reports["report_date"] == "2025-07-04") & (air.reports["level"] == "national")
    ]
    drones, missiles = night[night["is_in_drone_series"]], night[~night["is_in_drone_series"]]
    assert (drones["launched_count"].sum(), missiles["launched_count"].sum()) == (539, 11)
    assert (drones["shot_down_count"].sum(), missiles["shot_down_count"].sum()) == (268, 2)
    assert drones["lost_count"].sum() == 208 and drones["neutralised_count"].sum() == 476
    assert (539 - 476, 11 - 2) == (63, 9)


def test_drone_series_leaves_out_16_rows_and_fills_gaps_with_12(air):
    """R6."""
    groups = air.reports.groupby("series_reason", observed=True)["launched_count"].agg(
        ["size", "sum"]
    )
    assert groups.loc["overlaps_national"].tolist() == [16, 158]
    assert groups.loc["gap_filler"].tolist() == [12, 31]


def test_gap_filler_counts_kills_not_launches(air):
    """R6: launched is what was shot down, on every one of them."""
    fillers = air.reports[air.reports["series_reason"] == "gap_filler"]
    assert (fillers["launched_count"] == fillers["shot_down_count"]).all()


def test_24_rows_of_the_series_end_in_the_evening(air):
    """R4: their report date is the day on whose evening the attack was."""
    rows = air.reports[
        air.reports["is_in_drone_series"] & (air.reports["window_end"].dt.hour >= 18)
    ]
    assert (len(rows), rows["launched_count"].sum()) == (24, 433)


@pytest.mark.parametrize(
    ("report_id", "field", "value"),
    [
        ("2025-09-01-shahed-type-a0531f", "neutralised_count", 76),
        ("2025-08-25-shahed-type-e71403", "hit_location_count", 15),
        ("2025-08-25-shahed-type-e71403", "debris_location_count", 4),
        ("2023-05-16-s-300-400-iskander-m-kn-23-d950a4", "launched_count", 3),
        ("2024-05-29-shahed-type-e5fade", "launched_count", 14),
        ("2025-06-09-kh-31-91eae7", "launched_count", 2),
        ("2025-02-12-iskander-m-kn-23-1aad26", "shot_down_count", 6),
    ],
)
def test_value_is_the_one_that_the_press_copies_print(air, report_id, field, value):
    """R15."""
    assert air.reports.set_index("report_id").at[report_id, field] == value


def test_missiles_of_2025_08_21_are_40_and_31(air):
    """R16: with the line that the source lacks."""
    night = air.reports[
        (air.reports["report_date"] == "2025-08-21") & air.reports["regime_id"].isna()
    ]
    missiles = night[night["level"] == "national"]
    assert missiles[["launched_count", "shot_down_count"]].sum().tolist() == [40, 31]


def test_each_disagreement_with_the_press_has_a_verdict_and_no_verdict_is_left_over(air):
    """R15: explained and undecided ones are those there are, corrected ones are gone."""
    keys = ["report_date", "target_class", "quantity", "printed_count", "ledger_count", "claim_ids"]
    found = disagreements(air.press_claims, air.press_sources, air.reports)[keys]
    judged = air.disagreements[air.disagreements["verdict"] != "corrected"]
    assert found.astype("str").values.tolist() == judged[keys].astype("str").values.tolist()
    assert air.disagreements["verdict"].value_counts().to_dict() == {
        "explained": 81,
        "corrected": 21,
        "undecided": 9,
    }
    explained = air.disagreements["verdict"] == "explained"
    assert air.disagreements.loc[
        explained & air.disagreements["rule"].isna(), "disagreement_id"
    ].tolist() == ["D79"]


def test_claims_that_a_decision_names_are_there(air):
    named = (
        pd.concat(
            [
                air.corrections["evidence"],
                air.additions["evidence"],
                air.wordings["evidence"],
                air.disagreements["claim_ids"],
            ]
        )
        .str.findall(r"\bc\d{4,}")
        .explode()
        .dropna()
    )
    assert named.isin(air.press_claims["claim_id"]).all() and len(named) > 300


def test_words_for_the_lost_drones_lie_in_regime_c_one_after_the_other(air):
    """R12."""
    spans, regime = air.wordings, air.regimes.set_index("regime_id").loc["C"]
    assert spans["first_report_date"].iloc[0] == regime["first_report_date"]
    assert spans["last_report_date"].iloc[-1] == regime["last_report_date"]
    assert (
        spans["first_report_date"].iloc[1:].to_numpy()
        > spans["last_report_date"].iloc[:-1].to_numpy()
    ).all()


def test_articles_call_the_lost_drones_decoys_in_their_span_and_once_in_july(air):
    """Which the dates of wordings.csv rest on."""
    dates = air.press_claims.loc[
        air.press_claims["lost_called"] == "decoys", "period_end"
    ].sort_values()
    span = air.wordings.set_index("wording_id").loc["W2"]
    assert (dates.iloc[0], dates.iloc[-2]) == (span["first_report_date"], span["last_report_date"])
    assert f"{dates.iloc[-1]:%Y-%m-%d}" == "2025-07-09" and len(dates) == 69


def test_missiles_may_be_counted_twice_by_54_at_most(air):
    """R7."""
    missiles = air.reports[
        air.reports["overlaps_national"] & (air.reports["weapon_class"] != "one_way_attack_drone")
    ]
    assert (len(missiles), missiles["launched_count"].sum()) == (40, 54)


def test_scope_is_3246_rows_and_five_additions(air):
    """R1, R16."""
    assert air.reports["origin"].eq("press").tolist().count(False) == 3246
    assert air.reports.loc[air.reports["origin"] == "press", "launched_count"].tolist() == [
        25,
        36,
        3,
        43,
        4,
    ]


def test_merged_regime_has_no_lost_count_and_two_nights_with_more_neutralised_than_shot_down(air):
    """R12."""
    merged = air.reports[air.reports["regime_id"] == "D"]
    assert merged["lost_count"].isna().all()
    extra = (merged["neutralised_count"] - merged["shot_down_count"]).set_axis(
        merged["report_date"].dt.strftime("%Y-%m-%d")
    )
    assert extra[extra > 0].to_dict() == {"2025-10-22": 17, "2025-12-27": 15}


def test_every_field_has_a_title_a_type_and_a_unit_where_it_is_a_number(air):
    for resource in air.package["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["title"] and field["type"], field["name"]
            assert ("unit" in field) == (field["type"] in ("integer", "number")), field["name"]


def test_every_resource_has_licence_sources_title_bytes_and_hash(air):
    for resource in air.package["resources"]:
        raw = (paths.DATA / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (
            len(raw),
            f"sha256:{hashlib.sha256(raw).hexdigest()}",
        )
        assert resource["title"] and resource["sources"]
        own = ("press_claims", "press_sources", "lost_statements", "wordings", "silent_verdicts")
        others = dict.fromkeys(own, "CC-BY-4.0") | {"siren_nights": "MIT"}
        assert resource["licenses"][0]["name"] == others.get(resource["name"], "CC-BY-NC-SA-4.0")


def test_header_of_each_file_is_the_descriptor_s_and_nothing_else_is_in_data(air):
    for resource in air.package["resources"]:
        header = (paths.DATA / resource["path"]).read_text("utf-8").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
    listed = {resource["path"] for resource in air.package["resources"]}
    assert {p.name for p in paths.DATA.iterdir()} - listed == {"datapackage.json", "README.md"}


def test_dataset_is_a_valid_data_package():
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_datasheet_states_each_table_with_its_rows():
    text = (paths.DATA / "README.md").read_text("utf-8")
    stated = {
        name: int(count.replace(",", ""))
        for name, count in re.findall(r"\| `(\w+)\.csv` \| ([\d,]+) \|", text)
    }
    assert stated == {name: len(table) for name, table in load().tables().items()}


def test_datasheet_shows_a_row_as_it_is():
    text = " ".join((paths.DATA / "README.md").read_text("utf-8").split())
    night = load().nights.set_index("report_date").loc["2025-07-04"]
    drones = f"{night['drones_launched_count']} drones launched, {night['drones_shot_down_count']} shot down, {night['drones_lost_count']} lost"
    assert (
        drones in text
        and f"{night['missiles_launched_count']} missiles in national reports" in text
    )


def test_affected_regions_fade_after_august_2025_not_after_july(air):
    """As descriptor and datasheet say."""
    series = air.reports[
        air.reports["is_in_drone_series"] & (air.reports["report_date"] >= "2025-01-01")
    ]
    given = (
        series["report_id"]
        .isin(air.affected_regions["report_id"])
        .groupby(series["report_date"].dt.month)
        .sum()
    )
    assert given.tolist() == [5, 27, 31, 27, 26, 27, 14, 21, 8, 6, 6, 3]


def test_datasheet_says_to_which_date_the_snapshot_goes(air):
    last = pd.Timestamp(air.package["snapshot"]["last_date"])
    assert last >= pd.Timestamp("2026-06-07") and f"goes to {last.day} {last:%B %Y}" in (
        paths.DATA / "README.md"
    ).read_text("utf-8")
