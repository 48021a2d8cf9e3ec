"""Killing `update` at random points leaves the old data or the new, whole. ``ANALYSIS_KILLS=100`` kills that often."""

import os
import subprocess
import sys

import pytest

KILLS = int(os.environ.get("ANALYSIS_KILLS", "2"))
# A process of its own, which forks: the update starts at once and without threads of the test runner.
DRIVER = """
import collections, datetime, os, pathlib, random, shutil, signal, sys, time
import upkeep.writing
from upkeep.curation.update import update
if sys.argv[4] == "renamed":
    upkeep.writing._exchanged = lambda *_: False

class Everything:
    def __contains__(self, finding):
        return True

data, snapshot, kills = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def contents():
    return {path.name: path.read_bytes() for path in data.iterdir()}

def start():
    if (child := os.fork()) == 0:
        update(snapshot, datetime.date(2025, 12, 31), data, Everything(), datetime.date(2026, 11, 22))
        os._exit(0)
    return child

def restore():
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(kept, data)

kept = shutil.copytree(data, data.with_name("kept"))
old, began = contents(), time.perf_counter()
os.waitpid(start(), 0)
new, lasts = contents(), time.perf_counter() - began
assert old != new
outcomes = collections.Counter()
for seed in range(kills):
    restore()
    child = start()
    time.sleep(random.Random(seed).uniform(0.3, 1.05) * lasts)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    put_aside = not data.exists()  # by two renames; whoever writes next puts it back
    with upkeep.writing.alone(data):
        found = contents()
    assert found in (old, new), seed
    outcomes[("old" if found == old else "new") + " put aside" * put_aside] += 1
restore()
os.waitpid(start(), 0)
left = [path.name for path in data.parent.glob(".data-*")]
assert contents() == new and not left, left
print(dict(outcomes), f"update lasts {lasts:.2f} s")
"""


@pytest.mark.parametrize("folders", ["exchanged", "renamed"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not fork here")
def test_update_killed_at_random_leaves_old_or_new_data(snapshot_csv, blank_data, folders):
    nights = [
        {"time_start": f"2025-03-{day} 18:00", "time_end": f"2025-03-{day} 23:00"}
        for day in range(10, 31)
    ]
    command = [
        sys.executable,
        "-c",
        DRIVER,
        blank_data,
        snapshot_csv({}, *nights),
        str(KILLS),
        folders,
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120 + 10 * KILLS)
    assert run.returncode == 0, run.stderr
    print(run.stdout)
