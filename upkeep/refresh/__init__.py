"""Bring notebooks and figures up to date: run what changed, and say why; light when there is nothing to do."""

from analysis import paths
from upkeep.refresh import landing
from upkeep.refresh.inputs import reason_to_run


def refresh(names=(), jobs=2, force=False, root=None):
    """Run the notebooks whose inputs changed and store what they make; return the names of those that failed.

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
    scratch = root / ".cache" / "refresh"
    chosen = find(names, root)
    with landing.alone(scratch, print):
        todo = [path for path in chosen if _has_to_run(path, force, root)]
        failed = _run(todo, jobs, root, scratch) if todo else []
        if todo and not failed and (root / "README.md").exists():
            _update_readme(root / "README.md")
        _tell(f"figures/{file}: removed, its notebook is gone" for file in landing.drop_orphans(root))
    return failed


def find(names, root):
    """Return the paths of the notebooks with these names, or of all."""
    known = sorted((root / "notebooks").glob("*.ipynb"))
    if not known:
        raise ValueError(f"{root}: found no notebooks/*.ipynb; refresh runs in a checkout of the project")
    wanted = [name.removesuffix(".ipynb") for name in names]
    if unknown := [n for n in wanted if not any(p.stem.startswith(n) for p in known)]:
        raise ValueError(f"no notebook named {', '.join(unknown)}; there are {', '.join(p.stem for p in known)}")
    return [p for p in known if not wanted or p.stem.startswith(tuple(wanted))]


def _run(todo, jobs, root, scratch):
    from upkeep.refresh.runs import run_all  # here, because a refresh with nothing to do needs nothing of Jupyter

    return run_all(todo, jobs, root, scratch)


def _update_readme(readme):
    """Write the findings of the notebooks into the README, if they changed."""
    from analysis import load, measures
    from upkeep.refresh.headline import with_findings

    old = readme.read_text(encoding="utf-8")
    new = with_findings(old, measures.findings(load()))
    if new != old:
        paths.write(readme, new.encode())


def _tell(lines):
    for line in lines:
        print(line)


def _has_to_run(path, force, root):
    reason = "forced" if force else reason_to_run(path, root / "figures")
    print(f"{path.stem}: {f'runs, {reason}' if reason else 'unchanged, skipped'}", flush=True)
    return reason is not None
