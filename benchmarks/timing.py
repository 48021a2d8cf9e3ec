"""Time commands against each other: all in one run, taking turns, so that their ratios hold on any machine."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field


@dataclass
class Subject:
    """A command to time: what it runs, what has to be put right before each turn, its seconds so far, and why it failed.

    `cpu_seconds` count every process that the command started and waited for;
    on a machine with other work they tell more than the clock.
    """

    name: str
    arguments: list
    prepare: object = lambda: None
    environment: dict = field(default_factory=dict)
    seconds: list = field(default_factory=list)
    cpu_seconds: list = field(default_factory=list)
    failure: str = ""

    def turn(self, folder):
        """Run once in a folder, note how long it took and return what it printed; of a failure, note its last line."""
        self.prepare()
        start, cpu = time.perf_counter(), _cpu()
        run = subprocess.run(
            [sys.executable, *map(str, self.arguments)],
            cwd=folder,
            text=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(folder), **self.environment},
        )
        if run.returncode:
            self.failure = (
                (run.stderr or run.stdout).strip().splitlines() or [f"status {run.returncode}"]
            )[-1]
            print(f"{self.name} FAILED:\n{run.stdout}{run.stderr}", file=sys.stderr, flush=True)
        else:
            self.seconds.append(time.perf_counter() - start)
            self.cpu_seconds.append(_cpu() - cpu)
        return run.stdout


def _cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def take_turns(subjects, folder, rounds):
    """Run every subject once a round, one that failed no more; yield after each turn."""
    for _ in range(rounds):
        for subject in subjects:
            if not subject.failure:
                subject.turn(folder)
                yield


def ratios(subjects, bases=()):
    """Return the rows of a table: the best seconds of each subject, by the clock and of CPU, their ratio to each base, or why it failed."""
    best = {s.name: min(s.seconds) for s in subjects if s.seconds}
    return [
        {
            "subject": s.name,
            "seconds": round(best[s.name], 3),
            **{f"÷ {b}": round(best[s.name] / best[b], 2) for b in bases if b in best},
            "CPU seconds": round(min(s.cpu_seconds), 2),
        }
        if s.name in best
        else {"subject": s.name, "seconds": s.failure or "not yet run"}
        for s in subjects
    ]
