"""The project as a whole: one list of versions, a wheel that carries the data, nothing of a machine in its files."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from analysis import __version__, paths
from upkeep.refresh.sentences import numbers_shown, stale


def _tracked():
    """The files of the commit: git tells them, or the checksums of an unpacked release, which holds more."""
    if (released := paths.ROOT / "SHA256SUMS").exists():
        names = [line[66:] for line in released.read_text("utf-8").splitlines()]
        return [name for name in names if not name.startswith(("site/", "wheel/"))]
    return subprocess.run(
        ["git", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, text=True
    ).stdout.split("\0")[:-1]


TRACKED = _tracked()
pytestmark = pytest.mark.skipif(not TRACKED, reason="neither a git checkout nor a release")


def pins(name):
    """Name and version of each pinned package of a lock."""
    return dict(
        re.findall(
            r"^([a-z0-9][^ ]*)==([^ ]+) .*\\$", (paths.ROOT / name).read_text("utf-8"), re.MULTILINE
        )
    )


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_lock_satisfies_every_requirement_of_the_project(project):
    full, extras = pins("requirements.lock"), dict(project["optional-dependencies"])
    site = extras.pop("site")
    del extras["excel"], extras["parquet"]  # for users to choose; nothing here needs them
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


def test_what_benchmarks_install_changes_no_pin_of_the_run():
    few, bench = pins("requirements-run.lock"), pins("benchmarks/requirements.txt")
    assert {
        name: bench[name] for name in few.keys() & bench.keys()
    }.items() <= few.items() and "papermill" in bench


def test_run_lock_is_a_part_of_the_full_lock_with_the_same_pins():
    few, full = pins("requirements-run.lock"), pins("requirements.lock")
    assert few.items() <= full.items() and "jupyterlab" in full and "jupyterlab" not in few


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "requirements-run.lock",
        "requirements-site.lock",
        "benchmarks/requirements.txt",
    ],
)
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
    assert pip == {"pip": ["--require-hashes", "-r requirements.lock"]}
    assert {"hatchling", "editables", "jupyterlab"} <= pins(
        "requirements.lock"
    ).keys()  # what the second step and the notebooks need


def test_conda_and_binder_and_readme_install_the_package_in_the_same_way():
    steps = re.findall(
        r"^#   (.*)", (paths.ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE
    )
    script = (paths.ROOT / "postBuild").read_text("utf-8").splitlines()
    assert steps == ["conda env create -f environment.yml", "conda activate air-attack", script[-1]]
    assert "".join(f"    {step}\n" for step in steps) in (paths.ROOT / "README.md").read_text(
        "utf-8"
    )
    assert (
        script[0].startswith("#!")
        and script[-1] == "python -m pip install --no-deps --no-build-isolation -e ."
    )


def test_workflows_run_ci_on_every_python_and_use_the_usual_actions_alone(project):
    workflows = {
        p.stem: yaml.safe_load(p.read_text("utf-8"))
        for p in (paths.ROOT / ".github" / "workflows").iterdir()
    }
    jobs = [job for workflow in workflows.values() for job in workflow["jobs"].values()]
    used = {step["uses"].split("@")[0] for job in jobs for step in job["steps"] if "uses" in step}
    test = workflows["test"]["jobs"]["test"]
    assert test["strategy"]["matrix"] == {
        "os": ["ubuntu-latest", "macos-latest"],
        "python": ["3.11", "3.12", "3.13"],
    }
    assert test["steps"][-1] == {"run": ".ci/run"} and project["requires-python"] == ">=3.11,<3.14"
    assert used == {
        f"actions/{name}"
        for name in ("checkout", "setup-python", "upload-pages-artifact", "deploy-pages")
    }


def test_windows_job_runs_tests_that_are_there():
    job = yaml.safe_load((paths.ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))[
        "jobs"
    ]["windows-untried"]
    named = [
        word for word in job["steps"][-1]["run"].split() if word.startswith(("tests/", "analysis"))
    ]
    assert len(named) > 5 and all((paths.ROOT / name).exists() for name in named)


def test_issue_form_asks_for_what_a_correction_needs():
    form = yaml.safe_load(
        (paths.ROOT / ".github" / "ISSUE_TEMPLATE" / "wrong-number.yml").read_text("utf-8")
    )
    assert [part["id"] for part in form["body"]] == [
        "where",
        "found",
        "expected",
        "evidence",
        "version",
    ]
    assert all(part["validations"]["required"] for part in form["body"])


def test_package_and_project_have_one_version(project):
    assert project["version"] == __version__


def test_no_tracked_file_names_a_registry_or_a_machine():
    # Put together here, so that this file does not name what it looks for.
    hosts = [
        "files.python" + "hosted.org",
        "pypi" + ".org",
        "registry." + "npmjs",
        "conda." + "anaconda.org",
    ]
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


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A Python in an environment of its own with the wheel installed, beside the libraries that are here, and its folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=paths.ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    (site,) = (folder / "venv").rglob("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        assert not [
            n
            for n in archive.namelist()
            if not n.startswith(("analysis/", "ukraine_air_attack_notebooks-"))
        ]
        archive.extractall(site)
    (site / "libraries.pth").write_text(
        sysconfig.get_paths()["purelib"]
    )  # read for modules; its own .pth files are not run
    return scripts / Path(sys.executable).name, folder


def test_wheel_carries_the_licences_of_code_and_data(installed):
    _, folder = installed
    assert {p.name for p in folder.rglob("licenses/*")} == {"LICENSE", "LICENSE-DATA.md"}


@pytest.mark.parametrize(
    "arguments, said",
    [
        (
            [
                "-c",
                "from analysis import load, paths; print(len(load().reports), paths.IS_INSTALLED)",
            ],
            r"3\d\d\d True",
        ),
        (
            ["-m", "analysis", "cite", "02-monthly-launches"],
            "Ukraine Air Attack Notebooks maintainers",
        ),
        (
            ["-m", "analysis", "rows", "02-monthly-launches", "--where", "month=2025-07"],
            r"\d+ reports: 6,505 launched",
        ),
        (["-m", "analysis", "check"], "data: no problems found"),
        (["-m", "analysis", "check", "--data", str(paths.DATA)], "no problems found"),
        (["-m", "analysis", "compare", str(paths.DATA)], "0 rows changed"),
    ],
)
def test_wheel_works_from_any_directory(installed, tmp_path, arguments, said):
    python, _ = installed
    done = subprocess.run([python, *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert re.search(said, done.stdout), done.stderr


def test_wheel_publishes_below_the_working_directory_and_needs_a_checkout_for_a_tag(
    installed, tmp_path
):
    python, folder = installed
    code = (
        "from analysis import load, style; from analysis.figures import publish; import pandas as pd; fig, _ = style.figure('A', 'B'); "
        "print(publish(fig, '02-mine', pd.DataFrame({'share': [1.0]}), load()).paths['csv'])"
    )
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == str(Path("my-figures") / "02-mine.csv"), done.stderr
    refused = subprocess.run(
        [python, "-m", "analysis", "compare", "v1"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (
        refused.stderr
        == "error: v1: found no such data directory or release archive, and a git tag needs a checkout of the project\n"
    )


def test_nothing_that_runs_is_for_posix_alone():
    tracked = [
        paths.ROOT / name
        for name in TRACKED
        if name.endswith((".py", ".ipynb")) and not name.startswith("tests/")
    ]
    words = re.compile(r"import fcntl|%-[dmHIjy]|os\.fork|os\.kill\(|import pwd|import termios")
    found = {p.name: words.findall(p.read_text("utf-8")) for p in tracked}
    assert set(found.pop("forked.py")) == {"os.fork", "os.kill("}  # on Linux alone: test_forked.py
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_chart_of_the_readme_ends_where_the_reports_stop_to_tell_the_lost_apart():
    (block,) = re.findall(
        r"```python\n(.*?)```", (paths.ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    exec(block, {})
    line = plt.gca().lines[0]
    assert len(line.get_ydata()) == 49 and pd.Timestamp(line.get_xdata()[-1]) < pd.Timestamp(
        "2025-07-28"
    )
    plt.close("all")


def test_every_number_of_the_readme_is_shown_by_a_notebook():
    text = re.sub(
        r"```.*?```|<!-- findings -->.*?<!-- /findings -->|\]\([^)]*\)|`[^`]*`|## Two commands.*?## ",
        "",
        (paths.ROOT / "README.md").read_text("utf-8"),
        flags=re.DOTALL,
    )
    shown = set().union(
        *(numbers_shown(json.loads(path.read_bytes())) for path in paths.NOTEBOOKS.glob("*.ipynb"))
    )
    finding, _, _ = text.partition("## Use a figure")
    assert stale(shown)(finding) == []


def test_contributing_names_files_and_commands_that_are_there():
    text = (paths.ROOT / "CONTRIBUTING.md").read_text("utf-8")
    files = re.findall(
        r"`((?:data|analysis|upkeep|tests)/[\w./]*|[A-Z]+\.(?:md|cff)|pyproject\.toml)`", text
    ) + re.findall(r"\]\(([\w./-]+)", text)
    targets = set(re.findall(r"make ([a-z]+)", text))
    assert len(files) > 10 and [name for name in files if not (paths.ROOT / name).exists()] == []
    assert {"figures", "test", "release"} <= targets and all(
        f"\n{t}:" in (paths.ROOT / "Makefile").read_text("utf-8") for t in targets
    )
