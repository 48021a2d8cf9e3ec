"""Bring notebooks and figures up to date: run what changed or was never run here; light when there is nothing to do."""

import json
import shutil

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh import landing, report
from upkeep.refresh.inputs import data_facts, facts_of, own_metadata, read_notebook, reason_to_run, text_fingerprint
from upkeep.refresh.sentences import to_look_at
from upkeep.refresh.verified import Verified
from upkeep.writing import alone


def refresh(names=(), jobs=2, force=False, root=None):
    """Run the notebooks whose inputs changed, store what they make and return the `report.Outcome`.

    The last line printed says what is true now; above it stand the sentences
    that no longer hold.

    Parameters
    ----------
    names : sequence of str
        Notebooks by name or by the start of it, such as ``02``; all if empty.
    jobs : int
        How many run at once.
    force : bool
        Run them even if nothing changed.
    root : Path, optional
        The folder that holds `notebooks/` and `figures/`; by default the checkout.

    Raises
    ------
    ValueError
        A name that no notebook has, with those there are; a file that is no notebook.
    KeyboardInterrupt
        The running notebooks were stopped; what was not finished is as it was.
    """
    root = root or paths.ROOT
    chosen = find(names, root)
    with alone(root / "data"):
        shutil.rmtree(root / ".cache" / "refresh", ignore_errors=True)  # what a killed run left
        verified = Verified(root)
        stored = {path: read_notebook(path) for path in chosen}
        reasons = {path: "forced" if force else reason_to_run(path, notebook, root / "figures", verified)
                   for path, notebook in stored.items()}
        todo = [path for path, reason in reasons.items() if reason]
        for path in todo:
            print(f"{path.stem}: runs, {reasons[path]}", flush=True)
        for path in chosen:
            if path not in todo:
                _take_out_marks_of_jupyterlab(path, stored[path])
        results = _run(todo, jobs, root, verified) if todo else []
        for file in landing.drop_orphans(root):
            print(f"figures/{file}: removed, its notebook is gone")
        if _readme_is_due(root, verified):
            _update_readme(root / "README.md", verified)
        entries = manifest.entries(root / "figures")
        failed = [result.name for result in results if result.failed]
        stored |= {path: read_notebook(path) for path in todo if path.stem not in failed}
        sentences = [s for path, notebook in stored.items() for s in to_look_at(path.stem, notebook, entries)]
        last = report.summary(results) if results else _up_to_date(chosen, jobs, entries, root, verified)
        print(report.conclusion(last, sentences))
    return report.Outcome(failed, sentences)


def find(names, root):
    """Return the paths of the notebooks with these names, or of all."""
    known = sorted((root / "notebooks").glob("*.ipynb"))
    if not known:
        raise ValueError(f"{root}: found no notebooks/*.ipynb; refresh runs in a checkout of the project")
    wanted = [name.removesuffix(".ipynb") for name in names]
    if unknown := [n for n in wanted if not any(p.stem.startswith(n) for p in known)]:
        raise ValueError(f"no notebook named {', '.join(unknown)}; there are {', '.join(p.stem for p in known)}")
    return [p for p in known if not wanted or p.stem.startswith(tuple(wanted))]


def _take_out_marks_of_jupyterlab(path, notebook):
    """Store a notebook that stands, but was saved in JupyterLab, without the names of the kernel and the Python there."""
    metadata = own_metadata(facts_of(notebook))
    if notebook["metadata"] != metadata:
        text = json.dumps(notebook | {"metadata": metadata}, indent=1, ensure_ascii=False, sort_keys=True)
        paths.write(path, f"{text}\n".encode())


def _run(todo, jobs, root, verified):
    from upkeep.refresh.runs import run_all  # here, because a refresh with nothing to do needs nothing of Jupyter

    return run_all(todo, jobs, root, verified)


def _update_readme(readme, verified):
    """Write the findings into the README, if they changed."""
    from analysis import load, measures
    from upkeep.refresh.headline import with_findings

    old = readme.read_text("utf-8")
    new = with_findings(old, measures.findings(load()))
    if new != old:
        paths.write(readme, new.encode())
    verified.record(readme.name, text_fingerprint(new))


def _readme_is_due(root, verified):
    """Whether the findings in the README may be others, and every notebook stands."""
    readme = root / "README.md"
    return (readme.exists() and not verified.holds(readme.name, text_fingerprint(readme.read_text("utf-8")))
            and not any(reason_to_run(path, read_notebook(path), root / "figures", verified) for path in find((), root)))


def _up_to_date(chosen, jobs, entries, root, verified):
    mine = [e for e in entries if e["notebook"] in [p.stem for p in chosen]]
    seconds = verified.seconds(path.stem for path in find((), root)) / jobs
    return (f"Up to date: {report.count(len(chosen), 'notebook')}, {report.count(len(mine), 'figure')} match data "
            f"{data_facts()['data_version']} (--force reruns all, about {seconds:.0f} s)")
