"""A figure book built for the tests, opened from disk in a browser that may reach nothing else."""

import shutil
import warnings
from importlib.util import find_spec

import pytest

BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
# In .venv there is no browser driver: `make test-site` runs these in .venv-site, and says so where it cannot.
collect_ignore_glob = [] if BROWSER and find_spec("playwright") else ["test_*.py"]


@pytest.fixture(scope="session")
def make_site(tmp_path_factory):
    """A function that builds the book and returns its folder; Sphinx's extensions use what Sphinx will drop one day."""
    from book.__main__ import build

    def make():
        folder = tmp_path_factory.mktemp("book")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            assert build(folder / "site", folder / "scratch") == 0
        return folder / "site"

    return make


@pytest.fixture(scope="session")
def site(make_site):
    """The folder of a freshly built book."""
    return make_site()


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
