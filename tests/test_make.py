"""The Makefile: what a newcomer sees of it while it installs."""

import os
import shutil
import subprocess

import pytest

from analysis import paths

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
QUIET_UV = 'echo "many lines of $*"; mkdir -p .venv'


@pytest.fixture
def make(tmp_path):
    """Run make on a copy of the Makefile with a stand-in for uv; returns its words and status."""
    shutil.copy(paths.ROOT / "Makefile", tmp_path)
    for name in ("requirements-run.lock", "pyproject.toml"):
        (tmp_path / name).touch()

    def _make(target, uv=QUIET_UV, python="python3"):
        (tmp_path / "uv").write_text(f"#!/bin/sh\n{uv}\n")
        (tmp_path / "uv").chmod(0o755)
        alone = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
        command = ["make", target, "UV=./uv", f"PYTHON={python}"]
        done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, env=alone)
        return done.stdout + done.stderr, done.returncode

    return _make


def test_help_lists_the_targets(make):
    said, status = make("help")
    assert status == 0
    assert "\nfigures     run the notebooks" in said


def test_installation_is_one_line_and_the_rest_goes_to_a_log(make, tmp_path):
    said, status = make(".venv/.installed")
    line = "Installing the pinned packages of requirements-run.lock into .venv, once\n"
    assert (said, status) == (line, 0)
    assert "pip install --python .venv" in (tmp_path / ".cache" / "install.venv.log").read_text()


def test_failed_installation_names_its_log_and_is_not_taken_for_done(make, tmp_path):
    said, status = make(".venv/.installed", uv='echo "no such package"; exit 1')
    assert status != 0
    assert "no such package\n" in said
    assert "Installing into .venv failed; all that was said is in .cache/install.venv.log" in said
    assert not (tmp_path / ".venv" / ".installed").exists()


def test_where_no_python_fits_it_says_how_to_get_one(make):
    said, status = make(".venv/.installed", python="false")
    assert status != 0
    assert "Python 3.11 to 3.14 is needed" in said
    assert "uv python install 3.12" in said
