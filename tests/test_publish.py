"""Publishing a figure: files, what their metadata say, and what is refused."""

import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image

from analysis import load, measures, paths, style
from analysis.__main__ import main
from analysis.citing import manifest
from analysis.figures import describe, publish
from analysis.periods import as_text

TEXTS = {
    "caption": 'Drones & "missiles" <50 %>',
    "alt": "Two bars & a <line>",
    "not_shown": "Hits.",
}
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = pd.period_range("2025-07", periods=2, freq="M", name="month")
TABLE = pd.DataFrame(
    {"launched_count": pd.array([6297, None], dtype="Int64"), "share": [0.25, 1 / 3]}, index=MONTHS
)


@pytest.fixture(scope="module")
def air():
    return load()


def two_bars(air, folder, figure_id="98-two-bars", table=TABLE, **changed):
    """Publish a figure of two bars, of which the first counts the drone reports of July 2025."""
    fig, ax = style.figure("Many drones", "Drones launched per month, as reported")
    ax.bar([0], [7])
    given = TEXTS | {"rows": measures.drones(air), "folder": folder} | changed
    return publish(fig, figure_id, table, air, **given)


@pytest.fixture(scope="module")
def drawn(air, tmp_path_factory):
    return two_bars(air, tmp_path_factory.mktemp("drawn"))


def test_csv_is_the_table_with_its_index_and_blanks_for_missing(drawn):
    text = drawn.paths["csv"].read_text()
    assert text == "month,launched_count,share\n2025-07,6297,0.25\n2025-08,,0.333333\n"


def test_dates_keep_a_time_only_where_they_have_one():
    starts = pd.DataFrame({"day": ["2025-07-04"], "window_start": ["2025-07-03 18:00"]})
    found = as_text(starts.apply(pd.to_datetime))
    assert found.loc[0].tolist() == ["2025-07-04", "2025-07-03T18:00"]


def test_rows_are_the_ids_of_the_reports_with_the_keys_of_the_table(drawn):
    linked = pd.read_csv(drawn.paths["rows.csv"])
    assert [*linked] == ["report_id", "month"]
    assert drawn.rows({"month": "2025-07"})["launched_count"].sum() == 6297


def test_png_is_16_cm_at_300_dpi_and_states_its_source(drawn, air):
    with Image.open(drawn.paths["png"]) as picture:
        assert (picture.width, round(picture.info["dpi"][0])) == (1890, 300)
        assert (picture.info["Title"], picture.info["Description"]) == (
            "Many drones",
            TEXTS["caption"],
        )
        assert f"data version {air.version}, sha256 {air.sha256}" in picture.info["Source"]


def test_notebook_shows_120_dpi_at_760_pixels_with_the_alternative_text(drawn):
    raw, shown = drawn._repr_png_()
    assert Image.open(io.BytesIO(raw)).width == 756 and len(raw) < 20_000
    assert shown == {"width": 760, "alt": TEXTS["alt"]}


@pytest.mark.parametrize("suffix", ["png", "column.png"])
def test_picture_has_a_palette_and_the_colours_that_were_drawn(drawn, suffix):
    with Image.open(drawn.paths[suffix]) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(256)}
        assert picture.mode == "P" and {(255, 255, 255), (1, 115, 178)} <= colours


def test_bars_of_one_look_are_one_path_of_the_drawing(air, tmp_path):
    fig, ax = style.figure("Many drones", "Drones launched per month, as reported")
    ax.bar([0, 1, 2], [7, 8, 9], color=[style.BLUE, style.BLUE, style.GREY])
    drawing = publish(fig, "98-three", TABLE, air, **TEXTS, folder=tmp_path).paths["svg"]
    paths = ET.parse(drawing).iter(f"{SVG}path")
    blue = [path.get("d") for path in paths if "fill: #0173b2" in path.get("style", "")]
    assert [shape.count("M") for shape in blue] == [2]


def test_paths_of_the_drawings_are_commands_and_numbers_alone():
    for drawing in paths.FIGURES.glob("*.svg"):
        for path in re.findall(r'<path [^>]*?\bd="([^"]*)"', drawing.read_text("utf-8")):
            assert re.fullmatch(r"[MLQCz\d\s.e-]*", path), drawing.name


def test_column_variant_is_printed_8_9_cm_wide(drawn):
    with Image.open(drawn.paths["column.png"]) as picture:
        assert round(picture.width / picture.info["dpi"][0] * 2.54, 1) == 8.9


