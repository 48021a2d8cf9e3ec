"""`update`: what it writes, what stops it, what it records; typed snapshots into a data directory without reports."""

import json
import os
import re
import shutil
from datetime import date
from threading import Thread

import frictionless
import pytest

from analysis import load, paths
from upkeep.__main__ import GUARDS, main
from analysis.descriptor import DataError
from upkeep.curation.guards import FLAGS
from upkeep.curation.staging import replacing
from upkeep.curation.update import update

DAY = date(2026, 11, 22)
SECOND = {"time_start": "2025-03-02 18:00", "time_end": "2025-03-03 08:00", "source": "kpszsu/posts/2"}
THIRD = {"time_start": "2025-04-02 18:00", "time_end": "2025-04-03 08:00", "source": "kpszsu/posts/3"}


@pytest.fixture
def run(snapshot_csv, blank_data):
    """Return a function that takes typed rows into the data directory and gives the notices."""
    (blank_data.parent / "CHANGELOG.md").write_text("# Changelog\n\n## [data 1.0.0] - 2026-01-01\n", encoding="utf-8")

    def take(*rows, until=date(2025, 12, 31), accepted=()):
        return update(snapshot_csv(*rows), until, blank_data, accepted, DAY)[1]

    take.data, take.changelog = blank_data, blank_data.parent / "CHANGELOG.md"
    return take


COMPOSITE = {"source": "kpszsu/posts/1", "target": "Kyiv"}
FIRST_TIME = ("new-labels", "new-outlets")


def state(folder):
    return {p.name: (p.read_bytes(), p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.iterdir()}


def test_reports_and_descriptor_are_written_together(run):
    run({}, SECOND, accepted=FIRST_TIME)
    air = load(run.data)
    assert air.reports["launched_count"].tolist() == [10, 10] and air.version == "1.1.0"
    assert [f"{day:%Y-%m-%d}" for day in air.period] == ["2022-09-28", "2025-12-31"]


def test_same_snapshot_twice_says_so_and_touches_nothing(run):
    run({}, SECOND, accepted=FIRST_TIME)
    before, log = state(run.data), run.changelog.read_bytes()
    assert run({}, SECOND)[-1] == "data 1.1.0: the snapshot gives the tables that are there; nothing to do"
    assert state(run.data) == before and run.changelog.read_bytes() == log


def test_same_snapshot_gives_the_same_bytes(snapshot_csv, blank_data, tmp_path):
    other = shutil.copytree(blank_data, tmp_path / "other")
    for data in (blank_data, other):
        update(snapshot_csv({}, SECOND), date(2025, 12, 31), data, FIRST_TIME, DAY)
    assert {p.name: p.read_bytes() for p in blank_data.iterdir()} == {p.name: p.read_bytes() for p in other.iterdir()}


def test_later_rows_are_a_minor_version_and_leave_earlier_rows_as_they_were(run):
    run({}, SECOND, accepted=FIRST_TIME)
    before = (run.data / "reports.csv").read_text("utf-8")
    run({}, SECOND, THIRD)
    assert (run.data / "reports.csv").read_text("utf-8").startswith(before)
    assert load(run.data).version == "1.2.0"
    assert "- 1 reports of 2025-04-03 to 2025-04-03, 10 launched as reported." in run.changelog.read_text("utf-8")


def test_rows_of_2026_curate_with_the_same_rules_and_lengthen_the_period(run):
    run(
        {"time_start": "2026-03-01 18:00", "time_end": "2026-03-02 08:00", "not_reach_goal": "0"},
        until=date(2026, 6, 30),
        accepted=FIRST_TIME,
    )
    air = load(run.data)
    assert air.reports[["regime_id", "lost_state"]].iloc[0].tolist() == ["D", "merged"]
    assert f"{air.period[1]:%Y-%m-%d}" == "2026-06-30" and air.package["title"].endswith("2022–2026")


@pytest.mark.parametrize(
    ("rows", "until", "flags", "lines", "version"),
    [
        (({}, SECOND | {"destroyed": "5"}), None, {"changed-values"}, "shot_down_count: 6 before, 5 now", "1.1.1"),
        (
            ({}, SECOND | {"launched": "12"}),
            None,
            {"changed-values", "jumps"},
            "2025-03: 20 before, 22 now, 0 in new rows",
            "1.1.1",
        ),
        (
            ({}, SECOND | {"status_data": "hidden"}),
            None,
            {"changed-values", "jumps"},
            "launched_count: 10 before, blank now",
            "1.1.1",
        ),
        (({},), None, {"removed-reports", "fewer-rows", "jumps"}, "2025-03: 2 rows before, 1 now", "2.0.0"),
        (
            ({}, SECOND),
            date(2025, 3, 2),
            {"shorter-period"},
            "to 2025-03-02, with reports to 2025-03-03 before",
            "2.0.0",
        ),
        (({}, SECOND, THIRD | {"model": "Kalibr"}), None, {"new-labels"}, "Kalibr", "1.2.0"),
        (({}, SECOND, THIRD | {"launched": "21"}), None, {"large-counts"}, ": 21 launched", "1.2.0"),
        (({}, SECOND, THIRD | {"source": "https://t.me/new_one/3"}), None, {"new-outlets"}, "new_one", "1.2.0"),
    ],
)
def test_difference_from_the_past_needs_its_flag_and_is_recorded(run, rows, until, flags, lines, version):
    run({}, SECOND, accepted=FIRST_TIME)
    before = state(run.data)
    until = until or date(2025, 12, 31)
    with pytest.raises(DataError, match=re.escape(lines)) as stopped:
        run(*rows, until=until)
    assert {flag for flag in FLAGS if f"--accept {flag}:" in str(stopped.value)} == flags
    assert state(run.data) == before
    run(*rows, until=until, accepted=flags)
    assert load(run.data).version == version
    text = run.changelog.read_text("utf-8")
    assert text.index(f"## [data {version}] - 2026-11-22") < text.index("## [data 1.1.0]")
    assert all(f"Accepted as `{flag}`" in text for flag in flags) and lines in text


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
        update(tmp_path / name, date(2025, 12, 31), run.data, FIRST_TIME, DAY)[1] for name in ("older.csv", "newer.csv")
    ]
    assert load(run.data).reports["left_airspace_count"].tolist() == [1]
    assert notices[1][-1] == "data 1.1.0: the snapshot gives the tables that are there; nothing to do"


