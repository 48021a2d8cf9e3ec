"""Publishing a figure: files, what they say of themselves, and what is refused."""

import hashlib
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from PIL import Image

from analysis import load, paths, style
from analysis.__main__ import main
from analysis.citing import manifest
from analysis.figures import describe, publish

TEXTS = {
    "caption": 'Drones & "missiles" <launched> 50 %',
    "alt": "Two bars & a <line>",
    "not_shown": "Hits.",
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def air():
    return load()


def two_bars(air, folder, figure_id="98-two-bars", **changed):
    """Publish a figure of two bars."""
    months = pd.period_range("2025-07", periods=2, freq="M", name="month")
    table = pd.DataFrame(
        {"launched_count": pd.array([7, None], dtype="Int64"), "share": [0.25, 1 / 3]}, index=months
    )
    fig, ax = style.figure("Seven drones", "Drones launched a month, as reported")
    ax.bar([0], [7])
    return publish(
        fig,
        figure_id,
        table,
        air,
        **TEXTS | {"rows": {"weapon_class": ["cruise_missile"]}, "folder": folder} | changed,
    )


@pytest.fixture
def draw(air, tmp_path):
    """Return a function that publishes a figure of two bars to a folder of its own."""
    return lambda figure_id="98-two-bars", folder=tmp_path, **changed: two_bars(
        air, folder, figure_id, **changed
    )


@pytest.fixture(scope="module")
def drawn(air, tmp_path_factory):
    """The folder of a figure of two bars, published once."""
    folder = tmp_path_factory.mktemp("drawn")
    two_bars(air, folder)
    return folder


def test_csv_is_the_table_with_its_index_and_blanks_for_missing(drawn):
    assert (
        drawn / "98-two-bars.csv"
    ).read_text() == "month,launched_count,share\n2025-07,7,0.25\n2025-08,,0.333333\n"


def test_dates_keep_a_time_only_where_they_have_one(draw, tmp_path):
    starts = pd.DataFrame(
        {
            "day": pd.to_datetime(["2025-07-04"]),
            "window_start": pd.to_datetime(["2025-07-03 18:00"]),
        }
    )
    fig, _ = style.figure("A night", "Its window")
    publish(fig, "98-night", starts, load(), **TEXTS, folder=tmp_path)
    assert (
        tmp_path / "98-night.csv"
    ).read_text() == "day,window_start\n2025-07-04,2025-07-03T18:00\n"


def test_png_is_16_cm_at_300_dpi_and_says_what_it_is(drawn, air):
    with Image.open(drawn / "98-two-bars.png") as picture:
        assert picture.width == 1890
        assert round(picture.info["dpi"][0]) == 300
        assert picture.info["Title"] == "Seven drones"
        assert picture.info["Description"] == TEXTS["caption"]
        assert picture.info["Copyright"] == "CC-BY-NC-SA-4.0"
        assert f"data version {air.version}, sha256 {air.sha256}" in picture.info["Source"]


def test_svg_carries_caption_and_alternative_text_escaped(drawn, air):
    root = ET.parse(drawn / "98-two-bars.svg").getroot()
    assert root.find(f"{SVG}title").text == "Seven drones"
    assert root.find(f"{SVG}desc").text == TEXTS["alt"]
    stated = "".join(root.find(f"{SVG}metadata").itertext())
    assert TEXTS["caption"] in stated and air.sha256 in stated and "CC-BY-NC-SA-4.0" in stated


def test_pdf_says_title_caption_source_and_version(drawn, air):
    raw = (drawn / "98-two-bars.pdf").read_bytes()
    assert b"/Author (Ukraine Air Attack Notebooks maintainers)" in raw
    assert b"/Title (Seven drones)" in raw and b"/Subject (Drones & " in raw
    assert air.sha256.encode() in raw and b"CC-BY-NC-SA-4.0" in raw


def test_same_figure_has_the_same_bytes(draw, tmp_path):
    draw(folder=tmp_path / "one")
    draw(folder=tmp_path / "two")
    assert (tmp_path / "one" / "figures.json").read_text() == (
        tmp_path / "two" / "figures.json"
    ).read_text()


def test_manifest_holds_hash_and_bytes_of_each_file(drawn):
    (entry,) = manifest.entries(drawn)
    for suffix, file in entry["files"].items():
        raw = (drawn / f"98-two-bars.{suffix}").read_bytes()
        assert file == {
            "path": f"98-two-bars.{suffix}",
            "bytes": len(raw),
            "sha256": hashlib.sha256(raw).hexdigest(),
        }


def test_publishing_again_replaces_the_entry(draw, tmp_path):
    draw(caption="First.")
    draw(caption="Second.")
    assert [e["caption"] for e in manifest.entries(tmp_path)] == ["Second."]


def test_source_of_two_kinds_is_stated_on_figure_and_file(draw, tmp_path):
    draw(source="Air Force and press")
    assert manifest.entries(tmp_path)[0]["source"] == "Air Force and press"


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"figure_id": "../two"}, "expected a slug like 02-monthly-launches"),
        ({"alt": " "}, "98-two-bars: alt is blank"),
        ({"licence": "CC-BY-NC"}, "no licence .CC-BY-NC.; nearest: "),
        ({"rows": {"weapon_clas": ["cruise_missile"]}}, "nearest: weapon_class"),
        ({"rows": {"weapon_class": ["cruise"]}}, "selects no report"),
        ({"rows": ["drones"]}, "expected a dict of columns of reports.csv to lists of values"),
        (
            {"rows": {"moth": {"2025-07": {"series": "drones"}}}},
            "no column of the table 'moth'; nearest: month",
        ),
        ({"columns": {"shar": "a share"}}, "no column 'shar'; nearest: share"),
        (
            {"columns": {"share": {"titel": "Part"}}},
            "no word on the column share 'titel'; nearest: title",
        ),
    ],
)
def test_refused_figure_leaves_nothing_behind(draw, tmp_path, changed, said):
    with pytest.raises(ValueError, match=said):
        draw(**changed)
    assert list(tmp_path.iterdir()) == []


