"""`update`: what it writes, what stops it, what it records; typed snapshots into a data directory without reports."""

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from threading import Thread

import frictionless
import pytest

from analysis import load, paths
from analysis.descriptor import DataError
from analysis.__main__ import main as analysis_main
from upkeep.__main__ import main
from upkeep.curation.guards import Disagreement
from upkeep.curation.release import unrecorded
from upkeep.curation.update import described, update, write_descriptor
from upkeep.writing import alone, replacing

DAY = date(2026, 11, 22)
SECOND = {
    "time_start": "2025-03-02 18:00",
    "time_end": "2025-03-03 08:00",
    "source": "kpszsu/posts/2",
}
EVE = {
    "time_start": "2026-08-31 18:00",
    "time_end": "2026-09-01 08:00",
    "source": "kpszsu/posts/eve",
}  # of the snapshot's last day
THIRD = {
    "time_start": "2025-04-02 18:00",
    "time_end": "2025-04-03 08:00",
    "source": "kpszsu/posts/3",
}


MARCH = date(2025, 3, 31)


class Package:
    """A checkout with data of its own, to which typed rows are taken by calling it; the call gives the notices."""

    def __init__(self, root, patch, everything, write):
        self.root, self.data, self.changelog, self.all, self._write = (
            root,
            root / "data",
            root / "CHANGELOG.md",
            everything,
            write,
        )
        patch.setattr(paths, "DATA", self.data)
        patch.setattr(paths, "ROOT", root)

    def __call__(self, *rows, until=date(2025, 12, 31), accepted=()):
        return update(self._write(self.root, *rows, EVE), until, accepted=accepted, today=DAY)[1]


@pytest.fixture(scope="session")
def blank_root(blank_template, tmp_path_factory):
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(blank_template, root / "data")
    (root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [data 1.0.0] - 2026-01-01\n", encoding="utf-8"
    )
    (root / "CITATION.cff").write_text(
        'title: "Attacks as reported, 2022–2022"\nversion: 1.0.0\n', encoding="utf-8"
    )
    return root


