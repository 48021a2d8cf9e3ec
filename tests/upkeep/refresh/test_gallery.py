"""The gallery says what the manifest says."""

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh.gallery import page

FILES = {
    s: {"path": f"98-two.{s}", "bytes": 2048, "sha256": "0"} for s in ("png", "csv", "rows.csv")
}
ENTRY = {
    "id": "98-two",
    "title": "Two *bars*",
    "subtitle": "Drones",
    "caption": "A | caption.",
    "alt": 'Say "two" <b>',
    "not_shown": "Hits.",
    "notebook": "98-x",
    "notebook_version": "1.0.1",
    "licence": "CC-BY-4.0",
    "data_version": "1.2.0",
    "data_sha256": "0123456789abcdef",
    "package_version": "1.0.0",
    "files": FILES,
    "fields": [
        {
            "name": "share",
            "type": "number",
            "title": "Share",
            "unit": "share of 1",
            "description": "Of a | b.",
        }
    ],
}


def test_section_has_picture_files_columns_trace_and_citation():
    text = page([ENTRY])
    assert 'alt="Say &quot;two&quot; &lt;b&gt;"' in text and "**Two \\*bars\\***" in text
    assert "[CSV](98-two.csv) 2 kB" in text and "[98-x](../notebooks/98-x.ipynb) 1.0.1" in text
    assert "| `share` | Share | share of 1 | Of a \\| b. |" in text
    assert (
        "`python -m analysis rows 98-two`" in text
        and "\\[Figure 98-two; data version 1.2.0" in text
    )


def test_figure_that_counts_no_reports_offers_no_trace():
    files = {kind: FILES[kind] for kind in ("png", "csv")}
    assert "analysis rows" not in page([ENTRY | {"files": files}])


def test_committed_gallery_is_that_of_the_manifest():
    assert (paths.FIGURES / "README.md").read_text(encoding="utf-8") == page(
        manifest.entries(paths.FIGURES)
    )


def test_figures_stand_in_a_grid_under_the_question_of_their_notebook():
    text = page([ENTRY | {"notebook": "02-escalation", "id": f"02-{n}"} for n in "abcd"])
    link = "([02-escalation](../notebooks/02-escalation.ipynb))"
    assert f"## How fast did the air campaign escalate? {link}" in text
    assert text.count("<tr>") == 2 and text.index('href="#02-d"') < text.index(
        '<details id="02-a">'
    )