def test_labels_of_a_nameless_index_are_not_dropped(air, tmp_path):
    fig, _ = style.figure("Two classes", "Drones")
    with pytest.raises(ValueError, match="has no name, which its column needs"):
        publish(
            fig,
            "98-classes",
            pd.DataFrame({"share": [0.5]}, index=["drones"]),
            air,
            **TEXTS,
            folder=tmp_path,
        )


def test_figure_without_house_title_is_refused(air, tmp_path):
    import matplotlib.pyplot as plt

    with pytest.raises(ValueError, match="make it with style.figure"):
        publish(
            plt.figure(), "98-plain", pd.DataFrame({"share": [1.0]}), air, **TEXTS, folder=tmp_path
        )


def test_column_is_described_by_the_data_or_the_dictionary_of_computed_ones(air):
    found = describe(pd.DataFrame({"launched_count": [1], "merged_share": [0.5]}), air.package, {})
    assert found[0] == {
        "name": "launched_count",
        "type": "integer",
        "title": "Launched",
        "unit": "aircraft",
        "description": "As reported, decoys included (R21). Blank: unknown.",
    }
    assert (found[1]["type"], found[1]["unit"]) == ("number", "share of 1")


def test_committed_manifest_fits_its_schema():
    schema = json.loads((Path(__file__).parent / "figures.schema.json").read_text())
    jsonschema.validate({"figures": manifest.entries(paths.FIGURES)}, schema)


@pytest.mark.parametrize("entry", manifest.entries(paths.FIGURES), ids=lambda e: e["id"])
def test_csv_has_the_described_columns_and_every_file_says_what_it_is(entry):
    header = (
        (paths.FIGURES / entry["files"]["csv"]["path"])
        .read_text(encoding="utf-8")
        .partition("\n")[0]
    )
    assert header == ",".join(f["name"] for f in entry["fields"])
    for suffix in ("png", "svg", "pdf"):
        assert (
            entry["data_sha256"].encode()
            in (paths.FIGURES / entry["files"][suffix]["path"]).read_bytes()
        )


def test_unknown_figure_names_the_nearest():
    with pytest.raises(
        ValueError, match="no figure '02-monthly-lunches'; nearest: 02-monthly-launches"
    ):
        manifest.find("02-monthly-lunches")


def test_long_source_line_is_wrapped_below_the_axes(draw, tmp_path):
    draw(source="The Air Force of Ukraine, the General Staff, and many others " * 3)
    with Image.open(tmp_path / "98-two-bars.png") as picture:
        assert picture.size == (1890, 1200)
    fig, ax = style.figure("Finding", "Measure")
    style.source_line(fig, "many words of a long source " * 9)
    fig.draw_without_rendering()
    line = fig.texts[-1].get_window_extent()
    assert line.x1 <= fig.bbox.x1 and line.y0 >= 0 and line.y1 < ax.get_tightbbox().y0


def own(air, folder):
    """A figure of one's own: published from a folder without notebooks."""
    table = pd.DataFrame({"report_date": pd.to_datetime(["2025-07-04"]), "mean_count": [412.5]})
    fig, _ = style.figure("A seven-day mean", "Drones launched a night")
    return publish(
        fig,
        "seven-day-mean",
        table,
        air,
        rows={"report_date": ["2025-07-04"]},
        columns={"mean_count": "Mean of seven nights."},
    )


