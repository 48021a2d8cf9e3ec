"""The manifest `figures.json`: one entry per published figure.

Without pandas, so that the command line reads it at once.
"""

import json
import re
from pathlib import Path

from analysis import paths
from analysis.names import unknown

_FACTS = (
    "id",
    "title",
    "caption",
    "alt",
    "source",
    "licence",
    "package_version",
    "data_version",
    "data_sha256",
)
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[a-z]+)?\.(?:csv|pdf|png|svg)")
# Figures that were published once and are no longer made, and what stands in their place.
DROPPED = {
    "01-fields-over-time": "measures.coverage, and a table of notebook 01",
    "02-drones-and-missiles": "09-drones-and-missiles",
    "02-growth": "02-monthly-launches",
    "02-launch-areas": "09-launch-areas",
    "02-record-nights": "02-every-night, and a table of notebook 02",
    "02-wave-sizes": "02-every-night, and a table of notebook 02, of measures.wave_sizes",
    "03-hit-locations": "10-reported-hits, and a table of notebook 10",
    "03-not-neutralised": "03-neutralised-and-not",
    "03-reported-hits": "10-reported-hits",
    "03-shaheds-and-other-drones": "10-shaheds-and-other-drones",
    "03-wave-size-and-neutralised": "10-wave-size-and-neutralised",
    "03-what-lost-meant": "03-jamming-share, and a table of notebook 03",
    "04-interception-over-time": "04-ballistic-by-month, and a table of notebook 04",
    "05-agreement-by-month": "a table of notebook 05, of press.agreement",
    "05-claims-against-ledger": "the tables of notebook 05, of press.matched_claims",
    "05-first-sightings-of-lost": "a table of notebook 05, of press.lost_sightings",
    "05-press-series": "the measure press.press_series, which notebook 05 shows",
    "05-wording-of-the-merge": "a table of notebook 05, of press.wording_by_week",
    "06-sensitivity": "the tables of notebook 06, of sensitivity.findings_by_choice "
    "and sensitivity.largest_moves",
    "07-nights-in-context": "a table of notebook 07",
    "08-silent-nights-by-month": "01-coverage-calendar",
}


def entries(folder) -> list[dict]:
    """Return the manifest entries of a figure folder, sorted by id; none without a manifest."""
    path = Path(folder) / "figures.json"
    return parsed(paths.read(path), path) if path.exists() else []


def parsed(raw: bytes, path="figures.json") -> list[dict]:
    """Return the entries of a manifest, given as the bytes of its file, which messages call `path`.

    Raises
    ------
    ValueError
        The manifest is damaged, an entry lacks a fact that a citation needs, or
        names a file that is not ``ID.suffix``.
    """
    try:
        found = json.loads(raw)["figures"]
        problems = [problem for entry in found for problem in _problems(entry)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problems = [f"not a whole manifest ({type(error).__name__}: {error})"]
    if problems:
        raise ValueError(f"{path}: {problems[0]}; restore it from the last commit")
    return found


def _problems(entry):
    for name in _FACTS:
        text = entry.get(name)
        if not isinstance(text, str) or not text.strip():
            yield f"{entry.get('id')}: found {text!r:.80} for {name}, expected a text"
    for suffix, file in entry["files"].items():
        path = file["path"]
        if path != f"{entry['id']}.{suffix}" or not _FILE.fullmatch(path):
            yield f"found the file {path!r}, expected ID.suffix beside it"
        if not isinstance(file["sha256"], str):
            yield f"{path}: found the hash {file['sha256']!r:.80}, expected a text"
    if not isinstance(entry["notebook"], str | None):
        yield f"{entry['id']}: found the notebook {entry['notebook']!r:.80}, expected a text"


def record(facts: dict, folder) -> None:
    """Put a figure's entry into the manifest of a folder, in the place of an older one."""
    others = [e for e in entries(folder) if e["id"] != facts["id"]]
    write([*others, facts], folder)


def write(figure_entries: list[dict], folder) -> None:
    """Write the manifest of a folder with these entries, replacing it in one step."""
    ordered = sorted(figure_entries, key=lambda e: e["id"])
    text = json.dumps({"figures": ordered}, indent=1, ensure_ascii=False) + "\n"
    paths.write(Path(folder) / "figures.json", text.encode())


def find(figure: str) -> dict:
    """Return the entry of a figure of the package, or else of your own in `my-figures/`.

    It has the key `folder` besides, where its files are. An unknown id is a
    ValueError that names the nearest; one that was dropped, what replaces it.
    """
    own = paths.own_figures()
    folders = [own, paths.FIGURES, paths.collecting() or paths.FIGURES]
    among = [entry | {"folder": folder} for folder in folders for entry in entries(folder)]
    return chosen(figure, among, f"; looked in {paths.FIGURES.name}/ and {own}/")


def chosen(figure: str, among: list[dict], looked: str = "") -> dict:
    """Return the entry of a figure, the last of several; a ValueError as `find` raises it."""
    known = {e["id"]: e for e in among}
    if figure in known:
        return known[figure]
    if figure in DROPPED:
        raise ValueError(f"figure {figure!r} is no longer made; in its place: {DROPPED[figure]}")
    raise ValueError(f"{unknown('figure', figure, known)}{looked}")
