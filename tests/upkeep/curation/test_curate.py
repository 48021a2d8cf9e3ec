"""The curation rules, one by one, on rows typed by hand. Rule numbers as in data/README.md."""

from datetime import date

import pandas as pd
import pytest

from analysis.descriptor import DataError
from upkeep.curation.curate import curate
from upkeep.curation.snapshot import read_snapshot

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


def test_rows_after_the_cut_off_and_the_last_day_are_left_out_and_counted(snapshot_csv, decisions):
    """R1."""
    path = snapshot_csv(
        {"launched": "10"}, {"time_start": "2026-01-01", "time_end": "2026-01-01", "launched": "20"}
    )
    reports, until, account = curate(read_snapshot(path), decisions, date(2025, 12, 31))
    assert reports["launched_count"].tolist() == [10] and until == date(2025, 12, 31)
    scope = {
        what: (rows, before, after)
        for rule, what, rows, before, after in account.steps
        if rule == "R1"
    }
    assert scope["excluded: last day of the snapshot"] == (1, 40, 30)
    assert scope["excluded: after 2025-12-31"] == (1, 30, 10)


def test_rows_before_the_first_regime_are_left_out(curated):
    """R1."""
    assert curated({}, {"time_start": "2022-09-27", "time_end": "2022-09-27"})[
        "report_date"
    ].tolist() == [pd.Timestamp("2025-03-02")]


def test_snapshot_that_ends_early_covers_the_day_before_its_last(snapshot_csv, decisions):
    """R1."""
    path = snapshot_csv({}, {"time_start": "2025-03-09", "time_end": "2025-03-09 08:00"}, last=None)
    assert curate(read_snapshot(path), decisions, date(2025, 12, 31))[1] == date(2025, 3, 8)


def test_nothing_in_scope_is_an_error(curated):
    with pytest.raises(
        DataError, match="no row of the snapshot ends from 2022-09-28 to 2023-01-01"
    ):
        curated({}, until=date(2023, 1, 1))


def test_duplicate_key_is_an_error_that_names_the_lines(curated):
    """R2."""
    with pytest.raises(DataError, match="lines 2, 4 of the snapshot have one key"):
        curated({}, {"launch_place": "Kursk oblast"}, {"launched": "11"})


def test_same_row_has_the_same_id_whatever_stands_around_it(curated):
    """R2: also where no other row of the file has a time, and where the label is an older spelling."""
    night = {"time_start": "2023-05-01", "time_end": "2023-05-01", "model": "X-22/X-32"}
    alone = curated(night)["report_id"].tolist()
    assert (
        curated({}, night | {"model": "X-22 and X-32"}, {"launch_place": "Kursk oblast"})[
            "report_id"
        ].tolist()[:1]
        == alone
    )
    assert alone[0].startswith("2023-05-01-kh-22-32-")


COMPOSITE = {
    "model": "X-101/X-555 and X-22 and Kalibr",
    "launch_place": "Saratov oblast",
    "target": "Kyiv",
}
ICBM = {"model": "Intercontinental Ballistic Missile"}


@pytest.mark.parametrize(
    ("cells", "edited"),
    [
        (COMPOSITE, {"model": "X-101/X-555 and Kalibr and X-22"}),
        (ICBM, {"model": "Intercontinental ballistic missile"}),
        (COMPOSITE, {"launch_place": "SARATOV OBLAST"}),
        (COMPOSITE, {"launch_place": "Engels"}),
        (COMPOSITE, {"target": "Ukraine"}),
        ({"time_end": "2025-03-02"}, {"time_end": "2025-03-02 08:00"}),
        ({"time_start": "2025-03-01"}, {"time_start": "2025-03-01 18:00"}),
        (
            {},
            {
                "time_end": "2025-03-02 09:30",
                "launched": "11",
                "launch_place": "Kursk",
                "target": "Sumy oblast",
            },
        ),
    ],
)
def test_known_row_keeps_its_id_whatever_else_was_edited(curated, cells, edited):
    """R2."""
    known = curated(cells)
    assert (
        curated(cells | edited, reports=known)["report_id"].tolist() == known["report_id"].tolist()
    )


def test_of_several_rows_of_one_post_the_likest_keep_their_ids(curated):
    """R2: neither the order of the rows nor a new one beside them gives a known id to another row."""
    odesa, sumy = (
        REGIONAL | {"launched": "20"},
        REGIONAL | {"target": "Sumy oblast", "launched": "7", "destroyed": "3"},
    )
    known = curated(odesa, sumy).set_index("launched_count")["report_id"]
    places = {"launch_place": "Kursk"}
    again = curated(
        sumy | places,
        {"launched": "12"} | REGIONAL | places | {"target": "Kyiv oblast"},
        odesa | places,
        reports=curated(odesa, sumy),
    ).set_index("launched_count")["report_id"]
    assert again[[20, 7]].tolist() == known[[20, 7]].tolist() and again.is_unique


