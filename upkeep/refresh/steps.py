"""The steps of a refresh where a file changed: run, store, remove, and say what is true now."""

import json
import shutil

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh import landing, report
from upkeep.refresh.inputs import (
    data_facts,
    facts_of,
    own_metadata,
    read_notebook,
    reason_to_run,
    text_fingerprint,
)
from upkeep.refresh.sentences import to_look_at
from upkeep.refresh.verified import Verified, stamp_of
from upkeep.writing import alone


def bring_up_to_date(names, jobs, force, root, stamp):
    """Do what `refresh` says; where nothing is left to do, keep the stamp of the files that stand."""
    chosen = find(names, root)
    with alone(root / "data"):
        ingredients = stamp_of(root, made=())
        verified = Verified(root)
        shutil.rmtree(root / ".cache" / "refresh", ignore_errors=True)  # what a killed run left
        stored = {path: read_notebook(path) for path in chosen}
        reasons = {
            path: "forced" if force else reason_to_run(path, notebook, root / "figures", verified)
            for path, notebook in stored.items()
        }
        todo = [path for path, reason in reasons.items() if reason]
        for path in todo:
            print(f"{path.stem}: runs, {reasons[path]}", flush=True)
        for path in chosen:
            if path not in todo:
                _take_out_marks_of_jupyterlab(path, stored[path])
        results = []
        if todo:
            from upkeep.refresh.runs import (
                run_all,
            )  # here, because a refresh with nothing to run needs nothing of Jupyter

            results = run_all(todo, jobs, root, verified)
        for file in landing.drop_orphans(root):
            print(f"figures/{file}: removed, its notebook is gone")
        if _readme_is_due(root, verified):
            _update_readme(root / "README.md", verified)
        entries = manifest.entries(root / "figures")
        failed = [result.name for result in results if result.failed]
        stored |= {path: read_notebook(path) for path in todo if path.stem not in failed}
        sentences = [
            s for path, notebook in stored.items() for s in to_look_at(path.stem, notebook, entries)
        ]
        last = (
            report.summary(results)
            if results
            else _up_to_date(chosen, jobs, entries, root, verified)
        )
        print(report.conclusion(last, sentences))
        if not (names or failed or sentences):
            if todo:  # what was edited while they ran is seen here, and is left to the next refresh
                stamp = (
                    stamp_of(root, jobs)
                    if stamp_of(root, made=()) == ingredients and not _due(root, verified)
                    else None
                )
            if stamp:
                verified.keep(stamp, _up_to_date(chosen, jobs, entries, root, verified))
    return report.Outcome(failed, sentences)


def find(names, root):
    """Return the paths of the notebooks with these names, or of all."""
    known = sorted((root / "notebooks").glob("*.ipynb"))
    if not known:
        raise ValueError(
            f"{root}: found no notebooks/*.ipynb; refresh runs in a checkout of the project"
        )
    wanted = [name.removesuffix(".ipynb") for name in names]
    if unknown := [n for n in wanted if not any(p.stem.startswith(n) for p in known)]:
        raise ValueError(
            f"no notebook named {', '.join(unknown)}; there are {', '.join(p.stem for p in known)}"
        )
    return [p for p in known if not wanted or p.stem.startswith(tuple(wanted))]


def _take_out_marks_of_jupyterlab(path, notebook):
    """Store a notebook that stands, but was saved in JupyterLab, without the names of the kernel and the Python there."""
    metadata = own_metadata(facts_of(notebook))
    if notebook["metadata"] != metadata:
        text = json.dumps(
            notebook | {"metadata": metadata}, indent=1, ensure_ascii=False, sort_keys=True
        )
        paths.write(path, f"{text}\n".encode())


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
    return (
        readme.exists()
        and not verified.holds(readme.name, text_fingerprint(readme.read_text("utf-8")))
        and not _due(root, verified)
    )


def _due(root, verified):
    """Whether a notebook would be run by a refresh of all."""
    return any(
        reason_to_run(path, read_notebook(path), root / "figures", verified)
        for path in find((), root)
    )


def _up_to_date(chosen, jobs, entries, root, verified):
    mine = [e for e in entries if e["notebook"] in [p.stem for p in chosen]]
    seconds = verified.seconds(path.stem for path in find((), root)) / jobs
    return (
        f"Up to date: {report.count(len(chosen), 'notebook')}, {report.count(len(mine), 'figure')} match data "
        f"{data_facts()['data_version']} (--force reruns all, about {seconds:.0f} s)"
    )
