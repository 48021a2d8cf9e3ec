"""Sentences that the data no longer support: claims that fail, numbers that no cell shows.

A number counts as shown if it stands in an output, as digits, rounded or as a
share, or is a constant of the code, such as a threshold, or of a claim that
holds. A number that happens to stand elsewhere hides a stale one, and words like
*half* are not seen: claim such sentences with `analysis.holds`.
"""

import re
from functools import cache
from typing import NamedTuple

from upkeep.refresh.inputs import code_cells

_BROKEN = "no longer holds: "
_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+)?(?!\w)")
_NO_FINDING = re.compile(
    r"\d+ [A-Z][a-z]+ 20\d\d|\b20\d\d\b|\d\d:\d\d|version \d+\.\d+\.\d+"
    r"|95\s?% (?:confidence )?interval|nominal 95\s?%"
)
_CLAIM = r"^holds\(.*(?:\n .*)*"
_STRINGS_AND_CLAIMS = re.compile(rf"""{_CLAIM}|"[^"\n]*"|'[^'\n]*'""", re.M)
_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "alt": "alternative text",
    "not_shown": "text on what is not shown",
}


class Sentence(NamedTuple):
    """A sentence to look at: notebook and cell where it stands, and what is wrong with it."""

    notebook: str
    cell: str
    fault: str


def to_look_at(name, notebook, entries):
    """Return each `Sentence` of a stored notebook (a dict) and of its figures to be looked at."""
    found = []
    for cell in code_cells(notebook):
        broken = [line for line in _printed(cell) if line.startswith(_BROKEN)]
        found += [Sentence(name, cell["id"], line.removeprefix(_BROKEN)) for line in broken]
    stale_in = stale(numbers_shown(notebook))
    for cell, kind, text in _texts(name, notebook, entries):
        old = stale_in(text)
        if old:
            fault = f"its {kind} says {', '.join(old)}, which no cell shows"
            found.append(Sentence(name, cell, fault))
    return found


def stale(shown):
    """Return a function that names the numbers of a text which are not among those `shown`.

    A number is among them as it is, rounded, or in percent.
    """

    @cache
    def rounded(decimals):
        shares = {round(100 * number, decimals) for number in shown}
        return shares | {round(number, decimals) for number in shown}

    def is_shown(number):
        return _value(number) in rounded(len(number.partition(".")[2]))

    return lambda text: [number for number in _numbers(text) if not is_shown(number)]


def numbers_shown(notebook):
    """Return the numbers that the code cells hold, in outputs, as constants or in claims.

    The claims of a cell of which one no longer holds do not count.
    """
    texts = []
    for cell in code_cells(notebook):
        source, printed = "".join(cell["source"]), list(_printed(cell))
        told = [line for line in printed if not line.startswith(_BROKEN)]
        claims = re.findall(_CLAIM, source, re.M) if told == printed else []
        texts += [*told, *claims, _STRINGS_AND_CLAIMS.sub("", source)]
    digits = re.sub(r"(?<=\d)_(?=\d)", "", "\n".join(texts))
    return {_value(number) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", digits)}


def _texts(name, notebook, entries):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield cell.get("id", "without an id"), "text", "".join(cell["source"])
    for entry in entries:
        if entry["notebook"] == name:
            for kind, words in _TEXTS.items():
                yield entry["cell"], words, entry.get(kind, "")


def _printed(cell):
    """The lines of a cell's outputs as text, except pictures, which carry their own texts."""
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "image/png" not in data:
            yield from "".join(output.get("text", data.get("text/plain", ""))).splitlines()


def _numbers(text):
    return dict.fromkeys(n.rstrip(",") for n in _NUMBER.findall(_NO_FINDING.sub("", text)))


def _value(number):
    return float(number.replace(",", ""))
