"""Say what a refresh is doing: a bar a notebook on a terminal, lines elsewhere."""

import sys
from contextlib import contextmanager
from functools import partial


class Lines:
    """Progress as plain lines, for logs."""

    say = staticmethod(partial(print, flush=True))

    def cell(self, notebook, done, total, cell):
        """Tell that a notebook has reached a cell; too much for a log."""


class Bars:
    """Progress as one bar a running notebook that names the cell."""

    def __init__(self, bars):
        self.bars, self.tasks = bars, {}

    def say(self, text):
        """Write a line above the bars."""
        self.bars.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def cell(self, notebook, done, total, cell):
        """Show that `done` of `total` cells of a notebook are finished and `cell` runs; `done == total` removes it."""
        if notebook not in self.tasks:
            self.tasks[notebook] = self.bars.add_task(notebook, total=total)
        self.bars.update(self.tasks[notebook], completed=done, description=f"{notebook}  {cell}", visible=done < total)


@contextmanager
def progress():
    """Yield `Bars` if a person is watching, else `Lines`."""
    if not sys.stdout.isatty():
        yield Lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("cells"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bars:
        yield Bars(bars)