@pytest.fixture(scope="session")
def root_with_two(blank_root, everything, write_snapshot, tmp_path_factory):
    root = shutil.copytree(blank_root, tmp_path_factory.mktemp("two"), dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        Package(root, patch, everything, write_snapshot)(
            {}, SECOND, until=MARCH, accepted=everything
        )
    return root


@pytest.fixture
def run(blank_root, tmp_path, monkeypatch, everything, write_snapshot):
    """The `Package` without reports."""
    return Package(
        shutil.copytree(blank_root, tmp_path, dirs_exist_ok=True),
        monkeypatch,
        everything,
        write_snapshot,
    )


@pytest.fixture
def run_two(root_with_two, tmp_path, monkeypatch, everything, write_snapshot):
    """The `Package` with two nights, to the end of March."""
    return Package(
        shutil.copytree(root_with_two, tmp_path, dirs_exist_ok=True),
        monkeypatch,
        everything,
        write_snapshot,
    )


COMPOSITE = {"source": "kpszsu/posts/1", "target": "Kyiv"}


def state(folder):
    return {
        p.name: (p.read_bytes(), p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.iterdir()
    }


def test_reports_and_descriptor_are_written_together(run):
    run({}, SECOND, accepted=run.all)
    air = load(run.data)
    assert air.reports["launched_count"].tolist() == [10, 10] and air.version == "1.1.0"
    assert [f"{day:%Y-%m-%d}" for day in air.period] == ["2022-09-28", "2025-12-31"]


def test_same_snapshot_twice_says_so_and_touches_nothing(run_two):
    before, log = state(run_two.data), run_two.changelog.read_bytes()
    assert (
        run_two({}, SECOND, until=MARCH)[-1]
        == "data 1.1.0: the snapshot gives the tables that are there; nothing to do"
    )
    assert state(run_two.data) == before and run_two.changelog.read_bytes() == log


def test_same_snapshot_gives_the_same_bytes(snapshot_csv, blank_data, everything, tmp_path):
    other = shutil.copytree(blank_data, tmp_path / "other")
    for data in (blank_data, other):
        update(snapshot_csv({}, SECOND), date(2025, 12, 31), data, everything, DAY)
    assert {p.name: p.read_bytes() for p in blank_data.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


def test_later_rows_are_a_minor_version_and_leave_earlier_rows_as_they_were(run_two):
    before = (run_two.data / "reports.csv").read_text("utf-8")
    run_two({}, SECOND, THIRD)
    assert (run_two.data / "reports.csv").read_text("utf-8").startswith(before)
    assert load(run_two.data).version == "1.2.0"
    assert (
        "- 1 report of 2025-04-03 to 2025-04-03, 10 launched as reported."
        in run_two.changelog.read_text("utf-8")
    )


def test_rows_of_2026_curate_with_the_same_rules_and_lengthen_the_period(run):
    run(
        {"time_start": "2026-03-01 18:00", "time_end": "2026-03-02 08:00", "not_reach_goal": "0"},
        until=date(2026, 6, 30),
        accepted=run.all,
    )
    air = load(run.data)
    assert air.reports[["regime_id", "lost_state"]].iloc[0].tolist() == ["D", "merged"]
    assert f"{air.period[1]:%Y-%m-%d}" == "2026-06-30" and air.package["title"].endswith(
        "2022–2026"
    )


@pytest.mark.parametrize(
    ("rows", "until", "names", "line", "version"),
    [
        (
            ({}, SECOND | {"destroyed": "5"}),
            None,
            {"changed-value"},
            "shot_down_count: 6 before, 5 now",
            "1.1.1",
        ),
        (
            ({}, SECOND | {"launched": "12"}),
            None,
            {"changed-value", "jump"},
            "2025-03: 20 before, 22 now, 0 in new rows",
            "1.1.1",
        ),
        (
            ({}, SECOND | {"status_data": "hidden"}),
            None,
            {"changed-value", "jump"},
            "launched_count: 10 before, blank now",
            "1.1.1",
        ),
        (
            ({},),
            None,
            {"removed-report", "fewer-rows", "jump"},
            "2025-03: 2 rows before, 1 now",
            "2.0.0",
        ),
        (
            ({}, SECOND),
            date(2025, 3, 2),
            {"shorter-period"},
            "to 2025-03-02, with reports to 2025-03-03 before",
            "2.0.0",
        ),
        (({}, SECOND, THIRD | {"model": "Kalibr"}), None, {"new-label"}, "Kalibr", "1.2.0"),
        (({}, SECOND, THIRD | {"launched": "21"}), None, {"large-count"}, ": 21 launched", "1.2.0"),
        (
            ({}, SECOND, THIRD | {"source": "https://t.me/new_one/3"}),
            None,
            {"new-outlet"},
            "new_one",
            "1.2.0",
        ),
    ],
)
def test_difference_from_the_past_is_accepted_by_its_line_and_recorded(
    run_two, rows, until, names, line, version
):
    before = state(run_two.data)
    until = until or date(2025, 12, 31)
    with pytest.raises(Disagreement, match=re.escape(line)) as stopped:
        run_two(*rows, until=until)
    findings = stopped.value.findings
    assert {finding.split(":")[0] for finding in findings} == names
    assert state(run_two.data) == before
    run_two(*rows, until=until, accepted=findings)
    assert load(run_two.data).version == version
    text = run_two.changelog.read_text("utf-8")
    assert text.index(f"## [data {version}] - 2026-11-22") < text.index("## [data 1.1.0]")
    assert all(f"- Accepted: `{finding}`" in text for finding in findings)


def test_older_and_newer_header_of_the_same_nights_give_the_same_tables(run, tmp_path):
    older = (
        "time_start,time_end,model,launch_place,target,carrier,launched,destroyed,not_reach_goal,cross_border_belarus,back_russia,"
        "still_attacking,affected region,destroyed_details,launched_details,launch_place_details,source\n"
        "2025-03-01 18:00,2025-03-02 8:00,Shahed-136/131,Kursk oblast,Ukraine,,10.0,6.0,3.0,1.0,,,,,,,kpszsu/posts/1\n"
        "2026-09-01,2026-09-01,Kalibr,,Ukraine,,1.0,1.0,,,,,,,,,kpszsu/posts/2\n"
    )
    newer = (
        "source,time_start,time_end,model,launch_place,target,target_main,launched,destroyed,not_reach_goal,still_attacking,"
        "border_crossing,is_shahed,num_hit_location,num_fall_fragment_location,carrier,turbojet,turbojet_destroyed,affected region,"
        "destroyed_details,launched_details,launch_place_details\n"
        "kpszsu/posts/1,2025-03-01 18:00,2025-03-02 08:00,Shahed-136/131,Kursk oblast,Ukraine,,10,6,3,,{'belarus': 1.0},,,,,,,,,,\n"
        "kpszsu/posts/2,2026-09-01,2026-09-01,Kalibr,,Ukraine,,1.0,1.0,,,{},,,,,,,,,,\n"
    )
    for name, text in (("older.csv", older), ("newer.csv", newer)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    notices = [
        update(tmp_path / name, date(2025, 12, 31), accepted=run.all, today=DAY)[1]
        for name in ("older.csv", "newer.csv")
    ]
    assert load(run.data).reports["left_airspace_count"].tolist() == [1]
    assert (
        notices[1][-1] == "data 1.1.0: the snapshot gives the tables that are there; nothing to do"
    )


def test_older_snapshot_with_other_spellings_gives_the_ids_that_are_published(run, tmp_path):
    """R2: 17 columns instead of 22, the parts of the composite in another order, other capitals, no hour."""
    newer = COMPOSITE | {
        "model": "X-101/X-555 and Kalibr and X-22",
        "border_crossing": "{}",
        "target_main": "",
    }
    run(newer, {"launch_place": "Kursk oblast", "time_end": "2025-03-02 08:00"}, accepted=run.all)
    (tmp_path / "older.csv").write_text(
        "time_start,time_end,model,launch_place,target,carrier,launched,destroyed,not_reach_goal,cross_border_belarus,back_russia,"
        "still_attacking,affected region,destroyed_details,launched_details,launch_place_details,source\n"
        "2025-03-01 18:00,2025-03-02,Shahed-136/131,KURSK OBLAST,Ukraine,,10.0,6.0,3.0,,,,,,,,kpszsu/posts/1\n"
        "2025-03-01 18:00,2025-03-02 8:00,X-101/X-555 and X-22 and Kalibr,,Kyiv,,10.0,6.0,3.0,,,,,,,,kpszsu/posts/1\n"
        "2026-09-01,2026-09-01,Kalibr,,Ukraine,,1.0,1.0,,,,,,,,,kpszsu/posts/2\n",
        encoding="utf-8",
    )
    known = load(run.data).reports["report_id"]
    update(tmp_path / "older.csv", date(2025, 12, 31), accepted=run.all, today=DAY)
    assert set(load(run.data).reports["report_id"]) == set(known)


def test_new_place_gets_the_ids_that_the_package_published(run_two, snapshot_csv, tmp_path):
    """R2."""
    snapshot = snapshot_csv({"launch_place": "Kursk oblast"}, SECOND | {"target": "Kyiv"}, EVE)
    with pytest.raises(Disagreement, match="changed-value: .*, target: Ukraine before, Kyiv now"):
        update(snapshot, date(2025, 12, 31), tmp_path / "new")
    update(snapshot, date(2025, 12, 31), tmp_path / "new", run_two.all)
    assert (
        load(tmp_path / "new").reports["report_id"].tolist()
        == load(run_two.data).reports["report_id"].tolist()
    )


def test_line_for_one_difference_does_not_accept_another_of_its_kind(run_two):
    with pytest.raises(Disagreement) as stopped:
        run_two({}, SECOND | {"launched": "12", "destroyed": "7"})
    first, *others = stopped.value.findings
    with pytest.raises(Disagreement) as stopped:
        run_two({}, SECOND | {"launched": "12", "destroyed": "7"}, accepted=[first])
    assert stopped.value.findings == others and {
        line.split(":")[0] for line in [first, *others]
    } == {"changed-value", "jump"}


def test_many_findings_are_all_in_a_file_that_accepts_them_once_reviewed(run, snapshot_csv, capsys):
    nights = [
        {
            "time_start": f"2025-03-{day:02} 18:00",
            "time_end": f"2025-03-{day:02} 20:00",
            "source": f"kpszsu/posts/{day}",
        }
        for day in range(1, 31)
    ]
    run(*nights, accepted=run.all)
    command = ["update", str(snapshot_csv(*[night | {"destroyed": "5"} for night in nights], EVE))]
    assert main(command) == 1
    file = run.data.parent / ".cache" / "findings.txt"
    assert f"and 40 more: all are in {file}" in capsys.readouterr().err
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 60 and "2025-03-30-shahed" in lines[-1]
    file.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert main([*command, "--reviewed", str(file)]) == 1
    assert main([*command, "--reviewed", str(file), "--accept", lines[-1]]) == 0
    assert run.changelog.read_text("utf-8").count("Accepted: `changed-value: ") == 60


def test_edited_decision_is_taken_over_as_a_patch(run_two):
    path = run_two.data / "weapons.csv"
    path.write_text(
        path.read_text("utf-8").replace("anti-ship\n", "anti-ship missile\n", 1), encoding="utf-8"
    )
    run_two({}, SECOND)
    assert load(run_two.data).version == "1.1.1"


def test_decision_tables_that_do_not_fit_together_stop_the_run(run):
    path = run.data / "additions.csv"
    path.write_text(
        path.read_text("utf-8") + "X1,2025-03-05,Orbiter,3,2,,why,where\n", encoding="utf-8"
    )
    with pytest.raises(
        DataError, match='additions.csv, line 2: .*"upstream_label": values "Orbiter" not found'
    ):
        run({})


def test_date_without_verdict_becomes_unknown_and_loses_it_with_its_report(run):
    """R17."""
    notices = run({}, until=date(2025, 3, 3), accepted=run.all)
    assert (
        "quiet_nights.csv: 2025-03-03 has no drone row and no verdict, entered as unknown; look into it (R17)"
        in notices
    )
    notices = run({}, SECOND, until=date(2025, 3, 3), accepted=run.all)
    assert "quiet_nights.csv: 2025-03-03 has a drone row now, unknown removed (R17)" in notices


def test_snapshot_that_ends_before_the_date_asked_for_says_to_which_it_is_complete(
    run, snapshot_csv
):
    _, notices = update(
        snapshot_csv({}, SECOND, THIRD, last=None), date(2025, 12, 31), accepted=run.all, today=DAY
    )
    assert (
        "the snapshot is complete to 2025-04-02: the tables end then, not on 2025-12-31" in notices
    )


def test_more_drones_that_left_than_were_launched_are_refused(run):
    with pytest.raises(
        DataError, match="left_airspace_count: found 9999, expected no more than launched"
    ):
        run({"border_crossing": "{'belarus': 9999}"}, accepted=run.all)


def test_verdict_of_a_quiet_night_is_not_removed_by_a_report_but_stops_the_run(run):
    """R17."""
    path = run.data / "quiet_nights.csv"
    path.write_text(
        path.read_text("utf-8") + "2025-03-02,quiet,named as a pause\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="quiet_nights.csv, 2025-03-02: found a drone row as well"):
        run({}, accepted=run.all)


def test_changelog_that_a_killed_run_left_behind_is_completed_by_the_next(run):
    before = run.changelog.read_bytes()
    run({}, SECOND, accepted=run.all)
    complete = run.changelog.read_bytes()
    run.changelog.write_bytes(before)
    run({}, SECOND, THIRD, accepted=run.all)  # it owes the entry of 1.1.0 as well
    assert run.changelog.read_bytes().endswith(complete.partition(b"\n\n")[2])
    assert b"[data 1.2.0]" in run.changelog.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## [data 1.1.0]", "## [data 1.0.9]", "CHANGELOG.md: found nothing of data 1.1.0"),
        (
            "## [data 1.1.0]",
            "## [data 9.0.0]\n\n## [data 1.1.0]",
            "CHANGELOG.md: found data 9.0.0 as the newest, expected 1.1.0",
        ),
        (
            "20 launched",
            "99 launched",
            "CHANGELOG.md, data 1.1.0: found no line '2 reports of 2025-03-02 to 2025-03-03, 20 launched",
        ),
        (
            "2022–2025",
            "2022–2023",
            "CITATION.cff: found nothing of data 1.1.0, period 2022-09-28/2025-03-31",
        ),
    ],
)
def test_changelog_or_title_of_other_data_is_named(run_two, old, new, said):
    package = json.loads((run_two.data / "datapackage.json").read_bytes())
    assert list(unrecorded(package, paths.ROOT)) == []
    for path in (run_two.changelog, run_two.data.parent / "CITATION.cff"):
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert any(line.startswith(said) for line in unrecorded(package, paths.ROOT))


def test_text_from_data_is_code_in_the_changelog(run):
    run({}, accepted=run.all)
    run({"source": "x`<style>"}, accepted=run.all)
    assert "`new-outlet: x'<style>`" in run.changelog.read_text("utf-8")


def test_other_place_has_no_changelog_of_ours(run, snapshot_csv, tmp_path):
    update(snapshot_csv({}, EVE), date(2025, 12, 31), tmp_path / "own" / "data", run.all, DAY)
    (tmp_path / "own" / "CHANGELOG.md").write_text("## [data 0.0.1]\n")
    update(
        snapshot_csv({}, SECOND, EVE), date(2025, 12, 31), tmp_path / "own" / "data", run.all, DAY
    )
    assert (tmp_path / "own" / "CHANGELOG.md").read_text() == "## [data 0.0.1]\n"


def test_leftovers_of_a_killed_run_are_removed(run):
    dead = run.data.parent / ".data-x-new"
    dead.mkdir()
    run({}, accepted=run.all)
    assert not dead.exists()


def test_second_writer_says_that_it_waits_and_reads_what_the_first_has_written(tmp_path):
    order = []

    def second():
        with alone(tmp_path / "data", order.append):
            order.append((tmp_path / "data" / "reports.csv").read_text())

    with alone(tmp_path / "data"), replacing(tmp_path / "data") as copy:
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.3)
        (copy / "reports.csv").write_text("first")
    other.join()
    assert order == [
        f"another command is writing to {tmp_path / 'data'} or to what is made of it: waiting for it",
        "first",
    ]


@pytest.mark.parametrize(
    "make", [lambda p: p.write_text("x"), lambda p: (p.mkdir(), (p / "thesis.tex").write_text("x"))]
)
def test_place_that_holds_something_else_is_not_overwritten(run, snapshot_csv, tmp_path, make):
    make(tmp_path / "mine")
    with pytest.raises(DataError, match="mine: found something that is no (data directory|folder)"):
        update(snapshot_csv({}), date(2025, 12, 31), tmp_path / "mine")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["no.csv"], 1),
        (["."], 1),
        ([], 2),
        (["{snapshot}", "--until", "2025-13-01"], 2),
        (["{snapshot}", "--reviewed", "no.txt"], 1),
        (["{snapshot}", "--out", ""], 2),
        (["{snapshot}", "--until", "2022-01-01", "--out", "{data}"], 1),
        (["{snapshot}", "--out", "{snapshot}"], 1),
        (["{snapshot}", "--out", "/proc/nowhere/data"], 1),
    ],
)
def test_bad_argument_gets_one_message_and_a_status(
    snapshot_csv, blank_data, capsys, arguments, status
):
    names = {"snapshot": snapshot_csv({}), "data": blank_data}
    try:
        found = main(["update", *(argument.format(**names) for argument in arguments)])
    except SystemExit as stop:
        found = stop.code
    shown = capsys.readouterr().err
    assert found == status and shown.count("error:") == 1 and "Traceback" not in shown


