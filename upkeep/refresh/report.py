"""What came of a run, in words: of one notebook, and of all of them in one line."""

from typing import NamedTuple


class Result(NamedTuple):
    """One notebook run: how many figures it drew, and what differs from what was stored."""

    name: str
    failed: bool = False
    figures: int = 0
    changed: tuple[str, ...] = ()  # figures with another table or picture
    stamped: tuple[str, ...] = ()  # figures that differ in what their files say of themselves
    cells: tuple[str, ...] = ()  # cells with another output, but for pictures


class Outcome(NamedTuple):
    """What a refresh leaves: the names of the notebooks that failed, and each `Sentence` that no longer holds."""

    failed: list
    sentences: list

    @property
    def status(self):
        """The exit status of the command: 0, 1 if a notebook failed, 3 if sentences have to be looked at."""
        return 1 if self.failed else 3 if self.sentences else 0


def of_notebook(result):
    """Return what came of one notebook that succeeded, as a line."""
    said = [f"{count(result.figures, 'figure')}{_differences([result])}"] if result.figures else []
    said += [f"other outputs in {_first(result.cells)}"] if result.cells else []
    return f"{result.name}: {'; '.join(said) or 'outputs equal to those stored'}"


def summary(results):
    """Return what came of all notebooks that ran, as one line."""
    failed = [r.name for r in results if r.failed]
    good = [r for r in results if not r.failed]
    parts = [f"FAILED and left as it was: {', '.join(failed)}"] if failed else []
    if good:
        cells = [r.name for r in good if r.cells]
        parts.append(
            f"{count(len(good), 'notebook')} run, {count(sum(r.figures for r in good), 'figure')}{_differences(good)}"
        )
        parts += [f"other outputs in {', '.join(cells)}"] if cells else []
    return "; ".join(parts)


def conclusion(last, sentences):
    """Return the last line of a refresh, below the list of the sentences to look at."""
    if not sentences:
        return last
    rows = [f"  {s.notebook}, cell {s.cell}: {s.fault}" for s in sentences]
    return "\n".join(
        [
            "Sentences that no longer hold:",
            *rows,
            f"{last}; {count(len(sentences), 'sentence')} to look at",
        ]
    )


def count(number, noun):
    """Return a number with its noun, such as ``1 figure`` or ``7 figures``."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _first(names):
    return f"{', '.join(names[:5])}{' and more' * (len(names) > 5)}"


def _differences(results):
    changed, stamped = (
        [name for r in results for name in getattr(r, kind)] for kind in ("changed", "stamped")
    )
    if not any(r.figures for r in results):
        return ""
    if not changed and not stamped:
        return ": all equal to those in figures/"
    parts = [f"{len(changed)} changed ({_first(changed)})"] if changed else []
    parts += [f"{len(stamped)} differ in metadata alone"] if stamped else []
    return f", {'; '.join(parts)}"
