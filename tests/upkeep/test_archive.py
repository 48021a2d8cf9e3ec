"""The release archive: the same bytes from the same commit, and any change to it found."""

import json
import subprocess
import zipfile

import pytest

from upkeep import archive
from upkeep.checks.archive import archive_problems

CFF = """title: Attacks
version: 1.2.0
date-released: 2026-11-22
type: dataset
abstract: What was
  reported.
license: CC-BY-NC-SA-4.0
authors: [{name: Maintainers}, {family-names: Koval, given-names: Olha}]
keywords: [Ukraine]
"""
CHANGES = """# Changelog
## [data 1.1.0] - 2026-11-24
- Rows.

## [package 1.2.0] - 2026-11-22
- Code.

## [package 1.1.0] - 2026-11-01
- Older.
"""
NAME = "ukraine-air-attack-notebooks-1.2.0-data-1.1.0"


def _build(source, moment):
    """In the place of hatchling and Sphinx, which take a minute."""
    for folder, file in (("wheel", "a.whl"), ("site", "index.html")):
        (source / folder).mkdir()
        (source / folder / file).write_text("book")
    with zipfile.ZipFile(source / "wheel" / "a.whl", "w") as wheel:
        wheel.writestr(
            zipfile.ZipInfo("analysis/shipped/data/reports.csv"),
            (source / "data" / "reports.csv").read_bytes(),
        )


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A repository of one commit, and what would build its wheel and book replaced."""
    monkeypatch.setattr(archive, "_make_wheel_and_book", _build)
    for name, text in (
        ("CITATION.cff", CFF),
        ("CHANGELOG.md", CHANGES),
        ("data/datapackage.json", json.dumps({"version": "1.1.0"})),
        ("data/reports.csv", "report_id\na\n"),
    ):
        (tmp_path / "here" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "here" / name).write_text(text, encoding="utf-8", newline="\n")
    _commit(tmp_path / "here")
    return tmp_path / "here"


def _commit(folder):
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def _with(path, name, raw, place):
    """A copy of an archive with other bytes in a file of it."""
    (place / "other").mkdir()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(place / "other" / path.name, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, raw if entry == f"{NAME}/{name}" else old.read(entry))
    return place / "other" / path.name


def test_same_commit_gives_the_same_bytes_whatever_the_working_tree_holds(checkout, tmp_path):
    first = archive.release(tmp_path / "one", checkout)
    (checkout / "data" / "reports.csv").write_text("edited")
    second = archive.release(tmp_path / "two", checkout)
    assert first.name == f"{NAME}.zip" and first.read_bytes() == second.read_bytes()
    assert archive_problems(first) == []


def test_changelog_section_of_both_versions_is_the_notes(checkout, tmp_path):
    notes = archive.release(tmp_path, checkout).with_suffix(".md").read_text(encoding="utf-8")
    assert (
        notes
        == "## [package 1.2.0] - 2026-11-22\n- Code.\n\n## [data 1.1.0] - 2026-11-24\n- Rows.\n"
    )


def test_version_without_a_section_is_not_released(checkout, tmp_path, monkeypatch):
    (checkout / "CHANGELOG.md").write_text(CHANGES.replace("package 1.2.0", "package 1.3.0"))
    _commit(checkout)
    monkeypatch.delattr(archive, "_make_wheel_and_book")  # it does not come to that
    with pytest.raises(ValueError, match=r"found no section ## \[package 1.2.0\], expected one"):
        archive.release(tmp_path, checkout)


def test_zenodo_gets_creators_version_and_address_of_the_citation_file(checkout, tmp_path):
    (checkout / "CITATION.cff").write_text(CFF + "url: https://example.org/a\n")
    _commit(checkout)
    with zipfile.ZipFile(archive.release(tmp_path, checkout)) as found:
        zenodo = json.loads(found.read(f"{NAME}/.zenodo.json"))
    assert zenodo["creators"] == [{"name": "Maintainers"}, {"name": "Koval, Olha"}]
    assert (zenodo["version"], zenodo["license"], zenodo["description"]) == (
        "1.2.0",
        "cc-by-nc-sa-4.0",
        "What was reported.",
    )
    assert zenodo["related_identifiers"] == [
        {"identifier": "https://example.org/a", "relation": "isSupplementTo"}
    ]


def test_altered_file_of_an_archive_is_named(checkout, tmp_path):
    other = _with(
        archive.release(tmp_path, checkout), "data/reports.csv", b"report_id\nb\n", tmp_path
    )
    assert archive_problems(other) == [
        f"{NAME}.zip, data/reports.csv: found another file than SHA256SUMS says, or none; "
        "expected that of the release"
    ]


def test_archive_under_another_version_and_one_that_is_cut_are_refused(checkout, tmp_path):
    path = archive.release(tmp_path, checkout)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(path.read_bytes()[:500])
    assert archive_problems(cut)[0].startswith(f"{cut}: not a whole release archive (BadZipFile")
    renamed = path.rename(tmp_path / "ukraine-air-attack-notebooks-9.9.9-data-1.1.0.zip")
    assert archive_problems(renamed)