def test_updated_data_are_a_valid_data_package(run):
    run({}, accepted=run.all)
    report = frictionless.validate(str(run.data / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    package = json.loads((run.data / "datapackage.json").read_bytes())
    assert package["created"] == "2026-11-22T00:00:00Z" and len(package["snapshot"]["sha256"]) == 64


def test_datasheet_states_the_rows_the_period_and_the_date_of_the_snapshot(run):
    run({}, SECOND, until=date(2025, 3, 31), accepted=run.all)
    text = (run.data / "README.md").read_text("utf-8")
    assert "| `reports.csv` | 2 |" in text and "| `nights.csv` | 916 |" in text
    assert "28 September 2022 to 31 March 2025, as" in text and "goes to 2 September 2026" in text


def test_datasheet_counts_a_line_that_was_added_by_hand(run):
    with (run.data / "areas.csv").open("a", encoding="utf-8", newline="\n") as areas:
        areas.write("Sudak,Sudak,direction\n")
    run({}, accepted=run.all)
    assert f"| `areas.csv` | {len(load(run.data).areas)} |" in (run.data / "README.md").read_text(
        "utf-8"
    )


def test_descriptor_says_to_which_date_the_snapshot_goes_however_early_the_tables_end(run):
    run({}, accepted=run.all)
    package = json.loads((run.data / "datapackage.json").read_bytes())
    assert (package["snapshot"]["last_date"], package["period"][-10:]) == (
        "2026-09-02",
        "2025-12-31",
    )


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        *(
            (main, arguments)
            for arguments in (
                ["refresh", "--jobs", "0"],
                ["refresh", "--jobs", "-3"],
                ["refresh", "--jobs", "two"],
                ["refresh", "../x"],
                ["check", "--data", "/dev/null"],
                [],
                ["nonsense"],
            )
        ),
        *(
            (analysis_main, arguments)
            for arguments in (
                ["cite", ""],
                ["cite", "../../etc/passwd"],
                ["rows", ""],
                ["compare", "--output=x"],
                ["compare", "no such tag"],
                ["check", "--data", "/dev/null"],
                [],
                ["nonsense"],
            )
        ),
    ],
)
def test_bad_argument_of_any_command_gets_a_message_and_a_status(capsys, command, arguments):
    try:
        status = command(arguments)
    except SystemExit as stop:
        status = stop.code
    shown = capsys.readouterr()
    assert status in (1, 2) and "Traceback" not in shown.err and (shown.err + shown.out).strip()


