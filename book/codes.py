"""Codes of rules, regimes and wordings in the book's texts as links to what they mean."""

import re

from docutils import nodes
from markupsafe import Markup, escape

_CODE = re.compile(r"\b(?:R(?:[1-9]|1\d|2[0-2])|regime [A-D]|W[1-3])\b")
_NOT_INSIDE = (nodes.reference, nodes.literal, nodes.literal_block, nodes.title, nodes.raw)


def connect(app):
    """Have Sphinx link the codes in the prose of every page."""
    app.connect("doctree-resolved", _link_prose)


def linked(text, up=".."):
    """Return text as HTML whose codes are links; `up` leads to the top of the book."""
    return Markup(
        _CODE.sub(
            lambda code: f'<a href="{up}/{_target(code[0])}">{code[0]}</a>', str(escape(text))
        )
    )


def _target(code):
    if code.startswith("R"):
        return f"data/datasheet.html#{code.lower()}"
    kind = "wording" if code.startswith("W") else "regime"
    return f"data/regimes.html#{kind}-{code.split()[-1].lower()}"


def _link_prose(app, doctree, page):
    up = "../" * page.count("/")
    for text in list(doctree.findall(nodes.Text)):
        if _CODE.search(text) and not any(isinstance(a, _NOT_INSIDE) for a in _ancestors(text)):
            text.parent.replace(text, list(_pieces(str(text), up)))


def _ancestors(node):
    while node := node.parent:
        yield node


def _pieces(text, up):
    end = 0
    for code in _CODE.finditer(text):
        yield nodes.Text(text[end : code.start()])
        yield nodes.reference("", code[0], refuri=up + _target(code[0]), internal=True)
        end = code.end()
    yield nodes.Text(text[end:])
