"""The manifest `figures.json`: one entry a published figure. Light, so that the command line can read it at once."""

import json
import re
from pathlib import Path

from analysis import paths
from analysis.names import unknown

_TEXTS = (
    "title",
    "subtitle",
    "caption",
    "alt",
    "not_shown",
    "source",
    "licence",
    "notebook",
    "cell",
    "period",
    "package_version",
    "data_version",
    "data_sha256",
)
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[a-z]+)?\.(?:csv|pdf|png|svg)")
_FACTS = (
    "title",
    "caption",
    "alt",
    "source",
    "licence",
    "rows",
    "package_version",
    "data_version",
    "data_sha256",
)
# Figures that were published once and are no longer made, and what stands in their place.
_DROPPED = {
    "01-fields-over-time": "measures.quantity_coverage, and a table of notebook 01",
    "02-growth": "02-monthly-launches",
    "03-hit-locations": "03-reported-hits, and a table of notebook 03",
    "03-what-lost-meant": "03-jamming-share, and a table of notebook 03",
    "05-agreement-by-month": "a table of notebook 05, of press.agreement",
    "05-claims-against-ledger": "the tables of notebook 05, of press.matched_claims",
    "05-first-sightings-of-lost": "a table of notebook 05, of press.lost_sightings",
    "05-press-series": "the measure press.press_series, which notebook 05 shows",
    "05-wording-of-the-merge": "a table of notebook 05, of press.wording_by_week",
    "06-sensitivity": "the tables of notebook 06, of sensitivity.findings_by_choice and sensitivity.largest_moves",
    "07-nights-in-context": "a table of notebook 07, of measures.nights_in_month",
    "08-silent-nights-by-month": "01-coverage-calendar",
}


def entries(folder) -> list[dict]:
    """Return the manifest entries of a figure folder, sorted by id; none where there is no manifest."""
    path = Path(folder) / "figures.json"
    return parsed(path.read_bytes(), path) if path.exists() else []


def parsed(raw: bytes, path="figures.json") -> list[dict]:
    """Return the entries of a manifest, given as the bytes of its file; `path` is what messages call it.

    Raises
    ------
    ValueError
        The manifest is damaged, or names a file that is not ``ID.suffix``.
    """
    try:
        found = json.loads(raw)["figures"]
        named = [(e["id"], suffix, f["path"]) for e in found for suffix, f in e["files"].items()]
        strays = [
            file
            for i, suffix, file in named
            if file != f"{i}.{suffix}" or not _FILE.fullmatch(file)
        ]
        _ = strays or [
            (e["notebook"], e["cell"], f["sha256"]) for e in found for f in e["files"].values()
        ]
        if odd := [
            f"{name} {e[name]!r}"
            for e in found
            for name in _TEXTS
            if not isinstance(e.get(name), str | None)
        ]:
            raise TypeError(f"found {odd[0][:80]}, expected a text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{path}: not a whole manifest ({type(error).__name__}: {error}); restore it from the last commit"
        ) from None
    if strays:
        raise ValueError(
            f"{path}: found the file {strays[0]!r}, expected ID.suffix beside it; restore it from the last commit"
        )
    return found


def record(facts: dict, folder) -> None:
    """Put a figure's entry into the manifest of a folder, in the place of an older one."""
    write([e for e in entries(folder) if e["id"] != facts["id"]] + [facts], folder)


def write(figure_entries: list[dict], folder) -> None:
    """Write the manifest of a folder with these entries, replacing it in one step."""
    ordered = sorted(figure_entries, key=lambda e: e["id"])
    text = json.dumps({"figures": ordered}, indent=1, ensure_ascii=False) + "\n"
    paths.write(Path(folder) / "figures.json", text.encode())


def find(figure: str | dict) -> dict:
    """Return the entry of a figure of the package, or else of one's own in `my-figures/`; an entry is returned as it is.

    An unknown id, and an entry without a fact that a citation needs, is a ValueError.
    """
    if isinstance(figure, dict):
        return figure
    return chosen(
        figure,
        [
            e
            for folder in (paths.OWN_FIGURES, paths.FIGURES, paths.collecting() or paths.FIGURES)
            for e in entries(folder)
        ],
    )


def chosen(figure: str, among: list[dict]) -> dict:
    """Return the entry of a figure, the last of several; a ValueError as `find` raises it."""
    known = {e["id"]: e for e in among}
    if figure in _DROPPED and figure not in known:
        raise ValueError(f"figure {figure!r} is no longer made; in its place: {_DROPPED[figure]}")
    if figure not in known:
        raise unknown("figure", figure, known)
    entry = known[figure]
    if gone := [name for name in _FACTS if name not in entry or not entry[name] and name != "rows"]:
        raise ValueError(
            f"figures.json, {figure}: found no {gone[0]}; restore it from the last commit, or publish the figure anew"
        )
    return entry
