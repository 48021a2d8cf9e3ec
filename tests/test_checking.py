"""`check`: every place where a data directory does not fit its description, one line each."""

import re
import sys

import pandas as pd
import pytest

from analysis import paths
from analysis.__main__ import main
from analysis.checking import problems


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "reports.csv",
            ",5,4,,",
            ",five,4,,",
            "reports.csv, line 2, launched_count: found 'five', expected type integer",
        ),
        (
            "reports.csv",
            ",5,4,,",
            ",-1,4,,",
            "reports.csv, line 2, launched_count: found '-1', expected minimum 0",
        ),
        ("reports.csv", ",5,4,,", f",{'9' * 40},4,,", "line 2, .*expected maximum 999999"),
        (
            "reports.csv",
            ",national,",
            ",nationwide,",
            "line 2, level: found 'nationwide', expected enum .*national.*regional",
        ),
        (
            "reports.csv",
            "X-59,Kh-59,",
            "X-60,Kh-59,",
            'line 2: .*"upstream_label": values "X-60" not found in the lookup table "weapons"',
        ),
        ("press_claims.csv", "c0002,", "2,", "line 3, claim_id: found '2', expected pattern c"),
        ("press_claims.csv", "c0002,", "c0001,", "press_claims.csv, line 3: .*position 2"),
        ("datapackage.json", '"path": "rep', '"path": "../rep', "for reports.csv"),
    ],
)
def test_damage_is_named_with_line_field_found_and_expected(edit, name, old, new, message):
    found = problems(edit(name, old, new))
    assert any(re.search(message, line) for line in found), found


def test_every_problem_of_a_directory_is_named(edit, capsys):
    edit("reports.csv", ",5,4,,not_reported", ",five,-4,,not_reported")
    folder = edit("weapons.csv", ",guided_air_launched_missile", ",gun")
    assert main(["check", "--data", str(folder)]) == 1
    shown = capsys.readouterr().out
    for place in ("reports.csv, line 2, launched_count", "shot_down_count", "weapon_class"):
        assert place in shown


def test_more_than_a_thousand_problems_are_named(data_copy):
    lines = (paths.DATA / "press_claims.csv").read_text("utf-8").splitlines(keepends=True)
    text = "".join(lines[:1500])
    odd = re.sub("(?m)^c", "x", text).replace("xlaim_id", "claim_id", 1)
    (data_copy / "press_claims.csv").write_text(odd, encoding="utf-8")
    found = [line for line in problems(data_copy) if "claim_id: found 'x" in line]
    assert len(found) == odd.count("\n") - 1 > 1000


def test_last_line_that_was_cut_off_is_named(data_copy):
    file = data_copy / "reports.csv"
    file.write_bytes(file.read_bytes()[:-9])
    assert "reports.csv, line 41: Missing Cell" in problems(data_copy)[0]


def test_period_that_is_not_that_of_the_nights_is_named(describe):
    (line,) = problems(describe(lambda p, w: p.update(period="2022-09-28/2022-11-30")))
    assert "2022-11-30, expected 2022-09-28/2022-12-31 as in nights.csv" in line


@pytest.mark.parametrize("hashed", [None, "sha256:" + "0" * 64])
def test_table_whose_hash_is_missing_or_wrong_is_named(describe, hashed):
    (line,) = problems(describe(lambda p, weapons: weapons.update(hash=hashed)))
    assert line.startswith("edited: weapons.csv: found sha256:")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reports.csv", ",5,4,,not_reported", ",5,3,,not_reported"),
        ("regimes.csv", "2025-07-24", "2025-07-25"),
        ("nights.csv", ",A,16,", ",A,17,"),
    ],
)
def test_file_with_another_valid_value_is_named(edit, name, old, new):
    (line,) = problems(edit(name, old, new))
    assert line.startswith(f"edited: {name}: found sha256:")


def test_emptied_nights_are_named(data_copy):
    header = (data_copy / "nights.csv").read_bytes().partition(b"\n")[0]
    (data_copy / "nights.csv").write_bytes(header + b"\n")
    (line,) = problems(data_copy)
    assert line.startswith("edited: nights.csv: found sha256:")


def test_limits_of_a_descriptor_of_ones_own_do_not_count(describe):
    """A pattern may take for ever."""

    def limited(package, weapons):
        weapons["schema"]["fields"][0]["constraints"] = {"pattern": "(a|a)*$!"}
        weapons["schema"]["primaryKey"] = ["nosuch"]

    assert problems(describe(limited)) == []


def test_directory_of_an_older_version_fits_without_what_came_later(describe):
    def older(package, _):
        later = ("nights", "siren_nights", "silent_verdicts", "weapons")
        package["resources"] = [r for r in package["resources"] if r["name"] not in later]
        package["version"] = "1.0.0"

    assert problems(describe(older)) == []


def test_column_gone_from_table_and_descriptor_alike_is_named(describe, data_copy):
    weapons = pd.read_csv(data_copy / "weapons.csv", dtype=str)
    weapons.iloc[:, :-1].to_csv(data_copy / "weapons.csv", index=False)
    found = problems(describe(lambda p, weapons: weapons["schema"]["fields"].pop()))
    assert "weapons.csv, line 1: Missing Label" in found[0]


def test_without_frictionless_one_sentence_says_what_to_install(edit, monkeypatch):
    monkeypatch.setitem(sys.modules, "frictionless", None)
    (line,) = problems(edit("weapons.csv", "X-59,Kh-59,", "X-59,Kh-60,"))
    assert "extra `check`" in line


@pytest.mark.parametrize("folder", ["", "/nowhere"])
def test_check_of_nothing_is_no_success(folder, capsys):
    try:
        assert main(["check", "--data", folder]) == 1
    except SystemExit as stop:
        assert stop.code == 2
    shown = capsys.readouterr()
    assert "no problems found" not in shown.out and "expected a" in shown.out + shown.err


def test_row_of_very_many_cells_is_named_at_once(data_copy):
    with open(data_copy / "weapons.csv", "a", encoding="utf-8") as table:
        table.write("," * 300_000 + "\n")
    (line,) = problems(data_copy)
    assert "weapons.csv: " in line and "300001" in line
