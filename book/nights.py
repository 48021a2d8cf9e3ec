"""A page a night: what was reported of it, each report with its post, and what the press printed. Light, beside Sphinx."""

from itertools import groupby

import pandas as pd

from analysis import measures, press
from analysis.citing.citation import apa, work
from analysis.citing.trace import post_address
from book.tables import publisher, records, window

_KINDS = {
    "report": "The Air Force reported on this night.",
    "press": "The night's report is known from press copies (R16).",
    "quiet": "No drones: a quiet night (R17).",
    "presumed quiet": "No report: presumed quiet, counted as no drones (R17).",
    "unknown": "No drone report, and whether the night was quiet is not known: missing, not zero (R17).",
    "none": "No report of drones: missing, not zero (R17).",
}
_LABELS = {
    "shot_down": "shot down",
    "claimed": "claimed shot down",
    "lost": "lost from radar",
    "merged": "shot down or suppressed",
    "residual": "not reported as neutralised",
}


def pages(air):
    """Return the content of each night's page, by its date: all that the template `night.html` needs."""
    reports, claims = _reports(air), _claims(air)
    outcomes = measures.night_fates(air, air.nights["report_date"].tolist())
    by_night = {day: group.to_dict("records") for day, group in outcomes.groupby("report_date")}
    meanings = {r["regime_id"]: r for r in records(air.regimes)}
    days = air.nights["report_date"].tolist()
    citation = apa(work())
    for night, last, following in zip(
        air.nights.to_dict("records"), [None, *days], [*days[1:], None]
    ):
        day, name = night["report_date"], f"{night['report_date']:%Y-%m-%d}"
        yield (
            name,
            {
                "day": day,
                "title": _title(day),
                "previous": last,
                "next": following,
                "kind": _KINDS[night["report_kind"]],
                "night": {k: None if pd.isna(v) else v for k, v in night.items()},
                "citation": citation,
                "regime": meanings[night["regime_id"]],
                "sums": [_sum(s, night["regime_id"]) for s in by_night.get(day, [])],
                "reports": reports.get(name, []),
                "claims": claims.get(name, []),
            },
        )


def calendar(air):
    """Return the nights by month, each with its day and the drones launched: for the page that lists them."""
    nights = air.nights.assign(count=air.nights["drones_launched_count"])
    rows = [
        (d, None if pd.isna(c) else int(c)) for d, c in zip(nights["report_date"], nights["count"])
    ]
    return [
        (next(iter(month := list(group)))[0], month)
        for _, group in groupby(rows, key=lambda row: (row[0].year, row[0].month))
    ][::-1]


def _title(day):
    return f"{day.day} {day:%B %Y}"


def _reports(air):
    rows = measures.with_series(air.reports)
    rows = rows.assign(
        address=post_address(rows["source_post"]),
        publisher=publisher(rows["source_post"]),
        window=window(rows),
        weapon_class=rows["weapon_class"].astype("str").str.replace("_", " "),
    )
    order = rows.assign(
        rank=rows["series"].map({"drones": 0, "missiles": 1}).fillna(2)
    ).sort_values(["rank", "level"], kind="stable")
    return _by_date(report | {"parts": _parts(report)} for report in records(order))


def _claims(air):
    told = press.claims_of_nights(
        press.matched_claims(air.press_claims, air.reports, air.corrections),
        air.press_sources,
        air.nights["report_date"],
    )
    return _by_date(records(told))


def _by_date(rows):
    """Rows by their date, as text, in the order they have."""
    found = {}
    for row in rows:
        found.setdefault(row["report_date"], []).append(row)
    return found


def _sum(outcome, regime):
    """The night's total of a series, as the notebooks give it."""
    counts = {
        name: None if pd.isna(outcome[f"{name}_count"]) else int(outcome[f"{name}_count"])
        for name in ("launched", "shot_down", "lost", "residual")
    }
    if outcome["series"] == "drones" and regime == "D" and counts["residual"] is not None:
        counts["merged"] = counts["launched"] - counts["residual"]
    return {
        "series": outcome["series"],
        "launched": counts["launched"],
        "parts": _shares(counts, outcome["series"], regime),
    }


def _parts(report):
    counts = {
        "launched": report["launched_count"],
        "shot_down": report["shot_down_count"],
        "lost": report["lost_count"],
    }
    if (
        report["series"] == "drones"
        and report["neutralised_count"] is not None
        and counts["launched"] is not None
    ):
        counts["residual"] = counts["launched"] - report["neutralised_count"]
        if report["lost_state"] == "merged":
            counts |= {"merged": report["neutralised_count"], "shot_down": None, "lost": None}
    return _shares(counts, report["series"], report["regime_id"])


def _shares(counts, series, regime):
    """The parts of a bar, each with its count, its words and its percentage of what was launched."""
    if series == "drones" and regime in ("A", "B"):
        counts = {"launched": counts["launched"], "claimed": counts["shot_down"]}  # R13
    launched = counts["launched"]
    return [
        {
            "name": name,
            "label": _LABELS[name],
            "count": counts[name],
            "width": round(min(100, 100 * counts[name] / launched), 2) if launched else 0,
        }
        for name in _LABELS
        if counts.get(name) is not None
    ]
