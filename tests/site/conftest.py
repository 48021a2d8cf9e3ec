"""One figure book, built for all the tests and opened from disk in a browser that may reach nothing else."""

import json
import re
import shutil
import warnings
from importlib.util import find_spec

import pytest

from analysis import paths

BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
# In .venv there is no browser driver: `make test-site` runs these in .venv-site, and says so where it cannot.
collect_ignore_glob = [] if BROWSER and find_spec("playwright") else ["test_*.py"]
HOSTILE = "<b>bold</b> `code` $x$ ``````````\n</script><script>window.hacked = 1</script> \"quoted\" {role}`x` [link](http://example.org)"


@pytest.fixture(scope="session")
def hostile():
    """A text that is markup wherever it is not escaped."""
    return HOSTILE


@pytest.fixture(scope="session")
def figures(tmp_path_factory):
    """The published figures, and among them one more, 03-hostile, whose texts are markup; its picture has two values."""
    folder = shutil.copytree(paths.FIGURES, tmp_path_factory.mktemp("published") / "figures")
    book = json.loads((folder / "figures.json").read_text("utf-8"))
    model = next(e for e in book["figures"] if e["id"] == "03-neutralised-share")
    files = {suffix: file | {"path": file["path"].replace(model["id"], "03-hostile")} for suffix, file in model["files"].items()}
    for suffix, file in files.items():
        shutil.copy(folder / model["files"][suffix]["path"], folder / file["path"])
    drawing = folder / files["svg"]["path"]
    marked = drawing.read_text("utf-8").replace("</svg>", '<g id="values" data-marks="100 150 0 1;300 180 1 1"/></svg>')
    drawing.write_text(re.sub('<g id="values".*?/>(?=.*<g id="values")', "", marked, flags=re.DOTALL), encoding="utf-8")
    texts = dict.fromkeys(("title", "subtitle", "caption", "alt", "not_shown", "source"), HOSTILE)
    book["figures"].append(model | texts | {"id": "03-hostile", "files": files})
    (folder / "figures.json").write_text(json.dumps(book), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def site(figures, tmp_path_factory):
    """The folder of a freshly built book; Sphinx's extensions use what Sphinx will drop one day."""
    from book.__main__ import build

    folder = tmp_path_factory.mktemp("book")
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        patch.setattr(paths, "FIGURES", figures)
        assert build(folder / "site", folder / "scratch") == 0
    return folder / "site"


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """An empty page whose `faults` collects console errors, failures and outside requests, which are refused."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.faults = []

    def only_local(route):
        if route.request.url.startswith(("file:", "data:")):
            return route.continue_()
        page.faults.append(f"outside request: {route.request.url}")
        route.abort()

    context.route("**/*", only_local)
    page.on("console", lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", lambda request: page.faults.append(f"failed: {request.url}")
            if request.failure != "net::ERR_ABORTED" else None)  # the test itself moved on, or refused it above
    yield page
    context.close()


@pytest.fixture
def ledger(site, tab):
    """The page of the ledger."""
    tab.goto((site / "data" / "ledger.html").as_uri())
    return tab
