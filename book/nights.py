"""A page per night with a report or a press claim, and one per month; written without Sphinx."""

import pandas as pd

from analysis import measures
from analysis.citing.citation import cite
from analysis.citing.trace import post_address
from book.tables import linked, matched_claims, publisher, records, window, words

_KINDS = {
    "report": "The Air Force reported on this night.",
    "press": "The night's report is known from press copies (R16).",
    "quiet": "No drones: a quiet night (R17).",
    "presumed quiet": "No report: presumed quiet, counted as no drones (R17).",
    "unknown": "No drone report; quiet or not is not known: missing, not zero (R17).",
    "none": "No report of drones: missing, not zero (R17).",
}
_PARTS = {
    "shot_down": "shot down",
    "claimed": "claimed shot down",
    "lost": "lost from radar",
    "merged": "shot down or suppressed",
    "residual": "not reported as neutralised",
}
_SERIES = ("drones", "missiles")
# Drones launched in a night, from which on its day in the calendar is darker.
_LEVELS = (1, 50, 100, 200, 400)
_PRINTED = [
    "target_class",
    "quantity",
    "qualifier",
    "value",
    "ledger_count",
    "verdict",
    "explanation",
]


def pages(air):
    """Return what the template `night.html` needs for each night that has a page, by its date."""
    reports, claims = _by_date(_reports(air)), _by_date(records(_claims(air)))
    areas, regions = _places(air, "launch_areas"), _places(air, "affected_regions")
    regimes = {r["regime_id"]: r for r in records(air.regimes)}
    citation = cite()
    nights = {night["report_date"]: night for night in records(air.nights)}
    days = [day for day in nights if day in reports or day in claims]
    return {
        day: {
            "day": pd.Timestamp(day),
            "previous": previous,
            "next": following,
            "kind": _KINDS[nights[day]["report_kind"]],
            "night": nights[day],
            "regime": regimes[nights[day]["regime_id"]],
            "sums": _sums(nights[day]),
            "reports": reports.get(day, []),
            "claims": claims.get(day, []),
            "citation": citation,
            "launch_areas": areas.get(day, []),
            "affected_regions": regions.get(day, []),
        }
        for day, previous, following in _turns(days)
    }


def months(air, with_page):
    """Return what `month.html` needs for each month; `with_page`: the dates that have a page."""
    missiles = measures.missiles(air)
    is_national = missiles["level"] == "national"
    launched = {
        "drones": _launched_by_month(measures.drones(air)),
        "missiles": _launched_by_month(missiles[is_national]),
        "regional": _launched_by_month(missiles[~is_national]),
    }
    shares = measures.outcome_share(air, measure="neutralised_share", by="month", interval=True)
    shares = _by_date(records(shares.rename(columns={"month": "report_date"})), 7)
    nights = _by_date(records(air.nights), 7)
    return {
        name: {
            "day": pd.Timestamp(name),
            "previous": previous,
            "next": following,
            "nights": nights[name],
            "with_page": with_page,
            "launched": {series: counts.get(name) for series, counts in launched.items()},
            "shares": shares.get(name, []),
        }
        for name, previous, following in _turns(list(nights))
    }


def documents(pages, months):
    """Return a document for the search for each night and each month."""
    for name, month in months.items():
        counts = [f"{month['launched'][series]} {series} launched." for series in _SERIES]
        text = [name, *counts, "Shares, largest nights and every night of the month."]
        yield f"nights/{name}.html", f"Month of {month['day']:%B %Y}", text, "month"
        for night in month["nights"]:
            day = night["report_date"]
            address, places = f"{name}.html#d-{day}", []
            if day in pages:
                address, places = f"{day}.html", _places_named(pages[day])
            counts = [_launched(night, series) for series in _SERIES]
            title = f"Night of {int(day[8:])} {month['day']:%B %Y}"
            yield f"nights/{address}", title, [day, *counts, ", ".join(places)], "night"


def _places_named(page):
    """All places that the page of a night names, each once."""
    targets = [report["target"] for report in page["reports"] if report["target"]]
    return dict.fromkeys(page["launch_areas"] + page["affected_regions"] + targets)


def _launched(night, series):
    count = night[f"{series}_launched_count"]
    return f"no report of {series}." if count is None else f"{count} {series} launched."


def _turns(names):
    """Each name with the one before it and the one after it."""
    return zip(names, [None, *names], [*names[1:], None])


def level(count):
    """Return how dark a day of the calendar is, 0 to 5, by the drones launched in its night."""
    return sum((count or 0) >= least for least in _LEVELS)


def _launched_by_month(reports):
    launched = measures.launches(reports, by="month").dropna()
    names = launched["month"].dt.strftime("%Y-%m")
    return dict(zip(names, launched["launched_count"].astype(int)))


def _claims(air):
    """What the press printed for each night: one row per number and verdict, with articles."""
    claims = matched_claims(air)
    claims["publisher"] = claims["publisher"].fillna("article")
    keys = ["report_date", *_PRINTED]
    claims = claims.assign(articles=linked(claims["publisher"], claims["url"]))
    groups = claims.groupby(keys, sort=False, dropna=False, observed=True)["articles"]
    return groups.agg(list).reset_index()


def _places(air, name):
    """The places that a table names for the reports of each night, by its date."""
    dates = air.reports[["report_id", "report_date"]]
    rows = air.tables[name].merge(dates, on="report_id").drop_duplicates(["report_date", "area"])
    days = rows["report_date"].dt.strftime("%Y-%m-%d")
    return rows.groupby(days)["area"].agg(sorted).to_dict()


def _reports(air):
    rows = measures.with_series(air.reports)
    rows = rows.assign(
        address=post_address(rows["source_post"]),
        publisher=publisher(rows["source_post"]),
        window=window(rows),
        weapon_class=words(rows["weapon_class"]),
        rank=rows["series"].map({"drones": 0, "missiles": 1}).fillna(2),
    ).sort_values(["rank", "level"], kind="stable")
    return [row | {"parts": _parts(row, row["series"])} for row in records(rows)]


def _by_date(rows, digits=10):
    """The rows of each date, or with 7 digits of each month."""
    found = {}
    for row in rows:
        found.setdefault(row["report_date"][:digits], []).append(row)
    return found


def _sums(night):
    """A night's total of each series with its parts."""
    launched = {series: night[f"{series}_launched_count"] for series in _SERIES}
    return [
        {"series": series, "launched": count, "parts": _parts(night, series, f"{series}_")}
        for series, count in launched.items()
        if count is not None
    ]


def _parts(row, series, prefix=""):
    """The parts of a bar: count, words and percentage of what was launched (R12, R13)."""
    names = ("launched", "shot_down", "lost", "neutralised")
    launched, shot_down, lost, neutralised = (row.get(f"{prefix}{n}_count") for n in names)
    regime, given = row["regime_id"], {"shot_down": shot_down, "lost": lost}
    if series == "drones" and regime in ("A", "B"):
        given = {"claimed": shot_down}
    elif series == "drones" and regime == "D":
        given = {"merged": neutralised}
    if series == "missiles" and shot_down is not None:
        neutralised = shot_down + (lost or 0)
    if None not in (launched, neutralised):
        given["residual"] = launched - neutralised
    return [
        {
            "name": name,
            "label": _PARTS[name],
            "count": count,
            "width": round(min(100, 100 * count / launched), 2) if launched else 0,
        }
        for name, count in given.items()
        if count is not None
    ]
