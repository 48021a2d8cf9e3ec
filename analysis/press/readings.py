"""What a figure printed by the press may mean in the record: the figure, or another reading.

An article that says "93 drones" may speak of the whole night, of one of two
reports about it, or of drones and missiles together. Each meaning is a table
of the record's figures with the same keys as a claim, so that a rule that
explains a difference either gives the printed number or does not.
"""

import pandas as pd

from analysis.gate import columns_of, rows_of
from analysis.measures.launches import with_series

NIGHT = ["report_date", "target_class"]
KEYS = [*NIGHT, "quantity"]
DATED = ["neighbouring date", "two dates together"]
ADDED = ["wider class", "two dates together"]
TARGETS = {
    "one_way_attack_drone": ["drones", "all"],
    "cruise_missile": ["cruise_missiles", "missiles", "all"],
    "ballistic_missile": ["ballistic_missiles", "missiles", "all"],
    "guided_air_launched_missile": ["guided_missiles", "missiles", "all"],
    "mixed_missiles": ["missiles", "all"],
}
_NARROWER = {
    "all": ["drones", "missiles"],
    "missiles": ["cruise_missiles", "ballistic_missiles", "guided_missiles"],
}
_PLACES = ["hit_locations", "debris_locations"]
_QUANTITIES = {
    "launched_count": "launched",
    "shot_down_count": "shot_down",
    "lost_count": "lost",
    "neutralised_count": "neutralised",
    "still_airborne_count": "still_airborne",
    "left_airspace_count": "left_airspace",
    "hit_location_count": "hit_locations",
    "debris_location_count": "debris_locations",
}


def record_figures(reports, additions=False) -> pd.DataFrame:
    """Return the record's figure for each date, target class and quantity that a claim can name.

    Parameters
    ----------
    reports : DataFrame
        The table `reports`.
    additions : bool
        Whether rows known only from press copies (R16) count; by default they are
        left out: they cannot be checked against the press.

    Returns
    -------
    DataFrame
        `KEYS` and `ledger_count`. Counts are sums over the rows of the date,
        places the largest row (a report repeats them on its rows). ``missiles``
        are all missile classes, ``all`` drones of the series and missiles.
        Neutralised follows R12; of missiles it is shot down plus lost where
        given. A figure that no row gives is not in the table.
    """
    return _long(_totals(_lines(reports if additions else without_additions(reports))))


def without_additions(reports) -> pd.DataFrame:
    """Return the rows that are not known only from press copies (R16)."""
    return reports[columns_of(reports, "air.reports", "origin")["origin"] != "press"]


def set_by_press(reports, corrections) -> pd.DataFrame:
    """Return report date and target class of rows that press copies added or corrected (R15, R16).

    They agree with the press by construction. `corrections` is the table of that name; flagged
    ones change nothing.
    """
    applied = corrections.loc[corrections["status"] == "applied", "correction_id"]
    is_applied = reports["correction_ids"].str.split(";").explode().isin(applied)
    is_set = is_applied.groupby(level=0).any() | (reports["origin"] == "press")
    return _lines(reports[is_set])[NIGHT].drop_duplicates()


