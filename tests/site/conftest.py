"""One figure book, built once for each content of the repository, and opened from disk in a browser that may reach nothing else."""

import hashlib
import json
import re
import shutil
import sys
import warnings
from importlib.util import find_spec

import pytest

from analysis import paths

BROWSER = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
# In .venv there is no browser driver: `make test-site` runs these in .venv-site, and says so where it cannot.
collect_ignore_glob = [] if BROWSER and find_spec("playwright") else ["test_*.py"]
HOSTILE = '<b>bold</b> `code` $x$ ``````````\n</script><script>window.hacked = 1</script> "quoted" {role}`x` [link](http://example.org)'


WIDE = {"width": 1440, "height": 900}
# All that a book is made of.
PARTS = [
    "analysis",
    "book",
    "data",
    "figures",
    "notebooks",
    "upkeep",
    "tests/site/conftest.py",
    "CHANGELOG.md",
    "CITATION.cff",
    "requirements-site.lock",
]


@pytest.fixture(scope="session")
def hostile():
    """A text that is markup wherever it is not escaped."""
    return HOSTILE


@pytest.fixture(scope="session")
def built():
    """The folder of a book and of the figures that are in it, built by an earlier run if nothing has changed since."""
    from filelock import FileLock

    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(
        file
        for part in map(paths.ROOT.joinpath, PARTS)
        for file in (part.rglob("*.*") if part.is_dir() else [part])
    ):
        if (
            file.is_file() and file.suffix != ".pyc" and paths.OWN_FIGURES.name not in file.parts
        ):  # what a notebook keeps for its reader
            digest.update(
                f"{file.relative_to(paths.ROOT)}\0{file.stat().st_size}\0".encode()
                + file.read_bytes()
            )
    folder, stamp = (
        paths.ROOT / ".cache" / "tested-book",
        paths.ROOT / ".cache" / "tested-book" / digest.hexdigest(),
    )
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):  # for those who run the tests in several processes
        if not stamp.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder)
            stamp.touch()
    return folder


def _build(folder):
    """Build a book into `folder`; Sphinx's extensions use what Sphinx will drop one day."""
    from book.__main__ import build

    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        patch.setattr(paths, "FIGURES", _with_hostile(folder / "figures"))
        assert build(folder / "site", folder / "scratch") == 0


def _with_hostile(folder):
    """The published figures, and among them one more, 03-hostile, whose texts are markup; its picture has two values."""
    shutil.copytree(paths.FIGURES, folder)
    book = json.loads((folder / "figures.json").read_text("utf-8"))
    model = next(e for e in book["figures"] if e["id"] == "03-neutralised-share")
    files = {
        suffix: file | {"path": file["path"].replace(model["id"], "03-hostile")}
        for suffix, file in model["files"].items()
    }
    for suffix, file in files.items():
        shutil.copy(folder / model["files"][suffix]["path"], folder / file["path"])
    drawing = folder / files["svg"]["path"]
    marked = drawing.read_text("utf-8").replace(
        "</svg>", '<g id="values" data-marks="1 0;100 150 0;300 180 1"/></svg>'
    )
    drawing.write_text(
        re.sub('<g id="values".*?/>(?=.*<g id="values")', "", marked, flags=re.DOTALL),
        encoding="utf-8",
    )
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
    """The one page of the browser; its `faults` collects console errors, failures and outside requests, which are refused."""
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.faults = []

    def only_local(route):
        if route.request.url.startswith(("file:", "data:")):
            return route.continue_()
        page.faults.append(f"outside request: {route.request.url}")
        route.abort()

    context.route("**/*", only_local)
    page.on(
        "console",
        lambda message: (
            page.faults.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: (
            page.faults.append(f"failed: {request.url}")
            if request.failure != "net::ERR_ABORTED"
            else None
        ),
    )  # the test itself moved on, or refused it above
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
def ledger(site, tab):
    """The page of the ledger."""
    tab.goto((site / "data" / "ledger.html").as_uri())
    return tab
