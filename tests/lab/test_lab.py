"""JupyterLab as people use it: open a notebook, choose Run All Cells, look."""

import json
import time

import pytest

from analysis import paths



def bare_copy(name, copy):
    """Copy a notebook without its outputs; return how many code cells and pictures it had."""
    notebook = json.loads((paths.NOTEBOOKS / f"{name}.ipynb").read_bytes())
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    pictures = sum("image/png" in o.get("data", {}) for c in cells for o in c["outputs"])
    for cell in cells:
        cell |= {"outputs": [], "execution_count": None}
    copy.write_text(json.dumps(notebook))
    return len(cells), pictures


@pytest.fixture
def run_all(lab, browser):
    """A function that opens a notebook, chooses Run All Cells and returns the page when the last cell has run."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})

    def run(name, cells):
        page = context.new_page()
        page.goto(f"{lab.address}/lab/tree/{name}.ipynb?token={lab.token}&reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
        # The page says idle before there is a kernel.
        end = time.monotonic() + 60
        while not any(s["path"] == f"{name}.ipynb" and s["kernel"]["connections"] for s in lab.sessions() or []):
            assert time.monotonic() < end, "no kernel was connected"
            page.wait_for_timeout(500)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(f"[...document.querySelectorAll('.jp-InputPrompt')].some((p) => p.innerText.trim() === '[{cells}]:')",
                               timeout=180_000)
        return page

    yield run
    context.close()


@pytest.mark.parametrize("name", ["explore", "03-interception-and-jamming"])
def test_run_all_shows_every_output_and_no_error(name, lab, run_all):
    cells, pictures = bare_copy(name, lab.folder / f"{name}.ipynb")
    page = run_all(name, cells)
    prompts = [p.strip() for p in page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()]
    assert prompts == [f"[{i}]:" for i in range(1, cells + 1)]
    assert page.locator(".jp-OutputArea-output img").count() == pictures
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']").count() == 0
    page.screenshot(path=lab.folder / f"{name}.png")


def test_tab_completes_a_measure_and_shift_tab_explains_it(lab, run_all):
    cells, _ = bare_copy("explore", lab.folder / "completion.ipynb")
    page = run_all("completion", cells)
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("measures.laun")
    page.keyboard.press("Tab")
    page.wait_for_selector(".jp-Completer-item >> text=launches")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector(".jp-Tooltip >> text=Return launched counts a period")