def other_readings(reports) -> pd.DataFrame:
    """Return the record's figures under every other reading of a claim, in this order.

    - *one report of the date*: the rows of one post, or of one reporting window;
    - *wider class*: drones meant with missiles, or one missile class with all, of the national
      reports;
    - *shot down with lost*: "shot down" used for the neutralised;
    - *lost with left or airborne*: lost plus those that left the airspace, or those still in the
      air, or both;
    - *merged figure alone*: neutralised without the lost printed next to the merged figure;
    - *without S-300/400*: missiles except S-300 and S-400 in ground attack (R22);
    - *one weapon of the class*: one line of a missile class;
    - *neighbouring date*: the figure of the date before or after;
    - *two dates together*: the sum with the date before or after, as in 24-hour counts.

    Columns: `KEYS`, `ledger_count` and `reading` (ordered).
    """
    lines = _lines(without_additions(reports))
    night = _totals(lines)
    # Whoever mixes classes has one national report in hand, not the regional ones as well.
    wider = _wider(_totals(lines[lines["level"] == "national"]))
    missiles = lines[lines["target_class"].str.contains("missiles")]
    at_ground = missiles["subclass"] == "surface-to-air in ground attack"
    before, after = _moved(night, 1), _moved(night, -1)
    tables = {
        "one report of the date": [
            _totals(lines, "source_post"),
            _totals(lines, "window_start", "window_end"),
        ],
        "wider class": [wider],
        "shot down with lost": [_as(t, "neutralised", "shot_down") for t in (night, wider)],
        "lost with left or airborne": _lost_with_others(night),
        "merged figure alone": [_as(night, "shot_down", "neutralised")],
        "without S-300/400": [_totals(missiles[~at_ground])],
        "one weapon of the class": [_totals(missiles, "report_id")],
        "neighbouring date": [before, after],
        "two dates together": [night + before, night + after],
    }
    figures = {name: pd.concat(map(_long, parts)) for name, parts in tables.items()}
    readings = pd.concat(figures, names=["reading"]).reset_index("reading")
    ordered = pd.CategoricalDtype(list(tables), ordered=True)
    return readings.astype({"reading": ordered})


def composite_dates(reports) -> pd.arrays.DatetimeArray:
    """Return the dates with a composite missile line, where no missile class is comparable (R9)."""
    return reports.loc[reports["weapon_class"] == "mixed_missiles", "report_date"].unique()


def regional_dates(reports) -> pd.Index:
    """Return the dates whose drones are known only from regional reports (R6)."""
    is_national = reports.loc[reports["is_in_drone_series"], "level"].eq("national")
    by_date = is_national.groupby(reports["report_date"]).any()
    return by_date.index[~by_date]


def _lines(reports):
    """One line per row of `reports` and target class that counts it, one column per quantity."""
    rows = with_series(rows_of(reports, *_QUANTITIES)).dropna(subset="series")
    of_missiles = rows["shot_down_count"] + rows["lost_count"].fillna(0)
    neutralised = rows["neutralised_count"].mask(rows["series"] == "missiles", of_missiles)
    targets = rows["weapon_class"].astype("str").map(TARGETS)
    rows = rows.assign(neutralised_count=neutralised, target_class=targets)
    return rows.rename(columns=_QUANTITIES).explode("target_class")


def _totals(lines, *keys):
    """The figures of each date and target class, and of further keys, one column per quantity."""
    groups = lines.groupby([*NIGHT, *keys])
    totals = groups[list(_QUANTITIES.values())].sum(min_count=1)
    totals[_PLACES] = groups[_PLACES].max()
    is_half_known = groups["neutralised"].count() < groups.size()
    totals["neutralised"] = totals["neutralised"].mask(is_half_known)
    return totals


def _long(totals):
    counts = totals.rename_axis(columns="quantity").stack().dropna().rename("ledger_count")
    return counts.reset_index()[[*KEYS, "ledger_count"]]


def _wider(totals):
    """The figures of each wider class under the names of the classes that it holds."""
    flat = totals.reset_index()
    flat["target_class"] = flat["target_class"].map(_NARROWER)
    return flat.explode("target_class").dropna(subset="target_class").set_index(NIGHT)


def _as(totals, quantity, other):
    return totals[[quantity]].set_axis([other], axis=1)


def _lost_with_others(totals):
    lost, left, airborne = (totals[c] for c in ("lost", "left_airspace", "still_airborne"))
    sums = [lost + left, lost + airborne, lost + left + airborne]
    return [total.to_frame("lost") for total in sums]


def _moved(totals, days):
    dates = totals.index.levels[0] + pd.Timedelta(days=days)
    return totals.set_axis(totals.index.set_levels(dates, level=0))
