"""The benchmarks: ``make bench`` runs them in a copy of the tree and writes `results.json` and `RESULTS.md` here.

Nothing here is a test: a slow machine is not a fault. Subjects of one table
take turns within one run, so that their ratios mean something; absolute times
are those of one machine. What is measured is written at once; a subject that
fails is named and does not hold back another. SNAPSHOT=file.csv adds `update`,
which needs a snapshot.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Subject, ratios, take_turns

HERE = Path(__file__).resolve().parent
ROUNDS = int(os.environ.get("ROUNDS", 3))
TIMES = [1, 10, 100, 1232]  # the last gives four million rows

IMPORTS = {
    "nothing": "pass",
    "pandas": "import pandas",
    "analysis": "import analysis, pandas",
    "analysis with measures": "from analysis import load, measures",
    "analysis with plots": "from analysis import plots",
}
READS = """
import json, timeit, pandas as pd
from pathlib import Path
from analysis import intervals, load, measures, paths
air = load()
nights = measures.night_outcomes(air, "neutralised_share").query("'2024-09-01' <= report_date <= '2025-12-31'")
nights["month"] = measures.periods(nights["report_date"], "month")
tables = [paths.DATA / r["path"] for r in air.package["resources"]]
best = lambda f, n=1: min(timeit.repeat(f, number=1, repeat=n))
print(json.dumps({"read_csv alone": best(lambda: [pd.read_csv(p) for p in tables], 20), "load": best(load, 20),
       "monthly launches": best(lambda: measures.launches(measures.drones(air)), 20),
       "monthly shares": best(lambda: measures.outcome_share(air), 10),
       "bootstrap of a month's share": best(lambda: intervals.share_interval(nights.tail(30), "neutralised_count"), 5),
       "bootstrap of every month": best(lambda: intervals.share_intervals(nights, "neutralised_count", by="month"), 3)}))
"""


def copy_of_the_tree(folder):
    """Copy what git knows of the checkout, as it is now, and bring its outputs up to date."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=HERE.parent, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, names.split("\n")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE.parent / name, folder / name)
    refresh = Subject("refresh", ["-m", "upkeep", "refresh"])
    refresh.turn(folder)
    if refresh.failure:
        sys.exit(
            "the notebooks have to run, and their sentences to hold, before anything is measured"
        )


def notebook_runs(root, scratch):
    """Subjects that draw every figure: ours, the floor, and the usual tools."""
    names = sorted(str(p.relative_to(root)) for p in (root / "notebooks").glob("*.ipynb"))
    elsewhere = {
        "ANALYSIS_FIGURES": str(scratch / "figures"),
        "MPLBACKEND": "agg",
        "JUPYTERCACHE": str(scratch / "jcache"),
    }
    papermill = f"import papermill; [papermill.execute_notebook(n, {str(scratch / 'out.ipynb')!r}, progress_bar=False, cwd='notebooks') for n in {names}]"
    jcache = (
        f"from jupyter_cache import get_cache; from jupyter_cache.executors import load_executor; c = get_cache({str(scratch / 'jcache')!r}); "
        f"[c.add_nb_to_project(n) for n in {names}]; r = load_executor('local-parallel', c).run_and_cache(timeout=600); "
        f"assert len(r.succeeded) == {len(names)}, r"
    )
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
        Subject(
            "refresh --force, 2 jobs",
            ["-m", "upkeep", "refresh", "--force", "--jobs", "2", *map(_stem, names)],
        ),
        Subject(
            "refresh --force, 1 job",
            ["-m", "upkeep", "refresh", "--force", "--jobs", "1", *map(_stem, names)],
        ),
        Subject("floor: one plain process", ["benchmarks/floor.py"], environment=elsewhere),
        Subject(
            "nbconvert --execute, sequential",
            [
                "-m",
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--output-dir",
                scratch / "nbconvert",
                *names,
            ],
            environment=elsewhere,
        ),
        Subject("papermill, sequential", ["-c", papermill], environment=elsewhere),
        Subject("jupyter-cache, parallel", ["-c", jcache], clear, elsewhere),
        Subject(
            "refresh, nothing to do",
            ["-m", "upkeep", "refresh"],
            lambda: Subject("refresh", ["-m", "upkeep", "refresh"]).turn(root),
        ),
        Subject(
            f"refresh, {_stem(names[-2])} touched",
            ["-m", "upkeep", "refresh", *map(_stem, names)],
            edit_one,
        ),
    ]


