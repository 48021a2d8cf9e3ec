"""Say what a refresh is doing: a bar a notebook and one for all on a terminal, lines elsewhere."""

import sys
from contextlib import contextmanager
from functools import partial


class Lines:
    """Progress as plain lines, for logs."""

    say = staticmethod(partial(print, flush=True))

    def cell(self, notebook, done, total, cell):
        """Tell that a notebook has reached a cell; too much for a log."""

    def finished(self, notebook):
        """Tell that a notebook has ended; `say` has said how."""


class Bars:
    """Progress as one bar a running notebook that names the cell, below one of the notebooks that have ended."""

    def __init__(self, bars, notebooks):
        self.bars, self.tasks = bars, {}
        self.overall = bars.add_task("all", total=notebooks, unit="notebooks")

    def say(self, text):
        """Write a line above the bars."""
        self.bars.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def cell(self, notebook, done, total, cell):
        """Show that `done` of `total` cells of a notebook are finished and `cell` runs."""
        if notebook not in self.tasks:
            self.tasks[notebook] = self.bars.add_task(notebook, total=total, unit="cells")
        self.bars.update(self.tasks[notebook], completed=done, description=f"{notebook}  {cell}")

    def finished(self, notebook):
        """Remove the bar of a notebook that has ended and count it."""
        if notebook in self.tasks:
            self.bars.remove_task(self.tasks.pop(notebook))
        self.bars.advance(self.overall)


@contextmanager
def progress(notebooks):
    """Yield `Bars` for so many notebooks if a person is watching, else `Lines`."""
    if not sys.stdout.isatty():
        yield Lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[unit]}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bars:
        yield Bars(bars, notebooks)
