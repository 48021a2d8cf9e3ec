"""What changed since a figure was cited, between two data directories and since a git tag."""

import json
import shutil
import subprocess
import zipfile

import pandas as pd
import pytest

from analysis import __version__, load, paths
from analysis.citing import manifest
from analysis.citing.citation import cite
from analysis.citing.comparison import changelog, compare, differences, report_differences

CHANGES = """# Changelog
## [Unreleased]
## [data 1.1.0] - 2027-01-02
### Fixed
- Lost of 4 July.
## [package 1.2.0] - 2027-01-02
- Draw months anew.
## [data 1.0.0] - 2026-11-22
- First.
"""


def test_changed_added_and_gone_rows_are_told_apart_by_their_keys():
    old = pd.DataFrame(
        {"month": ["2025-05", "2025-06", "2025-07"], "launched_count": [4003, 5438, 6000]}
    )
    new = pd.DataFrame(
        {"month": ["2025-06", "2025-07", "2025-08"], "launched_count": [5438, 6297, 4132]}
    )
    assert differences(old, new) == [
        "1 rows changed, 1 added, 1 gone",
        "  launched_count, month 2025-07: 6,000 then, 6,297 now",
    ]


def test_value_that_appears_is_a_change_from_missing():
    old = pd.DataFrame({"month": ["2025-07"], "share": [None]})
    assert (
        differences(old, old.assign(share=0.8125))[1]
        == "  share, month 2025-07: missing then, 0.8125 now"
    )


def test_report_rows_are_compared_by_id_field_by_field():
    old = pd.DataFrame({"report_id": ["a", "b"], "lost_count": pd.array([200, None], "Int64")})
    new = pd.DataFrame({"report_id": ["a", "c"], "lost_count": pd.array([208, None], "Int64")})
    lines, touched = report_differences(old, new)
    assert lines == [
        "reports.csv: 1 rows changed, 1 added, 1 gone",
        "  a, lost_count: 200 then, 208 now",
        "  c: added",
        "  b: gone",
    ]
    assert touched == {"a", "b", "c"}


def test_changelog_gives_the_sections_of_one_kind_in_between():
    assert changelog(CHANGES, "data", "1.0.0", "1.1.0") == [
        "[data 1.1.0] - 2027-01-02",
        "### Fixed",
        "- Lost of 4 July.",
    ]
    assert changelog(CHANGES, "data", "1.1.0", "1.1.0") == []
    assert changelog(CHANGES, "package", "1.1.9", "1.2.0") == [
        "[package 1.2.0] - 2027-01-02",
        "- Draw months anew.",
    ]


def test_changed_report_names_the_figures_it_feeds(tmp_path):
    old = shutil.copytree(paths.DATA, tmp_path / "data")
    text = (old / "reports.csv").read_text()
    assert text.count(",539,268,208,counted,476,") == 1
    (old / "reports.csv").write_text(
        text.replace(",539,268,208,counted,476,", ",530,268,208,counted,476,")
    )
    lines = compare(old)
    assert "  2025-07-04-shahed-type-c86a2f, launched_count: 530 then, 539 now" in lines
    figure = next(line for line in lines if line.startswith("02-monthly-launches: "))
    assert figure.startswith(
        "02-monthly-launches: 1 of the reports behind it differ; sum of launched_count "
    )


def test_same_data_change_no_figure():
    assert compare(paths.DATA) == [
        f"data version {load().version} then, {load().version} now",
        "reports.csv: 0 rows changed, 0 added, 0 gone",
        "CHANGELOG.md: no version in between",
    ]


@pytest.fixture
def tagged(tmp_path):
    """A repository with one figure, tagged v1.0.0, whose data then changed."""
    for name in ("data", "figures"):
        (tmp_path / name).mkdir()
    (tmp_path / "CHANGELOG.md").write_text(
        CHANGES.replace("package 1.2.0", "package 99.0.0")
    )  # above any version of the package
    _state(tmp_path, "1.0.0", 6000)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"], ["tag", "v1.0.0"]):
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True)
    _state(tmp_path, "1.1.0", 6297)
    return tmp_path


def _state(root, version, launched):
    (root / "data" / "datapackage.json").write_text(json.dumps({"version": version}))
    (root / "figures" / "98-a.csv").write_text(f"month,launched_count\n2025-07,{launched}\n")
    manifest.write(
        [
            {
                "id": "98-a",
                "notebook": None,
                "cell": "98-a",
                "package_version": "1.0.0",
                "files": {"csv": {"path": "98-a.csv", "sha256": str(launched)}},
            }
        ],
        root / "figures",
    )


