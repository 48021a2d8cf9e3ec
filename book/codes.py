"""Codes of rules, regimes and wordings as links, and words of the field explained."""

import re

from docutils import nodes
from markupsafe import Markup, escape

_CODE = re.compile(r"\b(?:R(?:[1-9]|1\d|2[0-2])|regime [A-D]|W[1-3])\b")
# The first of each on a page says what it means.
_GLOSSARY = {
    "launched": "Launched, as reported by the Air Force of Ukraine, decoys included",
    "neutralised": "Reported shot down or lost from radar: stopped by fire, jamming or a fault",
    "regime": "A span of report dates in which the words of the drone reports kept their meaning",
}
_NOT_INSIDE = (nodes.reference, nodes.literal, nodes.literal_block, nodes.title, nodes.raw)


def connect(app):
    """Have Sphinx link the codes in the prose of every page."""
    app.connect("doctree-resolved", _link_prose)


def linked(text, up="..", explained=None):
    """Return text as HTML whose codes are links; `up` leads to the top of the book.

    A word of the field that is not in the set `explained` says what it means, and is put there.
    """
    explained = set() if explained is None else explained
    html = _CODE.sub(lambda code: _link(code[0], up), str(escape(text)))
    for word in _GLOSSARY.keys() - explained:
        meaning = f'<abbr title="{_GLOSSARY[word]}">{word}</abbr>'
        html, count = re.subn(rf"\b{word}\b(?! [A-D]\b)(?![^<]*>)", meaning, html, count=1)
        explained |= {word} if count else set()
    return Markup(html)


def _link(code, up):
    if code.startswith("R"):
        target = f"data/datasheet.html#{code.lower()}"
    else:
        kind = "wording" if code.startswith("W") else "regime"
        target = f"data/regimes.html#{kind}-{code.split()[-1].lower()}"
    return f'<a href="{up}/{target}">{code}</a>'


def _link_prose(app, doctree, page):
    up = "/".join([".", *[".."] * page.count("/")])
    explained = set()
    for text in list(doctree.findall(nodes.Text)):
        if any(isinstance(node, _NOT_INSIDE) for node in _ancestors(text)):
            continue
        html = linked(text, up, explained)
        if html != escape(text):
            text.parent.replace(text, nodes.raw("", html, format="html"))


def _ancestors(node):
    while node.parent:
        node = node.parent
        yield node
