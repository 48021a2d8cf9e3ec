"""From a bar of a published figure to the reports behind it: `publish` stores the links."""

import pandas as pd

from analysis.citing import manifest
from analysis.gate import columns_of
from analysis.measures.launches import with_series
from analysis.names import known
from analysis.periods import COLUMNS, FREQUENCIES, as_text, period_names, span

_PERIODS = [*FREQUENCIES, "report_date", "until"]
_SHOWN = [
    "report_id",
    "report_date",
    "window_start",
    "window_start_precision",
    "window_end",
    "window_end_precision",
    "series",
    "weapon",
    "weapon_class",
    "launched_count",
    "shot_down_count",
    "lost_count",
    "lost_state",
    "neutralised_count",
    "regime_id",
]


def links(reports: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the id of each report that a table counts, with the key columns that lead to its rows.

    Parameters
    ----------
    reports : DataFrame
        The very reports that the table counts: `report_id`, and its key columns.
        A report that several rows count stands there once for each.
    table : DataFrame
        As its CSV has it. Its key columns are those that `reports` have too and
        that hold no quantity: names, kinds, dates. A period (``month``,
        ``year``, ...) that `reports` lack is that of their `report_date`.

    Returns
    -------
    DataFrame
        `report_id` and the keys, as text. Reports whose keys no row of the table has are left out.

    Raises
    ------
    ValueError
        There is no `report_id`, or no report has the keys of a row.

    Examples
    --------
    >>> from analysis import load, measures
    >>> table = pd.DataFrame({"month": ["2025-07"], "launched_count": [6297]})
    >>> len(links(measures.drones(load()), table))
    31
    """
    columns_of(reports, "air.reports", "report_id")
    lacking = [name for name in COLUMNS if name in table and name not in reports]
    if lacking:
        dates = columns_of(reports, "air.reports", "report_date")["report_date"]
        reports = reports.assign(**{name: period_names(dates, name) for name in lacking})
    kinds = {*COLUMNS, *table.select_dtypes(exclude="number")}
    keys = [name for name in table if name in kinds and name in reports]
    found = as_text(reports[["report_id", *keys]]).astype("str").drop_duplicates()
    if keys:
        found = found.merge(table[keys].astype("str").drop_duplicates(), on=keys)
    if found.empty:
        raise ValueError(
            f"rows: found {len(reports):,} reports and none with the {', '.join(keys)} of a row "
            "of the table; expected the reports that the table counts"
        )
    return found


def rows(figure: str, air, where: dict | None = None) -> pd.DataFrame:
    """Return the reports behind a published figure, or behind one bar or point of it.

    Parameters
    ----------
    figure : str
        An id, such as ``"02-monthly-launches"``, of the package or of your own.
    air : Dataset
    where : dict, optional
        The bar or point: columns of the figure's `ID.rows.csv` to the value that
        its CSV has. A ``day``, ``week``, ``month``, ``quarter`` or ``year`` is
        that of the report date where the file does not have it; ``until`` gives
        a cumulative point, by the last report date in it.

    Returns
    -------
    DataFrame
        One row per report, in the order of `reports`: id, date, window, series
        (``drones``, R6; ``missiles``, R7; missing for neither), weapon, counts
        and regime as in `reports`; `post_address` of the source post and
        `corrections` applied or flagged, empty where there is none. No row at
        all: no report in that period, which is not zero (R17).

    Raises
    ------
    ValueError
        An unknown figure, column or value, with the nearest ones; a date that
        is not one; a figure that counts no reports.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.citing.trace import rows
    >>> behind = rows("02-monthly-launches", load(), {"month": "2025-07", "series": "missiles"})
    >>> int(behind["launched_count"].sum())
    198
    """
    entry = manifest.find(figure)
    file = entry["files"].get("rows.csv")
    if file is None:
        raise ValueError(f"{figure} counts no reports; its data are in {figure}.csv")
    stored = pd.read_csv(entry["folder"] / file["path"], dtype="str", keep_default_na=False)
    return linked(stored, air, where or {})


def linked(found: pd.DataFrame, air, where: dict) -> pd.DataFrame:
    """Return the reports of these `links` that meet every condition, as `rows` does."""
    dates = found["report_id"].map(air.reports.set_index("report_id")["report_date"])
    if dates.isna().any():
        lost = found.loc[dates.isna(), "report_id"].iloc[0]
        raise ValueError(f"the figure counts the report {lost}, which this dataset does not have")
    is_meant = pd.Series(True, index=found.index)
    for key, value in where.items():
        is_meant &= _meets(found, dates, key, value)
    reports = with_series(air.reports)
    reports = reports[reports["report_id"].isin(found.loc[is_meant, "report_id"])]
    return reports[_SHOWN].assign(
        post_address=post_address(reports["source_post"]),
        corrections=_notes(reports, air),
    )


def _meets(found, dates, key, value):
    """Whether each link has this value; a period may be one without any report."""
    known("key", key, [*found.columns.drop("report_id"), *_PERIODS])
    if key == "until":
        return dates <= span(value, key).end_time
    names = found[key] if key in found else period_names(dates, key)
    if key in _PERIODS:
        return names == str(span(value, key))
    return names == known(f"{key} among these reports:", str(value), set(names))


def post_address(posts) -> pd.Series:
    """Return the address of each source post; empty if unknown.

    Facebook for ``outlet/posts/id``, others as they are.
    """
    host = pd.Series("https://www.facebook.com/", posts.index)
    host = host.mask(posts.str.contains(r"^(?:https://|[^/]+\.gov\.ua/)").fillna(False), "")
    host = host.mask(posts.str.contains(r"^[^/]+\.gov\.ua/").fillna(False), "https://")
    return (host + posts).fillna("")


def _notes(found, air):
    """What was corrected, flagged or added of each row, with the reason (R15, R16)."""
    corrections = {c.correction_id: _correction(c) for c in air.corrections.itertuples()}
    added = {
        a.addition_id: f"{a.addition_id} added: {a.reason} ({a.evidence})"
        for a in air.additions.itertuples()
    }
    ids = found["correction_ids"].str.split(";").explode()
    own = ids.map(corrections).dropna().groupby(level=0).agg("; ".join)
    addition = found["report_id"].str.extract(r"-(x\d+)$", expand=False).str.upper().map(added)
    return own.reindex(found.index).mask(found["origin"] == "press", addition).fillna("")


def _correction(c):
    change = f"{c.was} to {c.now}" if c.status == "applied" else c.was
    return f"{c.correction_id} {c.status}: {c.field} {change} ({c.reason})"
