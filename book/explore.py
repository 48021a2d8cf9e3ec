"""What the Explore page can draw: each weapon, measure, period and split, computed by the library before anybody looks."""

import pandas as pd

from analysis import measures
from book.tables import plain

PERIODS = ["week", "month", "quarter", "year"]
SHARES = {
    "neutralised_share": "Share neutralised (shot down or lost)",
    "shot_down_share": "Share shot down",
    "lost_share": "Share lost from radar",
    "claimed_share": "Share claimed shot down (upper bound)",
    "residual_share": "Share not reported as neutralised",
}
MEASURES = (
    {"launched_count": "Launched, as reported"}
    | SHARES
    | {
        "intercepted_share": "Share shot down of missiles",
        "naming_share": "Share of drone reports that name a place of launch",
    }
)
_OF_DRONES = "is a measure of drones, whose reports have regimes (R12); of missiles see the share shot down of missiles"
_OF_MISSILES = "is a measure of missiles; what shot down means of drones depends on the regime (R12): see the other shares"
_TOO_FEW = "Not by week: most weeks have too few missiles for a share to mean anything; choose a month or longer."
_NO_AREAS = "No split by place of launch: a report that names several does not say how many came from each (see the share of reports that name it)."
_MOST = 9  # parts of a view that has many
_NO_SPLIT = "the reports give one line for drones; split them by regime, or see missiles"


def content(air):
    """Return all views by `weapon|measure|period|split`, each as `rows` of `_view`, or as the reason of its `refusal`."""
    missiles = measures.missiles(air)
    views = {}
    for by in PERIODS:
        views |= _launched(air, missiles, by)
        for name in SHARES:
            shares = measures.outcome_share(air, name, by, interval=True)
            views[f"drones|{name}|{by}|none"] = views[f"drones|{name}|{by}|regime"] = _view(
                shares, by, "share", "regime_id", shares["reason"]
            )
            views[f"missiles|{name}|{by}|none"] = {"refusal": f"“{MEASURES[name]}” {_OF_DRONES}."}
        views |= _intercepted(missiles, by) | _named(air, by)
        views[f"drones|intercepted_share|{by}|none"] = {
            "refusal": f"“{MEASURES['intercepted_share']}” {_OF_MISSILES}."
        }
    return {
        "views": views,
        "measures": MEASURES,
        "periods": PERIODS,
        "weapons": {"drones": "One-way attack drones", "missiles": "Missiles"},
        "splits": {
            "none": "No split",
            "class": "By class",
            "family": "By family",
            "regime": "By reporting regime",
            "area": "By place of launch",
        },
        "edges": _edges(air),
    }


def _launched(air, missiles, by):
    families = measures.family_launches(missiles, by=by)
    largest = families.groupby("family")["launched_at_least_count"].sum().nlargest(_MOST).index
    series = measures.with_series(air.reports)
    series = series[series["series"] == "drones"]
    return {
        f"drones|launched_count|{by}|none": _view(
            measures.launches(measures.drones(air), by=by), by, "launched_count"
        ),
        f"drones|launched_count|{by}|regime": _view(
            measures.launches(series, by=by, of="regime_id"), by, "launched_count", "regime_id"
        ),
        f"drones|launched_count|{by}|class": {"refusal": f"No split by class: {_NO_SPLIT}."},
        f"drones|launched_count|{by}|area": {"refusal": _NO_AREAS},
        f"drones|launched_count|{by}|family": {"refusal": f"No split by family: {_NO_SPLIT}."},
        f"missiles|launched_count|{by}|none": _view(
            measures.launches(missiles, by=by), by, "launched_count"
        ),
        f"missiles|launched_count|{by}|class": _view(
            measures.launches(missiles, by=by, of="weapon_class"),
            by,
            "launched_count",
            "weapon_class",
        ),
        f"missiles|launched_count|{by}|family": _view(
            families[families["family"].isin(largest)], by, "launched_at_least_count", "family"
        ),
        f"missiles|launched_count|{by}|regime": {
            "refusal": "No split by regime: the regimes are those of the drone reports (R12)."
        },
    }


def _intercepted(missiles, by):
    if by == "week":
        return {
            f"missiles|intercepted_share|week|{split}": {"refusal": _TOO_FEW}
            for split in ("none", "class")
        }
    all_classes, classes = (
        measures.interception(missiles, keys) for keys in (by, [by, "weapon_class"])
    )
    return {
        f"missiles|intercepted_share|{by}|none": _view(all_classes, by, "share"),
        f"missiles|intercepted_share|{by}|class": _view(classes, by, "share", "weapon_class"),
    }


def _named(air, by):
    areas = measures.launch_areas(air, by=by)
    coverage = measures.coverage(air, "launch_areas", by).query("series == 'drones'")
    most = areas.groupby("area")["report_count"].sum().nlargest(_MOST).index
    refusal = {"refusal": "Places of launch are named in drone reports alone."}
    return {
        f"drones|naming_share|{by}|none": _view(coverage, by, "given_share"),
        f"missiles|naming_share|{by}|none": refusal,
        f"drones|naming_share|{by}|area": _view(
            areas[areas["area"].isin(most)], by, "report_share", "area"
        ),
    }


def _view(table, by, value, part=None, reason=None):
    """The rows of a view: first day of the period, part, value, ends of its interval, and why a value is not given."""
    parts = table[part].astype("str").str.replace("_", " ") if part else ""
    rows = pd.DataFrame(
        {
            "period": table[by],
            "part": "regime " + parts if part == "regime_id" else parts,
            "value": table[value],
            "low": table.get("low_share"),
            "high": table.get("high_share"),
            "reason": "" if reason is None else reason.fillna(""),
        }
    )
    return {"rows": plain(rows)}


def _edges(air):
    """Regime edges and wordings, with their first dates."""
    regimes = [
        [f"{r.first_report_date:%Y-%m-%d}", r.regime_id, "regime"]
        for r in air.regimes.iloc[1:].itertuples()
    ]
    return regimes + [
        [f"{w.first_report_date:%Y-%m-%d}", w.wording_id, "wording"]
        for w in air.wordings.iloc[1:].itertuples()
    ]
