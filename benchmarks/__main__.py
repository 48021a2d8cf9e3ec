"""What it costs, next to what a user would take instead: ``make bench`` writes `RESULTS.md` here.

Nothing here is a test: a slow machine is not a fault. The subjects of a table
take turns within one run, so that their ratios mean something; the seconds are
those of one machine.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import timeit
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis import load, measures, paths

RESULTS = Path(__file__).with_name("RESULTS.md")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", ".cache", "build", "dist", "site")
REFRESH = ["-m", "upkeep", "refresh"]
TO_LOOK_AT = 3  # the status of a refresh after which sentences do not hold
FORCED = [*REFRESH, "--force", "--jobs", "2"]
JUPYTER_CACHE = """
import shutil, sys
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
folder, *notebooks = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
cache = get_cache(folder)
for notebook in notebooks:
    cache.add_nb_to_project(notebook)
result = load_executor("local-parallel", cache).run_and_cache(timeout=600)
assert len(result.succeeded) == len(notebooks), result
"""


def refreshes(scratch, beside=None) -> dict:
    """Return what draws every figure, by name: the arguments of `seconds`."""
    here = shutil.copytree(paths.ROOT, scratch / "here", ignore=NOT_COPIED)
    notebooks = sorted(map(str, (here / "notebooks").glob("*.ipynb")))
    executed = ["--to=notebook", "--execute", f"--output-dir={scratch / 'executed'}"]
    commands = {
        "refresh, two jobs": (here, FORCED, scratch),
        "refresh, nothing to do": (here, REFRESH, scratch),
        "nbconvert, sequential": (here, ["-m", "nbconvert", *executed, *notebooks], scratch),
        "jupyter-cache, parallel": (
            here,
            ["-c", JUPYTER_CACHE, scratch / "jcache", *notebooks],
            scratch,
        ),
    }
    if beside:
        there = shutil.copytree(beside, scratch / "there", ignore=NOT_COPIED)
        own = beside.resolve() / ".venv/bin/python"  # an older version needs other packages
        python = str(own) if own.exists() else sys.executable
        commands[f"refresh of {beside.name}, two jobs"] = (there, FORCED, scratch, python)
    return commands


def seconds(folder, words, scratch, python=sys.executable) -> float:
    """Return how long Python takes to run these words in a checkout.

    What others than refresh draw goes to `scratch`.
    """
    figures = {} if words[:3] == REFRESH else {"ANALYSIS_FIGURES": str(scratch / "figures")}
    settings = {"PYTHONPATH": str(folder), "MPLBACKEND": "agg", **figures}
    command = [python, *map(str, words)]
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=os.environ | settings, capture_output=True, text=True
    )
    if done.returncode not in (0, TO_LOOK_AT):
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


def drawing(rounds, beside=None) -> pd.DataFrame:
    """Return the best seconds of each command of `refreshes`; they take turns, in rounds."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        commands = refreshes(scratch, beside)
        for folder, words, *rest in commands.values():
            if words == FORCED:  # makes the list of fonts, once, as the other subjects have theirs
                seconds(folder, [*REFRESH, "07"], *rest)
        turns = [
            {name: seconds(*command) for name, command in commands.items()} for _ in range(rounds)
        ]
    best = pd.DataFrame(turns).min()
    return _table(best, best["nbconvert, sequential"], "of nbconvert")


def reading() -> pd.DataFrame:
    """Return the seconds of `load` and of pandas alone on the same files."""
    files = [paths.DATA / resource["path"] for resource in load().package["resources"]]
    best = {
        "read_csv of every table": _best(lambda: [pd.read_csv(file) for file in files], 20),
        "load": _best(load, 20),
    }
    return _table(pd.Series(best), best["read_csv of every table"], "of read_csv")


def measuring(air) -> pd.DataFrame:
    """Return the seconds of a few measures of the dataset with 1, 10 and 100 times its reports."""
    calls = {
        "launches per month": lambda data: measures.launches(measures.drones(data)),
        "neutralised share per month": lambda data: measures.outcome_share(
            data, "neutralised_share"
        ),
        "all shares per month": lambda data: measures.outcome_share(data),
        "nights with an outcome": lambda data: measures.night_outcomes(data, "neutralised_share"),
    }
    rows = {}
    for times in (1, 10, 100):
        copies = [
            air.reports.assign(report_id=air.reports["report_id"] + f"-{n}") for n in range(times)
        ]
        larger = replace(air, tables=air.tables | {"reports": pd.concat(copies, ignore_index=True)})
        rows[f"× {times}"] = {name: _best(lambda: call(larger), 3) for name, call in calls.items()}
    return pd.DataFrame(rows).round(4).rename_axis("measure, seconds").reset_index()


def _best(function, repeat):
    return min(timeit.repeat(function, number=1, repeat=repeat))


def _table(best, base, ratio):
    table = pd.DataFrame({"seconds": best.round(3), ratio: (best / base).round(2)})
    return table.rename_axis("subject").reset_index()


def markdown(table) -> str:
    """Return a table as Markdown, with a true minus sign."""
    cells = table.astype("str").replace("^-", "−", regex=True).to_numpy()
    rows = [table.columns, ["---", *["--:"] * (table.shape[1] - 1)], *cells]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--beside", type=Path, metavar="DIR", help="another checkout to refresh too"
    )
    options = parser.parse_args()
    tables = {
        "Load": reading(),
        "Measures": measuring(load()),
        "Drawing every figure": drawing(options.rounds, options.beside),
    }
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    page = f"# Benchmark results\n\n{machine}, Python {platform.python_version()}. Ratios hold "
    page += "elsewhere, seconds do not. Written by `make bench`.\n"
    for title, table in tables.items():
        page += f"\n## {title}\n\n{markdown(table)}"
    RESULTS.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
