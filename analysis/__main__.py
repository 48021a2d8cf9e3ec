"""The command line of the library: ``python -m analysis --help``."""

import argparse
import os
import re
import sys
import traceback
from pathlib import Path


def main(arguments=None) -> int:
    """Run one command and return its exit status."""
    return run(_parser(), arguments)


def say(lines, file=None) -> None:
    """Print lines without the control characters that data may hold and a terminal would obey."""
    print(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", "\n".join(lines)), file=file)


def run(parser, arguments) -> int:
    """Run the command of a parser; an error is one line on stderr and the status 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a .bib file must not depend on the console
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ValueError, OSError) as error:
        say([f"error: {error}"], sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 1
    except Exception as error:  # the last line of defence: a fault of ours, or a damaged file
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}, line {frame.lineno}"
        words = "restore what git status shows as changed; if it is nothing, report this line"
        say([f"error: {type(error).__name__}: {error} ({where}); {words}"], sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Cite and trace figures, compare versions, check data.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = commands.add_parser("cite", help="print the citation of a figure, or of the dataset")
    add.add_argument(
        "figure",
        metavar="FIGURE",
        nargs="?",
        help="a figure id such as 02-monthly-launches (default: the dataset)",
    )
    add.add_argument(
        "--format",
        default="apa",
        metavar="FORMAT",
        help="apa (default), bibtex, csl-json, ris, markdown, latex or html",
    )
    add.add_argument("--version", metavar="TAG", help="as it was at a git tag or commit")
    add.add_argument(
        "--column", action="store_true", help="include the picture for a column of 8.9 cm"
    )
    add.set_defaults(run=_cite)
    add = commands.add_parser(
        "rows", help="list the reports behind a figure, or behind one bar of it"
    )
    add.add_argument("figure", metavar="FIGURE")
    add.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="the bar, as the figure's CSV names it, such as month=2025-07; may be given again",
    )
    add.set_defaults(run=_rows)
    add = commands.add_parser(
        "compare", help="say which tables and figures changed since an older version"
    )
    add.add_argument("old", metavar="OLD", help="a data directory, or a git tag or commit")
    add.set_defaults(run=_compare)
    add = commands.add_parser(
        "check", help="check the tables of a data directory against their description"
    )
    add.add_argument(
        "--data", type=folder, metavar="DIR", help="a data directory (default: the package's own)"
    )
    add.set_defaults(run=_check)
    return parser


def _cite(options):
    from analysis.citing.citation import address, cite

    say([cite(options.figure, options.format, options.version, column=options.column)])
    if not address():
        print(
            "note: CITATION.cff gives no address yet, so this citation has none; add `url:` there",
            file=sys.stderr,
        )
    return 0


def _rows(options):
    from analysis import load, press
    from analysis.citing.listing import listing
    from analysis.citing.trace import rows

    conditions = [_condition(text) for text in options.where]
    where = dict(conditions)
    if len(where) < len(conditions):
        raise ValueError("--where: found a column more than once, expected one value for each")
    air = load()
    found = rows(options.figure, air, where)
    say(listing(found.assign(press_claims=press.claims_beside(found, air)), air, where))
    return 0


def _condition(text):
    column, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"--where {text}: expected COLUMN=VALUE, such as month=2025-07")
    return column, value


def _compare(options):
    from analysis.citing.comparison import compare

    say(compare(options.old))
    return 0


def _check(options):
    from analysis.checking import problems

    return told(problems(options.data), options.data or "data")


def told(problems, what) -> int:
    """Print problems, or that there are none, and return the exit status."""
    say(problems or [f"{what}: no problems found"])
    return 1 if problems else 0


def folder(text) -> str:
    """Return an argument that names a folder; a shell makes an empty one of an unset variable."""
    if not text.strip():
        raise argparse.ArgumentTypeError("found an empty name, expected a folder")
    return text


if __name__ == "__main__":
    sys.exit(main())
