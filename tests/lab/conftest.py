"""JupyterLab of .venv-lab, headless, on copies of two notebooks without outputs."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis import paths

BROWSER = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
JUPYTER = paths.ROOT / ".venv-lab" / "bin" / "jupyter"
collect_ignore_glob = (
    [] if BROWSER and JUPYTER.exists() and find_spec("playwright") else ["test_*.py"]
)
# Off-screen cells stay in the page, where a test can look at them; no news from outside.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


class Lab(NamedTuple):
    """A running server: where it is, its token, and the folder it serves."""

    address: str
    token: str
    folder: Path

    def sessions(self):
        """What runs, as the server tells it; nothing while it does not answer."""
        try:
            with urllib.request.urlopen(
                f"{self.address}/api/sessions?token={self.token}"
            ) as answer:
                return json.load(answer)
        except OSError:
            return None


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    for name, values in SETTINGS.items():
        file = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(f"http://127.0.0.1:{port}", secrets.token_hex(16), folder)
    private = {
        f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")
    }
    environment = {
        **os.environ,
        **private,
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTER_TOKEN": lab.token,
        "IPYTHONDIR": str(folder / "ipython"),
        "ANALYSIS_FIGURES": str(folder / "figures"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    command = [
        JUPYTER,
        "lab",
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={folder}",
    ]
    with open(folder / "log.txt", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait(lambda: lab.sessions() is not None, 60, "the server to answer")
        yield lab
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


def wait(condition, seconds, what):
    """Return once the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.5)
