"""Loading: types, missing values, edited and damaged copies."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis import load, paths
from analysis.dataset import DataError


def test_loads_from_any_working_directory(tmp_path):
    code = "from analysis import load; print(len(load().reports))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout == f"{len(load().reports)}\n"


def test_counts_are_nullable_integers_and_dates_are_dates():
    reports = load().reports
    assert all(isinstance(reports[c].dtype, pd.Int64Dtype) for c in reports if c.endswith("_count"))
    assert all(reports[c].dtype.kind == "M" for c in ("report_date", "window_start", "window_end"))
    assert reports["is_composite"].dtype == bool


def test_classes_are_ordered_as_the_descriptor_lists_them():
    reports = load().reports
    assert reports["weapon_class"].cat.ordered and reports["regime_id"].cat.ordered
    assert list(reports["regime_id"].cat.categories) == ["A", "B", "C", "D"]
    assert reports["weapon_class"].cat.categories[0] == "one_way_attack_drone"


def test_four_states_of_lost_survive_and_blank_is_never_zero():
    """R11: hand-counted in the file: a counted zero, a number, no report, merged."""
    reports = load().reports
    lost = reports["lost_count"]
    kinds = {
        state: (int(lost[rows.index].isna().sum()), int((lost[rows.index] == 0).sum()))
        for state, rows in reports.groupby("lost_state", observed=True)
    }
    raw = pd.read_csv(paths.DATA / "reports.csv", dtype=str, keep_default_na=False)["lost_count"]
    assert kinds["counted"] == (0, int(raw.eq("0").sum()))
    assert kinds["not_reported"][1] == kinds["merged"][1] == 0
    assert kinds["not_reported"][0] + kinds["merged"][0] == raw.eq("").sum() > 0


def test_text_that_looks_missing_stays_text(edit):
    sources = load(edit("press_sources.csv", "a2,The Scotsman,", "a2,NA,")).press_sources
    assert sources.set_index("source_id")["publisher"]["a2"] == "NA"


def test_withheld_state_survives_the_load(edit):
    row = load(edit("reports.csv", ",5,4,,not_reported,", ",,,,withheld,")).reports.iloc[0]
    assert row["lost_state"] == "withheld" and pd.isna(row["launched_count"])


def test_edited_copy_loads_under_a_version_that_says_so(edit):
    copy = edit("reports.csv", ",5,4,,not_reported", ",5,3,,not_reported")
    assert load(copy).version == f"{load().version}+edited"
    assert load(copy).sha256 != load().sha256


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("reports.csv", ",5,4,,", ",five,4,,", "reports.csv, launched_count: .*five"),
        ("reports.csv", ",5,4,,", ",5.5,4,,", "reports.csv, launched_count: "),
        ("reports.csv", ",5,4,,", f",{'9' * 40},4,,", "reports.csv, launched_count: "),
        *[
            (
                "reports.csv",
                ",2022-09-28,",
                f",{odd},",
                f"report_date: found '{odd}', expected a date",
            )
            for odd in ("28.09.2022", "2022-09-28T08:00:00")
        ],
        (
            "reports.csv",
            ",national,",
            ",nationwide,",
            "level: found 'nationwide', expected one of national, regional",
        ),
        (
            "reports.csv",
            ",FALSE,other_class,",
            ",no,other_class,",
            "is_in_drone_series: found 'no', expected one of FALSE, TRUE",
        ),
        (
            "reports.csv",
            ",FALSE,other_class,",
            ",,other_class,",
            "is_in_drone_series: found a blank cell, expected a value in each row",
        ),
        ("weapons.csv", "X-59,Kh-59,guided", "X-59,,guided", "name: found a blank cell"),
    ],
)
def test_cell_that_does_not_fit_is_refused_with_its_column(edit, name, old, new, message):
    with pytest.raises(DataError, match=message) as refusal:
        load(edit(name, old, new))
    assert "python -m analysis check --data " in str(refusal.value)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("reportid,", "no column 'reportid'; nearest: report_id"),
        ("report_id,more,", "no column 'more'; "),
        ("", "found the columns report_date, .*, expected report_id, report_date"),
        ("," * 300_000, "no column ''; "),
        ("report_id,report_id,", "found the columns report_id, report_id, "),
    ],
)
def test_header_with_other_columns_is_refused_with_the_nearest(edit, new, message):
    with pytest.raises(DataError, match=f"reports.csv: {message}"):
        load(edit("reports.csv", "report_id,", new))


def cut(file):
    file.write_bytes(file.read_bytes() + b"2025-12-31-x,2025-12-31\n")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: f.unlink(), "found no file; the descriptor lists it"),
        (lambda f: (f.unlink(), f.mkdir()), "found no file"),
        (lambda f: (f.unlink(), os.mkfifo(f)), "found no file"),
        (lambda f: f.write_bytes(b""), "no column ''; "),
        (lambda f: f.write_bytes(b"\xff\xfea\0b\0"), "'utf-8' codec can't decode"),
        (lambda f: f.write_bytes(f.read_bytes() + b"\xff,,,,,,\n"), "codec can't decode"),
        (lambda f: f.write_bytes(f.read_bytes() + b"," * 300_000), "Expected .* saw 300001"),
        (
            lambda f: f.write_bytes(
                f.read_bytes().replace(b"\n", b",\n").replace(b",\n", b"\n", 1)
            ),
            "found more cells than columns",
        ),
        (cut, "found a blank cell"),
    ],
    ids=["gone", "folder", "pipe", "empty", "UTF-16", "odd bytes", "commas", "wide", "short row"],
)
def test_broken_file_is_refused_in_one_line_at_once(data_copy, damage, message):
    damage(data_copy / "reports.csv")
    with pytest.raises(DataError, match=f"reports.csv.*{message}") as refusal:
        load(data_copy)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "No such file"),
        ("[]", "TypeError"),
        ("{", "JSONDecodeError"),
        ("[" * 100_000, "RecursionError"),
    ],
)
def test_folder_without_a_descriptor_is_refused(data_copy, text, message):
    file = data_copy / "datapackage.json"
    file.unlink() if text is None else file.write_text(text)
    with pytest.raises(
        DataError, match=f"datapackage.json: .*{message}.*; expected a data directory"
    ):
        load(data_copy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p, w: p.pop("resources"), "KeyError: 'resources'"),
        (lambda p, w: w.pop("path"), "KeyError: 'path'"),
        (lambda p, w: w.pop("schema"), "KeyError: 'schema'"),
        (lambda p, w: w.update(path="../weapons.csv"), "found '../weapons.csv' for weapons.csv"),
        (lambda p, w: w.update(name="guns"), "found 'weapons.csv' for guns.csv"),
        (lambda p, w: w.update(name="weapon", path="weapon.csv"), "found no file|nearest: weapons"),
        (
            lambda p, w: w["schema"]["fields"][1].update(name="nam"),
            "expected upstream_label, nam, ",
        ),
        (lambda p, w: p.update(version="one"), "found the version one"),
        (lambda p, w: p.update(period="2022-12-31/2022-09-28"), "the period 2022-12-31/2022-09-28"),
    ],
)
def test_descriptor_that_load_cannot_use_is_refused(describe, change, message):
    with pytest.raises(DataError, match=message):
        load(describe(change))


def test_table_and_column_that_an_older_version_lacks_are_empty(describe, data_copy):
    def older(package, weapons):
        package["resources"] = [r for r in package["resources"] if r["name"] != "nights"]
        del weapons["schema"]["fields"][-2:]

    weapons = pd.read_csv(data_copy / "weapons.csv", dtype=str)
    weapons.iloc[:, :-2].to_csv(data_copy / "weapons.csv", index=False)
    air = load(describe(older))
    assert air.nights.empty and list(air.nights) == list(load().nights)
    assert len(air.weapons) and air.weapons[["is_composite", "note"]].isna().all(axis=None)
    assert len(air.reports) == 40


def test_schema_of_another_directory_does_not_type_it(describe):
    def loosened(package, weapons):
        for field in weapons["schema"]["fields"]:
            field["type"] = "string"

    assert load(describe(loosened)).weapons.dtypes.equals(load().weapons.dtypes)


def test_dataset_until_a_date_is_what_it_was_before_later_reports():
    air = load()
    earlier = air.until("2022-12-31")
    assert f"{earlier.reports['report_date'].max():%Y-%m-%d}" == "2022-12-31"
    assert earlier.reports.equals(air.reports[: len(earlier.reports)])
    assert [f"{day:%Y-%m-%d}" for day in earlier.period] == ["2022-09-28", "2022-12-31"]
    assert air.until("2030-01-01").period == air.period
    for name in ("open_nights", "independent_posts"):
        assert earlier.tables[name]["report_date"].max() <= earlier.period[1]


def test_until_and_since_a_month_hold_the_whole_of_it():
    nights = load().since("2025-06").until("2025-06").nights
    assert len(nights) == 30 and f"{nights['report_date'].iloc[0]:%Y-%m-%d}" == "2025-06-01"


def test_since_keeps_of_each_table_what_belongs_to_its_reports():
    air = load().since("2025")
    assert air.launch_areas["report_id"].isin(air.reports["report_id"]).all()
    assert len(air.launch_areas) and air.nights["report_date"].min().year == 2025
    assert len(air.weapons) == len(load().weapons)


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        (lambda air: air.until("1/6/2025"), "period: found '1/6/2025'"),
        (lambda air: air.until("2020"), "found no date of .*one of 2022-09-28 to 2025-12-31"),
        (lambda air: air.since("2100"), "found no date of .*one of 2022-09-28 to 2025-12-31"),
    ],
)
def test_dataset_without_a_date_is_refused(cut, message):
    with pytest.raises(ValueError, match=message):
        cut(load().until("2025-12-31"))


def test_summary_shows_period_tables_version_caveat_and_citation():
    text = repr(load().until("2025-12-31"))
    for part in (
        "28 September 2022 to 31 December 2025",
        ".reports          3,251",
        "Data version: 1.",
        "843 nights of 1,191 dates",
        "Caveat: ",
        "Cite: ",
    ):
        assert part in text


def test_trap_of_the_summary_is_what_the_nights_give():
    nights = load().until("2025-12-31").nights
    sums = nights.groupby(nights["report_date"].dt.year).sum(numeric_only=True).loc[[2024, 2025]]
    neutralised = sums["drones_neutralised_count"]
    wrong = [f"{share:.0%}" for share in neutralised / sums["drones_launched_count"]]
    right = [f"{share:.0%}" for share in neutralised / sums["drones_neutralised_of_count"]]
    assert wrong == ["65%", "86%"] and right == ["94%", "86%"]
    assert "65% (2024) and 86% (2025), a rise; the truth is 94% and 86%" in repr(load())


def test_summary_in_a_notebook_escapes_what_the_descriptor_says(describe):
    shown = load(describe(lambda p, w: p.update(title="<script>alert(1)</script>")))._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert '<td style="text-align:left">40 rows</td>' in shown


def test_dictionary_says_of_each_column_what_missing_means():
    nights = load().describe("nights").set_index("column")
    assert nights.loc["report_date", ["missing", "example"]].tolist() == ["never", "2022-09-28"]
    assert nights.loc["drones_lost_count", "missing"] == "see lost_state"
    assert load().describe()["table"].tolist() == list(load().tables)


def test_unknown_table_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no table 'night'; nearest: nights"):
        load().describe("night")
    with pytest.raises(AttributeError, match="no table 'night'; nearest: nights"):
        _ = load().night


def test_every_table_is_an_attribute_that_tab_lists():
    air = load()
    assert set(air.tables) == {r["name"] for r in air.package["resources"]} < set(dir(air))
    assert air.nights is air.tables["nights"]
