"""The command line of those who keep the package: ``python -m upkeep --help``."""

import argparse
import os
import signal
import sys
from datetime import date
from pathlib import Path

from analysis import paths
from analysis.__main__ import folder, run, say, told
from analysis.descriptor import read_descriptor


def main(arguments=None):
    """Run one command and return its exit status."""
    return run(_parser(), arguments)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m upkeep",
        description="Curate data, refresh notebooks and figures, check all.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser(
        "update", help="curate a snapshot of the upstream compilation into data/"
    )
    add.add_argument("snapshot", metavar="SNAPSHOT.csv")
    add.add_argument(
        "--until",
        type=_date,
        default=date(2025, 12, 31),
        metavar="YYYY-MM-DD",
        help="last report date to keep (default: 2025-12-31)",
    )
    add.add_argument(
        "--out", type=folder, metavar="DIR", help="write to this data directory instead"
    )
    add.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="FINDING",
        help="write in spite of this finding, given as the line that update printed; may be given again",
    )
    add.add_argument(
        "--reviewed",
        metavar="FILE",
        help="write in spite of the findings in this file, a line each",
    )
    add.set_defaults(run=_update)
    add = commands.add_parser(
        "sirens",
        help="make data/siren_nights.csv anew from the file of air raid alerts that the descriptor names",
    )
    add.add_argument("alerts", metavar="ALERTS.csv")
    add.add_argument(
        "--out", type=folder, metavar="DIR", help="write to this data directory instead"
    )
    add.set_defaults(run=_sirens)
    add = commands.add_parser(
        "refresh", help="rerun the notebooks whose inputs changed, and their figures"
    )
    add.add_argument(
        "notebooks",
        metavar="NOTEBOOK",
        nargs="*",
        help="name or start of it, such as 02 (default: all)",
    )
    add.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many run at once (default: one a core)",
    )
    add.add_argument("--force", action="store_true", help="run even what is unchanged")
    add.set_defaults(run=_refresh)
    add = commands.add_parser(
        "check", help="validate data/, notebooks/ and figures/, or one data directory by every rule"
    )
    add.add_argument(
        "--data", type=folder, metavar="DIR", help="a data directory (default: the package's own)"
    )
    add.add_argument(
        "--release",
        metavar="ARCHIVE.zip",
        help="an archive that make release wrote, and nothing else",
    )
    add.set_defaults(run=_check)
    add = commands.add_parser(
        "release",
        help="write the one archive of the versions in the last commit, and its notes (make release)",
    )
    add.add_argument(
        "--out",
        type=folder,
        default="dist",
        metavar="DIR",
        help="write to this folder (default: dist)",
    )
    add.set_defaults(run=_release)
    return parser


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a date YYYY-MM-DD") from None


def _positive(text):
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 1")
    return int(text)


def _update(options):
    from upkeep.curation.update import update

    reviewed = (
        Path(options.reviewed).read_text(encoding="utf-8").splitlines() if options.reviewed else []
    )
    account = update(options.snapshot, options.until, options.out, {*options.accept, *reviewed})
    say(
        [
            f"{'rule':<5}{'rows':>6}{'launched before':>17}{'after':>9}  what",
            *(
                f"{rule:<5}{rows:>6,}{before:>17,}{after:>9,}  {what}"
                for rule, what, rows, before, after in account.steps
            ),
            *(f"notice: {notice}" for notice in account.notices),
        ]
    )
    return 0


def _sirens(options):
    from upkeep.curation.sirens import update_sirens

    print(f"siren_nights.csv: {update_sirens(options.alerts, options.out):,} nights")
    return 0


def _refresh(options):
    from upkeep.refresh import refresh

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kill ends it as Ctrl-C does
    try:
        return refresh(options.notebooks, options.jobs, options.force).status
    except KeyboardInterrupt:
        print("interrupted: what was not finished is as it was", file=sys.stderr)
        return 1


def _release(options):
    from upkeep.archive import release

    path = release(options.out, paths.ROOT)
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB; its notes are {path.with_suffix('.md')}")
    return 0


def _check(options):
    if options.release:
        from upkeep.checks.archive import archive_problems

        return told(archive_problems(options.release), options.release)
    from upkeep.checks.data import problems

    found = problems(options.data)
    if not options.data:
        from upkeep.checks.outputs import output_problems
        from upkeep.curation.release import unrecorded

        found += [*unrecorded(read_descriptor(paths.DATA), paths.ROOT), *output_problems()]
    return told(found, options.data or "data, notebooks and figures")


if __name__ == "__main__":
    sys.exit(main())