def test_damaged_reports_are_named_before_anything_is_compared_with_them(run):
    run({}, accepted=run.all)
    path = run.data / "reports.csv"
    path.write_text(
        path.read_text("utf-8") + path.read_text("utf-8").splitlines()[1] + "\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="reports.csv, line .*the same as in the row"):
        run({}, SECOND)


def test_decision_table_without_a_column_is_named_although_its_hash_fits(run):
    path = run.data / "areas.csv"
    path.write_text(
        "\n".join(line.partition(",")[2] for line in path.read_text("utf-8").splitlines()) + "\n",
        encoding="utf-8",
    )
    package = json.loads((run.data / "datapackage.json").read_bytes())
    write_descriptor(described(package, run.data, date(2022, 9, 28)), run.data)
    with pytest.raises(DataError, match="areas.csv, line 1: found the columns"):
        run({})


@pytest.mark.parametrize("left", [[".data-1-new-old"], [".data-1-new-old", ".data-2-new"]])
def test_only_copy_that_a_killed_run_put_aside_is_restored(tmp_path, left):
    for name in left:
        (tmp_path / name).mkdir()
        (tmp_path / name / "reports.csv").write_text(name)
    with alone(tmp_path / "data"):
        assert (tmp_path / "data" / "reports.csv").read_text() == ".data-1-new-old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".data.lock", "data"]


def test_update_of_a_folder_that_was_put_aside_keeps_its_decisions(run, snapshot_csv, tmp_path):
    own = shutil.copytree(run.data, tmp_path / ".own-7-new-old")
    update(snapshot_csv({}, EVE), date(2025, 12, 31), own, run.all, DAY)
    (own / "weapons.csv").write_text(
        (own / "weapons.csv").read_text("utf-8").replace("Kalibr\n", "Kalibr (own)\n"), "utf-8"
    )
    mine = (own / "weapons.csv").read_bytes()
    update(snapshot_csv({}, EVE), date(2025, 12, 31), tmp_path / "own", run.all, DAY)
    assert (tmp_path / "own" / "weapons.csv").read_bytes() == mine and not own.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_out_that_is_no_folder_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="pipe: found something that is no"):
        update("any.csv", date(2025, 12, 31), tmp_path / "pipe")