def test_svg_carries_caption_and_alternative_text_escaped(drawn, air):
    root = ET.parse(drawn.paths["svg"]).getroot()
    assert root.find(f"{SVG}desc").text == TEXTS["alt"]
    stated = "".join(root.find(f"{SVG}metadata").itertext())
    assert TEXTS["caption"] in stated and air.sha256 in stated and "CC-BY-NC-SA-4.0" in stated


@pytest.mark.parametrize("suffix", ["pdf", "column.pdf"])
def test_pdf_states_author_title_source_and_licence(drawn, air, suffix):
    raw = drawn.paths[suffix].read_bytes()
    assert b"/Author (Ukraine Air Attack Notebooks maintainers)" in raw
    assert b"/Title (Many drones)" in raw and b"/Subject (Drones & " in raw
    assert air.sha256.encode() in raw and b"CC-BY-NC-SA-4.0" in raw


def test_same_figure_has_the_same_bytes(drawn, air, tmp_path):
    assert two_bars(air, tmp_path).entry == drawn.entry


def test_manifest_holds_hash_and_bytes_of_each_file(drawn):
    (entry,) = manifest.entries(drawn.paths["png"].parent)
    assert [*entry["files"]] == ["png", "svg", "pdf", "column.png", "column.pdf", "csv", "rows.csv"]
    for suffix, file in entry["files"].items():
        raw = drawn.paths[suffix].read_bytes()
        assert file["path"] == f"98-two-bars.{suffix}"
        assert (file["bytes"], file["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"figure_id": "../two"}, "expected a slug like 02-monthly-launches"),
        ({"alt": " "}, "98-two-bars: alt is blank"),
        ({"licence": "CC-BY-NC"}, "no licence 'CC-BY-NC'; nearest: "),
        ({"rows": TABLE}, "no column 'report_id'"),
        ({"columns": {"shar": "a share"}}, "no column 'shar'; nearest: share"),
        ({"columns": {"share": {"titel": "Part"}}}, "word on the column share 'titel'; nearest"),
        ({"table": pd.DataFrame({"share": [0.5]}, index=["drones"])}, "has no name, which its"),
    ],
)
def test_refused_figure_leaves_nothing_behind(air, tmp_path, changed, said):
    with pytest.raises(ValueError, match=said):
        two_bars(air, tmp_path, **changed)
    assert not list(tmp_path.iterdir())


def test_figure_without_house_title_is_refused(air, tmp_path):
    with pytest.raises(ValueError, match="make it with style.figure"):
        publish(plt.figure(), "98-plain", TABLE, air, **TEXTS, folder=tmp_path)


def test_own_figures_are_in_one_place_from_anywhere_in_a_checkout(monkeypatch, tmp_path):
    for folder in (paths.ROOT, paths.NOTEBOOKS):
        monkeypatch.chdir(folder)
        assert paths.own_figures() == paths.ROOT / "my-figures"
    monkeypatch.chdir(tmp_path)
    assert paths.own_figures() == Path("my-figures")


def test_figure_of_your_own_goes_to_my_figures_and_is_cited_and_traced(
    air, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANALYSIS_FIGURES", raising=False)
    found = two_bars(air, None, "02-mine", caption=None, alt=None, not_shown=None)
    assert {path.parent for path in found.paths.values()} == {Path("my-figures")}
    assert found.entry["alt"] == "Many drones. Drones launched per month, as reported"
    assert "own figure “Many drones”" in found.cite()
    assert main(["cite", "02-mine"]) == 0
    assert main(["rows", "02-mine", "--where", "month=2025-07"]) == 0
    assert "drones, 31 reports: 6,297 launched" in capsys.readouterr().out


def test_quantity_of_your_own_has_only_the_words_you_give_it(air):
    table = pd.DataFrame({"month": ["2025-07"], "launched_count": [6297], "share": [0.25]})
    found = describe(table, air.package, {"share": "Of my own making."}, is_own=True)
    assert found[0]["description"] == "Of the report date (R4)."
    assert found[1:] == [
        {"name": "launched_count", "type": "integer"},
        {"name": "share", "type": "number", "description": "Of my own making."},
    ]


@pytest.fixture
def refreshed(tmp_path, monkeypatch):
    """A notebook with the texts of a figure, as a refresh runs it."""
    page = (
        "# Texts\n\n**98-two-bars** Of the page.\n\n*Alternative text:* Bars.\n\n*Not shown:* Hits."
    )
    (tmp_path / "98-bars.texts.md").write_text(page)
    (tmp_path / "98-bars.ipynb").write_text('{"metadata": {"analysis": {"version": "2.0.0"}}}')
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path / "collected"))
    return {"caption": None, "alt": None}


