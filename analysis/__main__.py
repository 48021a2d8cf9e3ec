"""The command line of the package: ``python -m analysis --help``."""

import argparse
import os
import sys
from datetime import date

GUARDS = ("shorter-period", "fewer-rows", "removed-reports", "changed-values", "new-labels", "new-outlets", "large-counts",
          "jumps")


def main(arguments=None):
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__.split(":")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser("check", help="validate data/, notebooks/ and figures/, or one data directory")
    add.add_argument("--data", metavar="DIR", help="a data directory (default: the package's own)")
    add.set_defaults(run=_check)
    add = commands.add_parser("update", help="curate a snapshot of the upstream compilation into data/")
    add.add_argument("snapshot", metavar="SNAPSHOT.csv")
    add.add_argument("--until", type=_date, default=date(2025, 12, 31), metavar="YYYY-MM-DD",
                     help="last report date to keep (default: 2025-12-31)")
    add.add_argument("--out", metavar="DIR", help="write to this data directory instead")
    add.add_argument("--accept", action="append", default=[], choices=GUARDS, metavar="GUARD",
                     help="write in spite of this difference from the data that are there; one of " + ", ".join(GUARDS))
    add.set_defaults(run=_update)
    add = commands.add_parser("refresh", help="rerun the notebooks whose inputs changed, and their figures")
    add.add_argument("notebooks", metavar="NOTEBOOK", nargs="*", help="name or start of it, such as 02 (default: all)")
    add.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="how many run at once (default: one a core)")
    add.add_argument("--force", action="store_true", help="run even what is unchanged")
    add.set_defaults(run=_refresh)
    add = commands.add_parser("cite", help="print the citation of a figure, or of the dataset")
    add.add_argument("figure", metavar="FIGURE", nargs="?", help="a figure id such as 02-monthly-launches (default: the dataset)")
    add.add_argument("--format", default="apa", metavar="FORMAT", help="apa (default), bibtex, csl-json, markdown, latex or html")
    add.set_defaults(run=_cite)
    add = commands.add_parser("rows", help="list the reports behind a figure, or behind one bar of it")
    add.add_argument("figure", metavar="FIGURE")
    add.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE",
                     help="the bar, as the figure's CSV names it, such as month=2025-07; may be given again")
    add.set_defaults(run=_rows)
    add = commands.add_parser("compare", help="say which figures' data changed since an older version")
    add.add_argument("old", metavar="OLD", help="a data directory, or a git tag")
    add.set_defaults(run=_compare)
    return parser


def _positive(text):
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 1")
    return int(text)


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a date YYYY-MM-DD") from None


def _check(options):
    from analysis.upkeep.validation import problems

    found = problems(options.data)
    if not options.data:
        from analysis.upkeep.outputs import output_problems

        found += output_problems()
    print("\n".join(found) if found else f"{options.data or 'data, notebooks and figures'}: no problems found")
    return 1 if found else 0


def _update(options):
    from analysis.upkeep.update import update

    account, notices = update(options.snapshot, options.until, options.out, options.accept)
    print(f"{'rule':<5}{'rows':>6}{'launched before':>17}{'after':>9}  what")
    for rule, what, rows, before, after in account.steps:
        print(f"{rule:<5}{rows:>6,}{before:>17,}{after:>9,}  {what}")
    for notice in notices:
        print(f"notice: {notice}")
    return 0


def _refresh(options):
    from analysis.upkeep.refresh import refresh

    try:
        return 1 if refresh(options.notebooks, options.jobs, options.force) else 0
    except KeyboardInterrupt:
        print("interrupted: what was not finished is as it was", file=sys.stderr)
        return 1


def _cite(options):
    from analysis.upkeep.citation import address, cite

    print(cite(options.figure, options.format))
    if not address():
        print("note: CITATION.cff gives no address yet, so this citation has none; add `url:` there", file=sys.stderr)
    return 0


def _rows(options):
    from analysis import load
    from analysis.upkeep.listing import listing

    where = dict(_condition(text) for text in options.where)
    print("\n".join(listing(options.figure, load(), where)))
    return 0


def _condition(text):
    column, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"--where {text}: expected COLUMN=VALUE, such as month=2025-07")
    return column, value


def _compare(options):
    from analysis.upkeep.comparison import compare

    print("\n".join(compare(options.old)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
