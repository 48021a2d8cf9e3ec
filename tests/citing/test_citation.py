"""Citations in every form, escaped, from one source of authors and title."""

import html.parser
import json
import shutil
import subprocess
import tomllib

import jsonschema
import pytest
import yaml
from pybtex.database import parse_string

from analysis import __version__, load, paths
from analysis.citing import manifest
from analysis.citing.citation import (
    FORMS,
    Work,
    apa,
    bibtex,
    cite,
    csl_json,
    html_text,
    latex,
    latex_text,
    markdown,
    markdown_text,
)
from analysis.citing.trace import rows

CFF = {
    "authors": [{"name": "Air & Data"}],
    "title": "Attacks {as} reported",
    "version": "1.0.0",
    "date-released": "2026-11-22",
}
ENTRY = {
    "id": "98-two",
    "title": "Half of 100 % & <more>",
    "caption": "One_two.",
    "alt": 'A "bar" [b]\nand $5',
    "source": "Air Force",
    "licence": "CC-BY-4.0",
    "files": {s: {"path": f"98-two.{s}"} for s in ("png", "svg", "pdf")},
}
FIGURE = Work(CFF, "1.0.0", "1.2.0", "0123456789abcdef", ENTRY)

# The part of the CSL-JSON schema (1.0.2) that citations use, closed: any other variable is refused.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["figure", "dataset"]},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {n: {"type": "string"} for n in ("family", "given", "literal")},
                },
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": ["string", "number"]},
                        },
                    }
                },
            },
            **{
                n: {"type": "string"}
                for n in ("title", "container-title", "version", "note", "URL")
            },
            "number": {"type": ["string", "number"]},
        },
    },
}


def test_apa_names_author_year_title_figure_and_versions():
    assert apa(FIGURE) == (
        "Air & Data. (2026). Half of 100 % & <more> [Figure 98-two; data version 1.2.0, sha256 0123456789ab]. "
        "In Attacks {as} reported (Version 1.0.0)."
    )


def test_persons_are_cited_by_family_name_and_initials():
    people = [
        {"family-names": "Koval", "given-names": "Olha Ivanivna"},
        {"family-names": "Shevchenko", "given-names": "Taras"},
    ]
    item = Work(CFF | {"authors": people}, "1.0.0", "1.2.0", "0123456789abcdef")
    assert apa(item).startswith("Koval, O. I., & Shevchenko, T. (2026). ")
    assert "author = {Koval, Olha Ivanivna and Shevchenko, Taras}," in bibtex(item)


@pytest.mark.parametrize(
    "given, address",
    [
        ({"url": "https://example.org/a"}, "https://example.org/a"),
        ({"doi": "10.1000/1"}, "https://doi.org/10.1000/1"),
    ],
)
def test_address_is_cited_once_the_citation_file_gives_one(given, address):
    item = Work(CFF | given, "1.0.0", "1.2.0", "0123456789abcdef", ENTRY)
    assert apa(item).endswith(f"(Version 1.0.0). {address}")
    assert f"url = {{{address}}}" in bibtex(item) and f'"URL": "{address}"' in csl_json(item)


def test_bibtex_is_parsed_back_to_title_and_author():
    entry = parse_string(bibtex(FIGURE), "bibtex").entries["ukraine-air-attack-98-two"]
    assert entry.fields["title"] == r"{Half of 100 \% \& \textless{}more\textgreater{}}"
    assert entry.persons["author"][0].last_names == [r"{Air \& Data}"]
    assert "data version 1.2.0" in entry.fields["note"] and entry.fields["year"] == "2026"


@pytest.mark.parametrize("title", ["A { brace", "A } brace", "Both } and {", r"Escaped \{"])
def test_lone_brace_of_a_title_leaves_bibtex_whole(title):
    read = parse_string(
        bibtex(Work(CFF, "1.0.0", "1.2.0", "0123456789abcdef", ENTRY | {"title": title})), "bibtex"
    )
    assert [*read.entries["ukraine-air-attack-98-two"].fields] == [
        "title",
        "year",
        "howpublished",
        "note",
    ]


