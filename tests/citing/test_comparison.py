"""What changed since a git version, or against another data directory."""

import io
import json
import shutil
import subprocess

import pandas as pd
import pytest

from analysis import __version__, paths
from analysis.citing import manifest
from analysis.citing.citation import cite
from analysis.citing.comparison import changelog, compare, differences

CHANGES = """# Changelog
## [Unreleased]
## [data 1.1.0] - 2027-01-02
### Fixed
- Lost of 4 July.
## [package 1.2.0] - 2027-01-02
- Draw months again.
## [data 1.0.0] - 2026-11-22
- First.
"""
ENTRY = {
    "id": "98-a",
    "notebook": "98-x",
    "fields": [{"name": "month", "type": "string"}],
    **dict.fromkeys(("title", "caption", "alt", "source", "licence", "data_sha256"), "Text"),
    "data_version": "1.0.0",
    "package_version": "0.9.0",
}
CFF = "title: Then\nversion: 0.9.0\ndate-released: 2025-01-02\nauthors: [{name: A}]\n"


def write_state(root, version, launched):
    """A project whose one figure counts one report."""
    for name in ("data", "figures"):
        (root / name).mkdir(exist_ok=True)
    schema = {"primaryKey": ["report_id"], "fields": []}
    table = {"name": "reports", "path": "reports.csv", "schema": schema}
    period = "2025-07-01/2025-07-31"
    package = {"version": version, "period": period, "resources": [table]}
    (root / "data" / "datapackage.json").write_text(json.dumps(package))
    (root / "data" / "reports.csv").write_text(f"report_id,launched_count\na,{launched}\n")
    (root / "figures" / "98-a.csv").write_text(f"month,launched_count\n2025-07,{launched}\n")
    (root / "figures" / "98-a.rows.csv").write_text("report_id,month\na,2025-07\n")
    files = {s: {"path": f"98-a.{s}", "sha256": str(launched)} for s in ("csv", "rows.csv")}
    manifest.write([ENTRY | {"files": files}], root / "figures")


@pytest.fixture
def project(tmp_path):
    """A repository with the tag v1.0.0, whose data then changed; beside it the old data."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    (tmp_path / "CITATION.cff").write_text(CFF)
    write_state(tmp_path, "1.0.0", 6000)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"], ["tag", "v1.0.0"]):
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True)
    shutil.copytree(tmp_path / "data", tmp_path / "old")
    write_state(tmp_path, "1.1.0", 6297)
    return tmp_path


def test_tables_and_figures_that_changed_since_a_tag_are_listed_with_the_changelog(project):
    assert compare("v1.0.0", project) == [
        "data version 1.0.0 then, 1.1.0 now",
        f"package version 0.9.0 then, {__version__} now",
        "reports.csv: 1 rows changed, 0 added, 0 gone",
        "  a, launched_count: 6000 then, 6297 now",
        "data/: 0 tables are the same",
        "98-a.csv: 1 rows changed, 0 added, 0 gone",
        "  2025-07, launched_count: 6000 then, 6297 now",
        "figures/: 0 tables are the same",
        "[data 1.1.0] - 2027-01-02",
        "### Fixed",
        "- Lost of 4 July.",
        "[package 1.2.0] - 2027-01-02",
        "- Draw months again.",
    ]


def test_changed_report_of_a_data_directory_names_the_figures_that_count_it(project):
    assert compare(project / "old", project)[1:5] == [
        "reports.csv: 1 rows changed, 0 added, 0 gone",
        "  a, launched_count: 6000 then, 6297 now",
        "data/: 0 tables are the same",
        "98-a: 1 of the reports behind it differ",
    ]


def test_same_data_change_nothing():
    _, tables, versions = compare(paths.DATA)
    assert tables.endswith("tables are the same") and versions.endswith("no version in between")


def test_unknown_version_is_told_in_the_words_of_git(project):
    with pytest.raises(ValueError, match="^v2: .* git says: fatal: not a valid object name: v2$"):
        compare("v2", project)


def test_figure_is_cited_as_a_tag_has_it(project, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", project)
    assert cite("98-a", version="v1.0.0") == (
        "A. (2025). Text [Figure 98-a; data version 1.0.0, sha256 Text]. In Then (Version 0.9.0)."
    )
    with pytest.raises(ValueError, match="no figure '98-b'; nearest: 98-a"):
        cite("98-b", version="v1.0.0")


@pytest.mark.parametrize(
    "old, new, said",
    [
        (
            "a,n\nx,1\n",
            "a,n\nx,2\ny,3\n",
            ["1 rows changed, 1 added, 0 gone", "  x, n: 1 then, 2 now", "  y: added"],
        ),
        (
            "a,n\nx,1\nx,2\n",
            "a,n\nx,1\nx,\n",
            ["1 rows changed, 0 added, 0 gone", "  2, n: 2 then, blank now"],
        ),
        (
            "a,n\nx,1\n",
            "a,m\nx,1\n",
            [
                "columns in one version only: m, n",
                "0 rows changed, 0 added, 0 gone",
            ],
        ),
    ],
    ids=["matched by key", "matched by number where keys repeat", "other columns"],
)
def test_rows_that_differ_are_told_by_their_keys(old, new, said):
    old, new = (pd.read_csv(io.StringIO(t), dtype="str").fillna("blank") for t in (old, new))
    lines = differences("t", old, new)[0]
    assert [line.removeprefix("t: ") for line in lines] == said


def test_changelog_gives_the_sections_of_one_kind_in_between():
    assert changelog(CHANGES, "package", "1.1.9", "1.2.0") == [
        "[package 1.2.0] - 2027-01-02",
        "- Draw months again.",
    ]
    assert changelog(CHANGES, "data", "1.1.0", "1.1.0") == []
