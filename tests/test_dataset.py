"""Loading: types, missing values, edited and damaged copies."""

import json
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from analysis import load, paths
from analysis.descriptor import DataError


@pytest.fixture
def data_copy(tmp_path):
    return shutil.copytree(paths.DATA, tmp_path / "data")


@pytest.fixture
def edit(data_copy):
    """Replace the first match of a text in a file of the copy."""

    def replace(name, old, new):
        text = (data_copy / name).read_text("utf-8")
        assert old in text
        (data_copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return data_copy

    return replace


def test_loads_from_any_working_directory(tmp_path):
    code = "from analysis import load; print(len(load().reports))"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "3248\n"


def test_counts_are_nullable_integers_dates_are_dates_and_classes_are_ordered():
    reports = load().reports
    assert all(isinstance(reports[c].dtype, pd.Int64Dtype) for c in reports if c.endswith("_count"))
    assert all(reports[c].dtype.kind == "M" for c in ("report_date", "window_start", "window_end"))
    assert reports["regime_id"].cat.ordered and list(reports["regime_id"].cat.categories) == ["A", "B", "C", "D"]
    assert reports["weapon_class"].cat.ordered and reports["weapon_class"].cat.categories[0] == "one_way_attack_drone"


def test_four_states_of_lost_survive_and_blank_is_never_zero():
    """R11: hand-counted in the file: a counted zero, a number, no report, merged."""
    reports = load().reports
    lost = reports["lost_count"]
    kinds = {
        state: (int(lost[rows.index].isna().sum()), int((lost[rows.index] == 0).sum()))
        for state, rows in reports.groupby("lost_state", observed=True)
    }
    raw = pd.read_csv(paths.DATA / "reports.csv", dtype=str, keep_default_na=False)
    blanks = raw["lost_count"].eq("")
    assert kinds["counted"] == (0, int(raw["lost_count"].eq("0").sum()))
    assert kinds["not_reported"][1] == kinds["merged"][1] == 0
    assert kinds["not_reported"][0] + kinds["merged"][0] == blanks.sum() > 0


def test_text_that_looks_missing_stays_text(edit):
    copy = edit("press_sources.csv", "a2,The Scotsman,", "a2,NA,")
    assert load(copy).press_sources.set_index("source_id")["publisher"].isna().sum() == (
        load().press_sources["publisher"].isna().sum()
    )


def test_withheld_state_survives_the_load(edit):
    copy = edit("reports.csv", "False,national,5,4,,not_reported,", "False,national,,,,withheld,")
    row = load(copy).reports.iloc[0]
    assert row["lost_state"] == "withheld" and pd.isna(row["launched_count"])


def test_edited_copy_loads_under_a_version_that_says_so(edit):
    copy = edit("reports.csv", ",national,5,4,,", ",national,5,3,,")
    assert load(copy).version == f"{load().version}+edited"
    assert load(copy).sha256 != load().sha256


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "reports.csv",
            ",national,5,4,,",
            ",national,five,4,,",
            "reports.csv, line 2, launched_count: found 'five', expected integer",
        ),
        (
            "reports.csv",
            ",national,5,4,,",
            ",national,5.5,4,,",
            "reports.csv, line 2, launched_count: found '5.5', expected integer",
        ),
        (
            "reports.csv",
            ",national,5,4,,",
            f",national,{'9' * 40},4,,",
            "line 2, launched_count: found '9999.*expected integer",
        ),
        (
            "reports.csv",
            ",national,5,4,,",
            ",nationwide,5,4,,",
            "line 2, level: found 'nationwide', expected one of national, regional",
        ),
        (
            "reports.csv",
            ",national,5,4,,",
            ",national,-1,4,,",
            "reports.csv, 2022-09-28-kh.*, launched_count: found -1, expected at least 0",
        ),
        ("reports.csv", ",2022-09-28,", ",28.09.2022,", "line 2, report_date: found '28.09.2022', expected date"),
        ("reports.csv", "X-59,Kh-59,", "X-60,Kh-59,", "upstream_label: found X-60, expected a key of weapons.csv"),
        (
            "reports.csv",
            ",False,other_class,",
            ",,other_class,",
            "line 2, is_in_drone_series: found '', expected boolean",
        ),
        ("reports.csv", "report_id,", "id,", "reports.csv, line 1: found the columns 'id,"),
        ("reports.csv", "report_id,", "report_id,more,", "reports.csv, line 1: found the columns 'report_id,more,"),
        (
            "press_claims.csv",
            "c0002,",
            "c0001,",
            "press_claims.csv, c0001, claim_id: found c0001, expected a value that no other row has",
        ),
        (
            "press_claims.csv",
            "c0002,s0002,",
            "c0002,s9999,",
            "source_id: found s9999, expected a key of press_sources.csv",
        ),
        (
            "weapons.csv",
            "X-59,Kh-59,guided_air_launched_missile",
            "X-59,,guided_air_launched_missile",
            "X-59, name: found .*expected a value",
        ),
        ("datapackage.json", '"type": "integer"', '"type": "number of things"', "cannot be read"),
        (
            "datapackage.json",
            '"name": "weapons"',
            '"name": "guns"',
            "datapackage.json: KeyError 'weapons'; restore the file",
        ),
        (
            "datapackage.json",
            '"path": "reports.csv"',
            '"path": "../reports.csv"',
            "found the path '../reports.csv', expected reports.csv",
        ),
        ("datapackage.json", '"version": "1', '"version": "one', "no version MAJOR.MINOR.PATCH"),
        ("datapackage.json", "2022-09-28/2025-12-31", "2025-12-31/2022-09-28", "no period FIRST/LAST"),
        ("datapackage.json", '"resources"', '"tables"', "datapackage.json: KeyError 'resources'; restore the file"),
        ("datapackage.json", "{", "[", "not valid JSON"),
    ],
)
def test_damage_is_refused_with_one_clear_message(edit, name, old, new, message):
    with pytest.raises(DataError, match=message):
        load(edit(name, old, new))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            lambda d: (d / "weapons.csv").unlink(),
            "weapons.csv: No such file or directory; the descriptor lists this file",
        ),
        (lambda d: (d / "datapackage.json").unlink(), "expected a data directory with a datapackage.json"),
        (lambda d: (d / "weapons.csv").write_bytes(b""), "weapons.csv, line 1: found the columns ''"),
        (lambda d: (d / "weapons.csv").write_bytes(b"\xff\xfea\0b\0"), "weapons.csv, line 1: found the columns"),
        (
            lambda d: (d / "reports.csv").write_bytes((d / "reports.csv").read_bytes()[:-9]),
            "reports.csv: found a last line without an end",
        ),
        (
            lambda d: (d / "reports.csv").write_bytes((d / "reports.csv").read_bytes() + b"2025-12-31-x,2025-12-31\n"),
            "reports.csv, line 3250, ",
        ),
        (
            lambda d: (d / "additions.csv").write_bytes(
                (d / "additions.csv").read_bytes().replace(b"2024-04-01,S", b"2024-04-01,,S", 1)
            ),
            "additions.csv: .*more cells than the header",
        ),
        (
            lambda d: (d / "weapons.csv").write_bytes((d / "weapons.csv").read_bytes() + b"\xff,,,,,,\n"),
            "weapons.csv: not a UTF-8 CSV table",
        ),
        (lambda d: shutil.rmtree(d), "expected a data directory with a datapackage.json"),
    ],
)
def test_missing_and_broken_files_are_named(data_copy, damage, message):
    damage(data_copy)
    with pytest.raises(DataError, match=message):
        load(data_copy)


