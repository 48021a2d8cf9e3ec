"""`check`: every failure names table, row, field, found and expected."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import load
from upkeep.__main__ import main
from upkeep.checks.data import contradictions, without_verdict
from upkeep.curation.rules import broken_rules

FOUNDING = {"report_date": "2025-07-04", "is_in_drone_series": "True"}
MERGED = {"report_date": "2025-08-02", "is_in_drone_series": "True"}
GAP = {"series_reason": "gap_filler"}


@pytest.fixture(scope="module")
def change():
    """Return a function that sets cells of the first row that has others, and checks the tables."""
    air = load()

    def run(table, where, rules=contradictions, **cells):
        frame = getattr(air, table).copy()
        fits = [frame[column] == _value(text, frame[column]) for column, text in where.items()]
        row = frame.index[pd.concat(fits, axis=1).all(axis=1)][0]
        for column, text in cells.items():
            frame.loc[row, column] = _value(text, frame[column])
        return list(rules(replace(air, tables=air.tables | {table: frame})))

    return run


def _value(text, column):
    if not text:
        return pd.NA
    if column.dtype.kind == "b":
        return text == "True"
    if column.dtype.kind == "M":
        return pd.Timestamp(text)
    return int(text) if column.dtype == "Int64" else text


def test_changed_digit_is_found_by_the_published_total(change):
    found = change("reports", FOUNDING, launched_count="540")
    assert "reports.csv, 2025-07: found 6298 drones, expected 6297 as published" in found
    assert "nights.csv, 2025-07-04, drones_launched_count: found 539, expected 540" in found


def test_night_that_its_reports_do_not_make_is_found(change):
    found = change("nights", {"report_date": "2025-07-04"}, missiles_launched_count="13")
    assert found == ["nights.csv, 2025-07-04, missiles_launched_count: found 13, expected 11"]


@pytest.mark.parametrize(
    ("where", "cells", "rule"),
    [
        (FOUNDING, {"shot_down_count": "332"}, "found 332, expected shot down + lost no more than"),
        (FOUNDING, {"shahed_count": "600"}, "found 600, expected no more than launched"),
        (FOUNDING, {"report_date": "2025-07-05"}, "expected the date on which the window ends (R4"),
        (FOUNDING, {"report_date": "2031-07-05"}, "expected a date from 2022-09-28 to 20"),
        (FOUNDING, {"window_start": "2025-07-09T18:00"}, "expected no earlier than window_start"),
        (FOUNDING, {"weapon_class": "cruise_missile"}, "what weapons.csv says of the label (R8)"),
        (FOUNDING, {"regime_id": "D"}, "found D, expected the regime of the report date"),
        (FOUNDING, {"regime_id": ""}, "found nan, expected the regime of the report date"),
        (FOUNDING, {"lost_count": ""}, "expected merged in regime D, else counted where"),
        (FOUNDING, {"neutralised_count": "477"}, "found 477, expected shot down + lost in C"),
        (FOUNDING, {"lost_state": "withheld"}, "expected no count at all on a withheld row"),
        (FOUNDING, {"is_in_drone_series": "False"}, "True for national and gap_filler (R6)"),
        (FOUNDING, GAP, "found gap_filler, expected why it is in the drone series or not (R6)"),
        (MERGED, {"lost_count": "3"}, "found 3, expected no value in regime D (R12)"),
        (MERGED, {"lost_state": "not_reported"}, "expected merged in regime D, else counted where"),
        (GAP, {"overlaps_national": "True"}, "whether its window meets a national one (R6, R7)"),
    ],
)
def test_broken_rule_names_row_field_found_and_expected(change, where, cells, rule):
    found = change("reports", where, broken_rules, **cells)
    assert any(line.startswith("reports.csv, 20") and rule in line for line in found), found


@pytest.mark.parametrize(
    ("table", "where", "cells", "expected"),
    [
        (
            "reports",
            {"correction_ids": "C1"},
            {"correction_ids": "C77"},
            "reports.csv, 2024-12-28-shahed-type-b48a35, correction_ids: found C77, "
            "expected an id of corrections.csv (R15)",
        ),
        (
            "reports",
            {"correction_ids": "C1"},
            {"lost_count": "0"},
            "reports.csv, 2024-12-28-shahed-type-b48a35, lost_count: found 0, expected 1 (C1, R15)",
        ),
        (
            "corrections",
            {"correction_id": "C1"},
            {"correction_id": "C99"},
            "corrections.csv, C99: found on 0 rows, expected on 1 (R15)",
        ),
        (
            "quiet_nights",
            {"report_date": "2025-04-20"},
            {"report_date": "2025-04-21"},
            "quiet_nights.csv, 2025-04-20: found no verdict and no drone row (R17)",
        ),
        (
            "quiet_nights",
            {"report_date": "2025-04-20"},
            {"report_date": "2025-04-21"},
            "quiet_nights.csv, 2025-04-21: found a drone row as well as a verdict (R17)",
        ),
        (
            "regimes",
            {"regime_id": "C"},
            {"last_report_date": "2025-07-20"},
            "regimes.csv, C, last_report_date: found 2025-07-20, expected 2025-07-23 (R12)",
        ),
    ],
)
def test_tables_that_contradict_one_another_are_named(change, table, where, cells, expected):
    assert expected in change(table, where, **cells)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("source_post", "javascript:alert(1)//kpszsu"),
        ("source_post", 'https://t.me/kpszsu/1"><img/src=x/onerror=alert(1)>'),
        ("target", "Ukraine\x1b[2J"),
        ("target", "@SUM(A1)"),
        ("target", "<img src=x onerror=alert(1)>"),
        ("target", "Ukraine " * 300),
    ],
)
def test_text_that_a_page_or_a_sheet_could_run_is_found(change, column, text):
    found = change("reports", {"report_id": "2022-09-28-kh-59-69-5f01a2"}, **{column: text})
    expected = f"reports.csv, line 2, {column}: found {text[:80]!r}, expected "
    assert any(line.startswith(expected) for line in found)


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [("areas", "raw_name", "Kursk oblast"), ("weapons", "upstream_label", "X-59")],
)
def test_name_that_differs_by_letters_that_look_alike_is_found(change, table, column, name):
    """R8."""
    odd = name.replace("K", "К").replace("X", "Х")  # noqa: RUF001 - Cyrillic letters on purpose
    frame = getattr(load(), table)
    other = frame.loc[frame[column] != name, column].iloc[0]
    found = change(table, {column: other}, **{column: odd})
    (line,) = [line for line in found if line.startswith(f"{table}.csv, line ")]
    assert "with CYRILLIC CAPITAL LETTER" in line and line.endswith(f"expected {name!r}")


@pytest.mark.parametrize(
    ("table", "report_id", "column", "known"),
    [
        ("launch_areas", "2022-10-09-kh-22-32-d003de", "area", "areas"),
        ("affected_regions", "2025-01-27-shahed-type-9632e5", "area", "areas"),
        ("reports", "2022-09-28-kh-59-69-5f01a2", "carrier", "carriers"),
    ],
)
def test_place_or_carrier_that_no_decision_table_has_is_named(
    change, table, report_id, column, known
):
    """R8."""
    (line,) = change(table, {"report_id": report_id}, **{column: "Atlantis"})
    assert line.startswith(f"{table}.csv, {report_id}, {column}: found Atlantis")
    assert line.endswith(f"expected a name of {known}.csv (R8)")


@pytest.mark.parametrize(
    ("day", "cells", "number"),
    [
        (
            "2025-03-07",
            {"ledger_count": "57"},
            "missiles launched: found no verdict on 67, which 2",
        ),
        ("2025-02-11", {"verdict": "corrected"}, "drones lost: found no verdict on 66"),
    ],
)
def test_disagreement_with_the_press_without_a_verdict_is_found(change, day, cells, number):
    """R15: one judged of another number, and one that is said to be corrected and is not."""
    found = change("disagreements", {"report_date": day}, without_verdict, **cells)
    assert any(line.startswith(f"disagreements.csv, {day}, {number}") for line in found)


def test_check_prints_the_problems_and_exits_1(data_copy, capsys):
    (data_copy / "weapons.csv").unlink()
    assert main(["check", "--data", str(data_copy)]) == 1
    assert "weapons.csv: found no file" in capsys.readouterr().out
