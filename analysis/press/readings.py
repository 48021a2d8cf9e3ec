"""What a figure printed by the press may mean in the ledger: the figure as asked, and other readings of it.

An article that says "93 drones" may speak of the whole night, of one of two
reports about it, or of drones and missiles together. Each meaning is a table
of ledger figures with the same keys as a claim, so that a difference is
explained by a rule that either meets the printed number or does not.
"""

import pandas as pd

from analysis.measures.launches import MISSILE_CLASSES

KEYS = ["report_date", "target_class", "quantity"]
READINGS = [
    "one report of the date",
    "wider class",
    "shot down with lost",
    "lost with left or airborne",
    "merged figure alone",
    "without S-300/400",
    "one weapon of the class",
    "neighbouring date",
    "two dates together",
]
TARGETS = {
    "one_way_attack_drone": ["drones", "all"],
    "cruise_missile": ["cruise_missiles", "missiles", "all"],
    "ballistic_missile": ["ballistic_missiles", "missiles", "all"],
    "guided_air_launched_missile": ["guided_missiles", "missiles", "all"],
    "mixed_missiles": ["missiles", "all"],
}
_WIDER = {
    "drones": "all",
    "missiles": "all",
    "cruise_missiles": "missiles",
    "ballistic_missiles": "missiles",
    "guided_missiles": "missiles",
}
_COUNTS = ["launched", "shot_down", "lost", "neutralised", "still_airborne", "left_airspace"]
_PLACES = ["hit_locations", "debris_locations"]
_COLUMNS = {
    **{f"{name}_count": name for name in _COUNTS},
    "hit_location_count": "hit_locations",
    "debris_location_count": "debris_locations",
}
_ROW = ["report_id", "source_post", "window_start", "window_end", "subclass", "level"]
_DAY = pd.Timedelta(days=1)


def ledger_figures(reports, additions=False) -> pd.DataFrame:
    """Return the ledger's figure for each date, target class and quantity that a claim can name.

    Parameters
    ----------
    reports : DataFrame
        The table `reports`.
    additions : bool
        Whether rows known from press copies alone (R16) count; by default they stay out: they cannot be
        checked against the press.

    Returns
    -------
    DataFrame
        `KEYS` and `ledger_count`. Counts are sums over the rows of the date,
        places the largest row (a report repeats them on its rows). ``missiles``
        are all missile classes, ``all`` drones of the series and missiles.
        Neutralised follows R12; of missiles it is shot down plus lost where
        given. A figure that no row gives is not in the table.
    """
    return _totals(_lines(reports if additions else without_additions(reports)), KEYS)


def without_additions(reports) -> pd.DataFrame:
    """Return the rows that are not known from press copies alone (R16)."""
    return reports[reports["origin"] != "press"]


def set_by_press(reports, corrections) -> pd.DataFrame:
    """Return report date and target class of the rows that press copies have added or corrected (R15, R16).

    They agree with the press by construction. `corrections` is the table of that name; flagged ones change nothing.
    """
    applied = corrections.loc[corrections["status"] == "applied", "correction_id"]
    is_corrected = (
        reports["correction_ids"].str.split(";").explode().isin(applied).groupby(level=0).any()
    )
    return _lines(reports[is_corrected | (reports["origin"] == "press")])[
        KEYS[:2]
    ].drop_duplicates()


