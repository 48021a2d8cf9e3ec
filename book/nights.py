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
_COUNTS = ("launched", "shot_down", "lost", "neutralised")
_SERIES = ("drones", "missiles")
# Drones launched in a night, from which on its day in the calendar is darker.
_LEVELS = (1, 50, 100, 200, 400)
WORST = 5
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
    places = {name: _places(air, name) for name in ("launch_areas", "affected_regions")}
    regimes = {r["regime_id"]: r for r in records(air.regimes)}
    known = reports.keys() | claims.keys()
    nights = [night for night in records(air.nights) if night["report_date"] in known]
    days = [night["report_date"] for night in nights]
    citation = cite()
    turns = zip(nights, [None, *days], [*days[1:], None])
    return {
        night["report_date"]: {
            "day": pd.Timestamp(night["report_date"]),
            "previous": previous,
            "next": following,
            "kind": _KINDS[night["report_kind"]],
            "night": night,
            "regime": regimes[night["regime_id"]],
            "sums": [_sum(night, s) for s in _SERIES if night[f"{s}_launched_count"] is not None],
            "reports": reports.get(night["report_date"], []),
            "claims": claims.get(night["report_date"], []),
            "citation": citation,
            **{name: own.get(night["report_date"], []) for name, own in places.items()},
        }
        for night, previous, following in turns
    }


def months(air, with_page):
    """Return what `month.html` needs for each month; `with_page`: the dates that have a page."""
    rows = air.nights.assign(month=air.nights["report_date"].dt.strftime("%Y-%m"))
    names = list(rows["month"].unique())
    shares = measures.outcome_share(air, measure="neutralised_share", by="month", interval=True)
    shares = shares.assign(month=shares["month"].dt.strftime("%Y-%m"))
    missiles = measures.missiles(air)
    is_national = missiles["level"] == "national"
    counted = {
        "drones": measures.drones(air),
        "missiles": missiles[is_national],
        "regional": missiles[~is_national],
    }
    totals = {series: _launched_by_month(reports) for series, reports in counted.items()}
    found = {}
    for name, previous, following in zip(names, [None, *names], [*names[1:], None]):
        own = rows[rows["month"] == name]
        worst = own.nlargest(WORST, "drones_launched_count")
        nights = [n | {"level": _level(n["drones_launched_count"])} for n in records(own)]
        found[name] = {
            "day": own["report_date"].iloc[0],
            "previous": previous,
            "next": following,
            "nights": nights,
            "with_page": with_page,
            "worst": records(worst.dropna(subset="drones_launched_count")),
            "launched": {series: own.get(name) for series, own in totals.items()},
            "unreported": int(own["report_kind"].isin(["none", "unknown"]).sum()),
            "shares": records(shares[shares["month"] == name]),
        }
    return found


def documents(air, pages, months):
    """Return a document for the search for each night and each month."""
    places = [_places(air, name) for name in ("launch_areas", "affected_regions")]
    dates = air.reports["report_date"].dt.strftime("%Y-%m-%d")
    places.append(air.reports.dropna(subset="target").groupby(dates)["target"].agg(set).to_dict())
    for night in records(air.nights):
        day = night["report_date"]
        date = pd.Timestamp(day)
        address = f"nights/{day}.html" if day in pages else f"nights/{day[:7]}.html#d-{day}"
        named = dict.fromkeys(place for own in places for place in own.get(day, []))
        known = [day, *(_launched(night, series) for series in _SERIES), ", ".join(named)]
        yield address, f"Night of {date.day} {date:%B %Y}", known, "night"
    for name, month in months.items():
        counts = [f"{month['launched'][series]} {series} launched." for series in _SERIES]
        text = [name, *counts, "Shares, largest nights and every night of the month."]
        yield f"nights/{name}.html", f"Month of {month['day']:%B %Y}", text, "month"


def _launched(night, series):
    count = night[f"{series}_launched_count"]
    return f"no report of {series}." if count is None else f"{count} {series} launched."


def _level(count):
    return 0 if count is None else sum(count >= least for least in _LEVELS)


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
    return map(_with_parts, records(rows))


def _by_date(rows):
    found = {}
    for row in rows:
        found.setdefault(row["report_date"], []).append(row)
    return found


def _sum(night, series):
    """A night's total of a series with its parts."""
    counts = {name: night.get(f"{series}_{name}_count") for name in _COUNTS}
    parts = _parts(counts, series, night["regime_id"])
    return {"series": series, "launched": counts["launched"], "parts": parts}


def _with_parts(report):
    counts = {name: report[f"{name}_count"] for name in _COUNTS}
    return report | {"parts": _parts(counts, report["series"], report["regime_id"])}


def _parts(counts, series, regime):
    """The parts of a bar: count, words and percentage of what was launched (R12, R13)."""
    launched, neutralised = counts["launched"], counts["neutralised"]
    given = {"shot_down": counts["shot_down"], "lost": counts["lost"]}
    if series == "drones" and regime in ("A", "B"):
        given = {"claimed": counts["shot_down"]}
    elif series == "drones" and regime == "D":
        given = {"merged": neutralised}
    if series == "missiles" and counts["shot_down"] is not None:
        neutralised = counts["shot_down"] + (counts["lost"] or 0)
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