def test_figure_of_ones_own_goes_to_a_folder_of_ones_own(air, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = (paths.FIGURES / "figures.json").read_bytes()
    found = own(air, tmp_path)
    assert {p.name for p in found.paths.values()} == {
        f"seven-day-mean.{s}" for s in ("png", "svg", "pdf", "csv", "column.png", "column.svg")
    }
    assert all(p.resolve().parent == tmp_path / "my-figures" for p in found.paths.values())
    assert (paths.FIGURES / "figures.json").read_bytes() == before


def test_figure_of_ones_own_is_cited_traced_and_described(air, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    found = own(air, tmp_path)
    assert (
        found.rows()["launched_count"].sum() == 556
        and "own figure “A seven-day mean”" in found.cite()
    )
    assert (
        main(["cite", "seven-day-mean", "--format", "bibtex"]) == 0
        and main(["rows", "seven-day-mean"]) == 0
    )
    assert "own figure" in capsys.readouterr().out
    (entry,) = manifest.entries(tmp_path / "my-figures")
    assert (
        entry["fields"][1]["description"] == "Mean of seven nights."
        and entry["caption"] == "Drones launched a night"
    )


def test_figure_in_a_folder_of_ones_choice_is_cited_and_traced_by_its_result(draw, tmp_path):
    found = draw("seven-drones", tmp_path / "elsewhere")
    assert "own figure “Seven drones”" in found.cite() and {*found.rows()["regime_id"].isna()} == {
        True
    }
    assert "](my-figures/seven-drones.png)" in found.cite("markdown")


@pytest.mark.parametrize(
    "figure_id, own",
    [("02-new", False), ("02x", True), ("*", True), ("99-none", True), ("exp-1", True)],
)
def test_only_the_number_of_a_notebook_makes_a_figure_of_the_package(figure_id, own, monkeypatch):
    monkeypatch.setenv("ANALYSIS_FIGURES", "collected")
    assert (paths.figures_dir(figure_id) == paths.OWN_FIGURES) is own


def test_number_of_a_notebook_makes_no_figure_of_the_package_but_in_a_refresh(
    draw, tmp_path, monkeypatch
):
    monkeypatch.delenv("ANALYSIS_FIGURES", raising=False)
    monkeypatch.chdir(tmp_path)
    found = draw("02-monthly-launches", folder=None)
    assert (
        found.paths["csv"] == Path("my-figures") / "02-monthly-launches.csv"
        and "own figure" in found.cite()
    )


@pytest.mark.parametrize(
    "rows", [{"weapon_class": "cruise_missile"}, {"series": "missiles", "overlaps_national": True}]
)
def test_one_value_of_rows_needs_no_list(draw, rows):
    assert draw(rows=rows).entry["rows"] == {column: [value] for column, value in rows.items()}


@pytest.mark.parametrize(
    "entry, said",
    [
        ({}, "not a whole manifest"),
        ({"id": "02-x"}, "not a whole manifest"),
        ({"id": "02-x", "files": {}}, "02-x: found no title"),
        (
            {"id": "02-x", "files": {"png": {"path": "../CITATION.cff"}}},
            "found the file '../CITATION.cff', expected ID.suffix",
        ),
        (
            {"id": "02-x", "files": {"x/../../y.png": {"path": "02-x.x/../../y.png"}}},
            "expected ID.suffix",
        ),
        (
            {"id": "figures", "files": {"json": {"path": "figures.json"}}},
            "found the file 'figures.json', expected ID.suffix",
        ),
        (
            {"id": "02-x", "notebook": None, "cell": "c", "title": 3, "files": {}},
            "not a whole manifest .*found title 3, expected a text",
        ),
        (
            {"id": "../x", "files": {"png": {"path": "../x.png"}}},
            "found the file '../x.png', expected ID.suffix",
        ),
    ],
)
def test_entry_that_is_not_whole_or_leads_elsewhere_is_refused(entry, said, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "FIGURES", tmp_path)
    (tmp_path / "figures.json").write_text(json.dumps({"figures": [entry]}))
    with pytest.raises(ValueError, match=said):
        manifest.find("02-x")


def test_numbered_figure_without_a_caption_is_refused(air, tmp_path, monkeypatch):
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path))
    fig, _ = style.figure("A finding", "A measure")
    with pytest.raises(ValueError, match="02-new: caption is blank; every figure has one"):
        publish(fig, "02-new", pd.DataFrame({"share": [1.0]}), air)


def test_figure_of_the_package_takes_its_texts_from_the_last_cell_of_its_notebook(
    draw, tmp_path, monkeypatch
):
    texts = "**98-two-bars** Of the cell.\n\n*Alternative text:* Two bars.\n\n*Not shown:* Hits."
    notebook = {
        "metadata": {"analysis": {"version": "2.0.0"}},
        "cells": [{"id": "figure-texts", "source": [texts]}],
    }
    (tmp_path / "98-bars.ipynb").write_text(json.dumps(notebook))
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path))  # as in a refresh
    entry = draw(caption=None, alt=None, not_shown="Why.").entry
    assert [entry[name] for name in ("caption", "alt", "not_shown", "notebook_version")] == [
        "Of the cell.",
        "Two bars.",
        "Why.",
        "2.0.0",
    ]


def test_column_variant_is_printed_at_its_width_and_its_svg_keeps_text(air, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = own(air, tmp_path)
    with Image.open(found.paths["column.png"]) as picture:
        assert round(picture.width / picture.info["dpi"][0] * 2.54, 1) == 8.9
    drawing = found.paths["column.svg"].read_text(encoding="utf-8")
    assert 'width="252.28pt"' in drawing and ">A seven-day mean</text>" in drawing
