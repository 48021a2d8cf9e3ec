"""The templates of the book: filled by name, with what every page may use."""

import json

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analysis import paths
from analysis.citing.citation import markdown_text
from book import codes, nights, tables
from book.pictures import picture


def citation():
    """Return the facts of `CITATION.cff`."""
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def base():
    """Return the address of the book, `url` in `CITATION.cff`, without a last slash; or nothing."""
    return (citation().get("url") or "").rstrip("/")


def templates(air):
    """Return a function that fills the template of a name; whatever it is given is escaped."""
    environment = Environment(
        loader=FileSystemLoader(paths.ROOT / "book" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {
        "md": lambda text: Markup(markdown_text(text)),
        "json": as_json,
        "number": _number,
        "codes": codes.linked,
        "picture": picture,
        "shown": tables.shown,
        "short": _short,
        "level": nights.level,
    }
    environment.globals |= {"air": air, "tables": tables, "citation": citation(), "base": base()}
    return lambda template, **values: environment.get_template(template).render(**values)


def as_json(value):
    """Return JSON that cannot end the script element or the Markdown fence it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("`", "\\u0060"))


def _number(value, unit):
    """A finding's value in words, by its unit."""
    if unit == "share":
        return f"{value:.0%}"
    return f"× {value:.1f}" if unit == "ratio" else f"{value:,.0f}"


def _short(figure_id):
    """The name of a figure in lists and on its page; its title stands in the picture."""
    return f"{figure_id[:2]} {figure_id[3:].replace('-', ' ').capitalize()}"


def _harmless(value):
    """A value as HTML that cannot end the Markdown fence it stands in."""
    return value if isinstance(value, Markup) else Markup(str(escape(value)).replace("`", "&#96;"))
