"""The project as a whole: what its locks, its wheel, its README and its other pages promise."""

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
from matplotlib.dates import num2date
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from analysis import __version__, paths
from analysis.citing.manifest import entries
from analysis.dataset import descriptor
from upkeep.refresh.sentences import numbers_shown, stale

LOCKS = ["requirements.lock", "requirements-run.lock", "requirements-site.lock"]
LOCKS += ["benchmarks/requirements.txt"]
PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
GIT = subprocess.run(["git", "ls-files"], cwd=paths.ROOT, capture_output=True, text=True)
TRACKED = [path for path in map(paths.ROOT.joinpath, GIT.stdout.splitlines()) if path.is_file()]
PAGES = [path for path in TRACKED if path.suffix == ".md" and path.parent.name != "templates"]
pytestmark = pytest.mark.skipif(not TRACKED, reason="not a git checkout")


def text(name):
    return (paths.ROOT / name).read_text("utf-8")


def pins(name):
    """Name and version of each pinned package of a lock."""
    return dict(re.findall(r"^([a-z0-9][^ ]*)==([^ ]+) .*\\$", text(name), re.MULTILINE))


def test_locks_agree_and_satisfy_every_requirement_of_the_project():
    pinned = {name: version for lock in LOCKS for name, version in pins(lock).items()}
    assert [lock for lock in LOCKS if not pins(lock).items() <= pinned.items()] == []
    assert pins(LOCKS[1]).items() < pins(LOCKS[0]).items()
    extras = {**PROJECT["optional-dependencies"], "": PROJECT["dependencies"]}
    del extras["parquet"]  # for users to choose; nothing here needs it
    for wanted in map(Requirement, sum(extras.values(), [])):
        assert wanted.specifier.contains(pinned[wanted.name.lower()]), wanted


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_no_address(name):
    blocks = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(name)) and all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text(name) and not re.search(r"^-", text(name), re.MULTILINE)


def test_conda_and_binder_and_the_page_on_installing_install_the_package_in_the_same_way():
    steps = re.findall(r"^#   (.*)", text("environment.yml"), re.MULTILINE)
    python, pip, lock = yaml.safe_load(text("environment.yml"))["dependencies"]
    assert text("postBuild").splitlines()[-1] == steps[-1]
    assert "".join(f"    {step}\n" for step in steps) in text("docs/install.md")
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.partition("=")[2])
    assert (pip, lock) == ("pip", {"pip": ["--require-hashes", "-r requirements.lock"]})


def test_ci_runs_every_python_that_the_makefile_takes():
    job = yaml.safe_load(text(".github/workflows/test.yml"))["jobs"]["test"]
    pythons = job["strategy"]["matrix"]["python"]
    listed = re.search(r"^PYTHONS \?= (.*)", text("Makefile"), re.MULTILINE)[1]
    assert [f"python{python}" for python in pythons] == listed.split()
    assert SpecifierSet(PROJECT["requires-python"]).contains(pythons[0])
    assert job["steps"][-1] == {"run": ".ci/run"}


def test_package_project_and_citation_have_one_version():
    citation = yaml.safe_load(text("CITATION.cff"))["version"]
    assert PROJECT["version"] == __version__ == citation


def test_no_tracked_file_names_a_registry_or_a_machine():
    # Put together here, so that this file does not name what it looks for.
    hosts = [
        "python" + r"hosted\.org",
        "pypi" + r"\.org",
        "registry\\." + "npm",
        "anaconda" + r"\.org",
    ]
    places = r"(?<![\w./:])/(?:" + "work|root|home|tmp)/"
    words = re.compile("|".join([*hosts, places, "C:" + r"\\Users"]))
    texts = [path for path in TRACKED if path.suffix not in (".png", ".pdf", ".ttf")]
    assert [path for path in texts if words.search(path.read_text("utf-8"))] == []


def test_nothing_that_runs_is_for_posix_alone():
    words = re.compile(r"import fcntl|%-[dmHIjy]|os\.fork|import pwd|import termios")
    code = [p for p in TRACKED if p.suffix in (".py", ".ipynb") and "tests" not in p.parts]
    assert [path.name for path in code if words.search(path.read_text("utf-8"))] == []


def test_cells_of_notebooks_are_short_define_nothing_and_silence_nothing():
    for path in paths.NOTEBOOKS.glob("*.ipynb"):
        for cell in json.loads(path.read_bytes())["cells"]:
            source = "".join(cell["source"]) if cell["cell_type"] == "code" else ""
            found = re.findall(r"^\s*def |;$", source, re.MULTILINE)
            assert found == [] and source.count("\n") < 30, f"{path.name}, {cell['id']}"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A Python with the wheel and the libraries that are here, and the files of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=paths.ROOT, check=True, capture_output=True)
    venv.create(folder / "venv")
    (site,) = (folder / "venv").rglob("site-packages")
    with zipfile.ZipFile(*folder.glob("*.whl")) as wheel:
        wheel.extractall(site)
    # Read for modules; its own .pth files, such as that of an editable install, are not run.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"])
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    return scripts / Path(sys.executable).name, wheel.namelist()


