"""Say what a refresh is doing: lines, and on a terminal below them a bar for all notebooks and one a running notebook."""

import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bars:
    """Progress of so many notebooks; a context manager that shows the bars while it is open."""

    def __init__(self, notebooks):
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
        )
        self.bars = Progress(*columns, transient=True, disable=not sys.stdout.isatty())
        self.overall, self.tasks = self.bars.add_task("all", total=notebooks, unit="notebooks"), {}

    def __enter__(self):
        self.bars.start()
        return self

    def __exit__(self, *_):
        self.bars.stop()

    def say(self, text):
        """Write a line above the bars."""
        self.bars.console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)

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
