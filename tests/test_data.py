"""The committed data against what was published, and the datasheet against the data.

The numbers are typed by hand and are those of the period that was published first:
later reports, once added, leave them as they are.
"""

import re

import pandas as pd
import pytest

from analysis import load, paths
from analysis.press import disagreements

AIR = load().until("2025-12-31")
DATASHEET = " ".join((paths.DATA / "README.md").read_text("utf-8").split())


def test_months_equal_the_published_totals():
    drones = AIR.reports[AIR.reports["is_in_drone_series"]]
    months = drones["launched_count"].groupby(drones["report_date"].dt.strftime("%Y-%m")).sum()
    published = {"2024-11": 2434, "2024-12": 1850, "2025-03": 4198, "2025-05": 4003}
    published |= {"2025-06": 5438, "2025-07": 6297, "2025-08": 4132, "2025-10": 5298}
    # within five of a printed total; the General Staff's 24-hour count of October 2024 is 2,023
    others = {"2024-09": 1334, "2024-10": 1912, "2025-02": 3902, "2025-09": 5636, "2025-11": 5445}
    assert months[[*published, *others]].to_dict() == published | others


@pytest.mark.parametrize(
    ("rows", "count", "launched"),
    [
        ("is_in_drone_series and report_date >= '2025-01-01'", 364, 54_585),
        # R6: the drone series leaves out what overlaps and fills gaps with regional kills
        ("series_reason == 'overlaps_national'", 16, 158),
        ("series_reason == 'gap_filler'", 12, 31),
        ("series_reason == 'gap_filler' and launched_count == shot_down_count", 12, 31),
        # R4: a window that ends in the evening counts for that day
        ("is_in_drone_series and window_end.dt.hour >= 18", 24, 433),
        # R7: missiles that may be counted twice
        ("overlaps_national and weapon_class != 'one_way_attack_drone'", 40, 54),
        # R16: rows known only from the press
        ("origin == 'press'", 5, 25 + 36 + 3 + 43 + 4),
        # R12: the merged regime
        ("regime_id == 'D' and lost_count.notna()", 0, 0),
        ("regime_id == 'D' and neutralised_count > shot_down_count", 2, 405 + 519),
    ],
)
def test_rows_of_a_rule_are_as_many_as_curated(rows, count, launched):
    found = AIR.reports.query(rows)["launched_count"]
    assert (len(found), found.sum()) == (count, launched)


@pytest.mark.parametrize(
    ("date", "series", "launched", "shot_down", "neutralised"),
    [
        ("2025-07-04", True, 539, 268, 476),
        ("2025-07-04", False, 11, 2, 0),
        ("2025-08-21", False, 40, 31, 0),  # with the line that the source lacks (R16)
        ("2025-10-22", True, 405, 333, 350),  # the two nights of the merged regime on which
        ("2025-12-27", True, 519, 474, 489),  # others are suppressed besides (R12)
    ],
)
def test_night_adds_up(date, series, launched, shot_down, neutralised):
    national = AIR.reports.query("level == 'national' and is_in_drone_series == @series")
    night = national[national["report_date"] == date]
    counts = night[["launched_count", "shot_down_count", "neutralised_count"]].sum()
    assert counts.tolist() == [launched, shot_down, neutralised]


@pytest.mark.parametrize(
    ("report_id", "field", "value"),
    [
        ("2025-09-01-shahed-type-a0531f", "neutralised_count", 76),
        ("2025-08-25-shahed-type-e71403", "hit_location_count", 15),
        ("2023-05-16-s-300-400-iskander-m-kn-23-d950a4", "launched_count", 3),
        ("2024-05-29-shahed-type-e5fade", "launched_count", 14),
        ("2025-02-12-iskander-m-kn-23-1aad26", "shot_down_count", 6),
    ],
)
def test_corrected_value_is_the_one_that_the_press_prints(report_id, field, value):
    """R15."""
    assert AIR.reports.set_index("report_id").at[report_id, field] == value


