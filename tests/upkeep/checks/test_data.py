"""`check`: every failure names table, row, field, found and expected."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import load
from upkeep.__main__ import main
from upkeep.checks.data import contradictions, problems


@pytest.fixture(scope="module")
def change():
    """Return a function that sets cells of the first row of a table that has the given ones, and gives the contradictions."""
    air = load()

    def run(table, where, **cells):
        frame = air.tables()[table].copy()
        wanted, new = (
            {c: _value(text, frame[c].dtype) for c, text in texts.items()}
            for texts in (where, cells)
        )
        row = frame.index[(frame[list(wanted)] == pd.Series(wanted)).all(axis=1)][0]
        for column, value in new.items():
            frame.loc[row, column] = value
        return contradictions(replace(air, **{table: frame}))

    return run


def _value(text, dtype):
    if dtype.kind == "b":
        return text == "True"
    return (
        pd.NA
        if not text
        else pd.Timestamp(text)
        if dtype.kind == "M"
        else int(text)
        if dtype == "Int64"
        else text
    )


def test_committed_data_have_no_problems():
    assert problems() == []


def test_changed_digit_is_found_by_its_hash(data_copy):
    text = (data_copy / "reports.csv").read_text("utf-8")
    (data_copy / "reports.csv").write_text(
        text.replace(",5,4,,not_reported", ",6,4,,not_reported", 1), encoding="utf-8"
    )
    line, night, *denominators = problems(data_copy)
    assert line.startswith("edited: reports.csv: found sha256:") and "expected sha256:" in line
    assert len(denominators) == 1 and "_of_count" in denominators[0]
    assert night == "nights.csv, 2022-09-28, missiles_launched_count: found 5, expected 6"


def test_digit_changed_with_its_hash_is_found_by_the_published_total(change):
    found = change(
        "reports", {"report_date": "2025-07-04", "is_in_drone_series": "True"}, launched_count="540"
    )
    assert found[:2] == [
        "reports.csv, 2025-07, launched_count: found 6298 drones, expected 6297 as published",
        "nights.csv, 2025-07-04, drones_launched_count: found 539, expected 540",
    ]
    # and of that night three denominators, and publishers agree on another number launched
    assert sum("_of_count" in line for line in found) == 3 and len(found) == 6


def test_night_that_its_reports_do_not_make_is_found(change):
    found = change("nights", {"report_date": "2025-07-04"}, missiles_launched_count="13")
    assert found == ["nights.csv, 2025-07-04, missiles_launched_count: found 13, expected 11"]


FOUNDING = {"report_date": "2025-07-04", "is_in_drone_series": "True"}
MERGED = {"report_date": "2025-08-02", "is_in_drone_series": "True"}


@pytest.mark.parametrize(
    ("where", "cells", "line"),
    [
        (
            FOUNDING,
            {"shot_down_count": "332"},
            "shot_down_count: found 332, expected shot down + lost no more than launched",
        ),
        (
            FOUNDING,
            {"shahed_count": "600"},
            "shahed_count: found 600, expected no more than launched",
        ),
        (
            FOUNDING,
            {"report_date": "2025-07-05"},
            "report_date: found 2025-07-05 00:00:00, expected the date on which the window ends (R4)",
        ),
        (
            FOUNDING,
            {"report_date": "2031-07-05"},
            "report_date: found 2031-07-05 00:00:00, expected a date from 2022-09-28 to 20",
        ),
        (
            FOUNDING,
            {"window_start": "2025-07-09T18:00"},
            "window_end: found 2025-07-04 06:00:00, expected no earlier than window_start",
        ),
        (
            FOUNDING,
            {"weapon_class": "cruise_missile"},
            "weapon_class: found cruise_missile, expected what weapons.csv says of the label (R8)",
        ),
        (
            FOUNDING,
            {"subclass": "aeroballistic"},
            "subclass: found aeroballistic, expected what weapons.csv says of the label (R8)",
        ),
        (
            FOUNDING,
            {"regime_id": "D"},
            "regime_id: found D, expected the regime of the report date, and none on other classes (R12)",
        ),
        (
            FOUNDING,
            {"regime_id": ""},
            "regime_id: found nan, expected the regime of the report date, and none on other classes (R12)",
        ),
        (
            FOUNDING,
            {"lost_count": ""},
            "lost_state: found counted, expected counted exactly where lost_count is given (R11)",
        ),
        (
            FOUNDING,
            {"neutralised_count": "477"},
            "neutralised_count: found 477, expected shot down + lost in C",
        ),
        (
            FOUNDING,
            {"lost_state": "withheld"},
            "lost_state: found withheld, expected no count at all on a withheld row",
        ),
        (
            FOUNDING,
            {"is_in_drone_series": "False"},
            "is_in_drone_series: found False, expected True for national and gap_filler (R6)",
        ),
        (
            FOUNDING,
            {"series_reason": "gap_filler"},
            "series_reason: found gap_filler, expected national on these rows and only there (R6)",
        ),
        (
            FOUNDING,
            {"correction_ids": "C77"},
            "correction_ids: found C77, expected an id of corrections.csv (R15)",
        ),
        (
            FOUNDING,
            {"source_post": "=1+1"},
            "source_post: found '=1+1', expected a text that is no formula",
        ),
        (MERGED, {"lost_count": "3"}, "lost_count: found 3, expected no value in regime D (R12)"),
        (
            MERGED,
            {"lost_state": "not_reported"},
            "lost_state: found not_reported, expected merged in regime D and only there (R12)",
        ),
        (
            {"series_reason": "gap_filler"},
            {"overlaps_national": "True"},
            "overlaps_national: found True, expected True where its window meets",
        ),
        (
            {"correction_ids": "C1"},
            {"lost_count": "0", "neutralised_count": "15"},
            "lost_count: found 0, expected 1 (C1, R15)",
        ),
    ],
)
def test_broken_rule_names_row_field_found_and_expected(change, where, cells, line):
    found = change("reports", where, **cells)
    assert any(row.startswith("reports.csv, 20") and line in row for row in found), found


@pytest.mark.parametrize(
    ("table", "where", "cells", "line"),
    [
        (
            "corrections",
            {"correction_id": "C1"},
            {"correction_id": "C99"},
            "corrections.csv, C99: found on 0 rows of reports.csv, expected on 1 (R15)",
        ),
        (
            "additions",
            {"addition_id": "X2"},
            {"launched_count": "44"},
            "additions.csv, X2, launched_count: found [43] in reports.csv, expected one row with 44 (R16)",
        ),
        (
            "quiet_nights",
            {"report_date": "2025-04-20"},
            {"report_date": "2025-04-21"},
            "quiet_nights.csv, 2025-04-20: found no verdict and no drone row, expected one of them (R17)",
        ),
        (
            "quiet_nights",
            {"report_date": "2025-04-20"},
            {"report_date": "2025-04-21"},
            "quiet_nights.csv, 2025-04-21: found a drone row as well, expected a date without one (R17)",
        ),
        (
            "regimes",
            {"regime_id": "C"},
            {"last_report_date": "2025-07-20"},
            "regimes.csv, C, last_report_date: found 2025-07-20 00:00:00, expected 2025-07-23 00:00:00 (R12)",
        ),
    ],
)
def test_broken_table_names_row_field_found_and_expected(change, table, where, cells, line):
    found = change(table, where, **cells)
    assert any(line in row for row in found), found


def test_press_row_without_an_addition_is_found(change):
    found = change("reports", FOUNDING, origin="press")
    assert "additions.csv: found 6 rows of origin press in reports.csv, expected 5 (R16)" in found


def test_disagreement_with_the_press_without_a_verdict_is_found(change):
    """R15: one that is judged of another number, and one that is said to be corrected and is not."""
    found = change("disagreements", {"report_date": "2025-03-07"}, ledger_count="57")
    assert (
        "disagreements.csv, 2025-03-07, missiles launched: found no verdict on 67, which 2 publishers print against 58 "
        "(c3699;c3703), expected one, and not corrected (R15)"
    ) in found
    found = change("disagreements", {"report_date": "2025-02-11"}, verdict="corrected")
    assert any("2025-02-11, drones lost: found no verdict on 66" in line for line in found)


def test_check_prints_the_problems_and_exits_1(data_copy, capsys):
    (data_copy / "weapons.csv").unlink()
    assert main(["check", "--data", str(data_copy)]) == 1
    assert "weapons.csv: No such file or directory" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("table", "row", "column", "known"),
    [
        ("launch_areas", "2022-10-09-kh-22-32-d003de", "area", "areas"),
        ("affected_regions", "2025-01-27-shahed-type-9632e5", "area", "areas"),
        ("reports", "2022-09-28-kh-59-69-5f01a2", "carrier", "carriers"),
    ],
)
def test_place_or_carrier_that_no_decision_table_has_is_named(change, table, row, column, known):
    """R8."""
    (line,) = change(table, {"report_id": row}, **{column: "Atlantis"})
    assert (
        line == f"{table}.csv, {row}, {column}: found Atlantis, expected a name of {known}.csv (R8)"
    )
