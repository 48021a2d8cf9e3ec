"""Reports as text, and the commands that print citations, rows and changes."""

import os
import subprocess
import sys

import pytest

from analysis import load, paths
from analysis.__main__ import main, say
from analysis.citing import manifest
from analysis.citing.citation import work
from analysis.citing.listing import listing
from analysis.citing.trace import linked
from analysis.dataset import descriptor

PERIOD = "{:%Y-%m-%d} to {:%Y-%m-%d}".format(*load().period)


def listed(**where):
    """The lines on drones and missiles, asked for by what a listing is asked for."""
    air = load()
    is_national = air.reports["level"] == "national"
    is_meant = air.reports["is_in_drone_series"] | is_national
    links = air.reports.loc[is_meant, ["report_id"]]
    found = linked(links, air, where)
    return listing(found[found["series"].notna()], air, where)


def test_report_is_listed_with_window_counts_regime_and_post():
    lines = [line for line in listed(day="2025-07-04") if "shahed" in line or line[0] == " "]
    assert "2025-07-04-shahed-type-c86a2f  Shahed-type (incl. Gerbera/Parodiya decoys)" in lines
    assert (
        "  2025-07-03 18:00 to 2025-07-04 06:00: 539 launched, 268 shot down, 208 lost, "
        "476 neutralised; regime C, lost counted"
    ) in lines
    assert any(line.startswith("  post: https://www.facebook.com/kpszsu/posts/") for line in lines)


def test_drones_and_missiles_have_a_sum_each():
    assert listed(day="2025-07-04")[-2:] == [
        "drones, 1 report: 539 launched, 268 shot down, 208 lost",
        "missiles, 3 reports: 11 launched, 2 shot down",
    ]


def test_outcomes_are_not_summed_over_regimes():
    assert listed(month="2025-07")[-2] == "drones, 31 reports: 6,297 launched"


@pytest.mark.parametrize(
    "where, said",
    [
        ({"day": "2025-05-08"}, "no report: the night was quiet, zero drones (R17)"),
        ({"day": "2022-10-01"}, "no report that the figure counts: missing, not zero (R17)"),
        ({"month": "2031-03"}, f"no report: the data cover {PERIOD}"),
        ({"quarter": "2021Q1"}, f"no report: the data cover {PERIOD}"),
    ],
)
def test_no_report_is_told_from_zero_and_from_beyond_the_data(where, said):
    assert listed(**where) == [said]


def test_output_is_utf_8_whatever_the_console():
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "cite", "--format", "bibtex"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        cwd=paths.ROOT,
        capture_output=True,
        check=True,
    )
    assert "reported, 2022–20" in done.stdout.decode("utf-8")


def test_control_characters_of_data_and_errors_do_not_reach_a_terminal(capsys):
    say(["a\x1b[31mred", "b\x9b2J"])
    assert capsys.readouterr().out == "a\ufffd[31mred\nb\ufffd2J\n"
    assert main(["compare", "x\x1b[2J\x9b"]) == 1
    assert not {*"\x1b\x9b"} & {*capsys.readouterr().err}


@pytest.mark.parametrize(
    "command, said",
    [
        (
            "rows 02-calendar --where day=2025-07-04 --where day=2025-07-05",
            "--where: found a column more than once",
        ),
        (
            "rows 02-calendar --where 2025-07",
            "--where 2025-07: expected COLUMN=VALUE, such as month=2025-07",
        ),
        ("cite 02-monthly-lunches", "no figure '02-monthly-lunches'; nearest: 02-monthly-launches"),
    ],
)
def test_mistaken_command_says_so_in_one_line(command, said, capsys):
    assert main(command.split()) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith(f"error: {said}") and told.err.count("\n") == 1


def test_fault_that_no_rule_foresaw_is_one_line_with_its_place(monkeypatch, capsys):
    monkeypatch.setattr("analysis.citing.comparison.compare", lambda old: old.missing)
    assert main(["compare", "v1"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "AttributeError: 'str' object has no attribute 'missing' (test_listing.py, line" in said


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("datapackage.json", descriptor),
        ("figures.json", manifest.entries),
        ("CITATION.cff", lambda folder: work(root=folder)),
    ],
)
def test_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(name, read, tmp_path):
    os.mkfifo(tmp_path / name)
    with pytest.raises(ValueError, match=f"{name}: .*found no plain file"):
        read(tmp_path)


def test_press_claims_that_agree_are_listed_below_their_report(capsys):
    assert main(["rows", "02-calendar", "--where", "day=2025-07-04"]) == 0
    assert "  press: drones launched 539" in capsys.readouterr().out