def _stem(name):
    return Path(name).stem


def in_turns(title, subjects, bases, root, rounds):
    """Yield a table with its title after each turn of its subjects."""
    for _ in take_turns(subjects, root, rounds):
        yield title, ratios(subjects, bases)


def reads(root):
    """Yield the table of load and measures, timed within one process."""
    subject = Subject("load and measures", ["-c", READS])
    printed = subject.turn(root)
    best = {} if subject.failure else json.loads(printed)
    base = best.get("read_csv alone")
    rows = [
        {
            "subject": name,
            "seconds": round(seconds, 3),
            "÷ read_csv alone": round(seconds / base, 2),
        }
        for name, seconds in best.items()
    ]
    yield "Load and measures", rows or ratios([subject])


def scaling(root):
    """Yield the table of time and peak memory of load and measures, a row more each time."""
    rows = []
    for times in TIMES:
        subjects = [
            Subject(f"× {times}, {what}", ["benchmarks/scaling.py", times, what])
            for what in ("load", "measures")
        ]
        printed = [subject.turn(root) for subject in subjects]
        if failed := [s for s in subjects if s.failure]:
            rows += [{"times": times, "rows": f"{s.name}: {s.failure}"} for s in failed]
        else:
            loaded, measured = map(json.loads, printed)
            rows.append(
                {
                    "times": times,
                    "rows": loaded["rows"],
                    "load": loaded["load"],
                    "load peak MiB": loaded["peak_mib"],
                    **{k: measured[k] for k in ("nightly", "monthly", "shares")},
                    "measures peak MiB": measured["peak_mib"],
                }
            )
        yield "Scaling, seconds", rows


def measure(root, scratch):
    """Yield each table with its title, as far as it is measured."""
    bases = ["floor: one plain process", "nbconvert --execute, sequential"]
    yield from in_turns("Drawing every figure", notebook_runs(root, scratch), bases, root, ROUNDS)
    imports = [Subject(name, ["-c", code]) for name, code in IMPORTS.items()]
    yield from in_turns("Import, interpreter included", imports, ["pandas"], root, 10)
    yield from reads(root)
    rest = [Subject("the test suite", ["-m", "pytest", "-q"])]
    if snapshot := os.environ.get("SNAPSHOT"):
        rest += [
            Subject(
                "update",
                ["-m", "upkeep", "update", Path(snapshot).resolve(), "--out", scratch / "data"],
            ),
            Subject(
                "read_csv of the snapshot, pandas imported",
                ["-c", f"import pandas; pandas.read_csv({snapshot!r})"],
            ),
        ]
    yield from in_turns("Once", rest, [], root, 1)
    yield from scaling(root)


def as_markdown(tables):
    """The tables as Markdown."""
    lines = [
        f"# Benchmark results\n\n{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"best of {ROUNDS}. Ratios hold elsewhere, seconds do not. Written by `make bench`.\n"
    ]
    for title, rows in tables.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        lines += [f"## {title}\n", "| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        lines += [
            "| "
            + " | ".join(
                f"{v:,}" if isinstance(v, (int, float)) else v
                for v in (row.get(c, "") for c in columns)
            )
            + " |"
            for row in rows
        ]
        lines.append("")
    return "\n".join(lines)


def main():
    tables = {}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        copy_of_the_tree(Path(folder))
        for title, rows in measure(Path(folder), Path(scratch)):
            tables[title] = rows
            (HERE / "results.json").write_text(
                json.dumps(tables, indent=1, ensure_ascii=False) + "\n", "utf-8"
            )
            (HERE / "RESULTS.md").write_text(as_markdown(tables), "utf-8")
    print(as_markdown(tables))


if __name__ == "__main__":
    main()