@pytest.mark.parametrize("text", ["a: [", "title: A", "", "- a"])
def test_damaged_citation_file_is_one_line_that_names_it(text, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "CITATION.cff").write_text(text)
    with pytest.raises(
        ValueError,
        match=r"CITATION.cff: not a whole citation file \([^\n]*\); restore it from the last commit$",
    ):
        cite("02-monthly-launches")


def test_csl_json_fits_its_schema():
    items = json.loads(csl_json(FIGURE))
    jsonschema.validate(items, CSL)
    assert (items[0]["author"], items[0]["issued"]) == (
        [{"literal": "Air & Data"}],
        {"date-parts": [[2026, 11, 22]]},
    )


def test_markdown_escapes_what_would_break_the_image():
    assert r'![A "bar" \[b\] and \$5](figures/98-two.png)' in markdown(FIGURE)
    assert markdown_text("a_b|c\n<d>") == r"a\_b\|c \<d\>"


def test_latex_escapes_its_commands():
    assert latex_text(r"\cmd{x} 5 % & #_$~^") == (
        r"\textbackslash{}cmd\textbraceleft{}x\textbraceright{} 5 \% \& \#\_\$\textasciitilde{}\textasciicircum{}"
    )
    assert r"\caption{One\_two. Source: Air Force; data version 1.2.0." in latex(FIGURE)
    assert r'alt={A "bar" [b] and \$5}]{figures/98-two.pdf}' in latex(FIGURE)


def test_html_has_one_image_with_its_alternative_text():
    images = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: (
        images.append(dict(attributes)) if tag == "img" else None
    )
    parser.feed(html_text(FIGURE))
    assert images == [{"src": "figures/98-two.svg", "alt": 'A "bar" [b] and $5'}]
    assert "<more>" not in html_text(FIGURE)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_cites_every_figure_and_the_dataset(form):
    version = load().version
    for figure_id in [None, *(e["id"] for e in manifest.entries(paths.FIGURES))]:
        text = cite(figure_id, form)
        assert figure_id is None or figure_id in text
        assert version in text and "2026" in text


def test_unknown_format_names_the_nearest():
    with pytest.raises(ValueError, match="no format 'bibtx'; nearest: bibtex"):
        cite(form="bibtx")


@pytest.mark.parametrize("ask", [cite, lambda figure: rows(figure, load())])
def test_figure_that_is_no_longer_made_says_what_stands_in_its_place(ask):
    with pytest.raises(
        ValueError,
        match="05-press-series.* is no longer made; in its place: the measure press.press_series",
    ):
        ask("05-press-series")


def test_versions_and_authors_agree_with_the_citation_file():
    cff = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = load().package
    assert cff["version"] == project["version"] == __version__
    assert (
        cff["authors"]
        == project["authors"]
        == [{"name": c["title"]} for c in package["contributors"]]
    )
    assert cff["license"] == package["licenses"][0]["name"] and package["title"] in cff["title"]


def test_newest_sections_of_the_changelog_are_the_versions_of_package_and_data():
    text = (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = {kind: text.split(f"## [{kind} ")[1].split("]")[0] for kind in ("package", "data")}
    assert newest == {"package": __version__, "data": load().version.removesuffix("+edited")}


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="there is no TeX here")
def test_latex_of_every_figure_compiles(tmp_path):
    (tmp_path / "figures").symlink_to(paths.FIGURES)
    shutil.copy(next(paths.FIGURES.glob("*.pdf")), tmp_path / "98-two.pdf")
    body = [
        latex(FIGURE).replace("figures/", ""),
        *(cite(e["id"], "latex") for e in manifest.entries(paths.FIGURES)),
        cite(form="latex"),
    ]
    text = "\\clearpage\n\n".join(
        [r"\documentclass{article}\usepackage{graphicx}\begin{document}", *body, r"\end{document}"]
    )
    (tmp_path / "all.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=batchmode", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
    )
    assert done.returncode == 0, (tmp_path / "all.log").read_text("utf-8", "replace")[-600:]