def test_older_snapshot_with_other_spellings_gives_the_ids_that_are_published(run, tmp_path):
    """R2: 17 columns instead of 22, the parts of the composite in another order, other capitals, no hour."""
    newer = COMPOSITE | {"model": "X-101/X-555 and Kalibr and X-22", "border_crossing": "{}", "target_main": ""}
    run(newer, {"launch_place": "Kursk oblast", "time_end": "2025-03-02 08:00"}, accepted=FIRST_TIME)
    (tmp_path / "older.csv").write_text(
        "time_start,time_end,model,launch_place,target,carrier,launched,destroyed,not_reach_goal,cross_border_belarus,back_russia,"
        "still_attacking,affected region,destroyed_details,launched_details,launch_place_details,source\n"
        "2025-03-01 18:00,2025-03-02,Shahed-136/131,KURSK OBLAST,Ukraine,,10.0,6.0,3.0,,,,,,,,kpszsu/posts/1\n"
        "2025-03-01 18:00,2025-03-02 8:00,X-101/X-555 and X-22 and Kalibr,,Kyiv,,10.0,6.0,3.0,,,,,,,,kpszsu/posts/1\n"
        "2026-09-01,2026-09-01,Kalibr,,Ukraine,,1.0,1.0,,,,,,,,,kpszsu/posts/2\n", encoding="utf-8")
    known = load(run.data).reports["report_id"]
    update(tmp_path / "older.csv", date(2025, 12, 31), run.data, ["changed-values", "new-labels"], DAY)
    assert set(load(run.data).reports["report_id"]) == set(known)


def test_new_place_gets_the_ids_that_the_package_published(run, snapshot_csv, tmp_path, monkeypatch):
    """R2."""
    run({}, SECOND, accepted=FIRST_TIME)
    monkeypatch.setattr(paths, "DATA", run.data)
    update(snapshot_csv({"launch_place": "Kursk oblast"}, SECOND | {"target": "Kyiv"}), date(2025, 12, 31), tmp_path / "new")
    assert load(tmp_path / "new").reports["report_id"].tolist() == load(run.data).reports["report_id"].tolist()


def test_flag_for_one_difference_does_not_accept_another(run):
    run({}, SECOND, accepted=FIRST_TIME)
    with pytest.raises(DataError, match="--accept jumps:") as stopped:
        run({}, SECOND | {"launched": "12"}, accepted=["changed-values"])
    assert "--accept changed-values" not in str(stopped.value)


def test_edited_decision_is_taken_over_as_a_patch(run):
    run({}, SECOND, accepted=FIRST_TIME)
    path = run.data / "weapons.csv"
    path.write_text(path.read_text("utf-8").replace("anti-ship\n", "anti-ship missile\n", 1), encoding="utf-8")
    run({}, SECOND)
    assert load(run.data).version == "1.1.1"


def test_decision_tables_that_do_not_fit_together_stop_the_run(run):
    path = run.data / "additions.csv"
    path.write_text(path.read_text("utf-8") + "X1,2025-03-05,Orbiter,3,2,,why,where\n", encoding="utf-8")
    with pytest.raises(
        DataError, match="additions.csv, line 2: .*\"upstream_label\": values \"Orbiter\" not found"
    ):
        run({})


def test_date_without_verdict_becomes_unknown_and_loses_it_with_its_report(run):
    """R17."""
    notices = run({}, until=date(2025, 3, 3), accepted=FIRST_TIME)
    assert (
        "quiet_nights.csv: 2025-03-03 has no drone row and no verdict, entered as unknown; look into it (R17)"
        in notices
    )
    notices = run({}, SECOND, until=date(2025, 3, 3))
    assert "quiet_nights.csv: 2025-03-03 has a drone row now, unknown removed (R17)" in notices


