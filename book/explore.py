"""What the Explore page can draw, computed by the library before anybody looks."""

import pandas as pd

from analysis import measures, periods
from book.tables import plain, words

WEAPONS = {"drones": "One-way attack drones", "missiles": "Missiles, national and regional reports"}
PERIODS = {by: f"by {by}" for by in ("month", "week", "quarter", "year")}
SHARES = {
    "neutralised_share": "Share neutralised (shot down or lost)",
    "shot_down_share": "Share shot down",
    "lost_share": "Share lost from radar",
    "claimed_share": "Share claimed shot down (upper bound)",
    "residual_share": "Share not reported as neutralised",
}
INTERCEPTED = {"intercepted_share": "Share shot down of missiles"}
NAMING = {"naming_share": "Share of drone reports that name a place of launch"}
MEASURES = {"launched_count": "Launched, as reported"} | SHARES | INTERCEPTED | NAMING
SPLITS = {
    "none": "No split",
    "class": "By class",
    "family": "By family",
    "regime": "By reporting regime",
    "area": "By place of launch",
}
_OF_DRONES = (
    "is a measure of drones, whose reports have regimes (R12); for missiles see their own share."
)
_OF_MISSILES = (
    "is a measure of missiles; for drones, where shot down depends on the regime (R12), see theirs."
)
_ONE_LINE = "the reports give one line for drones; split them by regime, or see missiles."
# What the page refuses to draw, and why.
_REFUSALS = {
    "drones|launched_count|class": f"No split by class: {_ONE_LINE}",
    "drones|launched_count|family": f"No split by family: {_ONE_LINE}",
    "drones|launched_count|area": "No split by place of launch: a report that names several "
    "does not say how many came from each (see the share of reports that name it).",
    "drones|intercepted_share|none": f"“{INTERCEPTED['intercepted_share']}” {_OF_MISSILES}",
    "missiles|launched_count|regime": "No split by regime: regimes are of drone reports (R12).",
    "missiles|naming_share|none": "Places of launch are counted for drone reports only.",
    **{f"missiles|{name}|none": f"“{SHARES[name]}” {_OF_DRONES}" for name in SHARES},
}
_TOO_FEW = "Not by week: most weeks have too few missiles for a share; choose a month or longer."
_MOST = 9  # parts of a view that has many


def content(air):
    """Return all views by `weapon|measure|split|period`: `rows` and `notices`, or a `refusal`.

    A view that is the same as another has its name.
    """
    views = {}
    for by in PERIODS:
        for name, why in _REFUSALS.items():
            views[f"{name}|{by}"] = {"refusal": why}
        for name, table, *columns in _tables(air, by):
            views[f"{name}|{by}"] = _view(air, table, by, *columns)
        for name in SHARES:  # a share is one of a regime
            views[f"drones|{name}|regime|{by}"] = f"drones|{name}|none|{by}"
    for split in ("none", "class"):
        views[f"missiles|intercepted_share|{split}|week"] = {"refusal": _TOO_FEW}
    return {"views": views, "edges": _edges(air)}


def _tables(air, by):
    """The table of each view, with the columns of its value and of its parts."""
    missiles = measures.missiles(air)
    series = measures.with_series(air.reports)
    series = series[series["series"] == "drones"]
    launched = "launched_count"
    yield "drones|launched_count|none", measures.launches(measures.drones(air), by=by), launched
    regimes = measures.launches(series, by=by, of="regime_id")
    yield "drones|launched_count|regime", regimes, launched, "regime_id"
    yield "missiles|launched_count|none", measures.launches(missiles, by=by), launched
    classes = measures.launches(missiles, by=by, of="weapon_class")
    yield "missiles|launched_count|class", classes, launched, "weapon_class"
    at_least = "launched_at_least_count"
    families = _largest(measures.family_launches(missiles, by=by), "family", at_least)
    yield "missiles|launched_count|family", families, at_least, "family"
    for name in SHARES:
        shares = measures.outcome_share(air, measure=name, by=by, interval=True)
        yield f"drones|{name}|none", shares, "share", "regime_id"
    yield "missiles|intercepted_share|none", measures.interception(missiles, by), "share"
    by_class = measures.interception(missiles, [by, "weapon_class"])
    yield "missiles|intercepted_share|class", by_class, "share", "weapon_class"
    named = measures.coverage(air, "launch_areas", by).query("series == 'drones'")
    yield "drones|naming_share|none", named, "given_share"
    areas = _largest(measures.launch_areas(air, by=by), "area", "report_count")
    yield "drones|naming_share|area", areas, "report_share", "area"


def _largest(table, part, count):
    """The rows of the parts that have the most in all."""
    largest = table.groupby(part, observed=True)[count].sum().nlargest(_MOST).index
    return table[table[part].isin(largest)]


def _view(air, table, by, value, part=None):
    """The rows of a view, and why some values are not given: each reason once, with its span.

    A row: first day and name of the period, part, value, ends of its interval, and the days of a
    period that is not whole.
    """
    parts = words(table[part]) if part else pd.Series("", table.index)
    ends = table.reindex(columns=["low_share", "high_share"]).round(6)
    rows = pd.DataFrame(
        {
            "day": table[by],
            "name": periods.period_names(table[by], by),
            "part": "regime " + parts if part == "regime_id" else parts,
            "value": table[value].round(6),
            "low": ends["low_share"],
            "high": ends["high_share"],
            "days": _days(air, table, by, part),
        }
    )
    refused = rows.assign(reason=table.get("reason"))[rows["value"].isna()].dropna(subset="reason")
    notices = [
        f"Not drawn, {own['name'].iloc[0]} to {own['name'].iloc[-1]}: {reason}."
        for reason, own in refused.groupby("reason", sort=False)
    ]
    return {"rows": plain(rows), "notices": notices}


def _days(air, table, by, part):
    """The days of each period that the data and its regime have, in words; blank where all."""
    first, last = air.period
    if part == "regime_id":
        regimes = air.regimes.set_index("regime_id")
        ids = table["regime_id"].astype("str")
        first = ids.map(regimes["first_report_date"]).clip(lower=first)
        last = ids.map(regimes["last_report_date"]).fillna(last).clip(upper=last)
    starts = table[by]
    ends = starts.dt.to_period(periods.FREQUENCIES[by]).dt.end_time.dt.normalize()
    own = [starts.clip(lower=first), ends.clip(upper=last)]
    names = [day.dt.strftime("%d %b %Y").str.removeprefix("0") for day in own]
    is_whole = (own[0] == starts) & (own[1] == ends)
    return (names[0] + " to " + names[1]).mask(is_whole, "")


def _edges(air):
    """Regime edges and wordings, with their first dates."""
    edges = []
    for kind, table in (("regime", air.regimes), ("wording", air.wordings)):
        later = table.iloc[1:]
        dates = later["first_report_date"].dt.strftime("%Y-%m-%d")
        edges += [[day, name, kind] for day, name in zip(dates, later[f"{kind}_id"])]
    return edges
