"""The curation rules, one by one, on rows typed by hand. Rule numbers as in data/README.md."""

from datetime import date

import pandas as pd
import pytest

from analysis.dataset import DataError

CORRECTION = {
    "correction_id": "C1",
    "status": "applied",
    "window_start": "2025-03-01 18:00",
    "window_end": "2025-03-02 08:00",
    "upstream_label": "Shahed-136/131",
    "launched_count": 10,
    "field": "lost_count",
    "was": "3",
    "now": "1",
}
ADDITION = {
    "addition_id": "X1",
    "report_date": pd.Timestamp("2025-03-05"),
    "upstream_label": "Shahed-136/131",
    "launched_count": 43,
    "shot_down_count": 21,
    "lost_count": 22,
}
REGIONAL = {"source": "PvKPivden/posts/9", "target": "Odesa oblast"}
MERGED = {"time_start": "2025-08-01 18:00", "time_end": "2025-08-02 08:00"}


def on(day, **cells):
    return {"time_start": day, "time_end": f"{day} 08:00"} | cells


def test_rows_out_of_scope_are_left_out_and_counted(curation):
    """R1: before the first regime, after the cut-off, and on the snapshot's incomplete last day."""
    rows = {}, on("2022-09-27", launched="5"), on("2026-01-01", launched="20")
    reports, until, account = curation(*rows)
    assert reports["launched_count"].tolist() == [10] and until == pd.Timestamp("2025-12-31")
    assert account.steps[1:4] == [
        ("R1", 1, 5, "excluded: before 2022-09-28"),
        ("R1", 1, 10, "excluded: last day of the snapshot"),
        ("R1", 1, 20, "excluded: after 2025-12-31"),
    ]


def test_last_day_far_after_the_one_before_is_a_finding_where_that_would_count(curation):
    """R1."""
    lone = "lone-last-day: 2026-09-02, 549 days after 2025-03-02, which counts as complete then"
    assert curation({})[2].findings == [lone]
    assert curation({}, on("2025-02-01"), until=date(2025, 3, 1))[2].findings == []


def test_nothing_in_scope_is_an_error(curated):
    with pytest.raises(DataError, match="no row .* ends from 2022-09-28 to 2023-01-01"):
        curated({}, until=date(2023, 1, 1))


def test_duplicate_key_is_a_fault_that_names_the_lines(curation):
    """R2."""
    (fault,) = curation({}, {"launch_place": "Kursk oblast"}, {"launched": "11"})[2].faults
    assert fault.startswith("lines 2, 4: found one key")


def test_id_is_made_of_the_row_alone(curated):
    """R2: also where no other row has a time, and where the label is spelled otherwise."""
    night = {"time_start": "2023-05-01", "time_end": "2023-05-01", "model": "X-22/X-32"}
    alone = curated(night)["report_id"][0]
    beside = curated({}, night | {"model": "X-22 and X-32"}, {"launch_place": "Kursk oblast"})
    assert beside["report_id"][0] == alone and alone.startswith("2023-05-01-kh-22-32-")


COMPOSITE = {"model": "X-101/X-555 and X-22 and Kalibr", "launch_place": "Engels"}
OTHERWISE = {"time_end": "2025-03-02 09:30", "launched": "11", "launch_place": "Kursk"}


@pytest.mark.parametrize(
    ("cells", "edited"),
    [
        (COMPOSITE, {"model": "X-101/X-555 and Kalibr and X-22"}),
        ({"time_end": "2025-03-02"}, {"time_end": "2025-03-02 08:00"}),
        ({}, OTHERWISE),
    ],
)
def test_known_row_keeps_its_id_whatever_else_was_edited(curated, cells, edited):
    """R2."""
    known = curated(cells)
    assert curated(cells | edited, reports=known)["report_id"].equals(known["report_id"])


def test_of_several_rows_of_one_post_the_likest_keep_their_ids(curated):
    """R2: neither their order nor a new row beside them gives a known id to another row."""
    odesa, sumy = REGIONAL | {"launched": "20"}, REGIONAL | {"launched": "7", "destroyed": "3"}
    known = curated(odesa, sumy | {"target": "Sumy oblast"})
    new = REGIONAL | {"launched": "12", "target": "Kyiv oblast"}
    rows = [row | {"launch_place": "Kursk"} for row in (sumy, new, odesa | {"target": "Izmail"})]
    again = curated(*rows, reports=known).set_index("launched_count")["report_id"]
    ids = known.set_index("launched_count")["report_id"]
    assert again[[20, 7]].tolist() == ids[[20, 7]].tolist() and again.is_unique


def test_row_whose_window_moved_by_a_day_keeps_its_id(curated):
    """R2."""
    known = curated({})
    moved = {"time_start": "2025-03-02 18:00", "time_end": "2025-03-03 08:00"}
    row = curated(moved, reports=known).iloc[0]
    assert row["report_id"] == known["report_id"][0]
    assert row["report_date"] == pd.Timestamp("2025-03-03")