def test_wheel_holds_the_library_its_data_and_both_licences_and_nothing_else(installed):
    _, names = installed
    folders = {name.partition("/")[0].partition("-")[0] for name in names}
    assert folders == {"analysis", "ukraine_air_attack_notebooks"}
    licences = {Path(name).name for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA.md"}


PUBLISH = """
import pandas as pd
from analysis import load, publish, style
fig, ax = style.figure('A', 'B')
print(publish(fig, '02-mine', pd.DataFrame({'share': [1.0]}), load()).paths['csv'].as_posix())
"""


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["-c", PUBLISH], r"^my-figures/02-mine\.csv$"),
        (["-m", "analysis", "cite", "02-monthly-launches"], "Attack Notebooks maintainers"),
        (
            ["-m", "analysis", "rows", "02-monthly-launches", "--where", "month=2025-07"],
            r"missiles, 29 reports: 198 launched",
        ),
        (["-m", "analysis", "check", "--data", "{data}"], "no problems found"),
        (["-m", "analysis", "compare", str(paths.DATA)], "tables are the same"),
    ],
)
def test_wheel_works_from_any_directory(installed, small_data, tmp_path, arguments, printed):
    python, _ = installed
    arguments = [argument.replace("{data}", str(small_data)) for argument in arguments]
    done = subprocess.run([python, *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert re.search(printed, done.stdout, re.MULTILINE), done.stderr


def test_chart_of_the_readme_ends_where_the_reports_stop_separating_the_lost():
    (block,) = re.findall(r"```python\n(.*?)```", text("README.md"), re.DOTALL)
    exec(block, {})
    last = num2date(plt.gca().lines[0].get_xdata(orig=False)[-1]).replace(tzinfo=None)
    plt.close("all")
    assert pd.Timestamp("2025-07-01") < last < pd.Timestamp("2025-07-28")


def test_every_number_of_the_readme_is_shown_by_a_notebook():
    noise = r"```.*?```|<!-- findings -->.*?<!-- /findings -->|\]\([^)]*\)|`[^`]*`"
    prose = re.sub(noise + "|## Two commands.*?## ", "", text("README.md"), flags=re.DOTALL)
    notebooks = [json.loads(path.read_bytes()) for path in paths.NOTEBOOKS.glob("*.ipynb")]
    shown = set().union(*map(numbers_shown, notebooks))
    assert stale(shown)(prose.partition("## Use a figure")[0]) == []


def test_licence_of_the_data_names_every_table_under_its_licence():
    lines = text("LICENSE-DATA.md").splitlines()
    for resource in descriptor()["resources"]:
        (line,) = (line for line in lines if f"`{resource['path']}`" in line)
        assert resource["licenses"][0]["name"] in line.replace(" ", "-"), resource["name"]


def test_readme_is_short_and_says_how_many_notebooks_and_figures_there_are():
    readme = text("README.md")
    notebooks, figures = len([*paths.NOTEBOOKS.glob("*.ipynb")]), len(entries(paths.FIGURES))
    assert readme.count("\n") <= 100
    assert f"`{notebooks} notebooks run, {figures} figures: all equal" in readme


def test_commands_of_the_readme_run_as_printed():
    printed = re.findall(r"`\.venv/bin/python (-m analysis [^`]+)`", text("README.md"))
    assert len(printed) == 3
    for arguments in printed:
        command = [sys.executable, *arguments.replace("TAG", "HEAD").split()]
        subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True)


def test_every_command_that_a_page_names_is_there():
    pages = [page.read_text("utf-8") for page in PAGES if page.name != "CHANGELOG.md"]
    named = set(
        re.findall(r"(?:`|^ +)(make|python -m \w+) ([a-z-]+)", "".join(pages), re.MULTILINE)
    )
    assert {"make", "python -m analysis", "python -m upkeep"} <= {program for program, _ in named}
    for program, command in named:
        if program == "make":
            assert f"\n{command}:" in text("Makefile")
        elif program.endswith(("analysis", "upkeep")):
            words = [sys.executable, *program.split()[1:], command, "--help"]
            subprocess.run(words, cwd=paths.ROOT, check=True, capture_output=True)


def test_links_of_every_page_resolve():
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:\s]+)[)#]", page.read_text("utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == [], page.name


def test_files_that_a_page_or_a_workflow_names_are_there():
    contributing, ci = text("CONTRIBUTING.md"), text(".github/workflows/test.yml")
    named = re.findall(r"`((?:data|analysis|upkeep|tests)/[\w./]*)`", contributing)
    named += re.findall(r"tests/[\w./]+", ci)
    assert len(named) > 10 and [name for name in named if not (paths.ROOT / name).exists()] == []