def ledger_readings(reports) -> pd.DataFrame:
    """Return the ledger's figures under every other reading of a claim, in the order of `READINGS`.

    - *one report of the date*: the rows of one post, or of one reporting window;
    - *wider class*: drones meant with missiles, or one missile class with all, of the national reports;
    - *shot down with lost*: "shot down" used for the neutralised;
    - *lost with left or airborne*: lost plus those that left the airspace, or those still in the air, or both;
    - *merged figure alone*: neutralised without the lost printed beside the merged figure;
    - *without S-300/400*: missiles but those that leave S-300 and S-400 in ground attack out (R22);
    - *one weapon of the class*: one line of a missile class;
    - *neighbouring date*: the figure of the date before or after;
    - *two dates together*: the sum with the date before or after, as in 24-hour counts.

    Columns: `KEYS`, `reading` (ordered) and `ledger_count`.
    """
    lines = _lines(without_additions(reports))
    night = _totals(lines, KEYS)
    moved = [night.assign(report_date=night["report_date"] + step) for step in (_DAY, -_DAY)]
    pairs = [night.merge(other, on=KEYS, suffixes=("", "_other")) for other in moved]
    sums = [
        pair.assign(ledger_count=pair["ledger_count"] + pair["ledger_count_other"])[list(night)]
        for pair in pairs
    ]
    mixed = _totals(
        lines[lines["level"] == "national"], KEYS
    )  # who mixes classes has one report before him
    neutralised, mixed_neutralised = (
        table[table["quantity"] == "neutralised"].assign(quantity="shot_down")
        for table in (night, mixed)
    )
    merged = night[night["quantity"] == "shot_down"].assign(quantity="neutralised")
    windows = [
        _totals(lines, [*KEYS, *keys]) for keys in (["source_post"], ["window_start", "window_end"])
    ]
    of_missiles = lines[lines["target_class"].str.contains("missiles")]
    aimed_at_ground = of_missiles["subclass"].eq("surface-to-air in ground attack").fillna(False)
    without = _totals(of_missiles[~aimed_at_ground], KEYS)
    tables = [
        pd.concat(windows),
        _wider(mixed),
        pd.concat([neutralised, _wider(mixed_neutralised)]),
        _lost_with_others(night),
        merged,
        without,
        _totals(of_missiles, [*KEYS, "report_id"]),
        pd.concat(moved),
        pd.concat(sums),
    ]
    readings = pd.concat(tables, keys=READINGS, names=["reading"]).reset_index("reading")
    return readings[[*KEYS, "reading", "ledger_count"]].astype(
        {"reading": pd.CategoricalDtype(READINGS, ordered=True)}
    )


def composite_dates(reports) -> pd.arrays.DatetimeArray:
    """Return the dates with a composite missile line, on which no missile class can be compared (R9)."""
    return reports.loc[reports["weapon_class"] == "mixed_missiles", "report_date"].unique()


def regional_dates(reports) -> pd.Index:
    """Return the dates whose drones are known from regional reports alone, the national one being missing (R6)."""
    is_national = reports.loc[reports["is_in_drone_series"], "level"].eq("national")
    by_date = is_national.groupby(reports["report_date"]).any()
    return by_date.index[~by_date]


def _lines(reports):
    """One line a row of `reports`, target class and quantity."""
    counted = reports["is_in_drone_series"] | reports["weapon_class"].isin(MISSILE_CLASSES)
    rows = reports[counted]
    of_missiles = rows["shot_down_count"] + rows["lost_count"].fillna(0)
    rows = rows.assign(
        target_class=rows["weapon_class"].astype("str").map(TARGETS),
        neutralised_count=rows["neutralised_count"].where(rows["is_in_drone_series"], of_missiles),
    )
    rows = rows.rename(columns=_COLUMNS).explode("target_class")
    return rows.melt([*KEYS[:2], *_ROW], list(_COLUMNS.values()), "quantity", "ledger_count")


def _totals(lines, keys):
    groups = lines.groupby(keys)["ledger_count"]
    totals, largest = groups.sum(min_count=1), groups.max()
    totals = totals.where(~totals.index.isin(_PLACES, level="quantity"), largest)
    half_known = totals.index.isin(["neutralised"], level="quantity") & (
        groups.count() < groups.size()
    )
    return totals.mask(half_known).dropna().reset_index()[[*KEYS, "ledger_count"]]


def _wider(night):
    parts = [
        night[night["target_class"] == wide].assign(target_class=narrow)
        for narrow, wide in _WIDER.items()
    ]
    return pd.concat(parts)


def _lost_with_others(night):
    wide = night.set_index(KEYS)["ledger_count"].unstack("quantity").reindex(columns=_COUNTS)
    sums = [
        wide["lost"] + wide["left_airspace"],
        wide["lost"] + wide["still_airborne"],
        wide["lost"] + wide["left_airspace"] + wide["still_airborne"],
    ]
    return pd.concat(sums).dropna().rename("ledger_count").reset_index().assign(quantity="lost")