def test_dataset_until_a_date_is_what_it_was_before_later_reports():
    air = load()
    earlier = air.until("2022-12-31")
    assert f"{earlier.reports['report_date'].max():%Y-%m-%d}" == "2022-12-31" and earlier.quiet_nights.empty
    assert earlier.reports.equals(air.reports[: len(earlier.reports)])
    assert [f"{day:%Y-%m-%d}" for day in earlier.period] == ["2022-09-28", "2022-12-31"]
    assert air.until("2030-01-01").period == air.period


def test_summary_shows_period_tables_version_caveat_and_citation():
    text = repr(load())
    for part in (
        "28 September 2022 to 31 December 2025",
        "3,248",
        "Data version: 1.",
        "843 nights of 1,191 dates",
        "Caveat: ",
        "Cite: ",
    ):
        assert part in text


def test_summary_in_a_notebook_escapes_what_the_descriptor_says(data_copy):
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_bytes())
    package["title"] = package["resources"][0]["title"] = "<script>alert(1)</script>"
    path.write_text(json.dumps(package), encoding="utf-8")
    shown = load(data_copy)._repr_html_()
    assert "<script" not in shown and shown.count("&lt;script&gt;") == 3
    assert re.search(r"<td[^>]*>\.reports</td><td[^>]*>3,248 rows</td>", shown)