def test_folder_that_cannot_be_exchanged_is_renamed_and_comes_back_if_that_fails(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("upkeep.writing._exchanged", lambda *_: False)
    (tmp_path / "data").mkdir()
    with replacing(tmp_path / "data") as copy:
        (copy / "reports.csv").write_text("new")
    assert (tmp_path / "data" / "reports.csv").read_text() == "new"
    rename = Path.rename
    monkeypatch.setattr(
        Path,
        "rename",
        lambda path, to: (
            rename(path, to)
            if "-new" not in path.name or path.name.endswith("-old")
            else exec("raise OSError('disk is gone')")
        ),
    )
    with pytest.raises(OSError, match="disk is gone"), replacing(tmp_path / "data") as copy:
        (copy / "reports.csv").write_text("newer")
    assert (tmp_path / "data" / "reports.csv").read_text() == "new"


def test_copy_that_fails_is_one_line_that_names_the_file(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    failure = shutil.Error(
        [("a", "b/reports.csv", "[Errno 28] No space left on device"), ("c", "d", "e")]
    )
    monkeypatch.setattr(shutil, "copytree", lambda *_, **__: (_ for _ in ()).throw(failure))
    with pytest.raises(
        OSError, match=r"^b/reports.csv: \[Errno 28\] No space left on device; nothing was written$"
    ):
        with replacing(tmp_path / "data"):
            pass
