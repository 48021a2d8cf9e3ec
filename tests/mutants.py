"""Does the suite notice? Change one thing at a time in a copy of the committed tree; the suite has to fail each time.

Run by ``make mutants``; words after ``tests/mutants.py`` choose among the names. Each change is followed by the smallest part of
``make test`` that covers it; `fitted` ones also forge the hashes that would
give them away, so that only a comparison of contents can.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

CHECK = ["-m", "upkeep", "check"]
PYTEST = ["-m", "pytest", "-q", "-x"]
UNIT = [
    *PYTEST,
    "tests/measures",
    "tests/plots",
    "tests/press",
    "tests/sensitivity",
    "tests/test_intervals.py",
    "tests/test_style.py",
]
ANEW = [*PYTEST, "tests/test_notebooks.py", "tests/test_figures.py"]


def replace(name, pattern, new):
    """A change of the first match of a pattern in a file."""

    def change(root):
        path = root / name
        text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1)
        assert count, f"{name} no longer has {pattern}: this mutant is obsolete"
        path.write_text(text, "utf-8")

    return change


def flip(name):
    """A change of one bit in the middle of a file."""

    def change(root):
        raw = bytearray((root / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        (root / name).write_bytes(raw)

    return change


def notebook(name, change_cell):
    """A change of the first code cell of a notebook that has what `change_cell` changes."""

    def change(root):
        path = root / "notebooks" / f"{name}.ipynb"
        stored = json.loads(path.read_bytes())
        cells = [c for c in stored["cells"] if c["cell_type"] == "code"]
        assert any(change_cell(c) for c in cells), (
            f"{name} has no such cell: this mutant is obsolete"
        )
        path.write_text(json.dumps(stored, indent=1, ensure_ascii=False), "utf-8")

    return change


def digit(cell):
    """Raise the last digit of the text of an output."""
    for data in (o["data"] for o in cell["outputs"] if "text/plain" in o.get("data", {})):
        old = "".join(data["text/plain"])
        data["text/plain"] = re.sub(r"\d(?=\D*$)", lambda d: str((int(d[0]) + 1) % 10), old)
        return data["text/plain"] != old


def picture(cell):
    """Put another picture into an output."""
    for data in (o["data"] for o in cell["outputs"] if "image/png" in o.get("data", {})):
        data["image/png"] = "AAAA"
        return True


def never_run(cell):
    """Take the output and the count of a cell away."""
    cell |= {"execution_count": None, "outputs": []}
    return True


def blindfold(cell):
    """Tag a cell so that nbval does not compare its output."""
    cell["metadata"]["tags"] = ["nbval-ignore-output"]
    return True


def title(cell):
    """Say something else in the title of the monthly figure."""
    old = "".join(cell["source"])
    cell["source"] = old.replace("there were 15 to 17.5", "there were 16 to 17.5")
    return cell["source"] != old


def all_of(*changes):
    """Several changes as one."""

    def change(root):
        for one in changes:
            one(root)

    return change


def fit_descriptor(root):
    """Make the descriptor's hashes fit the files of data/."""
    path = root / "data" / "datapackage.json"
    package = json.loads(path.read_bytes())
    for resource in package["resources"]:
        raw = (root / "data" / resource["path"]).read_bytes()
        resource |= {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def fit_manifest(root):
    """Make the manifest's hashes fit the files of figures/."""
    path = root / "figures" / "figures.json"
    entries = json.loads(path.read_bytes())
    for file in (f for e in entries["figures"] for f in e["files"].values()):
        raw = (root / "figures" / file["path"]).read_bytes()
        file |= {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    path.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def fit_notebooks(root):
    """Make the notebooks and the manifest say that they were made from the code and the data at hand."""
    script = (
        "import json, sys; from pathlib import Path; from upkeep.refresh.inputs import *\n"
        "for p in Path('notebooks').glob('*.ipynb'):\n"
        "    n = json.loads(p.read_bytes()); n['metadata']['analysis'] |= {**data_facts(), 'inputs': inputs(n)}\n"
        "    p.write_text(json.dumps(n, indent=1, ensure_ascii=False), 'utf-8')\n"
        "p = Path('figures/figures.json'); m = json.loads(p.read_bytes())\n"
        "[e.update(data_facts()) for e in m['figures']]; p.write_text(json.dumps(m))\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=root, env=alone(root), check=True)


MONTHLY, NEUTRALISED = "02-monthly-launches", "03-neutralised-share"
COUNT = replace("data/reports.csv", r"(?<=,)539(?=,)", "538")
TITLE = notebook("02-escalation", title)
MUTANTS = [
    ("data: a digit of a count", COUNT, CHECK),
    ("data: a digit of a count, fitted to the descriptor", all_of(COUNT, fit_descriptor), CHECK),
    (
        "data: a digit of a count, fitted throughout",
        all_of(COUNT, fit_descriptor, fit_notebooks),
        ANEW,
    ),
    (
        "data: the last row gone, fitted",
        all_of(replace("data/reports.csv", r"\n[^\n]+\n$", "\n"), fit_descriptor),
        CHECK,
    ),
    (
        "data: a regime begins a day later, fitted",
        all_of(replace("data/regimes.csv", "2025-07-24", "2025-07-25"), fit_descriptor),
        CHECK,
    ),
    (
        "measure: a month without a count is zero",
        replace("analysis/measures/launches.py", r"min_count=1", "min_count=0"),
        UNIT,
    ),
    (
        "measure: the residual adds instead of subtracting",
        replace(
            "analysis/measures/outcomes.py",
            r'\["launched_count"\] - rows',
            '["launched_count"] + rows',
        ),
        UNIT,
    ),
    (
        "measure: the share is of another denominator",
        replace(
            "analysis/intervals.py",
            r"share = numerators\.sum\(\) /",
            "share = 1 + numerators.sum() /",
        ),
        UNIT,
    ),
    (
        "measure: another seed for the intervals",
        replace("analysis/intervals.py", r"SEED = 2022", "SEED = 2023"),
        ANEW,
    ),
    (
        "plot: bars a little narrower",
        replace("analysis/plots/volumes.py", r"days \* 0\.84", "days * 0.83"),
        ANEW,
    ),
    (
        "plot: a missing month is drawn as zero",
        replace(
            "analysis/plots/volumes.py", r"days \* 0\.84, counts,", "days * 0.84, counts.fillna(0),"
        ),
        UNIT,
    ),
    (
        "plot: the edge of a regime is not drawn",
        replace("analysis/style.py", r'edges=\("C", "D"\)', 'edges=("C",)'),
        UNIT,
    ),
    ("plot: blue a shade off", replace("analysis/style.py", "#0173B2", "#0173B3"), ANEW),
    (
        "plot: the source line is left out",
        replace("analysis/figures.py", r"    style\.source_line\(.*\n", ""),
        ANEW,
    ),
    ("figure: a bit of a PNG", flip(f"figures/{MONTHLY}.png"), CHECK),
    ("figure: a bit of an SVG", flip(f"figures/{MONTHLY}.svg"), CHECK),
    ("figure: a bit of a PDF", flip(f"figures/{MONTHLY}.pdf"), CHECK),
    ("figure: a digit of a CSV", flip(f"figures/{MONTHLY}.csv"), CHECK),
    (
        "figure: a digit of a CSV, fitted",
        all_of(replace(f"figures/{MONTHLY}.csv", r"\d\n", "x\n"), fit_manifest),
        ANEW,
    ),
    ("figure: a bit of an SVG, fitted", all_of(flip(f"figures/{MONTHLY}.svg"), fit_manifest), ANEW),
    (
        "figure: a PNG taken from another figure, fitted",
        all_of(
            lambda root: (root / f"figures/{MONTHLY}.png").write_bytes(
                (root / f"figures/{NEUTRALISED}.png").read_bytes()
            ),
            fit_manifest,
        ),
        CHECK,
    ),
    ("figure: a file gone", lambda root: (root / f"figures/{MONTHLY}.pdf").unlink(), CHECK),
    (
        "figure: a file that no notebook made",
        lambda root: (root / "figures/02-other.png").write_bytes(b""),
        CHECK,
    ),
    (
        "manifest: another title",
        replace("figures/figures.json", "there were 15 to", "there were 16 to"),
        ANEW,
    ),
    (
        "manifest: another alt text",
        replace("figures/figures.json", r'"alt": "', '"alt": "Not '),
        ANEW,
    ),
    (
        "manifest: an entry gone",
        replace("figures/figures.json", r'(?s)(?<="figures": \[\n)  \{.*?\n  \},\n', ""),
        CHECK,
    ),
    ("notebook: a digit of an output", notebook("02-escalation", digit), ANEW),
    ("notebook: another picture", notebook("02-escalation", picture), CHECK),
    ("notebook: a cell never run", notebook("02-escalation", never_run), CHECK),
    ("notebook: an output that is not compared", notebook("02-escalation", blindfold), CHECK),
    ("title: another word in the code", TITLE, CHECK),
    ("title: another word in the code, fitted", all_of(TITLE, fit_notebooks), ANEW),
    (
        "prose: a digit of the answer",
        replace(
            "notebooks/02-escalation.ipynb", r"launched 54,585 one-way", "launched 54,586 one-way"
        ),
        ANEW,
    ),
    (
        "sanitiser: hides every number",
        replace("tests/nbval.cfg", r"regex: .*", r"regex: \\d+"),
        ANEW,
    ),
]


def alone(root):
    """The environment in which the copy, and not the installed package, is imported."""
    return {**os.environ, "PYTHONPATH": str(root)}


def suite(command, root):
    """Run a part of the suite in a copy; return whether it passed and its last line."""
    run = subprocess.run(
        [sys.executable, *command], cwd=root, env=alone(root), text=True, capture_output=True
    )
    return run.returncode == 0, (run.stdout + run.stderr).strip().splitlines()[-1:]


def main():
    """Try every mutant; return 1 if one survives."""
    here = Path(__file__).resolve().parent.parent
    tree = subprocess.run(
        ["git", "archive", "HEAD"], cwd=here, check=True, capture_output=True
    ).stdout
    survivors = []
    chosen = [m for m in MUTANTS if all(word in m[0] for word in sys.argv[1:])]
    for name, change, command in [("nothing", None, c) for c in (CHECK, UNIT, ANEW)] + chosen:
        with tempfile.TemporaryDirectory() as folder:
            tarfile.open(fileobj=io.BytesIO(tree)).extractall(folder, filter="data")
            if change:
                change(Path(folder))
            passed, said = suite(command, Path(folder))
        if not change and not passed:
            sys.exit(f"the unchanged tree fails {' '.join(command)}: {said}")
        if change:
            print(
                f"{'SURVIVED' if passed else 'caught'}  {name}  ({' '.join(command[1:])})",
                flush=True,
            )
            survivors += [name] if passed else []
    print(f"caught {len(chosen) - len(survivors)} of {len(chosen)}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
