"""Build the figure book: write the sources, run Sphinx on them, and put the result in place of the old one."""

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from analysis import load, paths
from analysis.citing import manifest
from book import share
from book.links import reports_behind
from book.pages import write_beside, write_sources


def build(out, scratch):
    """Build the site into `out`, by way of the folder `scratch`; return Sphinx's exit status, 0 if there was no warning.

    An older site stays where it is unless the new one is whole.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    air, html = load(), scratch / "html"
    behind = {entry["id"]: reports_behind(entry, air) for entry in manifest.entries(paths.FIGURES)}
    write_sources(air, scratch / "source", behind)
    options = [
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-c",
        Path(__file__).parent,
        "-d",
        scratch / "doctrees",
    ]
    status = build_main([str(o) for o in [*options, scratch / "source", html]])
    if status == 0:
        for folder in (paths.FIGURES, paths.DATA):  # beside the pages that offer them
            shutil.copytree(
                folder,
                html / folder.name,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("README.md"),
            )
        write_beside(air, html, behind)
        for source_map in html.rglob("*.map"):
            source_map.unlink()
        share.write_lists(html)
        shutil.rmtree(out, ignore_errors=True)
        html.rename(out)
        print(
            f"{out / 'index.html'}: {sum('_static' not in page.parts for page in out.rglob('*.html')):,} pages"
        )
    return status


if __name__ == "__main__":
    sys.exit(build(paths.ROOT / "site", paths.ROOT / ".cache" / "book"))
