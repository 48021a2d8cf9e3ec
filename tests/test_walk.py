"""The walk of docs/walk.md prints what it says."""

import doctest
import re
import subprocess
import sys

import pytest

from analysis import paths

WALK = (paths.ROOT / "docs" / "walk.md").read_text("utf-8")
COMMANDS = re.findall(r"^    \$ (.+)\n((?:    .+\n)*)", WALK, re.MULTILINE)


def test_every_line_of_python_prints_what_the_walk_says(monkeypatch):
    monkeypatch.chdir(paths.ROOT)
    example = doctest.DocTestParser().get_doctest(WALK, {}, "walk", "docs/walk.md", 0)
    assert len(example.examples) > 10
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.parametrize(("command", "printed"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_command_prints_what_the_walk_says(command, printed):
    command = command.replace("python ", f"{sys.executable} ", 1)
    done = subprocess.run(command, shell=True, cwd=paths.ROOT, capture_output=True, text=True)
    expected = re.sub("^    ", "", printed, flags=re.MULTILINE)
    checker = doctest.OutputChecker()
    assert checker.check_output(expected, done.stdout, doctest.ELLIPSIS), done.stdout + done.stderr
