"""The curated dataset in memory: every table of a data directory, typed by its descriptor.

The only reader of `data/`. A file whose bytes are not those that the
descriptor was written for is checked against its keys and constraints, and
makes the data version say that it was edited.
"""

import hashlib
import html
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.descriptor import DataError, data_facts, read_bytes, read_descriptor
from analysis.schema import faults, read_table


@dataclass(frozen=True, repr=False)
class Dataset:
    """The tables of one data directory.

    Each attribute named like a file of `data/` is a DataFrame; its columns are
    described in ``package`` (the Frictionless descriptor). A missing count is
    ``<NA>``: unknown, never zero. Dates are Kyiv local time without a zone.
    ``version`` and ``sha256`` are defined in `descriptor.data_facts`.
    """

    nights: pd.DataFrame
    reports: pd.DataFrame
    weapons: pd.DataFrame
    regimes: pd.DataFrame
    corrections: pd.DataFrame
    additions: pd.DataFrame
    quiet_nights: pd.DataFrame
    press_claims: pd.DataFrame
    press_sources: pd.DataFrame
    package: dict
    version: str
    sha256: str

    @property
    def period(self):
        """First and last day that the dataset covers, as Timestamps."""
        start, end = self.package["period"].split("/")
        return pd.Timestamp(start), pd.Timestamp(end)

    def _facts(self):
        start, end = self.period
        drones = self.reports[self.reports["is_in_drone_series"]]
        nights = drones.loc[drones["launched_count"] > 0, "report_date"].nunique()
        return {
            "Period": f"{start:%-d %B %Y} to {end:%-d %B %Y}",
            "Data version": f"{self.version} (sha256 {self.sha256[:12]})",
            "Drone series": f"{drones['launched_count'].sum():,} one-way attack drones launched, as reported, "
                            f"in {nights:,} nights of {(end - start).days + 1:,} dates",
            "Caveat": "Claims of one belligerent. What “shot down” and “lost” meant changed on "
                      "21 August 2024 and 24 July 2025: compare only the neutralised share across them.",
            "Cite": f"{self.package['title']}, data version {self.version}. python -m analysis cite",
        }

    def until(self, last):
        """Return the dataset up to a date, so that what is said of a period stays true when later reports are added."""
        start, end = self.period
        end = min(pd.Timestamp(last), end)
        return replace(self, nights=self.nights[self.nights["report_date"] <= end],
                       reports=self.reports[self.reports["report_date"] <= end],
                       quiet_nights=self.quiet_nights[self.quiet_nights["report_date"] <= end],
                       package=self.package | {"period": f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"})

    def tables(self):
        """Return the tables by name, in the order of the descriptor."""
        return {r["name"]: getattr(self, r["name"]) for r in self.package["resources"]}

    def _titles(self):
        return {r["name"]: (len(getattr(self, r["name"])), r["title"]) for r in self.package["resources"]}

    def __repr__(self):
        facts = [f"{name}: {text}" for name, text in self._facts().items()]
        tables = [f"  .{name:<14}{rows:>6,}  {title}" for name, (rows, title) in self._titles().items()]
        return "\n".join([self.package["title"], *facts, "Tables:", *tables])

    def _repr_html_(self):
        def row(*cells):
            return "<tr>" + "".join(f'<td style="text-align:left">{html.escape(c)}</td>' for c in cells) + "</tr>"

        facts = "".join(row(name, text) for name, text in self._facts().items())
        tables = "".join(row(f".{name}", f"{rows:,} rows", title) for name, (rows, title) in self._titles().items())
        return f"<b>{html.escape(self.package['title'])}</b><table>{facts}</table><table>{tables}</table>"


TABLES = [f.name for f in fields(Dataset) if f.type is pd.DataFrame]


def load(path=None):
    """Return the curated dataset as a `Dataset`.

    Parameters
    ----------
    path : path-like, optional
        A data directory with a `datapackage.json`; by default the one that
        comes with the package.

    Raises
    ------
    DataError
        A file is missing or a value does not fit the descriptor; the message
        names file, line, field, what was found and what was expected.
    """
    folder = Path(paths.DATA if path is None else path)
    air = read(folder)
    if air.version != air.package["version"] and (found := list(faults(air.package, air.tables()))):
        raise DataError(f"{folder / found[0]}" + (f"; and {len(found) - 1} more, see `check`" if found[1:] else ""))
    return air


def read(folder):
    """Return a data directory as a `Dataset` whose values have their types but are not checked against each other."""
    package = read_descriptor(folder)
    if sorted(r["name"] for r in package["resources"]) != sorted(TABLES):
        raise DataError(f"{folder / 'datapackage.json'}: found the tables {[r['name'] for r in package['resources']]}; "
                        f"expected {', '.join(TABLES)}; restore the file from the version of the data you use")
    tables, hashes = {}, {}
    for resource in package["resources"]:
        name, file = resource["name"], folder / resource["path"]
        raw = read_bytes(file)
        hashes[name] = hashlib.sha256(raw).hexdigest()
        tables[name] = read_table(file, resource["schema"]["fields"], raw)
    facts = data_facts(package, hashes)
    return Dataset(**tables, package=package, version=facts["data_version"], sha256=facts["data_sha256"])
