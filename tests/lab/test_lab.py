"""JupyterLab as people use it: open a notebook, choose Run All Cells, look."""

import json
import time

import pytest

from analysis import measures, paths
from upkeep.refresh.inputs import code_cells, facts_of, own_metadata


def bare_copy(name, copy):
    """Copy a notebook without its outputs; return how many code cells and pictures it had."""
    notebook = json.loads((paths.NOTEBOOKS / f"{name}.ipynb").read_bytes())
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    pictures = sum("image/png" in o.get("data", {}) for c in cells for o in c["outputs"])
    for cell in cells:
        cell |= {"outputs": [], "execution_count": None}
    copy.write_text(json.dumps(notebook))
    return len(cells), pictures


def until(page, condition, what):
    """Return once the condition holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, f"waited a minute for {what}"
        page.wait_for_timeout(500)


@pytest.fixture
def run_all(lab, browser):
    """A function that opens a notebook, runs all cells and returns the page once they have run."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})

    def open_(name):
        page = context.new_page()
        page.goto(f"{lab.address}/lab/tree/{name}.ipynb?token={lab.token}&reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
        # The page says idle before there is a kernel.
        until(
            page,
            lambda: any(
                s["path"] == f"{name}.ipynb" and s["kernel"]["connections"]
                for s in lab.sessions() or []
            ),
            "a kernel",
        )
        return page

    def run(name, cells):
        page = open_(name)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        last = page.locator(".jp-InputPrompt", has_text=f"[{cells}]:")
        last.first.wait_for(timeout=180_000)
        return page

    run.open = open_
    yield run
    context.close()


@pytest.mark.parametrize("name", ["explore", "03-interception-and-jamming"])
def test_run_all_shows_every_output_and_no_error(name, lab, run_all):
    """Its picture is kept in build/lab/ to look at; that of explore is the README's."""
    cells, pictures = bare_copy(name, lab.folder / f"{name}.ipynb")
    page = run_all(name, cells)
    prompts = [p.strip() for p in page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()]
    assert prompts == [f"[{i}]:" for i in range(1, cells + 1)]
    assert page.locator(".jp-OutputArea-output img").count() == pictures
    for kind in ("stderr", "error"):
        assert page.locator(f"[data-mime-type='application/vnd.jupyter.{kind}']").count() == 0
    page.keyboard.press("Control+b")  # without the list of files
    page.locator(".jp-CodeCell").last.evaluate("cell => cell.scrollIntoView()")
    page.screenshot(path=paths.ROOT / "build" / "lab" / f"{name}.png")


@pytest.mark.parametrize("is_run", [False, True])
def test_saved_notebook_differs_in_its_metadata_alone(is_run, lab, run_all):
    stored, copy = (paths.NOTEBOOKS / "explore.ipynb").read_bytes(), lab.folder / "saved.ipynb"
    copy.write_bytes(stored)
    page = (
        run_all("saved", len(code_cells(json.loads(stored)))) if is_run else run_all.open("saved")
    )
    page.wait_for_timeout(2000)  # the kernel tells its name
    page.keyboard.press("Control+s")
    until(
        page,
        lambda: copy.read_bytes() != stored and copy.read_bytes().endswith(b"}\n"),
        "the notebook to be saved",
    )
    saved = json.loads(copy.read_bytes())
    assert saved | {"metadata": own_metadata(facts_of(saved))} == json.loads(stored)


def test_address_is_a_link_and_no_text_is_cut(lab, run_all):
    cells, _ = bare_copy("explore", lab.folder / "whole.ipynb")
    page = run_all("whole", cells)
    assert page.locator("td a[href^='https://www.facebook.com/kpszsu/posts/']").count() == 5
    assert not [
        text
        for text in page.locator(".jp-OutputArea-output").all_inner_texts()
        if "..." in text.replace("groupby(...)", "")
    ]


def test_tab_completes_a_measure_and_shift_tab_explains_it(lab, run_all):
    cells, _ = bare_copy("explore", lab.folder / "completion.ipynb")
    page = run_all("completion", cells)
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("measures.launche")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item >> text=launches")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    first_words = " ".join(measures.launches.__doc__.split()[:4])
    page.wait_for_selector(f".jp-Tooltip >> text={first_words}")
