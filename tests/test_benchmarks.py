"""The benchmarks: what is measured is written at once, and a failure is named."""

import pytest

pytest.importorskip("resource")  # POSIX counts the seconds of CPU
from benchmarks.__main__ import as_markdown, in_turns  # noqa: E402
from benchmarks.timing import Subject  # noqa: E402


def test_failing_subject_is_named_and_does_not_hold_back_the_others(tmp_path, capsys):
    subjects = [
        Subject("good", ["-c", "pass"]),
        Subject("bad", ["-c", "1 / 0"]),
        Subject("last", ["-c", "pass"]),
    ]
    tables = [rows for _, rows in in_turns("T", subjects, ["good"], tmp_path, 2)]
    assert [row["seconds"] for row in tables[0]][1:] == [
        "not yet run"
    ] * 2  # the first is written before the second runs
    assert [row.get("÷ good", row["seconds"]) for row in tables[-1]][:2] == [
        1.0,
        "ZeroDivisionError: division by zero",
    ]
    assert [len(s.seconds) for s in subjects] == [
        2,
        0,
        2,
    ] and "bad FAILED" in capsys.readouterr().err


def test_row_without_a_column_is_blank_there():
    table = as_markdown(
        {"T": [{"subject": "a", "seconds": 1}, {"subject": "b", "seconds": 2, "ratio": 3}]}
    )
    assert "| subject | seconds | ratio |\n|---|---|---|\n| a | 1 |  |\n| b | 2 | 3 |" in table
