"""What the tests of processes share."""

import time

import pytest


@pytest.fixture
def wait_for():
    """Wait until a condition holds; fail if it takes too long."""

    def _wait_for(condition, seconds=20):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.02)
        assert condition()

    return _wait_for
