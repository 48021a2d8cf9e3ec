"""What several test modules share."""

import json

import pytest

from analysis import dataset, paths
from analysis.descriptor import read_descriptor


def pytest_collection_modifyitems(items):
    """The examples in docstrings show the data to the end of 2025; with later reports their numbers are others."""
    if read_descriptor(paths.DATA)["period"].endswith("/2025-12-31"):
        return
    for item in (i for i in items if isinstance(i, pytest.DoctestItem)):
        item.add_marker(pytest.mark.skip(reason="shows the data to the end of 2025"))


@pytest.fixture(scope="session", autouse=True)
def files_without_fault_are_judged_once():
    """Frictionless takes a third of a second for a data directory, and most that `update` reads are those it wrote before."""
    judge, fine = dataset.faults, set()

    def faults(folder, package):
        files = [folder / r["path"] for r in package["resources"]]
        key = (
            json.dumps(package["resources"]),
            *(file.is_file() and file.read_bytes() for file in files),
        )
        found = [] if key in fine else judge(folder, package)
        if not found:
            fine.add(key)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "faults", faults)
        yield
