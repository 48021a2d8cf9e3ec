"""Every published figure: drawn anew it is the one in `figures/`, which nbval cannot see.

On Linux on x86-64 every file has the same bytes. Elsewhere data and texts are
equal, and of the pixels of a picture at most `FEW` differ by more than
`FAINT` of full scale in any channel.
"""

import hashlib
import platform

import matplotlib.image
import numpy as np
import pytest

from analysis import paths
from analysis.citing import manifest

ENTRIES = {e["id"]: e for e in manifest.entries(paths.FIGURES)}
SAME_BYTES = (platform.system(), platform.machine()) == ("Linux", "x86_64")
FEW, FAINT = 0.001, 0.06
PICTURES = ("png", "svg", "pdf", "column.png", "column.pdf")


@pytest.fixture
def folders(figure_id, reproductions):
    """Where a figure is stored, and where it was drawn anew."""
    return paths.FIGURES, reproductions[ENTRIES[figure_id]["notebook"]].figures


def test_notebooks_draw_the_listed_figures_and_no_other(reproductions):
    drawn = {
        e["id"]: name
        for name, anew in reproductions.items()
        for e in manifest.entries(anew.figures)
    }
    assert drawn == {figure_id: e["notebook"] for figure_id, e in ENTRIES.items()}


@pytest.mark.parametrize("figure_id", ENTRIES)
def test_data_behind_a_figure_are_the_same(figure_id, folders):
    old, new = (folder / f"{figure_id}.csv" for folder in folders)
    assert new.read_text("utf-8") == old.read_text("utf-8")


@pytest.mark.parametrize("figure_id", ENTRIES)
def test_texts_of_a_figure_are_the_same(figure_id, folders):
    old, new = ({e["id"]: e for e in manifest.entries(folder)}[figure_id] for folder in folders)
    assert {**new, "files": None} == {**old, "files": None}


@pytest.mark.parametrize("figure_id", ENTRIES)
def test_picture_is_the_same(figure_id, folders):
    old, new = (
        {
            suffix: hashlib.sha256((folder / f"{figure_id}.{suffix}").read_bytes()).hexdigest()
            for suffix in PICTURES
        }
        for folder in folders
    )
    assert new == old or not SAME_BYTES
    for suffix in [s for s in PICTURES if s.endswith("png") and new[s] != old[s]]:
        assert few_pixels_differ(
            *(matplotlib.image.imread(folder / f"{figure_id}.{suffix}") for folder in folders)
        ), suffix


def few_pixels_differ(old, new):
    return old.shape == new.shape and (np.abs(old - new).max(axis=2) > FAINT).mean() <= FEW


def test_tolerance_passes_a_faint_pixel_and_refuses_a_shifted_line():
    old = np.ones((100, 100, 4), dtype="float32")
    new = old.copy()
    new[5, 5] -= 0.05
    assert few_pixels_differ(old, new)
    new[50] = 0
    assert not few_pixels_differ(old, new)
