"""`update`: what it writes, what stops it and what it records, of typed snapshots."""

import json
import re
import shutil
from datetime import date

import pandas as pd
import pytest

from analysis import checking, load, paths
from analysis.dataset import DataError
from upkeep.__main__ import main
from upkeep.curation.account import Disagreement
from upkeep.curation.release import unrecorded
from upkeep.curation.update import update, write_tables
from upkeep.writing import staged

FAULTS = checking.faults
DAY, THIRD_DAY, END = date(2026, 11, 22), date(2022, 10, 3), date(2022, 10, 31)


def night(day, **cells):
    """A row of an early night, so that the tables are small."""
    window = {"time_start": f"2022-10-0{day - 1} 18:00", "time_end": f"2022-10-0{day} 08:00"}
    return window | {"source": f"kpszsu/posts/{day}"} | cells


FIRST, SECOND, THIRD = night(2), night(3), night(5)
# Of the snapshot's last day.
EVE = {"time_start": "2026-08-31", "time_end": "2026-09-01", "source": "kpszsu/posts/eve"}
SAME = "data 1.1.0: as it was, the snapshot gives the tables that are there"


class Package:
    """A checkout with data of its own; a call takes typed rows into it and gives the notices.

    Frictionless, which takes a second, judges only what a test calls damaged.
    """

    def __init__(self, root, patch, write):
        patch.setattr(checking, "faults", lambda *_: [])
        self.data, self.changelog, self._write = root / "data", root / "CHANGELOG.md", write
        patch.setattr(paths, "DATA", self.data)
        patch.setattr(paths, "ROOT", root)

    def __call__(self, *rows, until=END, accepted=()):
        snapshot = self._write(self.data.parent, *rows, EVE)
        return update(snapshot, until, accepted=accepted, today=DAY).notices

    def package(self):
        return json.loads((self.data / "datapackage.json").read_bytes())

    def append(self, table, line):
        path = self.data / f"{table}.csv"
        path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def blank_root(blank_template, tmp_path_factory):
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(blank_template, root / "data")
    log = "# Changelog\n\n## [data 1.0.0] - 2026-01-01\n"
    (root / "CHANGELOG.md").write_text(log, encoding="utf-8")
    (root / "CITATION.cff").write_text('title: "Attacks, 2022–2022"\n', encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def root_with_two(blank_root, everything, write_snapshot, tmp_path_factory):
    root = shutil.copytree(blank_root, tmp_path_factory.mktemp("two"), dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        run = Package(root, patch, write_snapshot)
        run(FIRST, SECOND, until=THIRD_DAY, accepted=everything)
    return root


@pytest.fixture
def run(blank_root, tmp_path, monkeypatch, write_snapshot):
    """The `Package` without reports."""
    root = shutil.copytree(blank_root, tmp_path, dirs_exist_ok=True)
    return Package(root, monkeypatch, write_snapshot)


@pytest.fixture
def run_two(root_with_two, tmp_path, monkeypatch, write_snapshot):
    """The `Package` with two nights, to the end of March."""
    root = shutil.copytree(root_with_two, tmp_path, dirs_exist_ok=True)
    return Package(root, monkeypatch, write_snapshot)


def state(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_reports_descriptor_and_datasheet_are_written_together(run_two):
    air = load(run_two.data)
    assert air.reports["launched_count"].tolist() == [10, 10] and air.version == "1.1.0"
    assert air.package["period"] == "2022-09-28/2022-10-03"
    assert air.package["created"] == "2026-11-22T00:00:00Z"
    assert air.package["snapshot"]["last_date"] == "2026-09-02"
    text = (run_two.data / "README.md").read_text("utf-8")
    assert "| `reports.csv` | 2 |" in text and "| `nights.csv` | 6 |" in text
    assert "28 September 2022 to 3 October 2022, as" in text and "goes to 2 September 2026" in text


def test_same_snapshot_twice_says_so_and_touches_nothing(run_two):
    before, log = state(run_two.data), run_two.changelog.read_bytes()
    assert run_two(FIRST, SECOND, until=THIRD_DAY)[-1] == SAME
    assert state(run_two.data) == before and run_two.changelog.read_bytes() == log


def test_later_rows_are_a_minor_version_and_leave_earlier_rows_as_they_were(run_two):
    before = (run_two.data / "reports.csv").read_text("utf-8")
    run_two(FIRST, SECOND, THIRD)
    assert (run_two.data / "reports.csv").read_text("utf-8").startswith(before)
    assert load(run_two.data).version == "1.2.0"
    added = "- 1 report of 2022-10-05 to 2022-10-05, 10 launched as reported."
    assert added in run_two.changelog.read_text("utf-8")


def test_rows_of_2026_curate_with_the_same_rules_and_lengthen_the_period(run, everything):
    late = {"time_start": "2026-03-01 18:00", "time_end": "2026-03-02 08:00"}
    run(late | {"not_reach_goal": "0"}, until=date(2026, 6, 30), accepted=everything)
    air = load(run.data)
    assert air.reports[["regime_id", "lost_state"]].iloc[0].tolist() == ["D", "merged"]
    assert air.package["period"] == "2022-09-28/2026-06-30"
    assert air.package["title"].endswith("2022–2026")
    assert "2022–2026" in (run.data.parent / "CITATION.cff").read_text("utf-8")


@pytest.mark.parametrize(
    ("rows", "line", "version"),
    [
        ((FIRST, SECOND | {"destroyed": "5"}), "shot_down_count: 6 before, 5 now", "1.1.1"),
        ((FIRST,), "removed-report: 2022-10-03-", "2.0.0"),
        ((FIRST, SECOND, THIRD | {"model": "Kalibr"}), "new-label: Kalibr", "1.2.0"),
        (
            (FIRST, SECOND, THIRD | {"destroyed": "7"}),
            "press: disagreements.csv, 2022-10-05, drones shot_down: found no verdict on 6",
            "1.2.0",
        ),
    ],
)
def test_finding_is_accepted_by_its_line_and_recorded(run_two, rows, line, version):
    before = state(run_two.data)
    with pytest.raises(Disagreement, match=re.escape(line)) as stopped:
        run_two(*rows)
    assert state(run_two.data) == before
    findings = stopped.value.findings
    run_two(*rows, accepted=findings)
    assert load(run_two.data).version == version
    text = run_two.changelog.read_text("utf-8")
    assert text.index(f"## [data {version}] - 2026-11-22") < text.index("## [data 1.1.0]")
    assert all(f"- Accepted: `{finding}`" in text for finding in findings)


def test_findings_are_accepted_from_a_file_each_by_its_own_line(run_two, snapshot_csv, capsys):
    rows = FIRST | {"target": "x`*y*"}, SECOND | {"destroyed": "5"}
    command = ["update", str(snapshot_csv(*rows, EVE)), "--until", "2022-10-03"]
    assert main(command) == 1
    printed = capsys.readouterr().err.splitlines()
    file = run_two.data.parent / "findings.txt"
    for lines, status in ((printed[:-1], 1), (printed, 0)):
        file.write_text("\n".join(lines), encoding="utf-8")
        assert main([*command, "--reviewed", str(file)]) == status
    assert load(run_two.data).reports["shot_down_count"].tolist() == [6, 5]
    code = "target: Ukraine before, x'*y* now`"  # in which Markdown reads no marks
    assert code in run_two.changelog.read_text("utf-8")


def test_every_fault_of_a_run_is_named_at_once_after_the_notices(run):
    rows = night(2, launched="many", mood="grim"), SECOND | {"model": "Orbiter"}
    with pytest.raises(DataError) as stopped:
        run(*rows, THIRD | {"launch_place": "Atlantis"})
    said = str(stopped.value)
    places = [said.index(word) for word in ("'mood' is not known", "'many'", "'Orbiter'")]
    assert places == sorted(places) and "'Atlantis'" in said


def test_new_place_has_its_own_end_the_published_ids_and_no_changelog_of_ours(
    run_two, snapshot_csv, tmp_path
):
    """R2."""
    log = run_two.changelog.read_bytes()
    snapshot = snapshot_csv(FIRST | {"target": "Kyiv"}, EVE)
    place, until = tmp_path / "own" / "data", date(2022, 10, 2)
    with pytest.raises(Disagreement) as stopped:
        update(snapshot, until, place)
    (finding,) = stopped.value.findings
    assert finding.endswith("target: Ukraine before, Kyiv now")
    update(snapshot, until, place, [finding])
    new, old = load(place), load(run_two.data)
    assert new.reports["report_id"].tolist() == old.reports["report_id"].tolist()[:1]
    assert new.package["period"] == "2022-09-28/2022-10-02"
    assert run_two.changelog.read_bytes() == log
    assert not (tmp_path / "own" / "CHANGELOG.md").exists()


def test_edited_decision_is_taken_over_as_a_patch(run_two):
    path = run_two.data / "weapons.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("anti-ship\n", "anti-ship missile\n", 1), encoding="utf-8")
    run_two(FIRST, SECOND)
    assert load(run_two.data).version == "1.1.1"


def test_column_that_the_descriptor_has_and_the_reports_not_yet_is_a_finding(run_two):
    path = run_two.data / "reports.csv"
    pd.read_csv(path, dtype="str").drop(columns="turbojet_count").to_csv(path, index=False)
    write_tables({}, run_two.data, run_two.package(), THIRD_DAY)
    rows = [night(day, turbojet="2") for day in (2, 3)]
    with pytest.raises(Disagreement) as stopped:
        run_two(*rows)
    findings = stopped.value.findings
    assert all(line.endswith(", turbojet_count: blank before, 2 now") for line in findings)
    run_two(*rows, accepted=findings)
    assert load(run_two.data).reports["turbojet_count"].tolist() == [2, 2]


def test_edited_table_that_does_not_fit_is_named_before_the_snapshot(run, monkeypatch):
    monkeypatch.setattr(checking, "faults", FAULTS)
    run.append("additions", "X1,2022-10-05,Orbiter,3,2,,why,where")
    with pytest.raises(DataError, match="additions.csv, line 2: .*Orbiter"):
        run(FIRST | {"launched": "many"})


QUIET = {"time_start": "2024-09-01", "time_end": "2024-09-01 08:00"}


def test_date_without_verdict_is_unknown_until_a_report_comes(run, everything):
    """R17."""
    until = date(2024, 9, 1)
    with pytest.raises(Disagreement, match="no-drones: 2024-09-01: no drone report, entered as"):
        run(FIRST, until=until)
    run(FIRST, until=until, accepted=everything)
    assert load(run.data).quiet_nights["verdict"].tolist() == ["unknown"]
    run(FIRST, QUIET, until=until, accepted=everything)
    assert load(run.data).quiet_nights.empty


def test_unknown_dates_beyond_an_earlier_end_are_gone(run, everything):
    run(FIRST, until=date(2024, 9, 1), accepted=everything)
    run(FIRST, until=date(2024, 8, 31), accepted=everything)
    assert load(run.data).quiet_nights.empty


def test_verdict_of_a_quiet_night_is_not_removed_by_a_report_but_stops_the_run(run):
    """R17."""
    run.append("quiet_nights", "2024-09-01,quiet,named as a pause")
    with pytest.raises(DataError, match="quiet_nights.csv, 2024-09-01: found a drone row as well"):
        run(QUIET, until=date(2024, 9, 1))


def test_snapshot_that_ends_before_the_date_asked_for_says_so(run, snapshot_csv, everything):
    snapshot = snapshot_csv(FIRST, SECOND, THIRD, last=None)
    notices = update(snapshot, END, accepted=everything, today=DAY).notices
    assert "the snapshot is complete to 2022-10-04: the tables end then" in notices


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("CHANGELOG.md", "## [data 1.1.0]", "## [data 1.0.9]"),
        ("CITATION.cff", "Attacks, 2022–2022", "Attacks, 2022–2023"),
    ],
)
def test_changelog_or_title_of_other_data_is_named(run_two, file, old, new):
    assert list(unrecorded(run_two.package(), paths.ROOT)) == []
    path = paths.ROOT / file
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    (line,) = unrecorded(run_two.package(), paths.ROOT)
    assert line.startswith(f"{file}: found")


def test_run_that_fails_leaves_nothing_and_what_a_killed_run_left_is_removed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / ".data-new").mkdir()
    with pytest.raises(KeyError), staged(tmp_path / "data", tmp_path / "data") as copy:
        (copy / "reports.csv").write_text("new")
        raise KeyError
    assert [path.name for path in tmp_path.rglob("*")] == ["data"]


def test_place_that_holds_something_else_is_not_overwritten(run, snapshot_csv, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x")
    for place in (tmp_path / "mine", tmp_path / "mine" / "thesis.tex"):
        with pytest.raises(DataError, match="found something else"):
            update(snapshot_csv({}), END, place)


@pytest.mark.parametrize(
    "options",
    [["--until", "2025-13-01"], ["--reviewed", "no.txt"], ["--out", "/proc/nowhere/data"]],
)
def test_bad_argument_is_one_message(run, snapshot_csv, capsys, options):
    assert main(["update", str(snapshot_csv({})), *options]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error: ") and "Traceback" not in shown
