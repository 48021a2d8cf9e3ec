"""The project as a whole: one list of versions, a wheel that carries the data, nothing of a machine in its files."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from analysis import __version__, paths

TRACKED = subprocess.run(["git", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, text=True).stdout.split("\0")[
    :-1
]
pytestmark = pytest.mark.skipif(not TRACKED, reason="not a git checkout")


def pins(name):
    """Name and version of each pinned package of a lock."""
    return dict(re.findall(r"^([a-z0-9][^ ]*)==([^ ]+) .*\\$", (paths.ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_lock_satisfies_every_requirement_of_the_project(project):
    full, extras = pins("requirements.lock"), dict(project["optional-dependencies"])
    site = extras.pop("site")
    for lock, texts in (
        (full, [*project["dependencies"], *sum(extras.values(), [])]),
        (pins("requirements-site.lock"), site),
    ):
        for wanted in map(Requirement, texts):
            assert wanted.specifier.contains(lock[wanted.name.lower()]), wanted


def test_no_two_locks_pin_different_versions_of_a_package():
    full, site = pins("requirements.lock"), pins("requirements-site.lock")
    assert {name: site[name] for name in full.keys() & site.keys()} == {
        name: full[name] for name in full.keys() & site.keys()
    }


def test_run_lock_is_a_part_of_the_full_lock_with_the_same_pins():
    few, full = pins("requirements-run.lock"), pins("requirements.lock")
    assert few.items() <= full.items() and "jupyterlab" in full and "jupyterlab" not in few


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-run.lock", "requirements-site.lock"])
def test_every_pin_has_hashes_and_no_address(name):
    text = (paths.ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(name)) and all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text and not re.search(r"^-", text, re.MULTILINE)


def test_conda_environment_gives_the_python_of_the_project_and_the_lock(project):
    environment = yaml.safe_load((paths.ROOT / "environment.yml").read_text("utf-8"))
    *conda, pip = environment["dependencies"]
    assert environment["channels"] == ["conda-forge"] and conda == ["python=3.12", "pip"]
    assert SpecifierSet(project["requires-python"]).contains("3.12")
    assert "--require-hashes" in pip["pip"] and "-r requirements.lock" in pip["pip"]
    others = [Requirement(line) for line in pip["pip"] if not line.startswith("-")]
    assert all(wanted.specifier.contains(pins("requirements.lock")[wanted.name]) for wanted in others)


def test_package_and_project_have_one_version(project):
    assert project["version"] == __version__


def test_no_tracked_file_names_a_registry_or_a_machine():
    # Put together here, so that this file does not name what it looks for.
    hosts = ["files.python" + "hosted.org", "pypi" + ".org", "registry." + "npmjs", "conda." + "anaconda.org"]
    places = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/", "C:" + "\\Users"]
    for name in TRACKED:
        path = paths.ROOT / name
        if path.suffix in (".png", ".pdf") or not path.is_file():
            continue
        text = path.read_text("utf-8")
        found = [word for word in hosts if word in text] + [
            place for place in places if re.search(rf"(?<![\w./:]){re.escape(place)}", text)
        ]
        assert not found, f"{name}: {found}"


def test_installed_wheel_carries_the_data(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=paths.ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert not [
            name for name in archive.namelist() if not name.startswith(("analysis/", "ukraine_air_attack_notebooks-"))
        ]
        archive.extractall(tmp_path / "site")
    code = "from analysis import load, paths; print(len(load().reports), paths.DATA)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"3248 {tmp_path / 'site' / 'analysis' / 'data'}\n"
