"""Bring notebooks and figures up to date: run what changed or was never run here; at once where no file changed."""

from analysis import paths
from upkeep.refresh.report import Outcome
from upkeep.refresh.verified import Verified, stamp_of


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
    stamp = stamp_of(root, jobs)
    if not names and not force and (said := Verified(root).said_of(stamp)):
        print(said)
        return Outcome([], [])
    from upkeep.refresh.steps import (
        bring_up_to_date,
    )  # here, because reading the files takes the most of a tenth of a second

    return bring_up_to_date(names, jobs, force, root, stamp)
