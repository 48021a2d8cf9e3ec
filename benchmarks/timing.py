"""Time commands against each other: all in one run, taking turns, so that their ratios hold on any machine."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Subject:
    """A command to time: what it runs, what has to be put right before each turn, and its seconds so far."""

    name: str
    arguments: list
    prepare: object = lambda: None
    environment: dict = field(default_factory=dict)
    seconds: list = field(default_factory=list)

    def turn(self, folder):
        """Run once in a folder and note how long it took."""
        self.prepare()
        start = time.perf_counter()
        run = subprocess.run([sys.executable, *map(str, self.arguments)], cwd=folder, text=True, capture_output=True,
                             env={**os.environ, "PYTHONPATH": str(folder), **self.environment})
        self.seconds.append(time.perf_counter() - start)
        if run.returncode:
            raise SystemExit(f"{self.name} failed:\n{run.stdout}{run.stderr}")
        return run.stdout


def take_turns(subjects, folder, rounds):
    """Run every subject once a round; return the best seconds of each, by name."""
    for _ in range(rounds):
        for subject in subjects:
            subject.turn(folder)
    return {s.name: min(s.seconds) for s in subjects}
