"""Citations in every form, escaped, from one source of authors and title."""

import html.parser
import json
import shutil
import subprocess
import tomllib

import pytest
import yaml
from pybtex.database import parse_string

from analysis import __version__, cite, paths, rows
from analysis.citing import manifest
from analysis.citing.citation import FORMS, Work, latex_text, markdown_text
from analysis.dataset import descriptor

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


def cited(form, cff=None, entry=None):
    work = Work(CFF | (cff or {}), "1.0.0", "1.2.0", "0123456789abcdef", ENTRY | (entry or {}))
    return FORMS[form](work)


def test_apa_names_author_year_title_figure_and_versions():
    assert cited("apa") == (
        "Air & Data. (2026). Half of 100 % & <more> [Figure 98-two; data version 1.2.0, sha256 "
        "0123456789ab]. In Attacks {as} reported (Version 1.0.0)."
    )


def test_persons_are_cited_by_family_name_and_initials():
    people = [
        {"family-names": "Koval", "given-names": "Olha Ivanivna"},
        {"family-names": "Shevchenko", "given-names": "Taras"},
    ]
    assert cited("apa", {"authors": people}).startswith("Koval, O. I., & Shevchenko, T. (2026). ")
    bibtex = cited("bibtex", {"authors": people})
    assert "author = {Koval, Olha Ivanivna and Shevchenko, Taras}," in bibtex


@pytest.mark.parametrize(
    "form, said",
    [("apa", "{}"), ("bibtex", "url = {{{}}},\n  urldate = {{20"), ("csl-json", '"URL": "{}"')],
)
def test_doi_is_cited_once_the_citation_file_gives_one(form, said):
    assert said.format("https://doi.org/10.1000/1") in cited(form, {"doi": "10.1000/1"})


@pytest.mark.parametrize("title", ["100 % & <more>", "A { brace", "A } brace", r"Escaped \{"])
def test_bibtex_is_parsed_back_whatever_the_title(title):
    entry = parse_string(cited("bibtex", entry={"title": title}), "bibtex").entries
    entry = entry["ukraine-air-attack-98-two"]
    assert [*entry.fields] == ["title", "year", "howpublished", "version", "note"]
    assert entry.persons["author"][0].last_names == [r"{Air \& Data}"]


EDITION = "(Figure 98-two; data version 1.2.0; package version 1.0.0)"


def test_csl_json_has_figure_and_versions_in_the_container_whose_title_no_style_drops():
    assert json.loads(cited("csl-json")) == [
        {
            "id": "ukraine-air-attack-98-two",
            "type": "figure",
            "author": [{"literal": "Air & Data"}],
            "issued": {"date-parts": [[2026, 11, 22]]},
            "title": "Half of 100 % & <more>",
            "container-title": f'Attacks {{as}} reported <span class="nocase">{EDITION}</span>',
            "note": "Data with sha256 0123456789ab",
        }
    ]


def test_own_figure_is_cited_as_the_dataset_with_its_own_title_in_the_note():
    (item,) = json.loads(cited("csl-json", entry={"notebook": None}))
    assert item["type"] == "dataset" and item["title"].startswith("Attacks {as} reported ")
    assert "own figure “Half of 100 % & <more>”" in item["note"]


def test_dataset_is_cited_with_its_versions_in_the_title():
    (item,) = json.loads(cite(None, "csl-json"))
    assert item["type"] == "dataset" and "container-title" not in item
    assert (
        f"(data version {descriptor()['version']}; package version {__version__})" in item["title"]
    )


def test_ris_has_one_line_for_each_field():
    assert cited("ris").splitlines() == [
        "TY  - FIGURE",
        "AU  - Air & Data,",
        "PY  - 2026",
        "DA  - 2026/11/22",
        f"TI  - Half of 100 % & <more> {EDITION}",
        "T2  - Attacks {as} reported",
        "N1  - Data with sha256 0123456789ab",
        "ER  - ",
    ]


