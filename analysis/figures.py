"""Publish one figure: picture in three formats, the table it draws, and its entry in the manifest."""

import hashlib
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import pandas as pd

from analysis import __version__, manifest, paths, style

LICENCES = {"CC-BY-NC-SA-4.0": "Air Force of Ukraine, compiled by P. Ivaniuk (CC BY-NC-SA 4.0), curated",
            "CC-BY-4.0": "figures printed by the press, collected for this project (CC BY 4.0)"}
_FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True)
class Published:
    """A published figure, shown in a notebook as its picture."""

    figure_id: str
    title: str
    alt: str
    png: bytes = field(repr=False)

    def _repr_png_(self):
        return self.png, {"width": 760, "alt": self.alt}


def publish(fig, figure_id, table, air, *, caption, alt, not_shown, rows=None, licence="CC-BY-NC-SA-4.0", folder=None):
    """Write a house figure as PNG, SVG, PDF and CSV with its manifest entry; return what a notebook shows.

    Parameters
    ----------
    fig : Figure
        Made by `style.figure`; it is closed.
    figure_id : str
        ``NN-slug``; the file name, and the id of the notebook cell.
    table : DataFrame
        Exactly what is drawn, tidy; units are in the column names.
    air : Dataset
        Its version and hash are written on the figure and into every file.
    caption, alt, not_shown : str
        What a reader sees under the figure, what one who cannot see it needs,
        and what it must not be taken to show.
    rows : dict, optional
        Which rows of `reports` feed the figure: column name to list of values.
        None if the figure counts no reports.
    licence : str
        A key of `LICENCES`.
    folder : path-like, optional
        Where to write; by default `figures/`.
    """
    folder = paths.figures_dir() if folder is None else paths.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    style.source_line(fig, f"Source: {LICENCES[licence]}; data version {air.version}")
    texts = {t.get_gid(): t.get_text().replace("\n", " ") for t in fig.texts}
    facts = {"id": figure_id, "title": texts["title"], "subtitle": texts["subtitle"], "caption": caption, "alt": alt,
             "not_shown": not_shown, "notebook": _notebook(figure_id), "cell": figure_id, "rows": rows,
             "licence": licence, "source": LICENCES[licence], "data_version": air.version, "data_sha256": air.sha256,
             "package_version": __version__}
    for suffix in _FORMATS:
        fig.savefig(folder / f"{figure_id}.{suffix}", metadata=_metadata(suffix, facts))
    plt.close(fig)
    _tidy(table).to_csv(folder / f"{figure_id}.csv", index=False, float_format="%.6g", lineterminator="\n")
    facts["files"] = {suffix: _file(folder / f"{figure_id}.{suffix}") for suffix in (*_FORMATS, "csv")}
    manifest.record(facts, folder)
    return Published(figure_id, facts["title"], alt, (folder / f"{figure_id}.png").read_bytes())


def _notebook(figure_id):
    """The notebook whose number a figure carries, or None outside a checkout."""
    return next((p.stem for p in sorted(paths.NOTEBOOKS.glob(f"{figure_id[:2]}-*.ipynb"))), None)


def _tidy(table):
    """A table with its index as columns and its dates without a time."""
    unnamed = table.index.names == [None]
    flat = table.reset_index(drop=unnamed)
    for name, column in flat.items():
        if isinstance(column.dtype, pd.PeriodDtype):
            flat[name] = column.astype(str)
        elif pd.api.types.is_datetime64_dtype(column):
            flat[name] = column.dt.strftime("%Y-%m-%d")
    return flat


def _file(path):
    raw = path.read_bytes()
    return {"path": path.name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def _metadata(suffix, facts):
    """What each format can say of itself; no date, so that the same figure has the same bytes."""
    maker = f"Ukraine Air Attack Notebooks {facts['package_version']}"
    version = f"data version {facts['data_version']}, sha256 {facts['data_sha256']}"
    if suffix == "png":
        return {"Title": facts["title"], "Description": facts["caption"], "Identifier": facts["id"],
                "Source": f"{facts['source']}; {version}", "Copyright": facts["licence"], "Software": maker}
    if suffix == "svg":
        return {"Title": facts["title"], "Description": facts["caption"], "Identifier": facts["id"],
                "Source": f"{facts['source']}; {version}", "Rights": facts["licence"], "Creator": maker, "Date": None}
    return {"Title": facts["title"], "Subject": facts["caption"], "Author": maker, "Creator": maker,
            "Keywords": f"{facts['id']}; {facts['source']}; {version}; {facts['licence']}",
            "Producer": None, "CreationDate": None}
