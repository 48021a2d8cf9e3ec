"""Loading: types, missing values, edited and damaged copies."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from analysis import load, paths
from analysis.__main__ import main
from analysis.dataset import problems
from analysis.descriptor import DataError
from upkeep.curation.update import described, write_descriptor

ROWS = {
    "reports": 40,
    "nights": 95,
    "press_claims": 40,
    "launch_areas": 0,
    "affected_regions": 0,
    "siren_nights": 9,
    "silent_verdicts": 0,
}


@pytest.fixture(scope="session")
def small_data(tmp_path_factory):
    """`data/` to the end of 2022, with the first rows alone of the tables that are long or refer to those."""
    folder = shutil.copytree(paths.DATA, tmp_path_factory.mktemp("small") / "data")
    for name, count in ROWS.items():
        lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / f"{name}.csv").write_text("".join(lines[: count + 1]), encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_bytes())
    write_descriptor(described(package, folder, date(2022, 12, 31)), folder)
    return folder


@pytest.fixture
def data_copy(small_data, tmp_path):
    return shutil.copytree(small_data, tmp_path / "data")


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
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout == f"{len(load().reports)}\n"


def test_counts_are_nullable_integers_dates_are_dates_and_classes_are_ordered():
    reports = load().reports
    assert all(isinstance(reports[c].dtype, pd.Int64Dtype) for c in reports if c.endswith("_count"))
    assert all(reports[c].dtype.kind == "M" for c in ("report_date", "window_start", "window_end"))
    assert reports["regime_id"].cat.ordered and list(reports["regime_id"].cat.categories) == [
        "A",
        "B",
        "C",
        "D",
    ]
    assert (
        reports["weapon_class"].cat.ordered
        and reports["weapon_class"].cat.categories[0] == "one_way_attack_drone"
    )


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
    copy = edit("reports.csv", ",5,4,,not_reported,", ",,,,withheld,")
    row = load(copy).reports.iloc[0]
    assert row["lost_state"] == "withheld" and pd.isna(row["launched_count"])


def test_edited_copy_loads_under_a_version_that_says_so(edit):
    copy = edit("reports.csv", ",5,4,,not_reported", ",5,3,,not_reported")
    assert load(copy).version == f"{load().version}+edited"
    assert load(copy).sha256 != load().sha256


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "reports.csv",
            ",5,4,,not_reported",
            ",five,4,,not_reported",
            "reports.csv, line 2, launched_count: found 'five', expected type integer",
        ),
        (
            "reports.csv",
            ",5,4,,not_reported",
            ",5.5,4,,not_reported",
            "reports.csv, line 2, launched_count: found '5.5', expected type integer",
        ),
        (
            "reports.csv",
            ",5,4,,not_reported",
            f",{'9' * 40},4,,not_reported",
            "line 2, launched_count: found '9999.*expected maximum 999999",
        ),
        (
            "reports.csv",
            ",national,",
            ",nationwide,",
            "line 2, level: found 'nationwide', expected enum .*national.*regional",
        ),
        (
            "reports.csv",
            ",5,4,,not_reported",
            ",-1,4,,not_reported",
            "reports.csv, line 2, launched_count: found '-1', expected minimum 0",
        ),
        (
            "reports.csv",
            ",2022-09-28,",
            ",28.09.2022,",
            "line 2, report_date: found '28.09.2022', expected type date",
        ),
        (
            "reports.csv",
            "X-59,Kh-59,",
            "X-60,Kh-59,",
            'reports.csv, line 2: .*for "upstream_label": values "X-60" not found in the lookup table "weapons"',
        ),
        (
            "reports.csv",
            ",False,other_class,",
            ",,other_class,",
            "line 2, is_in_drone_series: found '', expected .*required",
        ),
        ("reports.csv", "report_id,", "id,", "reports.csv, line 1: found the columns 'id,"),
        (
            "reports.csv",
            "report_id,",
            "report_id,more,",
            "reports.csv, line 1: found the columns 'report_id,more,",
        ),
        (
            "press_claims.csv",
            "c0002,",
            "2,",
            "press_claims.csv, line 3, claim_id: found '2', expected pattern c",
        ),
        (
            "press_claims.csv",
            "shot_down,4,",
            "shot_down,-1,",
            "press_claims.csv, line 2, value: found '-1', expected minimum 0",
        ),
        (
            "press_sources.csv",
            ",printed",
            ",guessed",
            "line 2, date_basis: found 'guessed', expected enum .*'printed', 'inferred'",
        ),
        (
            "weapons.csv",
            "X-59,Kh-59,",
            "X-60,Kh-59,",
            'for "upstream_label": values "X-59" not found in the lookup table "weapons"',
        ),
        (
            "press_claims.csv",
            "c0002,",
            "c0001,",
            "press_claims.csv, line 3.*c0001|the same as in the row at position 2",
        ),
        (
            "press_claims.csv",
            "c0002,s0002,",
            "c0002,s9999,",
            'press_claims.csv, line 3: .*for "source_id": values "s9999" not found in the lookup table "press_sources"',
        ),
        (
            "weapons.csv",
            "X-59,Kh-59,guided_air_launched_missile",
            "X-59,,guided_air_launched_missile",
            "weapons.csv, line .*, name: found '', expected .*required",
        ),
        (
            "datapackage.json",
            '"type": "integer"',
            '"type": "number of things"',
            "field .*: found number of things .*, expected integer",
        ),
        (
            "datapackage.json",
            '"name": "weapons"',
            '"name": "guns"',
            "found the path 'weapons.csv', expected guns.csv",
        ),
        (
            "datapackage.json",
            '"path": "reports.csv"',
            '"path": "../reports.csv"',
            "found the path '../reports.csv', expected reports.csv",
        ),
        ("datapackage.json", '"version": "1', '"version": "one', "no version MAJOR.MINOR.PATCH"),
        (
            "datapackage.json",
            "2022-09-28/2022-12-31",
            "2022-12-31/2022-09-28",
            "no period FIRST/LAST",
        ),
        (
            "datapackage.json",
            '"resources"',
            '"tables"',
            "datapackage.json: KeyError 'resources'; restore the file",
        ),
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
        (
            lambda d: (d / "datapackage.json").unlink(),
            "expected a data directory with a datapackage.json",
        ),
        (
            lambda d: (d / "weapons.csv").write_bytes(b""),
            "weapons.csv, line 1: found the columns ''",
        ),
        (
            lambda d: (d / "weapons.csv").write_bytes(b"\xff\xfea\0b\0"),
            "weapons.csv, line 1: found the columns",
        ),
        (
            lambda d: (d / "reports.csv").write_bytes((d / "reports.csv").read_bytes()[:-9]),
            "reports.csv: found a last line without an end",
        ),
        (
            lambda d: (d / "reports.csv").write_bytes(
                (d / "reports.csv").read_bytes() + b"2025-12-31-x,2025-12-31\n"
            ),
            "reports.csv, line 42, ",
        ),
        (
            lambda d: (d / "additions.csv").write_bytes(
                (d / "additions.csv").read_bytes().replace(b"2024-04-01,S", b"2024-04-01,,S", 1)
            ),
            "additions.csv, line 2.*(found|expected)",
        ),
        (
            lambda d: (d / "weapons.csv").write_bytes(
                (d / "weapons.csv").read_bytes() + b"\xff,,,,,,\n"
            ),
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
    assert (
        f"{earlier.reports['report_date'].max():%Y-%m-%d}" == "2022-12-31"
        and earlier.quiet_nights.empty
    )
    assert earlier.reports.equals(air.reports[: len(earlier.reports)])
    assert [f"{day:%Y-%m-%d}" for day in earlier.period] == ["2022-09-28", "2022-12-31"]
    assert air.until("2030-01-01").period == air.period


def test_dataset_until_a_month_holds_the_whole_of_it():
    assert f"{load().until('2025-06').nights['report_date'].iloc[-1]:%Y-%m-%d}" == "2025-06-30"


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ("1/6/2025", "period: found '1/6/2025'"),
        ("2020", "until: found 2020, expected a date from 2022-09-28 on"),
    ],
)
def test_dataset_until_no_date_of_it_is_refused(last, message):
    with pytest.raises(ValueError, match=message):
        load().until(last)


def test_summary_shows_period_tables_version_caveat_and_citation():
    text = repr(load().until("2025-12-31"))
    for part in (
        "28 September 2022 to 31 December 2025",
        "3,251",
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
    assert re.search(r"<td[^>]*>\.reports</td><td[^>]*>40 rows</td>", shown)


def test_dictionary_says_of_each_column_what_missing_means():
    nights = load().describe("nights").set_index("column")
    assert nights.loc["report_date", ["missing", "example"]].tolist() == ["never", "2022-09-28"]
    assert nights.loc["drones_lost_count", "missing"] == "see lost_state"
    assert load().describe()["table"].tolist() == list(load().tables())


def test_unknown_table_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no table 'night'; nearest: nights"):
        load().describe("night")


def test_every_table_is_one_of_the_descriptor_and_an_attribute():
    tables = {name for name, value in vars(load()).items() if isinstance(value, pd.DataFrame)}
    assert tables == {r["name"] for r in load().package["resources"]}


@pytest.mark.parametrize(
    "damage",
    [
        lambda f: (f.unlink(), os.mkfifo(f)),
        lambda f: (f.unlink(), f.symlink_to("regimes.csv")),
        lambda f: (f.unlink(), f.mkdir()),
    ],
)
def test_table_that_is_no_plain_file_is_refused_at_once(data_copy, damage):
    damage(data_copy / "weapons.csv")
    with pytest.raises(DataError, match="weapons.csv: found no plain file"):
        load(data_copy)


def test_row_of_very_many_cells_is_refused_at_once(data_copy):
    with open(data_copy / "weapons.csv", "a", encoding="utf-8") as table:
        table.write("," * 300_000 + "\n")
    with pytest.raises(
        DataError, match="weapons.csv: found a line of 300,001 bytes, expected at most 10,000"
    ):
        load(data_copy)


def test_number_that_only_frictionless_can_read_is_refused_with_its_file(edit):
    with pytest.raises(DataError, match="additions.csv: .*5_0"):
        load(edit("additions.csv", ",43,", ",5_0,"))


def test_header_of_very_many_columns_is_refused_at_once(edit):
    with pytest.raises(DataError, match="reports.csv, line 1: found the columns"):
        load(edit("reports.csv", "report_id,", "," * 300_000))


def test_descriptor_of_another_schema_is_refused_with_the_field(edit):
    with pytest.raises(
        DataError,
        match=r"field verdict of quiet_nights: found string .*calm.*, expected string .*quiet",
    ):
        load(
            edit(
                "datapackage.json",
                '"enum": [\n                "quiet"',
                '"enum": [\n                "calm"',
            )
        )


def test_field_gone_from_table_and_descriptor_alike_is_refused(data_copy):
    package = json.loads((data_copy / "datapackage.json").read_bytes())
    resource = next(r for r in package["resources"] if r["name"] == "quiet_nights")
    resource["schema"]["fields"] = resource["schema"]["fields"][:-1]
    (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(
        DataError, match="field evidence of quiet_nights: found none, expected string"
    ):
        load(data_copy)


def test_directory_of_an_older_version_lacks_what_came_later(data_copy):
    package = json.loads((data_copy / "datapackage.json").read_bytes())
    package["resources"] = [r for r in package["resources"] if r["name"] != "nights"]
    (data_copy / "datapackage.json").write_text(
        json.dumps(package | {"version": "0.9.0"}), encoding="utf-8"
    )
    air = load(data_copy)
    assert (
        air.nights.empty
        and list(air.nights) == list(load().nights)
        and len(air.reports) == ROWS["reports"]
    )


@pytest.fixture
def describe(data_copy):
    """Return a function that changes the descriptor of the copy, and the weapons of it."""

    def run(change):
        package = json.loads((data_copy / "datapackage.json").read_bytes())
        change(package, next(r for r in package["resources"] if r["name"] == "weapons"))
        (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return data_copy

    return run


def test_directory_of_an_older_version_may_limit_values_less_and_know_fewer_words(describe):
    """As 1.0.0 did: no maximum of counts, no shaheds and decoys among the quantities."""

    def older(package, _):
        package["version"] = "1.0.0"
        rules = [
            f.get("constraints", {}) for r in package["resources"] for f in r["schema"]["fields"]
        ]
        assert [r.pop("maximum") for r in rules if "maximum" in r]
        next(r["enum"] for r in rules if "shaheds" in r.get("enum", [])).remove("shaheds")

    assert len(load(describe(older)).reports) == ROWS["reports"]


@pytest.mark.parametrize(
    "rules", [{"pattern": "(a|a)*$!"}, {"enum": ["none of ours"]}, {"minimum": 3}]
)
def test_directory_of_an_older_version_has_no_limits_of_its_own(describe, rules):
    """A pattern may take for ever, and a word that nobody knows would be read as missing."""
    with pytest.raises(DataError, match="field weapon_class of weapons: found string"):
        load(
            describe(
                lambda p, weapons: (
                    p.update(version="0.9.0"),
                    weapons["schema"]["fields"][2]["constraints"].update(rules),
                )
            )
        )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda p, w: p.update(period="0001-01-01/9999-12-31"),
            "found the period 0001.*expected a century at most",
        ),
        (
            lambda p, w: w["schema"].pop("primaryKey"),
            r'keys of weapons: found .*, expected .*"primaryKey": \["upstream_label"\]',
        ),
        (lambda p, w: w["schema"].update(missingValues=["", "5"]), "keys of weapons: found .*5"),
        (lambda p, w: p["resources"].append(w), "found the table weapons twice"),
        (
            lambda p, w: w["schema"]["fields"].append(w["schema"]["fields"][0]),
            "field upstream_label of weapons: found twice",
        ),
    ],
)
def test_descriptor_of_another_period_or_other_keys_is_refused(describe, change, message):
    with pytest.raises(DataError, match=message):
        load(describe(change))


def test_check_finds_a_period_that_is_not_that_of_the_nights(describe, capsys):
    assert (
        main(
            [
                "check",
                "--data",
                str(describe(lambda p, w: p.update(period="2022-09-28/2022-11-30"))),
            ]
        )
        == 1
    )
    assert (
        "found the period 2022-09-28/2022-11-30, expected 2022-09-28/2022-12-31 as in nights.csv"
        in capsys.readouterr().out
    )


def test_key_that_frictionless_cannot_follow_is_one_line(describe, capsys):
    copy = describe(
        lambda p, w: (p.update(version="0.9.0"), w["schema"].update(primaryKey=["nosuch"]))
    )
    assert main(["check", "--data", str(copy)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("datapackage.json: ") and "nosuch" in line


def test_check_names_more_than_a_thousand_problems(data_copy, capsys):
    shutil.copy(paths.DATA / "press_claims.csv", data_copy)
    text = (data_copy / "press_claims.csv").read_text("utf-8")
    (data_copy / "press_claims.csv").write_text(
        re.sub("(?m)^c", "x", text).replace("xlaim_id", "claim_id", 1), encoding="utf-8"
    )
    assert main(["check", "--data", str(data_copy)]) == 1
    assert (
        len(re.findall("press_claims.csv, line .*, claim_id: found", capsys.readouterr().out))
        == 6730
    )


@pytest.mark.parametrize("folder", ["", "/nowhere"])
def test_check_of_nothing_is_no_success(folder, capsys):
    try:
        assert main(["check", "--data", folder]) == 1
    except SystemExit as stop:
        assert stop.code == 2
    shown = capsys.readouterr()
    assert "no problems found" not in shown.out and ("expected a" in shown.out + shown.err)


def test_check_names_every_problem_of_a_directory(edit, capsys):
    edit("reports.csv", ",5,4,,not_reported", ",five,-4,,not_reported")
    assert (
        main(["check", "--data", str(edit("weapons.csv", ",guided_air_launched_missile", ",gun"))])
        == 1
    )
    named = {
        re.sub("line [0-9]+, ", "", line.split(":")[0])
        for line in capsys.readouterr().out.splitlines()
    }
    assert named >= {
        "reports.csv, launched_count",
        "reports.csv, shot_down_count",
        "weapons.csv, weapon_class",
    }


def drop_hash(package, weapons):
    del weapons["hash"]


def wrong_hash(package, weapons):
    weapons["hash"] = "sha256:" + "0" * 64


@pytest.mark.parametrize("change", [drop_hash, wrong_hash])
def test_check_names_a_table_whose_hash_is_missing_or_wrong(describe, change, capsys):
    assert main(["check", "--data", str(describe(change))]) == 1
    assert capsys.readouterr().out.startswith("edited: weapons.csv: found sha256:")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reports.csv", ",5,4,,not_reported", ",5,3,,not_reported"),
        ("regimes.csv", "2025-07-24", "2025-07-25"),
        ("nights.csv", ",A,16,16,", ",A,17,16,"),
    ],
)
def test_check_names_a_file_with_another_valid_value(edit, name, old, new, capsys):
    assert main(["check", "--data", str(edit(name, old, new))]) == 1
    assert f"edited: {name}: found sha256:" in capsys.readouterr().out


def test_check_names_emptied_nights(data_copy, capsys):
    header = (data_copy / "nights.csv").read_bytes().split(b"\n")[0]
    (data_copy / "nights.csv").write_bytes(header + b"\n")
    assert main(["check", "--data", str(data_copy)]) == 1
    assert "edited: nights.csv: found sha256:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", "Another title"), ("contributors", [{"title": "Somebody"}]), ("licenses", [])],
)
def test_check_names_a_descriptor_that_speaks_for_somebody_else(describe, key, value):
    (line,) = problems(describe(lambda package, _: package.update({key: value})))
    assert line.startswith(f"edited: datapackage.json: found the {key} {value!r}, expected ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda package, _: package.pop("contributors"), "KeyError 'contributors'"),
        (lambda package, _: package["contributors"].clear(), "IndexError"),
        (
            lambda package, _: package.update(title="one\ntwo"),
            "found the title 'one.*two', expected a line",
        ),
        (lambda package, weapons: weapons.update(title=""), "found the title '', expected a line"),
        (
            lambda package, _: package["resources"].reverse(),
            "found the tables in the order silent_verdicts, .*expected reports, nights",
        ),
    ],
)
def test_descriptor_without_publisher_title_or_order_is_refused(describe, change, message):
    with pytest.raises(DataError, match=message):
        load(describe(change))


def test_very_many_bad_rows_are_told_in_part_with_the_number_of_lines_left(data_copy, monkeypatch):
    monkeypatch.setattr("analysis.dataset.MOST_FAULTS", 100)
    with open(data_copy / "weapons.csv", "a", encoding="utf-8") as table:
        table.writelines(f"label {number},,guided_x,,,False,\n" for number in range(200))
    found = [line for line in problems(data_copy) if line.startswith("weapons.csv")]
    assert len(found) == 101 and found[-1].startswith(
        "weapons.csv: stopped at 100 faults; 166 more lines, from line 113, were not read"
    )


def test_dataset_prints_on_a_terminal_that_knows_no_dash():
    run = subprocess.run(
        [sys.executable, "-c", "from analysis import load; print(load())"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 0 and "as reported, 2022?20" in run.stdout, run.stderr