def test_each_disagreement_with_the_press_has_a_verdict_and_no_verdict_is_left_over():
    """R15: explained and undecided ones are those there are, corrected ones are gone."""
    keys = ["report_date", "target_class", "quantity", "printed_count", "ledger_count", "claim_ids"]
    found = disagreements(AIR.press_claims, AIR.press_sources, AIR.reports)[keys]
    judged = AIR.disagreements.query("verdict != 'corrected'")[keys]
    assert found.astype("str").values.tolist() == judged.astype("str").values.tolist()


def test_claims_that_a_decision_names_are_there():
    cells = [AIR.corrections["evidence"], AIR.additions["evidence"], AIR.wordings["evidence"]]
    named = pd.concat([*cells, AIR.disagreements["claim_ids"]]).str.findall(r"\bc\d{4,}").explode()
    assert set(named.dropna()) <= set(AIR.press_claims["claim_id"]) and named.count() > 300


def test_words_for_the_lost_drones_follow_one_another_in_regime_c():
    """R12; articles call them decoys from the first day of that span to its last, and once more."""
    starts, ends = AIR.wordings["first_report_date"], AIR.wordings["last_report_date"]
    regime = AIR.regimes.set_index("regime_id").loc["C"]
    assert starts.iloc[0] == regime["first_report_date"]
    assert ends.iloc[-1] == regime["last_report_date"]
    assert (starts.iloc[1:].to_numpy() > ends.iloc[:-1].to_numpy()).all()
    decoys = AIR.press_claims.query("lost_called == 'decoys'")["period_end"].sort_values()
    assert (decoys.iloc[0], decoys.iloc[-2]) == (starts[1], ends[1])


def test_every_field_has_a_title_and_a_unit_where_it_is_a_number():
    for resource in AIR.package["resources"]:
        assert resource["title"] and resource["sources"]
        for field in resource["schema"]["fields"]:
            is_number = field["type"] in ("integer", "number")
            assert field["title"] and ("unit" in field) == is_number, field["name"]


def test_only_tables_of_others_than_the_compilation_have_another_licence():
    licences = {r["name"]: r["licenses"][0]["name"] for r in AIR.package["resources"]}
    others = {name: licence for name, licence in licences.items() if licence != "CC-BY-NC-SA-4.0"}
    press = ["press_claims", "press_sources", "lost_statements", "wordings", "silent_verdicts"]
    posts = ["independent_posts", "open_nights"]
    assert others == {**dict.fromkeys(press + posts, "CC-BY-4.0"), "siren_nights": "MIT"}


def test_data_holds_the_described_tables_and_nothing_else():
    listed = {resource["path"] for resource in AIR.package["resources"]}
    found = {path.name for path in paths.DATA.iterdir()}
    assert found == {*listed, "datapackage.json", "README.md"}


def test_datasheet_states_the_rows_of_each_table_and_the_last_date_of_the_snapshot():
    stated = dict(re.findall(r"\| `(\w+)\.csv` \| ([\d,]+) \|", DATASHEET))
    rows = load().describe().set_index("table")["row_count"]
    assert stated == rows.map("{:,}".format).to_dict()
    last = pd.Timestamp(AIR.package["snapshot"]["last_date"])
    assert f"goes to {last.day} {last:%B %Y}" in DATASHEET


def test_datasheet_shows_a_night_as_it_is():
    night = AIR.nights.set_index("report_date").loc["2025-07-04"]
    shown = "{drones_launched_count} drones launched, {drones_shot_down_count} shot down"
    assert shown.format(**night) in DATASHEET
    assert "{missiles_launched_count} missiles in national reports".format(**night) in DATASHEET


def test_affected_regions_fade_after_august_2025():
    """As descriptor and datasheet say."""
    series = AIR.reports.query("is_in_drone_series and report_date >= '2025-01-01'")
    is_given = series["report_id"].isin(AIR.affected_regions["report_id"])
    by_month = is_given.groupby(series["report_date"].dt.month).sum()
    assert by_month.tolist() == [5, 27, 31, 27, 26, 27, 14, 21, 8, 6, 6, 3]
