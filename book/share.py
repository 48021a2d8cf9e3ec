"""What a page tells those who share and index it; addresses once `CITATION.cff` has a `url`."""

import json
import re
from functools import cache

import yaml
from markupsafe import Markup, escape

from analysis import load, paths
from analysis.citing import manifest


def base():
    """Return the address of the book, `url` in `CITATION.cff`, without a last slash; or nothing."""
    return (_citation().get("url") or "").rstrip("/")


def connect(app):
    """Have every page carry its description and, with a base address, where it stands."""
    app.connect("html-page-context", _describe)


def dataset():
    """Return the dataset as schema.org describes one."""
    air, facts = load(), _citation()
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "name": resource["path"],
            "contentUrl": f"{base()}/data/{resource['path']}",
        }
        for resource in air.package["resources"]
    ]
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": air.package["title"],
        "description": air.package["description"],
        "version": air.version,
        "temporalCoverage": air.package["period"],
        "spatialCoverage": "Ukraine",
        "license": [licence["path"] for licence in air.package["licenses"][:2]],
        "keywords": facts["keywords"],
        "creator": [{"@type": "Organization", "name": a["name"]} for a in facts["authors"]],
        "isBasedOn": [s["path"] for s in air.package["sources"] if "path" in s],
    }
    return described | ({"url": base(), "distribution": files} if base() else {})


@cache
def _citation():
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@cache
def _entries(folder):
    return manifest.entries(folder)


def _describe(app, page, template, context, doctree):
    entry = next((e for e in _entries(paths.FIGURES) if page == f"figures/{e['id']}"), None)
    described = entry["caption"] if entry else _citation()["abstract"]
    facts = {
        "description": described,
        "og:title": entry["title"] if entry else context.get("title", ""),
        "og:description": described,
        "og:type": "article" if entry else "website",
    }
    if base() and entry:
        facts["og:image"] = f"{base()}/figures/{entry['files']['png']['path']}"
        facts["og:image:alt"] = entry["alt"]
    tags = [_meta(name, " ".join(text.split())) for name, text in facts.items()]
    if page in ("index", "data/index"):
        tags.append(_script(dataset()))
    if not page.startswith("notebooks/"):  # the cells' own looks are heavy
        context["css_files"] = [file for file in context["css_files"] if "mystnb" not in str(file)]
    # the theme has its own viewport
    theirs = re.sub(r'<meta[^>]*name="viewport"[^>]*>', "", context.get("metatags", ""))
    context["metatags"] = Markup(theirs + "\n".join(tags))


def _meta(name, text):
    kind = "property" if ":" in name else "name"
    return f'<meta {kind}="{name}" content="{escape(text)}">'


def _script(value):
    # nothing in it can end the element
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
