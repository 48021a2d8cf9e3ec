"""Reports as text, and the commands that print citations, rows and changes."""

import dataclasses
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis import load, paths
from analysis.__main__ import main, say
from analysis.citing.listing import listing
from analysis.citing.trace import rows


def test_report_is_listed_with_window_counts_regime_and_post():
    lines = listing("02-monthly-launches", load(), {"day": "2025-07-04", "series": "drones"})
    assert lines[:2] == [
        "2025-07-04-shahed-type-c86a2f  Shahed-type (incl. Gerbera/Parodiya decoys)",
        "  2025-07-03 18:00 to 2025-07-04 06:00: 539 launched, 268 shot down, 208 lost, 476 neutralised; "
        "regime C, lost counted",
    ]
    assert lines[2].startswith("  post: https://www.facebook.com/kpszsu/posts/")
    assert lines[-1] == "1 report: 539 launched, 268 shot down, 208 lost"


def test_quiet_night_is_found_by_a_timestamp():
    assert listing(
        "02-monthly-launches",
        load(),
        {"report_date": pd.Timestamp("2025-05-08"), "series": "drones"},
    ) == ["no report: the night was quiet, zero drones (R17)"]


def test_bar_without_a_report_is_missing_not_zero():
    assert listing("02-monthly-launches", load(), {"day": "2022-10-01", "series": "drones"}) == [
        "no report: missing, not zero (R17)"
    ]


def test_outcomes_are_not_summed_over_regimes():
    lines = listing("02-monthly-launches", load(), {"month": "2025-07", "series": "drones"})
    assert lines[-1] == "31 reports: 6,297 launched"


def test_quiet_night_without_a_report_is_zero():
    assert listing("02-monthly-launches", load(), {"day": "2025-05-08", "series": "drones"}) == [
        "no report: the night was quiet, zero drones (R17)"
    ]


@pytest.mark.parametrize(
    "where", [{"day": "2031-03-03"}, {"month": "2031-03"}, {"quarter": "2021Q1"}, {"year": "2021"}]
)
def test_date_beyond_the_data_is_called_so_and_not_missing(where):
    air = load()
    assert listing("02-monthly-launches", air, where) == [
        f"no report: the data cover 2022-09-28 to {air.period[1]:%Y-%m-%d}"
    ]


@pytest.mark.parametrize(
    "where",
    [
        "month=2025-13",
        "day=2025-02-30",
        "report_date=2025-02-30",
        "until=2025-06-31",
        "quarter=2025Q7",
        "year=25",
        "day=",
        "week=2025-07-01",
        "week=2025-07-01/2025-07-07",
    ],
)
def test_period_that_does_not_exist_is_refused(where, capsys):
    assert main(["rows", "02-monthly-launches", "--where", where]) == 1
    assert capsys.readouterr().err.startswith(f"error: {where.split('=')[0]}: ")


def test_date_is_taken_as_people_hold_it():
    by_text, by_date = (
        rows("02-monthly-launches", load(), {"day": day})
        for day in ("2025-07-04", pd.Timestamp("2025-07-04"))
    )
    assert by_text.equals(by_date) and by_text["launched_count"].sum() == 552


def test_rows_stay_within_the_period_of_their_figure():
    air = load()
    late = (
        air.reports[air.reports["is_in_drone_series"]]
        .tail(3)
        .assign(report_date=pd.Timestamp("2026-01-05"))
    )
    newer = dataclasses.replace(air, reports=pd.concat([air.reports, late], ignore_index=True))
    assert len(rows("02-monthly-launches", newer)) == len(rows("02-monthly-launches", air))
    with pytest.raises(
        ValueError,
        match="02-monthly-launches shows 2022-09-28 to 2025-12-31; the reports asked for lie beyond it",
    ):
        rows("02-monthly-launches", newer, {"month": "2026-01"})


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "command", [["rows", "02-monthly-launches", "--where", "day=2025-07-04"], ["cite"]]
)
def test_terminal_that_is_not_utf_8_is_served(command, encoding):
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *command],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        cwd=paths.ROOT,
        capture_output=True,
    )
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_control_characters_of_data_do_not_reach_a_terminal(capsys):
    say(["a\x1b[31mred", "b\x9b2J"])
    assert capsys.readouterr().out == "a\ufffd[31mred\nb\ufffd2J\n"


def test_control_characters_of_an_error_do_not_reach_a_terminal(capsys):
    assert main(["compare", "x\x1b[2J\x9b"]) == 1
    assert not {*"\x1b\x9b"} & {*capsys.readouterr().err}


@pytest.mark.parametrize(
    "command, said",
    [
        (
            ["rows", "02-monthly-launches", "--where", "month=2025-07", "--where", "month=2025-08"],
            "error: --where month=: found more than one value, expected one",
        ),
        (
            ["cite", "02-monthly-lunches"],
            "error: no figure '02-monthly-lunches'; nearest: 02-monthly-launches",
        ),
        (["cite", "--format", "bibtx"], "error: no format 'bibtx'; nearest: bibtex"),
        (
            ["rows", "02-monthly-launches", "--where", "mnth=2025-07"],
            "error: no key 'mnth'; nearest: month",
        ),
        (
            ["rows", "02-monthly-launches", "--where", "2025-07"],
            "error: --where 2025-07: expected COLUMN=VALUE, such as month=2025-07",
        ),
    ],
)
def test_mistaken_command_says_so_in_one_line(command, said, capsys):
    assert main(command) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith(said) and told.err.count("\n") == 1


def test_cite_prints_the_citation_alone(capsys):
    assert main(["cite", "02-monthly-launches"]) == 0
    assert capsys.readouterr().out.startswith("Ukraine Air Attack Notebooks maintainers. (2026). ")
