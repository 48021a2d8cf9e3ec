"""Sentences that the data no longer bear out: claims of a notebook that fail, and numbers of its texts that no cell shows.

A number counts as shown if it stands in an output, as digits, rounded or as a
share, or is a constant of the code, such as a threshold. A number that happens
to stand elsewhere hides a stale one, and words like *half* are not seen: claim
such sentences with `analysis.holds`.
"""

import re
from functools import cache
from typing import NamedTuple

from upkeep.refresh.inputs import code_cells

_BROKEN = "no longer holds: "
_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+)?(?!\w)")
_NO_FINDING = re.compile(
    r"\d+ [A-Z][a-z]+ 20\d\d|\b20\d\d\b|\d\d:\d\d|version \d+\.\d+\.\d+|95\s?% (?:confidence )?interval"
)
_STRINGS_AND_CLAIMS = re.compile(r"""^holds\(.*(?:\n .*)*|"[^"\n]*"|'[^'\n]*'""", re.M)
_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "alt": "alternative text",
    "not_shown": "text on what is not shown",
}


class Sentence(NamedTuple):
    """A sentence to look at: the notebook and the cell where it stands, and what is wrong with it."""

    notebook: str
    cell: str
    fault: str


def to_look_at(name, notebook, entries):
    """Return each `Sentence` of a stored notebook (a dict) and its figures' manifest entries that has to be looked at."""
    found = [
        (cell.get("id", "without an id"), line.removeprefix(_BROKEN))
        for cell in code_cells(notebook)
        for line in _printed(cell)
        if line.startswith(_BROKEN)
    ]
    stale_in = stale(numbers_shown(notebook))
    for cell, kind, text in _texts(name, notebook, entries):
        if old := stale_in(text):
            found.append((cell, f"its {kind} says {', '.join(old)}, which no cell shows"))
    return [Sentence(name, *pair) for pair in found]


def stale(shown):
    """Return a function that names the numbers of a text which are not among those `shown`, as they are, rounded or in percent."""
    rounded = cache(
        lambda decimals: {round(scale * number, decimals) for number in shown for scale in (1, 100)}
    )
    return lambda text: [
        n
        for n in _numbers(text)
        if float(n.replace(",", "")) not in rounded(len(n.partition(".")[2]))
    ]


def _texts(name, notebook, entries):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield cell.get("id", "without an id"), "text", "".join(cell["source"])
    for entry in entries:
        if entry["notebook"] == name:
            yield from (
                (entry["cell"], words, entry.get(kind, "")) for kind, words in _TEXTS.items()
            )


def numbers_shown(notebook):
    """Return the numbers that the code cells hold, in the outputs or as constants, but for those that a claim no longer bears out."""
    texts = [
        line
        for cell in code_cells(notebook)
        for line in _printed(cell)
        if not line.startswith(_BROKEN)
    ]
    texts += [_STRINGS_AND_CLAIMS.sub("", "".join(cell["source"])) for cell in code_cells(notebook)]
    return {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", "\n".join(texts))}


def _printed(cell):
    """The lines of a cell's outputs as text, but for pictures, which carry their own texts."""
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "image/png" not in data:
            yield from "".join(output.get("text", data.get("text/plain", ""))).splitlines()


def _numbers(text):
    return dict.fromkeys(n.rstrip(",") for n in _NUMBER.findall(_NO_FINDING.sub("", text)))