def test_figures_that_changed_since_a_tag_are_listed_with_the_changelog(tagged):
    assert compare("v1.0.0", tagged) == [
        "data version 1.0.0 then, 1.1.0 now",
        f"package version 1.0.0 then, {__version__} now",
        "98-a: 1 rows changed, 0 added, 0 gone",
        "98-a:   launched_count, month 2025-07: 6,000 then, 6,297 now",
        "0 figures with the same data",
        "[data 1.1.0] - 2027-01-02",
        "### Fixed",
        "- Lost of 4 July.",
    ]


def test_unknown_tag_names_the_nearest(tagged):
    with pytest.raises(
        ValueError, match="no data directory, release archive or git tag 'v1.0'; nearest: v1.0.0"
    ):
        compare("v1.0", tagged)


@pytest.mark.parametrize(
    "name, text",
    [
        *(
            ("figures/figures.json", text)
            for text in ("{", "{}", "[]", '{"figures": [3]}', '{"figures": [{"id": "98-a"}]}')
        ),
        *(("data/datapackage.json", text) for text in ("{", "[]", "[" * 100_000, "<<<<<<< HEAD")),
        *(
            ("figures/98-a.csv", text)
            for text in ("", '"', 'a\n1,"2', "month,launched_count\n2025-07,many\n")
        ),
    ],
)
def test_damaged_file_of_a_tag_is_one_line_that_names_it(tagged, name, text):
    (tagged / name).write_text(text)
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "b", name],
        cwd=tagged,
        check=True,
    )
    _state(tagged, "1.1.0", 5000)
    with pytest.raises(ValueError, match=f"^{name} of commit [0-9a-f]{{7}}: damaged ") as stopped:
        compare("HEAD", tagged)
    assert "\n" not in str(stopped.value)


def test_version_that_is_no_number_sorts_first():
    assert changelog(CHANGES, "data", "unknown", "1.0.0") == [
        "[data 1.0.0] - 2026-11-22",
        "- First.",
    ]


def test_figure_that_was_listed_without_its_csv_is_named_not_an_error(tagged):
    for command in (
        ["rm", "-q", "--cached", "figures/98-a.csv"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "b"],
    ):
        subprocess.run(["git", *command], cwd=tagged, check=True)
    assert "98-a: listed then, but without its CSV, so nothing to compare" in compare(
        "HEAD", tagged
    )


@pytest.fixture
def released(tagged):
    """An archive of the tag v1.0.0, in a folder as a release has it."""
    subprocess.run(
        ["git", "archive", "--prefix=project/", "-o", "then.zip", "v1.0.0"], cwd=tagged, check=True
    )
    return tagged / "then.zip"


def test_figures_that_changed_since_a_release_archive_are_listed_as_since_its_tag(tagged, released):
    assert compare(released, tagged) == compare("v1.0.0", tagged)


def test_archive_that_is_cut_or_of_something_else_is_one_line(tagged):
    (tagged / "a.zip").write_bytes(b"PK\3\4")
    with pytest.raises(
        ValueError,
        match="a.zip: found a file that is no whole zip archive, expected one that make release wrote",
    ):
        compare(tagged / "a.zip", tagged)
    with zipfile.ZipFile(tagged / "b.zip", "w") as archive:
        archive.writestr("project/data/datapackage.json", "[")
    with pytest.raises(
        ValueError, match=r"^data/datapackage.json of b.zip: damaged \(JSONDecodeError"
    ):
        compare(tagged / "b.zip", tagged)


def test_figure_is_cited_as_a_release_archive_has_it(tmp_path):
    entry = manifest.find("02-monthly-launches") | {
        "title": "Then fewer",
        "data_version": "0.8.0",
        "package_version": "0.9.0",
    }
    package = load().package | {"version": "0.8.0"}
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(
            "p/CITATION.cff",
            "{title: Then, version: 0.9.0, date-released: 2025-01-02, authors: [{name: A}]}",
        )
        archive.writestr("p/figures/figures.json", json.dumps({"figures": [entry]}))
        archive.writestr("p/data/datapackage.json", json.dumps(package))
    then = tmp_path / "old.zip"
    assert cite("02-monthly-launches", version=then).startswith(
        "A. (2025). Then fewer [Figure 02-monthly-launches; data version 0.8.0, sha256 "
    )
    assert cite(version=then).startswith(
        "A. (2025). Then (Version 0.9.0) [Data set; data version 0.8.0, sha256 "
    )
    with pytest.raises(
        ValueError, match="no figure '02-years'; expected one of 02-monthly-launches"
    ):
        cite("02-years", version=then)
