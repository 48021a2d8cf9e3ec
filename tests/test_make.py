"""The Makefile: what a newcomer sees of it while it installs."""

import os
import shutil
import subprocess

import pytest

from analysis import paths

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


@pytest.fixture
def make(tmp_path):
    """Run make in a folder that holds the Makefile and a lock of two pins, with a stand-in for uv; returns its words and status."""
    shutil.copy(paths.ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements-run.lock").write_text("a==1\nb==2\n")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / ".venv").mkdir()

    def _make(target, uv):
        (tmp_path / "uv").write_text(f"#!/bin/sh\n{uv}\n")
        (tmp_path / "uv").chmod(0o755)
        alone = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAKE", "MFLAGS"))
        }  # not as a part of make test
        done = subprocess.run(
            ["make", target, "UV=./uv"], cwd=tmp_path, text=True, capture_output=True, env=alone
        )
        return done.stdout + done.stderr, done.returncode

    return _make


def test_help_lists_the_targets_without_gnu_tools(make):
    said, status = make("help", "")
    assert (
        status == 0
        and "\nfigures     run the notebooks" in said
        and "sed" not in (paths.ROOT / "Makefile").read_text("utf-8")
    )


def test_installation_is_one_line_and_the_rest_goes_to_a_log(make, tmp_path):
    said, status = make(".venv/.installed", 'echo "many lines of $*"')
    assert (said, status) == (
        "Installing the 2 pinned packages of requirements-run.lock into .venv, once\n",
        0,
    )
    assert (
        "many lines of pip install --python .venv --compile-bytecode --require-hashes"
        in (tmp_path / ".cache" / "install-.venv.log").read_text()
    )


def test_failed_installation_names_its_log_and_is_not_taken_for_done(make, tmp_path):
    said, status = make(
        ".venv/.installed", 'test "$1" = venv || { echo "no such package"; exit 1; }'
    )
    assert status != 0 and "no such package\n" in said
    assert "Installing into .venv failed; all that was said is in .cache/install-.venv.log" in said
    assert not (tmp_path / ".venv" / ".installed").exists()
