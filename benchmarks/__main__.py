"""The benchmarks: ``make bench`` runs them in a copy of the tree and writes `results.json` and `RESULTS.md` here.

Nothing here is a test: a slow machine is not a fault. Subjects of one table
take turns within one run, so that their ratios mean something; absolute times
are those of one machine. SNAPSHOT=file.csv adds `update`, which needs a snapshot.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Subject, take_turns

HERE = Path(__file__).resolve().parent
ROUNDS = int(os.environ.get("ROUNDS", 3))
TIMES = [1, 10, 100, 1232]  # the last gives four million rows

IMPORTS = {"nothing": "pass", "pandas": "import pandas", "analysis": "import analysis, pandas",
           "analysis with measures": "from analysis import load, measures", "analysis with plots": "from analysis import plots"}
READS = """
import timeit, pandas as pd
from pathlib import Path
from analysis import intervals, load, measures, paths
air = load()
nights = measures.nightly_outcomes(air.reports)
tables = [paths.DATA / r["path"] for r in air.package["resources"]]
best = lambda f, n=1: min(timeit.repeat(f, number=1, repeat=n))
print({"read_csv alone": best(lambda: [pd.read_csv(p) for p in tables], 20), "load": best(load, 20),
       "monthly launches": best(lambda: measures.launches(measures.drones(air.reports)), 20),
       "monthly shares": best(lambda: measures.outcome_shares(air.reports, air.regimes), 10),
       "bootstrap of a month's share": best(lambda: intervals.share_interval(nights.tail(30), "neutralised_count"), 5),
       "bootstrap of every month": best(lambda: intervals.share_intervals(nights, "neutralised_count", by="month"), 3)})
"""


def copy_of_the_tree(folder):
    """Copy what git knows of the checkout, as it is now, and bring its outputs up to date."""
    names = subprocess.run(["git", "ls-files"], cwd=HERE.parent, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\n")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE.parent / name, folder / name)
    Subject("refresh", ["-m", "upkeep", "refresh"]).turn(folder)


def notebook_runs(root, scratch):
    """Subjects that draw every figure: ours, the floor, and the usual tools."""
    names = sorted(str(p.relative_to(root)) for p in (root / "notebooks").glob("*.ipynb"))
    elsewhere = {"ANALYSIS_FIGURES": str(scratch / "figures"), "MPLBACKEND": "agg", "JUPYTERCACHE": str(scratch / "jcache")}
    papermill = f"import papermill; [papermill.execute_notebook(n, {str(scratch / 'out.ipynb')!r}, progress_bar=False, cwd='notebooks') for n in {names}]"
    jcache = (f"from jupyter_cache import get_cache; from jupyter_cache.executors import load_executor; c = get_cache({str(scratch / 'jcache')!r}); "
              f"[c.add_nb_to_project(n) for n in {names}]; r = load_executor('local-parallel', c).run_and_cache(timeout=600); "
              f"assert len(r.succeeded) == {len(names)}, r")
    clear = lambda: shutil.rmtree(scratch / "jcache", ignore_errors=True)  # noqa: E731
    touch = [0]

    def edit_one():
        touch[0] += 1
        path = root / names[-2]
        notebook = json.loads(path.read_bytes())
        cell = next(c for c in notebook["cells"] if c["cell_type"] == "code")
        cell["source"] = "".join(cell["source"]) + f"\n# {touch[0]}"
        path.write_text(json.dumps(notebook), "utf-8")

    return [
        Subject("refresh --force, 2 jobs", ["-m", "upkeep", "refresh", "--force", "--jobs", "2", *map(_stem, names)]),
        Subject("refresh --force, 1 job", ["-m", "upkeep", "refresh", "--force", "--jobs", "1", *map(_stem, names)]),
        Subject("floor: one plain process", ["benchmarks/floor.py"], environment=elsewhere),
        Subject("nbconvert --execute, sequential", ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir",
                                                    scratch / "nbconvert", *names], environment=elsewhere),
        Subject("papermill, sequential", ["-c", papermill], environment=elsewhere),
        Subject("jupyter-cache, parallel", ["-c", jcache], clear, elsewhere),
        Subject("refresh, nothing to do", ["-m", "upkeep", "refresh", *map(_stem, names)]),
        Subject(f"refresh, {_stem(names[-2])} touched", ["-m", "upkeep", "refresh", *map(_stem, names)], edit_one),
    ]


def _stem(name):
    return Path(name).stem


def ratios(best, bases):
    """Rows of a table: subject, seconds, their ratio to each base, and seconds of CPU where they were counted."""
    return [{"subject": name, "seconds": round(seconds, 3), **{f"÷ {b}": round(seconds / best[b][0], 2) for b in bases},
             **({"CPU seconds": round(cpu[0], 2)} if cpu else {})} for name, (seconds, *cpu) in best.items()]


def scaling(root):
    """Rows of a table: time and peak memory of load and measures at each size."""
    rows = []
    for times in TIMES:
        found = [json.loads(Subject(f"×{times}", ["benchmarks/scaling.py", times, what]).turn(root)) for what in ("load", "measures")]
        rows.append({"times": times, "rows": found[0]["rows"], "load": found[0]["load"], "load peak MiB": found[0]["peak_mib"],
                     **{k: found[1][k] for k in ("nightly", "monthly", "shares")}, "measures peak MiB": found[1]["peak_mib"]})
    return rows


def measure(root, scratch):
    """Return every table by its title."""
    tables = {}
    best = take_turns(notebook_runs(root, scratch), root, ROUNDS)
    best |= take_turns([Subject("interpreter alone", ["-c", "pass"])], root, 10)
    tables["Drawing every figure"] = ratios(best, ["floor: one plain process", "nbconvert --execute, sequential"])
    best = take_turns([Subject(name, ["-c", code]) for name, code in IMPORTS.items()], root, 10)
    tables["Import, interpreter included"] = ratios(best, ["pandas"])
    best = {name: (seconds,) for name, seconds in eval(Subject("reads", ["-c", READS]).turn(root)).items()}
    tables["Load and measures"] = ratios(best, ["read_csv alone"])
    rest = [Subject("the test suite", ["-m", "pytest", "-q"])]
    if snapshot := os.environ.get("SNAPSHOT"):
        rest += [Subject("update", ["-m", "upkeep", "update", Path(snapshot).resolve(), "--out", scratch / "data"]),
                 Subject("read_csv of the snapshot, pandas imported", ["-c", f"import pandas; pandas.read_csv({snapshot!r})"])]
    tables["Once"] = ratios(take_turns(rest, root, 1), [])
    tables["Scaling, seconds"] = scaling(root)
    return tables


def as_markdown(tables):
    """The tables as Markdown."""
    lines = [f"# Benchmark results\n\n{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
             f"best of {ROUNDS}. Ratios hold elsewhere, seconds do not. Written by `make bench`.\n"]
    for title, rows in tables.items():
        lines += [f"## {title}\n", "| " + " | ".join(rows[0]) + " |", "|---" * len(rows[0]) + "|"]
        lines += ["| " + " | ".join(f"{v:,}" if isinstance(v, (int, float)) else v for v in row.values()) + " |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        copy_of_the_tree(Path(folder))
        tables = measure(Path(folder), Path(scratch))
    (HERE / "results.json").write_text(json.dumps(tables, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (HERE / "RESULTS.md").write_text(as_markdown(tables), "utf-8")
    print(as_markdown(tables))


if __name__ == "__main__":
    sys.exit(main())