@pytest.mark.parametrize(
    "other",
    [
        {"source": "kpszsu/2"},
        {"model": "Kalibr"},
        {"time_end": "2025-03-04 08:00"},
        {"time_end": "2025-03-03 08:00", "launched": "12"},
    ],
)
def test_row_of_another_post_family_or_date_gets_no_known_id(curated, other):
    """R2."""
    known = curated({})
    assert curated(other, reports=known)["report_id"][0] != known["report_id"][0]


def test_row_is_booked_on_the_date_its_window_ends(curated):
    """R4."""
    row = curated({"time_start": "2025-01-31 20:00", "time_end": "2025-02-01 07:00"}).iloc[0]
    assert row["report_date"] == pd.Timestamp("2025-02-01")


@pytest.mark.parametrize(
    ("source", "target", "level", "origin"),
    [
        ("kpszsu/posts/1", "Odesa oblast", "national", "air_force"),
        ("PvKPivden/posts/9", "Odesa oblast", "regional", "regional_command"),
        ("PvKPivden/posts/9", "Ukraine", "national", "regional_command"),
        ("https://t.me/PvKPivden/9", "Odesa oblast", "regional", "regional_command"),
        ("GeneralStaff.ua/posts/2", "Odesa oblast", "national", "general_staff"),
        ("https://t.me/war_monitor/2", "Ukraine", "national", "other"),
    ],
)
def test_level_is_regional_for_a_regional_outlet_on_its_own_area(
    curated, source, target, level, origin
):
    """R5."""
    row = curated({"source": source, "target": target}).iloc[0]
    assert (row["level"], row["origin"]) == (level, origin)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2025-03-02 07:59", "2025-03-02 12:00", "overlaps_national"),
        ("2025-03-02 08:00", "2025-03-02 12:00", "gap_filler"),
        ("2025-03-01", "2025-03-01", "overlaps_national"),  # a date without a time is the whole day
        ("2025-03-01", "2025-03-01 18:00", "gap_filler"),  # from 00:00 to that time
    ],
)
def test_regional_drones_fill_gaps_of_the_national_series_only(curated, start, end, reason):
    """R6."""
    reports = curated({}, REGIONAL | {"time_start": start, "time_end": end})
    row = reports[reports["level"] == "regional"].iloc[0]
    assert (row["series_reason"], row["is_in_drone_series"]) == (reason, reason == "gap_filler")


def test_regional_missiles_stay_and_mark_possible_double_counting_by_family(curated):
    """R7, R10: KN-23 is of the family of Iskander-M."""
    national = {"model": "Iskander-M"}, {"model": "X-101/X-555"}
    reports = curated(*national, REGIONAL | {"model": "KN-23"}, REGIONAL | {"model": "Kalibr"})
    assert reports.loc[reports["overlaps_national"], "weapon"].tolist() == ["KN-23"]
    assert len(reports) == 4


def test_unknown_labels_are_faults_that_name_letters_that_look_alike(curation):
    """R8."""
    odd = {"model": "Х-101"}  # noqa: RUF001 - a Cyrillic letter on purpose
    first, second = curation({"model": "Orbiter"}, {}, odd)[2].faults
    assert first.startswith("line 2, model: found 'Orbiter', which weapons.csv does not have")
    assert second.startswith("line 4, model: ") and "with CYRILLIC CAPITAL LETTER HA" in second


def test_composite_keeps_one_count_and_the_class_of_its_parts(curated):
    """R9."""
    agreeing = {"model": "X-101/X-555 and Kalibr", "launched": "30"}
    reports = curated(agreeing, {"model": "Iskander-M and Iskander-K"})
    classes = reports.set_index("weapon")["weapon_class"]
    assert classes["Kh-101/555 + Kalibr"] == "cruise_missile"
    assert classes["Iskander-M + Iskander-K"] == "mixed_missiles"
    assert reports["is_composite"].all() and reports["launched_count"].sum() == 40


@pytest.mark.parametrize(
    ("cells", "state", "lost"),
    [
        ({"not_reach_goal": "3"}, "counted", 3),
        ({"not_reach_goal": "0"}, "counted", 0),
        ({"not_reach_goal": ""}, "not_reported", None),
        (MERGED | {"not_reach_goal": "0"}, "merged", None),
        (MERGED | {"model": "X-59", "not_reach_goal": "2"}, "counted", 2),
        ({"not_reach_goal": "0", "status_data": "hidden"}, "withheld", None),
    ],
)
def test_four_states_of_lost_and_withheld_stay_five(curated, cells, state, lost):
    """R11, R12: of missiles lost stays counted."""
    row = curated(cells).iloc[0]
    found = None if pd.isna(row["lost_count"]) else row["lost_count"]
    assert (row["lost_state"], found) == (state, lost)