def test_verdict_of_a_quiet_night_is_not_removed_by_a_report_but_stops_the_run(run):
    """R17."""
    path = run.data / "quiet_nights.csv"
    path.write_text(path.read_text("utf-8") + "2025-03-02,quiet,named as a pause\n", encoding="utf-8")
    with pytest.raises(DataError, match="quiet_nights.csv, 2025-03-02: found a drone row as well"):
        run({}, accepted=FIRST_TIME)


def test_changelog_that_a_killed_run_left_behind_is_completed_by_the_next(run):
    before = run.changelog.read_bytes()
    run({}, SECOND, accepted=FIRST_TIME)
    complete = run.changelog.read_bytes()
    run.changelog.write_bytes(before)
    assert "CHANGELOG.md: added data 1.1.0" in run({}, SECOND)
    assert run.changelog.read_bytes() == complete


def test_leftovers_of_a_killed_run_are_removed(run):
    dead = run.data.parent / ".data-x-new"
    dead.mkdir()
    run({}, accepted=FIRST_TIME)
    assert not dead.exists()


def test_second_update_waits_for_the_first(tmp_path):
    order = []

    def second():
        with replacing(tmp_path / "data"):
            order.append("second")

    with replacing(tmp_path / "data") as staging:
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.3)
        (staging / "reports.csv").write_text("first")
        order.append("first")
    other.join()
    assert order == ["first", "second"] and (tmp_path / "data" / "reports.csv").read_text() == "first"


@pytest.mark.parametrize(
    "make", [lambda p: p.write_text("x"), lambda p: (p.mkdir(), (p / "thesis.tex").write_text("x"))]
)
def test_place_that_holds_something_else_is_not_overwritten(run, snapshot_csv, tmp_path, make):
    make(tmp_path / "mine")
    with pytest.raises(DataError, match="mine: found something that is no data directory"):
        update(snapshot_csv({}), date(2025, 12, 31), tmp_path / "mine")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["no.csv"], 1),
        (["."], 1),
        ([], 2),
        (["{snapshot}", "--until", "2025-13-01"], 2),
        (["{snapshot}", "--accept", "everything"], 2),
        (["{snapshot}", "--until", "2022-01-01", "--out", "{data}"], 1),
        (["{snapshot}", "--out", "{snapshot}"], 1),
        (["{snapshot}", "--out", "/proc/nowhere/data"], 1),
    ],
)
def test_bad_argument_gets_one_message_and_a_status(snapshot_csv, blank_data, capsys, arguments, status):
    names = {"snapshot": snapshot_csv({}), "data": blank_data}
    try:
        found = main(["update", *(argument.format(**names) for argument in arguments)])
    except SystemExit as stop:
        found = stop.code
    shown = capsys.readouterr().err
    assert found == status and shown.count("error:") == 1 and "Traceback" not in shown


def test_updated_data_are_a_valid_data_package(run):
    run({}, accepted=FIRST_TIME)
    report = frictionless.validate(str(run.data / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    package = json.loads((run.data / "datapackage.json").read_bytes())
    assert package["created"] == "2026-11-22T00:00:00Z" and len(package["snapshot"]["sha256"]) == 64


def test_descriptor_says_to_which_date_the_snapshot_goes_however_early_the_tables_end(run):
    run({}, accepted=FIRST_TIME)
    package = json.loads((run.data / "datapackage.json").read_bytes())
    assert (package["snapshot"]["last_date"], package["period"][-10:]) == ("2026-09-02", "2025-12-31")


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "--jobs", "0"],
        ["refresh", "--jobs", "-3"],
        ["refresh", "--jobs", "two"],
        ["cite", ""],
        ["cite", "../../etc/passwd"],
        ["rows", ""],
        ["compare", "--output=x"],
        ["compare", "no such tag"],
        ["refresh", "../x"],
        ["check", "--data", "/dev/null"],
        [],
        ["nonsense"],
    ],
)
def test_bad_argument_of_any_command_gets_a_message_and_a_status(capsys, arguments):
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    shown = capsys.readouterr()
    assert status in (1, 2) and "Traceback" not in shown.err and (shown.err + shown.out).strip()


def test_command_line_offers_the_guards_there_are():
    assert GUARDS == tuple(FLAGS)


def test_damaged_reports_are_named_before_anything_is_compared_with_them(run):
    run({}, accepted=FIRST_TIME)
    path = run.data / "reports.csv"
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="reports.csv, line .*the same as in the row"):
        run({}, SECOND)


@pytest.mark.parametrize("left", [[".data-1-new-old"], [".data-1-new-old", ".data-2-new"]])
def test_only_copy_that_a_killed_run_put_aside_is_restored(tmp_path, left):
    for name in left:
        (tmp_path / name).mkdir()
        (tmp_path / name / "reports.csv").write_text(name)
    with replacing(tmp_path / "data") as staging:
        assert (staging / "reports.csv").read_text() == ".data-1-new-old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".data.lock", "data"]


def test_out_that_is_no_folder_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="pipe: found something that is no"):
        update("any.csv", date(2025, 12, 31), tmp_path / "pipe")
