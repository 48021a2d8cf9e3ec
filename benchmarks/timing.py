"""Time commands against each other: all in one run, taking turns, so that their ratios hold on any machine."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Subject:
    """A command to time: what it runs, what has to be put right before each turn, and its seconds so far.

    `cpu_seconds` count every process that the command started and waited for;
    on a machine with other work they tell more than the clock.
    """

    name: str
    arguments: list
    prepare: object = lambda: None
    environment: dict = field(default_factory=dict)
    seconds: list = field(default_factory=list)
    cpu_seconds: list = field(default_factory=list)

    def turn(self, folder):
        """Run once in a folder and note how long it took."""
        self.prepare()
        start, cpu = time.perf_counter(), _cpu()
        run = subprocess.run([sys.executable, *map(str, self.arguments)], cwd=folder, text=True, capture_output=True,
                             env={**os.environ, "PYTHONPATH": str(folder), **self.environment})
        self.seconds.append(time.perf_counter() - start)
        self.cpu_seconds.append(_cpu() - cpu)
        if run.returncode:
            raise SystemExit(f"{self.name} failed:\n{run.stdout}{run.stderr}")
        return run.stdout


def _cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def take_turns(subjects, folder, rounds):
    """Run every subject once a round; return the best seconds, by the clock and of CPU, of each by name."""
    for _ in range(rounds):
        for subject in subjects:
            subject.turn(folder)
    return {s.name: (min(s.seconds), min(s.cpu_seconds)) for s in subjects}