def test_row_of_another_post_date_or_family_gets_no_known_id(curated):
    """R2."""
    known = curated({})
    others = {"source": "kpszsu/posts/2"}, {"model": "Kalibr"}, {"time_end": "2025-03-03 08:00"}
    assert not curated(*others, reports=known)["report_id"].isin(known["report_id"]).any()


def test_row_is_booked_on_the_date_its_window_ends(curated):
    """R4."""
    assert curated({"time_start": "2025-01-31 20:00", "time_end": "2025-02-01 07:00"})[
        "report_date"
    ].tolist() == [pd.Timestamp("2025-02-01")]


@pytest.mark.parametrize(
    ("cells", "level", "origin"),
    [
        ({}, "national", "air_force"),
        (REGIONAL, "regional", "regional_command"),
        (REGIONAL | {"target": "Ukraine"}, "national", "regional_command"),
        (
            {"source": "https://t.me/PvKPivden/9", "target": "Odesa oblast"},
            "regional",
            "regional_command",
        ),
        (
            {"source": "GeneralStaff.ua/posts/2", "target": "Odesa oblast"},
            "national",
            "general_staff",
        ),
        ({"source": "https://t.me/war_monitor/2"}, "national", "other"),
    ],
)
def test_level_is_regional_for_a_regional_outlet_on_its_own_area(curated, cells, level, origin):
    """R5."""
    row = curated(cells).iloc[0]
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


def test_addition_counts_as_national_for_the_series(curated, table):
    """R6, R16."""
    reports = curated(
        REGIONAL | {"time_start": "2025-03-05", "time_end": "2025-03-05"},
        additions=table(**ADDITION),
    )
    assert reports.set_index("origin")["series_reason"].to_dict() == {
        "press": "national",
        "regional_command": "overlaps_national",
    }


def test_regional_missiles_stay_and_mark_possible_double_counting_by_family(curated):
    """R7."""
    national = {"model": "Iskander-M"}, {"model": "X-101/X-555"}
    reports = curated(*national, REGIONAL | {"model": "KN-23"}, REGIONAL | {"model": "Kalibr"})
    assert reports.loc[reports["overlaps_national"], "weapon"].tolist() == ["KN-23"]
    assert len(reports) == 4


def test_unknown_labels_are_listed_with_what_to_do(curated):
    """R8."""
    with pytest.raises(
        DataError,
        match="line 2 'Orbiter'; line 4 'Х-101' with CYRILLIC CAPITAL LETTER HA. Correct the spelling, "
        "or add a row to weapons.csv",
    ):
        curated({"model": "Orbiter"}, {}, {"model": "Х-101"})  # noqa: RUF001 - a Cyrillic letter on purpose


def test_composite_keeps_one_count_and_the_class_of_its_parts(curated):
    """R9."""
    reports = curated(
        {"model": "X-101/X-555 and Kalibr", "launched": "30"},
        {"model": "Iskander-M and Iskander-K"},
    )
    assert reports.set_index("weapon")["weapon_class"].to_dict() == {
        "Kh-101/555 + Kalibr": "cruise_missile",
        "Iskander-M + Iskander-K": "mixed_missiles",
    }
    assert reports["is_composite"].all() and reports["launched_count"].sum() == 40


def test_labels_of_one_family_share_it(curated):
    """R10."""
    assert set(curated({"model": "Iskander-M"}, {"model": "KN-23"})["family"]) == {
        "Iskander-M/KN-23"
    }


def test_four_states_of_lost_and_withheld_stay_five(curated):
    """R11."""
    reports = curated(
        {"not_reach_goal": "3"},
        {"not_reach_goal": "0", "source": "kpszsu/2"},
        {"not_reach_goal": "", "source": "kpszsu/3"},
        {"time_start": "2025-08-01 18:00", "time_end": "2025-08-02 08:00", "not_reach_goal": "0"},
        {
            "launched": "0",
            "destroyed": "0",
            "not_reach_goal": "0",
            "source": "kpszsu/5",
            "status_data": "hidden",
        },
    )
    states = set(zip(reports["lost_state"], reports["lost_count"].fillna(-1)))
    assert states == {
        ("counted", 3),
        ("counted", 0),
        ("not_reported", -1),
        ("merged", -1),
        ("withheld", -1),
    }
    assert (
        reports.loc[
            reports["lost_state"] == "withheld",
            ["launched_count", "shot_down_count", "neutralised_count"],
        ]
        .isna()
        .all(axis=None)
    )


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
    row = curated({"time_start": night, "time_end": f"{night} 08:00", "not_reach_goal": lost}).iloc[
        0
    ]
    assert (
        row["regime_id"],
        None if pd.isna(row["neutralised_count"]) else row["neutralised_count"],
    ) == (
        regime,
        neutralised,
    )