@pytest.fixture
def pandoc():
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")

    def run(text, *options):
        command = ["pandoc", "--wrap=none", *options]
        return subprocess.run(
            command, input=text, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    return run


@pytest.mark.parametrize("form, suffix", [("csl-json", "json"), ("bibtex", "bib")])
def test_pandoc_prints_title_figure_and_versions(pandoc, tmp_path, form, suffix):
    path = tmp_path / f"works.{suffix}"
    path.write_text(cite("03-neutralised-share", form), encoding="utf-8")
    text = "[@ukraine-air-attack-03-neutralised-share]"
    printed = pandoc(text, "--citeproc", "--bibliography", str(path), "--to", "plain")
    for words in ("Ukraine Air Attack Notebooks: ", "03-neutralised-share", __version__):
        assert words in printed


def test_pandoc_gives_a_picture_in_markdown_one_caption(pandoc):
    page = pandoc(cite("03-neutralised-share", "markdown"), "--from", "markdown")
    assert page.count("<img") == 1 and "<figcaption" not in page


def test_markdown_escapes_what_would_break_the_image():
    assert r'![A "bar" \[b\] and \$5](figures/98-two.png)' in cited("markdown")
    assert markdown_text("a_b|c\n<d>") == r"a\_b\|c \<d\>"


@pytest.mark.parametrize(
    "form, picture",
    [("latex", "{figures/98-two.column.pdf}"), ("html", '"figures/98-two.column.png"')],
)
def test_snippet_for_a_column_includes_the_picture_of_one(form, picture):
    suffixes = ("png", "svg", "pdf", "column.png", "column.pdf")
    entry = ENTRY | {"files": {suffix: {"path": f"98-two.{suffix}"} for suffix in suffixes}}
    assert picture in FORMS[form](Work(CFF, "1.0.0", "1.2.0", "0123456789abcdef", entry, True))


def test_latex_escapes_its_commands():
    assert latex_text(r"\cmd{x} 5 % & #_$~^") == (
        r"\textbackslash{}cmd\textbraceleft{}x\textbraceright{} 5 \% \& "
        r"\#\_\$\textasciitilde{}\textasciicircum{}"
    )
    assert r"{One\_two. Source: Air Force; data version 1.2.0." in cited("latex")
    assert r'alt={A "bar" [b] and \$5}]{figures/98-two.pdf}' in cited("latex")


def test_latex_cites_the_entry_of_bibtex_at_the_end_of_the_caption():
    key = cited("bibtex").partition("{")[2].partition(",")[0]
    assert f"CC-BY-4.0. \\cite{{{key}}}}}" in cited("latex")


def test_html_has_one_image_with_its_alternative_text():
    images = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, given: images.extend([dict(given)] * (tag == "img"))
    parser.feed(cited("html"))
    (image,) = images
    assert (image["src"], image["alt"]) == ("figures/98-two.svg", 'A "bar" [b] and $5')
    assert image["style"] == "max-width:100%;height:auto"
    assert "<more>" not in cited("html")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_cites_every_figure_and_the_dataset(form):
    version = descriptor()["version"]
    assert "2026" in cite(None, form) and version in cite(None, form)
    for entry in manifest.entries(paths.FIGURES):
        text = cite(entry["id"], form)
        assert entry["id"] in text and entry["data_version"] in text


def test_unknown_format_names_the_nearest():
    with pytest.raises(ValueError, match="no format 'bibtx'; nearest: bibtex"):
        cite(form="bibtx")


@pytest.mark.parametrize("figure", manifest.DROPPED)
def test_dropped_figure_is_answered_by_what_replaces_it(figure):
    for ask in (cite, lambda figure: rows(figure, None)):
        with pytest.raises(ValueError, match=f"{figure}.* is no longer made; in its place: "):
            ask(figure)


@pytest.mark.parametrize("text", ["a: [", "title: A", "- a"])
def test_damaged_citation_file_is_one_line_that_names_it(text, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "CITATION.cff").write_text(text)
    with pytest.raises(ValueError, match=r"CITATION.cff: not a whole citation file \([^\n]*\);"):
        cite("02-monthly-launches")


def test_versions_and_authors_agree_with_the_citation_file():
    cff = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = descriptor()
    assert cff["version"] == project["version"] == __version__
    names = [{"name": c["title"]} for c in package["contributors"]]
    assert cff["authors"] == project["authors"] == names
    assert cff["license"] == package["licenses"][0]["name"] and package["title"] in cff["title"]


def test_newest_sections_of_the_changelog_are_the_versions_of_package_and_data():
    text = (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = {kind: text.split(f"## [{kind} ")[1].split("]")[0] for kind in ("package", "data")}
    assert newest == {"package": __version__, "data": descriptor()["version"]}