def test_withheld_row_has_no_count_at_all(curated):
    counts = curated({"status_data": "hidden", "num_hit_location": "2"}).filter(regex="_count$")
    assert counts.isna().all(axis=None)


@pytest.mark.parametrize(
    ("night", "lost", "regime", "neutralised"),
    [
        ("2024-07-09", "", "A", None),
        ("2024-07-10", "3", "B", None),
        ("2024-08-20", "3", "B", None),
        ("2024-08-21", "3", "C", 9),
        ("2025-07-23", "", "C", None),
        ("2025-07-24", "0", "D", 6),
        ("2025-07-24", "3", "D", 9),
        ("2025-07-24", "", "D", 6),
    ],
)
def test_regime_of_the_date_decides_whether_neutralised_is_known(
    curated, night, lost, regime, neutralised
):
    """R12, R13: 17 and 15 lost drones of regime D go into neutralised only."""
    row = curated(on(night, not_reach_goal=lost)).iloc[0]
    found = None if pd.isna(row["neutralised_count"]) else row["neutralised_count"]
    assert (row["regime_id"], found) == (regime, neutralised)


HITS = {"field": "hit_location_count", "was": "2", "now": "5"}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, [1, 7, "C1"]),
        ({"status": "flagged"}, [3, 9, "C1"]),
        ({"window_end": "2026-01-01 08:00"}, [3, 9, None]),  # it waits for the end of the period
    ],
)
def test_correction_is_applied_or_flagged_once_its_row_is_in_the_period(
    curated, table, changed, found
):
    """R15."""
    row = curated({}, corrections=table(**CORRECTION | changed)).iloc[0]
    cells = row[["lost_count", "neutralised_count", "correction_ids"]]
    assert cells.where(cells.notna(), None).tolist() == found


def test_corrected_date_moves_the_report(curated, table):
    """R15."""
    moved = {"field": "report_date", "was": "2025-03-02", "now": "2025-03-01"}
    row = curated({}, corrections=table(**CORRECTION | moved)).iloc[0]
    assert row["report_date"] == pd.Timestamp("2025-03-01")


def test_corrections_of_one_row_each_find_the_cells_of_the_source(curated, table):
    """R15: the second still names the launches that the first one changed."""
    launched = {"field": "launched_count", "was": "10", "now": "12"}
    hits = table(**CORRECTION | HITS | {"correction_id": "C2"})
    both = pd.concat([table(**CORRECTION | launched), hits])
    row = curated({"num_hit_location": "2"}, corrections=both).iloc[0]
    found = row[["launched_count", "hit_location_count", "correction_ids"]].tolist()
    assert found == [12, 5, "C1;C2"]


def test_correction_of_a_value_that_is_gone_is_a_fault(curation, table):
    """R15."""
    (fault,) = curation({"not_reach_goal": "2"}, corrections=table(**CORRECTION))[2].faults
    assert fault.startswith("corrections.csv, C1: expected one row 2025-03-01 18:00")
    assert "with lost_count 3, found ['2']" in fault and "remove the correction" in fault


def test_several_corrections_that_fail_blame_the_snapshot(curation, table):
    """R15: as where a column of theirs is gone."""
    other = CORRECTION | {"correction_id": "C2", "field": "shot_down_count", "was": "9"}
    both = pd.concat([table(**CORRECTION), table(**other)])
    faults = curation({"not_reach_goal": "2"}, corrections=both)[2].faults
    assert len(faults) == 3 and "the snapshot is to blame" in faults[-1]
    assert not any("remove the correction" in fault for fault in faults)


def test_correction_of_a_column_that_the_header_lacks_is_applied(curated, table):
    """R15: there is no old value to compare."""
    assert curated({}, corrections=table(**CORRECTION | HITS)).iloc[0]["hit_location_count"] == 5


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, ["2025-03-05-shahed-type-x1", "national", 43]),
        ({"upstream_label": "X-47 Kinzhal"}, ["2025-03-05-kinzhal-x1", "other_class", None]),
    ],
)
def test_addition_is_a_row_of_origin_press(curated, table, cells, found):
    """R6, R16."""
    row = curated({}, additions=table(**ADDITION | cells)).iloc[-1]
    cells = row[["report_id", "series_reason", "neutralised_count"]]
    assert cells.where(cells.notna(), None).tolist() == found and row["origin"] == "press"


def test_tactical_and_reconnaissance_uavs_stay_out_of_the_series(curated):
    """R20."""
    labels = [{"model": label} for label in ("Unknown UAV", "Orlan-10", "Lancet")]
    assert not curated(*labels)["is_in_drone_series"].any()


def test_order_of_the_rows_does_not_matter(curated):
    nights = [on(f"2025-03-0{day}", launched=f"{10 + day}") for day in range(2, 8)]
    columns = ["report_id", "launched_count"]
    assert curated(*nights)[columns].equals(curated(*reversed(nights))[columns])
