"""The gallery says what the manifest says."""

from analysis import paths
from analysis.citing import manifest
from upkeep.refresh.gallery import page

FILES = {
    s: {"path": f"98-two.{s}", "bytes": 2048, "sha256": "0"} for s in ("png", "csv", "rows.csv")
}
USUAL = "CC-BY-NC-SA-4.0"
ENTRY = {
    "id": "98-two",
    "title": "Two *bars*",
    "subtitle": "Drones",
    "caption": "A | caption <b>.",
    "alt": 'Say "two" <b>',
    "not_shown": "Hits.",
    "notebook": "98-x",
    "licence": "CC-BY-4.0",
    "files": FILES,
}


def test_cell_has_picture_title_caption_files_and_a_licence_that_is_not_the_usual_one():
    text = page([ENTRY])
    assert '<img src="98-two.png" alt="98-two">' in text
    assert "<b>Two *bars*.</b> A | caption &lt;b&gt;." in text
    assert '<a href="98-two.csv">CSV</a>' in text and ", CC-BY-4.0</td>" in text
    assert ">reports</a>" in text
    other = page([ENTRY | {"files": {"png": FILES["png"]}, "licence": USUAL}])
    assert f"{USUAL}</td>" not in other and ">reports</a>" not in other


def test_committed_gallery_is_that_of_the_manifest():
    assert (paths.FIGURES / "README.md").read_text(encoding="utf-8") == page(
        manifest.entries(paths.FIGURES)
    )


def test_figures_stand_in_a_grid_under_the_question_of_their_notebook():
    text = page([ENTRY | {"notebook": "02-escalation", "id": f"02-{n}"} for n in "abcd"])
    link = "([02-escalation](../notebooks/02-escalation.ipynb))"
    assert f"## How fast did the air campaign escalate? {link}" in text
    assert text.count("<tr>") == 2 and text.index('id="02-a"') < text.index('id="02-d"')
