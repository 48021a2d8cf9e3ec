"""What several test modules share."""

import json
import shutil
from datetime import date

import pytest

from analysis import paths
from analysis.dataset import descriptor
from upkeep.curation.update import write_tables

FIRST_ROWS = {
    "reports": 40,
    "nights": 95,
    "press_claims": 40,
    "press_sources": 25,
    "lost_statements": 0,
    "disagreements": 0,
    "independent_posts": 9,
    "open_nights": 9,
    "launch_areas": 0,
    "affected_regions": 0,
    "siren_nights": 9,
    "silent_verdicts": 0,
}


def pytest_collection_modifyitems(items):
    """The examples in docstrings show the data to the end of 2025; later reports change them."""
    if descriptor()["period"].endswith("/2025-12-31"):
        return
    for item in (i for i in items if isinstance(i, pytest.DoctestItem)):
        item.add_marker(pytest.mark.skip(reason="shows the data to the end of 2025"))


@pytest.fixture(scope="session")
def small_data(tmp_path_factory):
    """`data/` to the end of 2022, with only the first rows of the tables that are long."""
    folder = shutil.copytree(paths.DATA, tmp_path_factory.mktemp("small") / "data")
    for name, count in FIRST_ROWS.items():
        lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / f"{name}.csv").write_text("".join(lines[: count + 1]), encoding="utf-8")
    write_tables({}, folder, descriptor(folder), date(2022, 12, 31))
    return folder


@pytest.fixture
def data_copy(small_data, tmp_path):
    """A copy of `small_data` to damage."""
    return shutil.copytree(small_data, tmp_path / "data")


@pytest.fixture
def edit(data_copy):
    """Return a function that replaces the first match of a text in a file of the copy."""

    def replace(name, old, new):
        text = (data_copy / name).read_text("utf-8")
        assert old in text
        (data_copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return data_copy

    return replace


@pytest.fixture
def describe(data_copy):
    """Return a function that changes the descriptor of the copy, and the weapons of it."""

    def run(change):
        package = json.loads((data_copy / "datapackage.json").read_bytes())
        change(package, next(r for r in package["resources"] if r["name"] == "weapons"))
        (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return data_copy

    return run
