"""Report rows as text: what `rows` prints of the reports behind a figure."""

import pandas as pd

from analysis.citing.trace import rows
from analysis.periods import FREQUENCIES, span


def listing(figure_id: str, air, where: dict) -> list[str]:
    """Return the lines that list the reports behind a figure, a paragraph a report, and their sums last."""
    found = rows(figure_id, air, where)
    lines = [line for row in found.to_dict("records") for line in _paragraph(row)]
    is_one = found["regime_id"].nunique() <= 1 and not (found["lost_state"] == "merged").any()
    outcomes = [
        c for c in ("shot_down_count", "lost_count") if is_one and found[c].notna().all()
    ]  # else no sum says what it means
    sums = ", ".join(f"{found[c].sum():,} {_name(c)}" for c in ("launched_count", *outcomes))
    return [
        *lines,
        f"{len(found):,} report{'s' * (len(found) != 1)}: {sums}"
        if len(found)
        else _absence(air, where),
    ]


def _absence(air, where):
    """Why there is no report: a quiet night is a zero, any other gap in the period of the data is missing (R17)."""
    start, end = air.period
    asked = [
        span(value, key) for key, value in where.items() if key in ("report_date", *FREQUENCIES)
    ]
    if any(period.start_time > end or period.end_time < start for period in asked):
        return f"no report: the data cover {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    day = pd.Timestamp(where.get("day", where.get("report_date")))
    kind = air.nights.loc[air.nights["report_date"] == day, "report_kind"].astype("str")
    is_quiet = (
        where.get("series", "drones") == "drones" and kind.isin(["quiet", "presumed quiet"]).any()
    )
    return (
        f"no report: the night was {kind.iloc[0]}, zero drones (R17)"
        if is_quiet
        else "no report: missing, not zero (R17)"
    )


def _paragraph(row):
    counts = ", ".join(
        f"{row[c]} {_name(c)}"
        for c in ("launched_count", "shot_down_count", "lost_count", "neutralised_count")
        if pd.notna(row[c])
    )
    regime = (
        f"; regime {row['regime_id']}, lost {row['lost_state'].replace('_', ' ')}"
        if pd.notna(row["regime_id"])
        else ""
    )
    yield f"{row['report_id']}  {row['weapon']}"
    yield f"  {_time(row, 'window_start')} to {_time(row, 'window_end')}: {counts or 'no count'}{regime}"
    yield f"  post: {row['post_address'] or 'none known'}"
    yield from (
        f"  {label}: {line}"
        for label, name in (("correction", "corrections"), ("press", "press_claims"))
        for line in row[name].splitlines()
    )


def _time(row, end):
    return f"{row[end]:%Y-%m-%d}" + (
        f"{row[end]: %H:%M}" if row[f"{end}_precision"] == "minute" else ""
    )


def _name(column):
    return column.removesuffix("_count").replace("_", " ")
