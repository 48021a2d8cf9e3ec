"""What came of a refresh, in words: of each notebook in a line, and of all of them in the last."""

from typing import NamedTuple


class Result(NamedTuple):
    """One notebook run: its error, or its figures and what differs from what was stored."""

    name: str
    error: str = ""
    figures: int = 0
    changed: tuple[str, ...] = ()  # figures with another table or picture
    stamped: tuple[str, ...] = ()  # figures that differ in what their files say of themselves
    cells: tuple[str, ...] = ()  # cells with another output than pictures


class Outcome(NamedTuple):
    """What a refresh leaves: the notebooks that failed, and each `Sentence` to look at."""

    failed: list
    sentences: list

    @property
    def status(self):
        """The exit status: 0, 1 if a notebook failed, 3 if sentences have to be looked at."""
        return 1 if self.failed else 3 if self.sentences else 0


def line(result):
    """Return what came of one notebook."""
    if result.error:
        return f"{result.name}: FAILED {result.error}"
    parts = [_figures([result])] if result.figures else []
    parts += _others(result.cells)
    return f"{result.name}: {'; '.join(parts) or 'outputs equal to those stored'}"


def conclusion(results, sentences, up_to_date):
    """Yield the last lines of a refresh: the sentences to look at, and what is true now."""
    if sentences:
        yield "Sentences that no longer hold:"
    for sentence in sentences:
        yield f"  {sentence.notebook}, cell {sentence.cell}: {sentence.fault}"
    last = _summary(results) if results else up_to_date
    yield last + (f"; {count(len(sentences), 'sentence')} to look at" if sentences else "")


def _summary(results):
    failed = [r.name for r in results if r.error]
    good = [r for r in results if not r.error]
    parts = [f"FAILED: {', '.join(failed)}"] if failed else []
    if good:
        parts.append(f"{count(len(good), 'notebook')} run, {_figures(good)}")
    return "; ".join(parts + _others([r.name for r in good if r.cells]))


def _others(names):
    return [f"other outputs in {_first(names)}"] if names else []


def _figures(results):
    figures = count(sum(r.figures for r in results), "figure")
    changed = [name for r in results for name in r.changed]
    stamped = sum(len(r.stamped) for r in results)
    parts = [f"{len(changed)} changed ({_first(changed)})"] if changed else []
    if stamped:
        parts.append(f"{stamped} differ only in metadata")
    if not any(r.figures for r in results):
        return figures
    return f"{figures}: {'; '.join(parts) or 'all equal to those in figures/'}"


def count(number, noun):
    """Return a number with its noun, such as ``1 figure`` or ``7 figures``."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _first(names):
    return f"{', '.join(names[:5])}{' and more' * (len(names) > 5)}"
