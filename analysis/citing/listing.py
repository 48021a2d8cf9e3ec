"""Report rows as text: what `python -m analysis rows` prints."""

import pandas as pd

from analysis.periods import FREQUENCIES, span


def listing(found: pd.DataFrame, air, where: dict) -> list[str]:
    """Return the lines that list reports (of `rows`), a paragraph each, and their sums last.

    Drones, missiles and what is neither have a sum of their own. Outcomes are
    summed only within one regime and where every report gives them. A column
    `press_claims` is listed too.
    """
    lines = [line for row in found.to_dict("records") for line in _paragraph(row)]
    series = found["series"].fillna("neither drones nor missiles")
    sums = [_sums(own, name) for name, own in found.groupby(series)]
    return [*lines, *(sums or [_absence(air, where)])]


def _sums(found, name):
    is_one = found["regime_id"].nunique() <= 1 and not (found["lost_state"] == "merged").any()
    outcomes = ["shot_down_count", "lost_count"] if is_one else []
    given = [column for column in outcomes if found[column].notna().all()]
    counts = [f"{found[c].sum():,} {_name(c)}" for c in ["launched_count", *given]]
    return f"{name}, {len(found):,} report{'s' * (len(found) != 1)}: {', '.join(counts)}"


def _absence(air, where):
    """Why there is no report: a quiet night is a zero, any other gap is missing (R17)."""
    start, end = air.period
    asked = [
        span(value, key) for key, value in where.items() if key in (*FREQUENCIES, "report_date")
    ]
    if any(period.start_time > end or period.end_time < start for period in asked):
        return f"no report: the data cover {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    day = pd.Timestamp(where.get("day", where.get("report_date")))
    kind = air.nights.loc[air.nights["report_date"] == day, "report_kind"].astype("str")
    is_quiet = kind.isin(["quiet", "presumed quiet"]).any()
    if is_quiet and where.get("series", "drones") == "drones":
        return f"no report: the night was {kind.iloc[0]}, zero drones (R17)"
    return "no report that the figure counts: missing, not zero (R17)"


def _paragraph(row):
    columns = ("launched_count", "shot_down_count", "lost_count", "neutralised_count")
    counts = ", ".join(f"{row[c]} {_name(c)}" for c in columns if pd.notna(row[c]))
    regime = ""
    if pd.notna(row["regime_id"]):
        regime = f"; regime {row['regime_id']}, lost {row['lost_state'].replace('_', ' ')}"
    window = f"{_time(row, 'window_start')} to {_time(row, 'window_end')}"
    yield f"{row['report_id']}  {row['weapon']}"
    yield f"  {window}: {counts or 'no count'}{regime}"
    yield f"  post: {row['post_address'] or 'none known'}"
    for label, name in (("correction", "corrections"), ("press", "press_claims")):
        for line in row.get(name, "").splitlines():
            yield f"  {label}: {line}"


def _time(row, end):
    is_exact = row[f"{end}_precision"] == "minute"
    return f"{row[end]:%Y-%m-%d %H:%M}" if is_exact else f"{row[end]:%Y-%m-%d}"


def _name(column):
    return column.removesuffix("_count").replace("_", " ")
