"""One book, built once per content of the repository, in a browser that may reach nothing else."""

import hashlib
import json
import shutil
import sys
import warnings
from importlib.util import find_spec

import pytest

from analysis import paths

NAMES = ["chromium", "chromium-browser", "google-chrome"]
BROWSER = next((path for path in map(shutil.which, NAMES) if path), None)
# In .venv there is no browser driver: `make test-site` runs these in .venv-site.
collect_ignore_glob = [] if BROWSER and find_spec("playwright") else ["test_*.py"]
HOSTILE = (
    "<b>bold</b> `code` $x$ ``````````\n</script><script>window.hacked = 1</script> "
    '"quoted" {role}`x` [link](http://example.org)'
)
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# All that a book is made of.
FOLDERS = ["analysis", "book", "data", "docs", "figures", "notebooks"]
FILES = ["tests/site/conftest.py", "CHANGELOG.md", "CITATION.cff", "requirements-site.lock"]


@pytest.fixture(scope="session")
def hostile():
    """A text that is markup wherever it is not escaped."""
    return HOSTILE


@pytest.fixture(scope="session")
def built():
    """The folder of a book and of its figures, of an earlier run if nothing has changed."""
    from filelock import FileLock

    folder = paths.ROOT / ".cache" / "tested-book"
    stamp = folder / _digest()
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):  # for those who run the tests in several processes
        if not stamp.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder)
            stamp.touch()
    return folder


def _digest():
    files = [file for name in FOLDERS for file in (paths.ROOT / name).rglob("*.*")]
    files += [paths.ROOT / name for name in FILES]
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        # what a notebook keeps for its reader is not part of the book
        if file.is_file() and file.suffix != ".pyc" and paths.OWN_FIGURES not in file.parts:
            digest.update(f"{file.relative_to(paths.ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _build(folder):
    """Build a book into `folder`; Sphinx's extensions use what Sphinx will drop one day."""
    from book.__main__ import build

    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        patch.setattr(paths, "FIGURES", _with_hostile(folder / "figures"))
        assert build(folder / "site", folder / "scratch") == 0


def _with_hostile(folder):
    """The published figures and 03-hostile: its texts are markup, its picture has two values."""
    from analysis import load

    shutil.copytree(paths.FIGURES, folder)
    book = json.loads((folder / "figures.json").read_text("utf-8"))
    model = next(e for e in book["figures"] if e["id"] == "03-neutralised-share")
    files = {}
    for suffix, file in model["files"].items():
        path = f"03-hostile.{suffix}"
        shutil.copy(folder / file["path"], folder / path)
        files[suffix] = file | {"path": path}
    files["rows.csv"] = files["csv"] | {"path": "03-hostile.rows.csv"}
    drones = load().reports.query("is_in_drone_series and regime_id in ['C', 'D']")
    months = drones["report_date"].dt.strftime("%Y-%m")
    rows = drones[["report_id"]].assign(month=months)
    rows.to_csv(folder / files["rows.csv"]["path"], index=False)
    drawing = folder / files["svg"]["path"]
    own = '<g id="values" data-marks="1 0;100 150 0;300 180 1"/></svg>'
    text = drawing.read_text("utf-8").replace('id="values"', 'id="theirs"')
    drawing.write_text(text.replace("</svg>", own), encoding="utf-8")
    texts = dict.fromkeys(("title", "subtitle", "caption", "alt", "not_shown", "source"), HOSTILE)
    book["figures"].append(model | texts | {"id": "03-hostile", "files": files})
    (folder / "figures.json").write_text(json.dumps(book), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def figures(built):
    return built / "figures"


@pytest.fixture(scope="session")
def site(built):
    return built / "site"


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(browser):
    """The one page; its `faults` are errors, failures and outside requests, which are refused."""
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.faults = []

    def only_local(route):
        if route.request.url.startswith(("file:", "data:")):
            return route.continue_()
        page.faults.append(f"outside request: {route.request.url}")
        route.abort()

    def heard(message):
        if message.type in ("error", "warning"):
            page.faults.append(message.text)

    def failed(request):
        if request.failure != "net::ERR_ABORTED":  # the test itself moved on, or refused it above
            page.faults.append(f"failed: {request.url}")

    context.route("**/*", only_local)
    page.on("console", heard)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", failed)
    return page


@pytest.fixture
def tab(window):
    """That page, empty, wide and without faults."""
    window.goto("about:blank")
    window.set_viewport_size(WIDE)
    window.emulate_media(media="null", color_scheme="null")
    window.faults.clear()
    return window


@pytest.fixture
def visit(site, tab):
    """A function that opens a page of the book, with a query if need be, and returns the tab."""

    def open_page(name, query="", viewport=WIDE):
        tab.set_viewport_size(viewport)
        tab.goto((site / f"{name}.html").as_uri() + query)
        return tab

    return open_page
