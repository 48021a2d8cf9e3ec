"""Bring notebooks and figures up to date: run what changed or was never run here."""

import json

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh import report
from upkeep.refresh.inputs import (
    Kept,
    facts_of,
    find,
    own_metadata,
    read_notebook,
    unlocked,
)
from upkeep.refresh.sentences import to_look_at


def refresh(names=(), jobs=2, force=False, root=None):
    """Run the notebooks whose inputs changed, store what they make and return the `Outcome`.

    Says one line for each notebook that runs, then the sentences that no longer hold;
    the last line says what is true now.

    Parameters
    ----------
    names : sequence of str
        Notebooks by name or by the start of it, such as ``02``; all if empty.
    jobs : int
        How many run at once.
    force : bool
        Run them even if nothing changed, and with other package versions than the locked ones.
    root : Path, optional
        The folder that holds `notebooks/` and `figures/`; by default the checkout.

    Returns
    -------
    report.Outcome
        The names of the notebooks that failed, and the sentences to look at.

    Raises
    ------
    ValueError
        A name that no notebook has; a file that is not a notebook; other versions than locked.
    KeyboardInterrupt
        The running notebooks were stopped; what was not finished is as it was.
    """
    root = root or paths.ROOT
    chosen = find(names, root)
    results = []
    if force or Kept(root).due(chosen):
        # Imported here, because a refresh with nothing to do needs nothing of Jupyter.
        from upkeep.refresh.runs import run_all
        from upkeep.writing import alone

        with alone(root / "data"):
            kept = Kept(root)
            due = chosen if force else kept.due(chosen)
            if due:
                _check_versions(force)
                results = sorted(run_all(due, jobs, root, kept))
    failed = [result.name for result in results if result.error]
    if not names and not failed:
        _update_readme(root)
    entries = manifest.entries(root / "figures")
    sentences = []
    for path in chosen:
        if path.stem not in failed:
            notebook = read_notebook(path)
            _drop_marks_of_jupyterlab(path, notebook)
            sentences += to_look_at(path.stem, notebook, entries)
    for line in report.conclusion(results, sentences, _up_to_date(chosen, entries)):
        print(line)
    return report.Outcome(failed, sentences)


def _up_to_date(chosen, entries):
    names = [path.stem for path in chosen]
    own = [entry for entry in entries if entry["notebook"] in names]
    data = json.loads((paths.DATA / "datapackage.json").read_bytes())["version"]
    counts = f"{report.count(len(chosen), 'notebook')}, {report.count(len(own), 'figure')}"
    return f"Up to date: {counts} match data {data} (--force runs them again)"


def _check_versions(force):
    """Name installed versions that the lock does not have: they may draw other pictures."""
    others = unlocked()
    if others and not force:
        raise ValueError(
            f"installed: {', '.join(others)}; they may draw other pictures, so nothing was "
            "written. Install requirements-run.lock, or run refresh --force"
        )
    if others:
        print(f"other versions than locked: {', '.join(others)}", flush=True)


def _drop_marks_of_jupyterlab(path, notebook):
    """Store a notebook that was saved in JupyterLab without the names of the Python there."""
    metadata = own_metadata(facts_of(notebook))
    if notebook["metadata"] != metadata:
        notebook = notebook | {"metadata": metadata}
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        paths.write(path, f"{text}\n".encode())


def _update_readme(root):
    """Write the findings into the README, if data, library or README changed."""
    readme, kept = root / "README.md", Kept(root)
    if not readme.exists():
        return
    old = readme.read_text("utf-8")
    if kept.holds(readme.name, old):
        return
    from analysis import load, measures
    from upkeep.refresh.headline import with_findings

    new = with_findings(old, measures.findings(load()))
    if new != old:
        paths.write(readme, new.encode())
    kept.keep(readme.name, new)
