"""The command line of those who keep the package: ``python -m upkeep --help``."""

import argparse
import os
import signal
import sys
from pathlib import Path

from analysis import paths
from analysis.__main__ import folder, run, say, told

UNTIL = "2025-12-31"


def main(arguments=None):
    """Run one command and return its exit status."""
    return run(_parser(), arguments)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m upkeep",
        description="Curate data, refresh notebooks and figures, check all.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(run, name, words):
        add = commands.add_parser(name, help=words)
        add.set_defaults(run=run)
        return add.add_argument

    add = command(_update, "update", "curate a snapshot of the upstream compilation into data/")
    add("snapshot", metavar="SNAPSHOT.csv")
    words = f"last report date to keep (default: {UNTIL})"
    add("--until", default=UNTIL, metavar="YYYY-MM-DD", help=words)
    add("--out", type=folder, metavar="DIR", help="write to this data directory instead")
    words = "write in spite of this finding, a line that update printed; may be given again"
    add("--accept", action="append", default=[], metavar="FINDING", help=words)
    words = "write in spite of the findings in this file, one per line"
    add("--reviewed", metavar="FILE", help=words)

    words = "write data/siren_nights.csv from the file of air raid alerts that the descriptor names"
    add = command(_sirens, "sirens", words)
    add("alerts", metavar="ALERTS.csv")
    add("--out", type=folder, metavar="DIR", help="write to this data directory instead")

    words = "rerun the notebooks whose inputs changed, and their figures"
    add = command(_refresh, "refresh", words)
    words = "name or start of it, such as 02 (default: all)"
    add("notebooks", metavar="NOTEBOOK", nargs="*", help=words)
    words = "how many run at once (default: one per core)"
    add("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help=words)
    words = "run even what is unchanged, and with other package versions than the locked ones"
    add("--force", action="store_true", help=words)

    words = "validate data/, notebooks/ and figures/, or one data directory by every rule"
    add = command(_check, "check", words)
    words = "a data directory (default: the package's own)"
    add("--data", type=folder, metavar="DIR", help=words)
    return parser


def _update(options):
    from analysis.periods import span
    from upkeep.curation.update import update

    accepted = set(options.accept)
    if options.reviewed:
        accepted |= set(Path(options.reviewed).read_text(encoding="utf-8").splitlines())
    until = span(options.until).end_time.date()
    account = update(options.snapshot, until, options.out, accepted)
    lines = [f"{'rule':<5}{'rows':>6}{'launched':>10}  what"]
    for rule, rows, launched, what in account.steps:
        lines.append(f"{rule:<5}{rows:>6,}{launched:>10,}  {what}")
    say(lines + [f"notice: {notice}" for notice in account.notices])
    return 0


def _sirens(options):
    from upkeep.curation.sirens import update_sirens

    print(f"siren_nights.csv: {update_sirens(options.alerts, options.out):,} nights")
    return 0


def _refresh(options):
    from upkeep.refresh import refresh
    from upkeep.writing import STOPS

    for number in STOPS:
        signal.signal(number, signal.default_int_handler)
    try:
        return refresh(options.notebooks, options.jobs, options.force).status
    except KeyboardInterrupt:
        print("interrupted: what was not finished is as it was", file=sys.stderr)
        return 1


def _check(options):
    from upkeep.checks.data import problems

    found = problems(options.data)
    if not options.data:
        from analysis.dataset import descriptor
        from upkeep.checks.outputs import output_problems
        from upkeep.curation.release import unrecorded

        found += [*unrecorded(descriptor(), paths.ROOT), *output_problems()]
    return told(found, options.data or "data, notebooks and figures")


if __name__ == "__main__":
    sys.exit(main())
