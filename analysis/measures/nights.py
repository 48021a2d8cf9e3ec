"""Single nights: one row per date made of its reports, and what became of all launched."""

import numpy as np
import pandas as pd

from analysis.gate import nights_of
from analysis.measures.launches import MISSILE_CLASSES
from analysis.names import dataset_of
from analysis.periods import days

# From here on a date without a drone row has a verdict (R17).
VERDICTS_FROM = pd.Timestamp("2024-09-01")
_DIVIDED = ["shot_down_count", "lost_count", "neutralised_count", "shahed_count"]
_OF_DRONES = ["launched_count", *_DIVIDED, "hit_location_count", "debris_location_count"]
_OF_MISSILES = ["launched_count", "shot_down_count", "lost_count"]
_UNPREFIXED = ("shahed_", "hit_", "debris_")  # columns that nothing else in `nights` can mean


def nightly_table(
    reports: pd.DataFrame, quiet_nights: pd.DataFrame, regimes: pd.DataFrame, period
) -> pd.DataFrame:
    """Return the table `nights` of a dataset, one row per calendar date, made of its reports.

    A sum is that of all rows of the date, missing where one of them does not
    give the count (R11). Drones are those of the series (R6); 0 were launched
    on a date whose verdict is quiet or presumed quiet, on one without a report
    the count is missing (R17). Shot down of drones is missing where it is merged
    with lost (R12). Drones of windows that lie in the day are part of the total and stand beside
    it, missing where a window of the date cannot be told (R4). Missiles are those of
    national reports, and beside them those of regional ones, which may repeat them (R7).

    Each outcome has its own denominator beside it, ``…_of_count``: what was
    launched on the dates that give the outcome, missing on all others, so that
    a sum over dates divided by a sum over dates is the share.

    Parameters
    ----------
    reports, quiet_nights, regimes : DataFrame
        The tables of those names.
    period : (Timestamp, Timestamp)
        First and last date.
    """
    dates = pd.date_range(*period, name="report_date", unit="us")
    series = reports[reports["is_in_drone_series"]]
    is_missile = reports["weapon_class"].isin(MISSILE_CLASSES)
    is_merged = series["lost_state"] == "merged"
    series = series.assign(shot_down_count=series["shot_down_count"].mask(is_merged))
    of_drones = _sums(series, dates, _OF_DRONES)
    kind = _kinds(series, quiet_nights, dates)
    is_quiet = kind.isin(["quiet", "presumed quiet"])
    of_drones.insert(1, "daytime_launched_count", _by_day(series, dates))
    of_drones["launched_count"] = of_drones["launched_count"].mask(is_quiet, 0)
    start = np.searchsorted(regimes["first_report_date"], dates, side="right") - 1
    regime_ids = regimes["regime_id"].astype("str").to_numpy()[start]
    table = pd.DataFrame({"report_kind": kind, "regime_id": regime_ids}, dates)
    table = table.join(_with_denominators(of_drones, "drones_"))
    for level, prefix in (("national", "missiles_"), ("regional", "regional_missiles_")):
        rows = reports[is_missile & (reports["level"] == level)]
        table = table.join(_with_denominators(_sums(rows, dates, _OF_MISSILES), prefix))
    return table.assign(lost_state=_lost_states(series, of_drones["lost_count"])).reset_index()


def _by_day(series, dates):
    """The drones of daytime windows of each date, missing where a window cannot be told (R4)."""
    is_day = series["window_part"] == "day"
    counts = series["launched_count"].where(is_day, 0).mask(series["window_part"] == "unknown")
    groups = counts.groupby(series["report_date"])
    is_complete = groups.count() == groups.size()
    return groups.sum().where(is_complete).reindex(dates).astype("Int64")


def _with_denominators(sums, prefix):
    """The sums of each date, with what was launched on the dates that give each outcome."""
    known = {name: sums[name].notna() for name in _DIVIDED if name in sums}
    denominators = {
        name.replace("_count", "_of_count"): sums["launched_count"].where(is_given)
        for name, is_given in known.items()
    }
    table = sums.assign(**denominators)
    own = [name for name in table if not name.startswith(_UNPREFIXED)]
    return table.rename(columns={name: prefix + name for name in own})


def _sums(rows, dates, counts):
    """The sum of each count per date, missing where one row of the date lacks it."""
    groups = rows.groupby("report_date")[counts]
    is_complete = groups.count().eq(groups.size(), axis=0)
    return groups.sum().where(is_complete).reindex(dates).astype("Int64")


def _kinds(series, quiet_nights, dates):
    """What the drone reports say of each date (R16, R17)."""
    kinds = pd.Series("none", dates).mask(dates >= VERDICTS_FROM, "unknown")
    kinds.update(quiet_nights.set_index("report_date")["verdict"].astype(object))
    kinds[dates.isin(series["report_date"])] = "press"
    kinds[dates.isin(series.loc[series["origin"] != "press", "report_date"])] = "report"
    return kinds


def _lost_states(series, lost):
    """The state of lost of each date: counted where all rows count, zero where that is 0."""
    states = series["lost_state"].astype("str")
    first = {"withheld": 0, "merged": 1, "not_reported": 2, "counted": 3}
    names = states.map(first).groupby(series["report_date"]).min().map(dict(enumerate(first)))
    return names.mask((lost.reindex(names.index) == 0).fillna(False), "zero")


def night_fates(air, dates) -> pd.DataFrame:
    """Return what became of everything launched on single nights, drones and missiles separately.

    Parameters
    ----------
    air : Dataset
        Missiles of regional reports stay out (R7).
    dates : str, date, Timestamp or list of them
        Report dates of the dataset, such as ``"2025-07-04"``; others are a ValueError.

    Returns
    -------
    DataFrame
        One row per `report_date` and `series` (drones, missiles) that has a report.
        `launched_count`, `shot_down_count`; `lost_count`, missing where no
        report gives it. `residual_count`: launched, but not reported as
        neutralised (R18); of drones it is missing where the regime does not
        give it (R12), of missiles a lost that is not given counts none.

    Examples
    --------
    >>> from analysis import load, measures
    >>> measures.night_fates(load(), "2025-07-04")["residual_count"].tolist()
    [63, 9]
    """
    nights = nights_of(dataset_of(air).nights, "drones_launched_count", "missiles_launched_count")
    chosen = nights[nights["report_date"].isin(days(dates, nights["report_date"]))]
    of_drones, of_missiles = (_fates(chosen, series) for series in ("drones", "missiles"))
    neutralised = {
        "drones": chosen["drones_neutralised_count"],
        "missiles": of_missiles["shot_down_count"] + of_missiles["lost_count"].fillna(0),
    }
    parts = [
        part.assign(residual_count=part["launched_count"] - neutralised[series])
        for series, part in (("drones", of_drones), ("missiles", of_missiles))
    ]
    table = pd.concat(parts).dropna(subset="launched_count")
    return table.sort_values(["report_date", "series"], ignore_index=True)


def _fates(nights, series):
    counts = {name: nights[f"{series}_{name}"] for name in _OF_MISSILES}
    return pd.DataFrame({"report_date": nights["report_date"], "series": series, **counts})