def test_figure_of_the_package_has_texts_beside_its_notebook_and_official_words(air, refreshed):
    entry = two_bars(air, None, **refreshed, not_shown="Why.").entry
    assert (entry["caption"], entry["alt"], entry["not_shown"]) == ("Of the page.", "Bars.", "Why.")
    assert (entry["notebook"], entry["notebook_version"]) == ("98-bars", "2.0.0")
    assert entry["fields"][1]["description"].startswith("As reported, decoys included (R21).")
    assert (paths.collecting() / "98-two-bars.rows.csv").exists()


@pytest.mark.parametrize("of_package", [".", "a wheel has none"])
def test_figure_has_the_same_texts_when_no_refresh_runs_its_notebook(
    air, refreshed, tmp_path, monkeypatch, of_package
):
    monkeypatch.delenv("ANALYSIS_FIGURES")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / of_package)
    monkeypatch.chdir(tmp_path)
    found = two_bars(air, tmp_path / "own", **refreshed)
    assert found._repr_png_()[1]["alt"] == "Bars." and "own figure" in found.cite()


def test_figure_of_the_package_without_texts_is_refused(air, refreshed):
    with pytest.raises(ValueError, match="98-new: caption is blank; every figure has one, in note"):
        two_bars(air, None, "98-new", **refreshed)


@pytest.mark.parametrize("place, said", [(0.98, "16 cm"), (0.85, "8.9 cm")])
def test_figure_of_the_package_with_a_fault_in_either_width_is_refused(
    air, refreshed, tmp_path, place, said
):
    fig, ax = style.figure("Many drones", "Drones launched per month, as reported")
    fig.text(place, 0.5, "many words")
    with pytest.raises(ValueError, match=f"98-two-bars, {said} wide: 'many words' leaves the"):
        publish(fig, "98-two-bars", TABLE, air)
    assert not (tmp_path / "collected").exists()


FACTS = [
    "title",
    "caption",
    "alt",
    "source",
    "licence",
    "package_version",
    "data_version",
    "data_sha256",
]
WHOLE = dict.fromkeys(FACTS, "Text") | {"id": "02-x", "notebook": None, "files": {}}


def test_entry_of_a_figure_replaces_the_one_before(tmp_path):
    manifest.record(WHOLE, tmp_path)
    manifest.record(WHOLE | {"source": "Air Force and press"}, tmp_path)
    assert [e["source"] for e in manifest.entries(tmp_path)] == ["Air Force and press"]


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"files": 3}, r"not a whole manifest \(AttributeError"),
        ({"title": 3}, "02-x: found 3 for title, expected a text"),
        ({"alt": " "}, "02-x: found ' ' for alt, expected a text"),
        ({"files": {"x/../y.png": {"path": "02-x.x/../y.png", "sha256": "a"}}}, "expected ID.suff"),
        ({"id": "../x", "files": {"png": {"path": "../x.png", "sha256": "a"}}}, "expected ID.suff"),
    ],
)
def test_entry_that_is_not_whole_or_leads_elsewhere_is_refused_in_one_line(changed, said):
    with pytest.raises(ValueError, match=f"^figures.json: [^\n]*{said}[^\n]*$"):
        manifest.parsed(json.dumps({"figures": [WHOLE | changed]}).encode())


def test_committed_manifest_fits_its_schema_and_files():
    schema = json.loads((Path(__file__).parent / "figures.schema.json").read_text())
    entries = manifest.entries(paths.FIGURES)
    jsonschema.validate({"figures": entries}, schema)
    for entry in entries:
        text = (paths.FIGURES / entry["files"]["csv"]["path"]).read_text(encoding="utf-8")
        assert text.partition("\n")[0] == ",".join(f["name"] for f in entry["fields"])
        assert entry["period"] == "2022-09-28/2025-12-31"  # what its texts are written for


def test_long_source_line_is_wrapped_below_the_axes():
    fig, ax = style.figure("Finding", "Measure")
    style.source_line(fig, "many words of a long source " * 9)
    fig.draw_without_rendering()
    line = fig.texts[-1].get_window_extent()
    assert line.x1 <= fig.bbox.x1 and line.y0 >= 0 and line.y1 < ax.get_tightbbox().y0
