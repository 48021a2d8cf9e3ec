"""Build the figure book: write its sources, run Sphinx, put the result in place of the old one."""

import argparse
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from analysis import load, paths
from analysis.__main__ import run
from book.pages import contents, write_beside, write_sources


def build(out, scratch):
    """Build the site into `out` by way of `scratch`; return Sphinx's status, 0 without a warning.

    An older site stays where it is unless the new one is whole.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    air, source, html = load(), scratch / "source", scratch / "html"
    made = contents(air)
    write_sources(air, source, made)
    settings = ["-c", Path(__file__).parent, "-d", scratch / "doctrees"]
    options = ["-q", "-W", "--keep-going", "-b", "html", *settings, source, html]
    status = build_main([str(option) for option in options])
    if status:
        return status
    for folder in (paths.FIGURES, paths.DATA):  # next to the pages that offer them
        ignored = shutil.ignore_patterns("README.md")
        shutil.copytree(folder, html / folder.name, dirs_exist_ok=True, ignore=ignored)
    write_beside(air, html, made)
    for source_map in html.rglob("*.map"):
        source_map.unlink()
    shutil.rmtree(out, ignore_errors=True)
    html.rename(out)
    pages = [page for page in out.rglob("*.html") if "_static" not in page.parts]
    print(f"{out / 'index.html'}: {len(pages):,} pages")
    return status


def main(arguments=None):
    """Build the book of the checkout into `site/` and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m book", description="Build the book into site/."
    )
    parser.set_defaults(run=lambda _: build(paths.ROOT / "site", paths.ROOT / ".cache" / "book"))
    return run(parser, arguments)


if __name__ == "__main__":
    sys.exit(main())
