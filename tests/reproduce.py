"""Run notebooks by nbval, one for each line of standard input, and answer with a line: the status and what was said.

A line is JSON: the path of a notebook and the folder for its figures. Kernels
are forked as in a refresh: those of a new process would import for four seconds
a notebook.
"""

import io
import json
import os
import sys
import tempfile
from contextlib import redirect_stdout

import pytest

from analysis import paths
from upkeep.refresh.execution import DRAWING, environment
from upkeep.refresh.forked import forking

# Without a warning of the file that nbval leaves open for each kernel.
NBVAL = [
    "-p",
    "no:cacheprovider",
    "-p",
    "no:unraisableexception",
    "-q",
    "--nbval",
    "--nbval-current-env",
    "--nbval-cell-timeout=300",
    f"--nbval-sanitize-with={paths.ROOT / 'tests' / 'nbval.cfg'}",
]

if __name__ == "__main__":
    with forking(DRAWING):
        for line in sys.stdin:
            path, figures = json.loads(line)
            with tempfile.TemporaryDirectory() as private, redirect_stdout(io.StringIO()) as said:
                os.environ.update(environment(figures, private))
                status = pytest.main([*NBVAL, path])
            print(json.dumps([status, said.getvalue()]), flush=True)