def test_missiles_have_no_regime_and_keep_their_lost_count(curated):
    """R12."""
    row = curated(
        {
            "time_start": "2025-08-01 18:00",
            "time_end": "2025-08-02 08:00",
            "model": "X-59",
            "not_reach_goal": "2",
        }
    ).iloc[0]
    assert pd.isna(row["regime_id"]) and row["lost_count"] == 2 and row["lost_state"] == "counted"


def test_applied_correction_changes_the_value_and_marks_the_row(curated, table):
    """R15."""
    row = curated({}, corrections=table(**CORRECTION)).iloc[0]
    assert (row["lost_count"], row["neutralised_count"], row["correction_ids"]) == (1, 7, "C1")


def test_corrections_of_one_row_each_find_the_cells_of_the_source(curated, table):
    """R15: the second still names the launches that the first one changed."""
    both = [
        table(**CORRECTION | {"correction_id": f"C{i}", "field": field, "was": was, "now": now})
        for i, (field, was, now) in enumerate(
            [
                ("launched_count", "10", "12"),
                ("shot_down_count", "6", "8"),
                ("hit_location_count", "2", "5"),
            ]
        )
    ]
    row = curated({"num_hit_location": "2"}, corrections=pd.concat(both)).iloc[0]
    assert row[["launched_count", "shot_down_count", "hit_location_count"]].tolist() == [12, 8, 5]
    assert row["correction_ids"] == "C0;C1;C2"


def test_flagged_correction_only_marks_the_row(curated, table):
    """R15."""
    row = curated({}, corrections=table(**CORRECTION | {"status": "flagged"})).iloc[0]
    assert (row["lost_count"], row["correction_ids"]) == (3, "C1")


def test_correction_of_a_value_that_is_gone_stops_the_run(curated, table):
    """R15."""
    with pytest.raises(
        DataError,
        match=r"C1 is obsolete: expected one row .* with lost_count 3, found \['2'\]; look at the snapshot",
    ):
        curated({"not_reach_goal": "2"}, corrections=table(**CORRECTION))


def test_correction_after_the_end_of_the_period_waits(curated, table):
    """R15."""
    row = curated({}, corrections=table(**CORRECTION | {"window_end": "2026-01-01 08:00"})).iloc[0]
    assert row["lost_count"] == 3 and pd.isna(row["correction_ids"])


def test_addition_is_a_national_row_of_origin_press(curated, table):
    """R16."""
    row = curated({}, additions=table(**ADDITION)).iloc[-1]
    assert (row["report_id"], row["origin"], row["launched_count"], row["neutralised_count"]) == (
        "2025-03-05-shahed-type-x1",
        "press",
        43,
        43,
    )


def test_addition_may_be_a_line_of_a_known_report(curated, table):
    """R16: a missile line that the source lacks."""
    reports = curated(
        {}, additions=table(**ADDITION | {"upstream_label": "X-47 Kinzhal", "lost_count": pd.NA})
    )
    row = reports[reports["origin"] == "press"].iloc[0]
    assert (row["report_id"], row["series_reason"], row["lost_state"]) == (
        "2025-03-05-kinzhal-x1",
        "other_class",
        "not_reported",
    )


def test_tactical_and_reconnaissance_uavs_stay_out_of_the_series(curated):
    """R20."""
    assert not curated({"model": "Unknown UAV"}, {"model": "Orlan-10"}, {"model": "Lancet"})[
        "is_in_drone_series"
    ].any()


def test_more_outcomes_than_launches_stop_the_run_with_the_line(curated):
    with pytest.raises(
        DataError,
        match="line 3 of the snapshot, 2025-03-02-shahed-type-.*: found 10 launched and 11 shot down or lost",
    ):
        curated({"launched": "90"}, {"destroyed": "8", "launch_place": "Kursk oblast"})


def test_every_row_is_kept_or_excluded_by_a_named_rule(snapshot_csv, decisions, table):
    path = snapshot_csv(
        {},
        {"time_start": "2026-01-01", "time_end": "2026-01-01"},
        REGIONAL,
        {"time_start": "2022-01-01", "time_end": "2022-01-01"},
    )
    reports, _, account = curate(
        read_snapshot(path), decisions | {"additions": table(**ADDITION)}, date(2025, 12, 31)
    )
    steps = account.steps
    excluded = sum(rows for _, what, rows, *_ in steps if what.startswith("excluded"))
    added = sum(rows for rule, _, rows, *_ in steps if rule == "R16")
    assert (steps[0][2], excluded, added, len(reports)) == (5, 3, 1, 3)


def test_order_of_the_rows_does_not_matter(curated):
    nights = [
        {
            "time_start": f"2025-03-0{day}",
            "time_end": f"2025-03-0{day} 08:00",
            "launched": f"{10 + day}",
        }
        for day in range(2, 8)
    ]
    assert curated(*nights).equals(curated(*reversed(nights)))
