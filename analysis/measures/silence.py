"""What did the dates without a drone report hide? What the air raid alerts allow at most.

No report feeds the alerts. If a share of the unreported dates were like reported
ones and the rest anything at all, then of any set of nights with many sirens the
unreported dates hold at least that share of what the reported dates hold. So the
ratio of the two is an upper bound: the estimation of a mixture's proportion from
one known part (Blanchard, Lee and Scott 2010). The set is fixed beforehand, the
half of the reported dates with most sirens: the smallest ratio over all sets,
which that literature takes, rests on a handful of nights here and is too low.
Another statistic or another part gives another bound: see `specifications`.

It assumes that an attack without a report sounds the sirens like one with a
report. A smaller one hides below the bound.
"""

import numpy as np
import pandas as pd

from analysis.gate import nights_of
from analysis.intervals import SEED
from analysis.measures.launches import drones, missiles
from analysis.names import dataset_of, level_of
from analysis.periods import periods

STATISTIC = "away_partial_minutes"
# The four that go best with the drones launched, over reported dates to August 2024.
STATISTICS = [
    "away_partial_minutes",
    "away_partial_late_minutes",
    "alert_minutes",
    "away_long_region_count",
]
TAILS = [0.65, 0.5, 0.35, 0.2]
# Verdicts by which no drone is missing.
EXPLAINED = ["missile night", "booked on the neighbouring date", "take-off alerts"]
# The press claim with the Air Force's own total of drones launched to the end of 2023.
_TOTAL_TO_2023 = "c1356"
_DRAWS, _FEWEST, _FIFTHS = 20_000, 5, np.arange(1, 5) / 5
_COLUMNS = [
    "statistic",
    "reported_date_count",
    "unreported_date_count",
    "threshold",
    "reported_tail_count",
    "unreported_tail_count",
    "bound_share",
    "low_share",
    "high_share",
    "hidden_count",
    "hidden_high_count",
]


def night_sirens(air) -> pd.DataFrame:
    """Return the sirens of each date of `siren_nights` beside what was reported of it.

    Returns
    -------
    DataFrame
        One row per date: `report_date`, `year` and `quarter` (their first days),
        `has_report` (a drone report; without one the date is unreported),
        `has_missiles` (in a national report), `kind` (drone report, missiles
        only, unreported), `launched_count` (drones; missing where unreported or
        unknown), the columns of `siren_nights` and `verdict` of
        `silent_verdicts` (missing for most).

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> silence.night_sirens(load())["kind"].value_counts().to_dict()
    {'drone report': 407, 'unreported': 294, 'missiles only': 42}
    """
    verdicts = dataset_of(air).silent_verdicts[["report_date", "verdict"]]
    nights = air.siren_nights.merge(verdicts, "left", "report_date")
    dates = nights["report_date"]
    rows, national = drones(air), missiles(air).query("level == 'national'")
    has_report, has_missiles = dates.isin(rows["report_date"]), dates.isin(national["report_date"])
    kind = np.select([has_report, has_missiles], ["drone report", "missiles only"], "unreported")
    launched = rows.groupby("report_date")["launched_count"].sum(min_count=1)
    known = {
        "year": periods(dates, "year"),
        "quarter": periods(dates, "quarter"),
        "has_report": has_report,
        "has_missiles": has_missiles,
        "kind": kind,
        "launched_count": dates.map(launched).astype("Int64"),
    }
    for place, (name, column) in enumerate(known.items(), start=1):
        nights.insert(place, name, column)
    return nights


def silence_bound(nights, by="year", statistic=STATISTIC, tail=0.5, level=0.95) -> pd.DataFrame:
    """Return what share of unreported dates can at most have been like reported ones, by period.

    Parameters
    ----------
    nights : DataFrame
        As from `night_sirens`, of dates without a verdict (before September
        2024); `has_report`, `launched_count`, `by` and `statistic` are used.
    by : str
        A column of `nights`.
    statistic : str
        What is counted of a night's sirens.
    tail : float
        The part of the reported dates, those with most sirens, that is compared. Fix it
        beforehand: the smallest of several bounds is too low.
    level : float
        Of the interval.

    Returns
    -------
    DataFrame
        One row per period: `by`, `statistic`, `reported_date_count`,
        `unreported_date_count`, `threshold` (of the statistic), the dates of each
        at or above it (`reported_tail_count`, `unreported_tail_count`),
        `bound_share` in 0 to 1, and over 1 where unreported dates have more
        sirens, with `low_share` and `high_share`; `hidden_count`: the drones that
        this is, at the mean of the period's reported dates, and
        `hidden_high_count` at the upper end. Missing with fewer than five
        reported dates or no unreported one. The interval takes dates as
        independent: Jeffreys' of the unreported dates, the exact one of an order
        statistic of the reported dates. A bootstrap would give no width where no
        unreported date has many sirens.

    Examples
    --------
    Three of five reported dates have 300 minutes or more, and one of five unreported
    ones: at most 1/5 by 3/5 of these were like them, which is 5/3 dates with 20
    drones each.

    >>> nights = pd.DataFrame({"report_date": pd.date_range("2023-01-01", periods=10),
    ...     "year": 2023, "has_report": [True] * 5 + [False] * 5,
    ...     "minutes": [100, 200, 300, 400, 500, 0, 10, 20, 30, 450],
    ...     "launched_count": pd.array([10, 15, 20, 25, 30] + [None] * 5, "Int64")})
    >>> bound = silence_bound(nights, statistic="minutes").round(2)
    >>> bound[["year", "threshold", "unreported_tail_count", "bound_share", "hidden_count"]]
       year  threshold  unreported_tail_count  bound_share  hidden_count
    0  2023      300.0                      1         0.33         33.33
    """
    found, level = [], level_of(level)
    for period, group in _looked_at(nights, by, statistic, "launched_count").groupby(by):
        reported, unreported = _split(group, statistic)
        bound = {
            by: period,
            "statistic": statistic,
            "reported_date_count": len(reported),
            "unreported_date_count": len(unreported),
        }
        if len(reported) >= _FEWEST and len(unreported):
            bound |= _bound(reported, unreported, tail, level)
            most = len(unreported) * float(group["launched_count"].mean())
            bound["hidden_count"] = bound["bound_share"] * most
            bound["hidden_high_count"] = bound["high_share"] * most
        found.append(bound)
    return pd.DataFrame(found, columns=[by, *_COLUMNS])


def _looked_at(nights, *columns):
    return nights_of(nights, "has_report", *columns, like="night_sirens(air)")


def _parts(nights, *columns):
    """The dates with a report and those without."""
    has_report = _looked_at(nights, *columns)["has_report"]
    return nights[has_report], nights[~has_report]


def _split(nights, statistic):
    return (part[statistic].to_numpy(dtype=float) for part in _parts(nights, statistic))


def _bound(reported, unreported, tail=0.5, level=0.95):
    threshold = np.quantile(reported, 1 - tail)
    of_reported = int((reported >= threshold).sum())
    of_unreported = int((unreported >= threshold).sum())
    rng = np.random.default_rng(SEED)
    draws = rng.beta(of_unreported + 0.5, len(unreported) - of_unreported + 0.5, _DRAWS)
    draws /= rng.beta(of_reported, len(reported) - of_reported + 1, _DRAWS)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return {
        "threshold": float(threshold),
        "reported_tail_count": of_reported,
        "unreported_tail_count": of_unreported,
        "bound_share": (of_unreported / len(unreported)) / (of_reported / len(reported)),
        # of none, Jeffreys' interval begins at zero
        "low_share": low if of_unreported else 0.0,
        "high_share": high,
    }


def specifications(nights) -> pd.DataFrame:
    """Return the bound by each of four statistics and four tails: sixteen, none of them special.

    `nights` is as for `silence_bound`, of one period. Columns: `statistic`,
    `tail_share` (the part of the reported dates that is compared) and the others
    of `silence_bound`.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> nights = silence.night_sirens(load())
    >>> of_2023 = nights[nights["year"] == "2023-01-01"]
    >>> silence.specifications(of_2023)["unreported_tail_count"].agg(["min", "max"]).tolist()
    [2, 21]
    """
    found = [
        silence_bound(nights, statistic=statistic, tail=tail).assign(tail_share=tail)
        for statistic in STATISTICS
        for tail in TAILS
    ]
    table = pd.concat(found, ignore_index=True)
    return table[["statistic", "tail_share", *_COLUMNS[1:]]]


def alarmed_dates(nights) -> pd.DataFrame:
    """Return the unreported dates with at least the minutes of alert of the median reported date.

    The one definition of *many sirens*: the ordinary median of all reported
    dates of `nights`, which are as from `night_sirens`. Most sirens first.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> nights = silence.night_sirens(load()).query("report_date < '2024-09-01'")
    >>> len(silence.alarmed_dates(nights))
    20
    """
    reported, unreported = _parts(nights, STATISTIC)
    alarmed = unreported[unreported[STATISTIC] >= reported[STATISTIC].median()]
    return alarmed.sort_values(STATISTIC, ascending=False, ignore_index=True)


def planted_bounds(nights, shares, statistic=STATISTIC, draws=200) -> pd.DataFrame:
    """Return what the bound makes of unreported dates of which some are reported ones in disguise.

    A test with a known answer: each draw keeps half of the reported dates as
    they are and lets some of the other half take the place of unreported ones.
    Columns: `planted_share` of the unreported dates, `bound_share` (mean of the
    draws), and how often a draw's bound (`bound_below_share`) or its interval
    (`interval_below_share`) lies below what was planted: for a bound, the error
    that matters.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> nights = silence.night_sirens(load()).query("report_date < '2024-09-01'")
    >>> silence.planted_bounds(nights, [0.1], draws=2)["bound_share"].round(2).tolist()
    [0.19]
    """
    rng = np.random.default_rng(SEED)
    reported, unreported = _split(nights, statistic)
    half, found = len(reported) // 2, []
    for count in (round(share * len(unreported)) for share in shares):
        planted = count / len(unreported)
        bounds = []
        for _ in range(draws):
            mixed, rest = rng.permutation(reported), rng.permutation(unreported)
            bounds.append(
                _bound(mixed[:half], np.concatenate([mixed[half : half + count], rest[count:]]))
            )
        table = pd.DataFrame(bounds)
        found.append(
            {
                "planted_share": planted,
                "bound_share": table["bound_share"].mean(),
                "bound_below_share": (table["bound_share"] < planted).mean(),
                "interval_below_share": (table["high_share"] < planted).mean(),
            }
        )
    return pd.DataFrame(found)


def growth_bounds(air, nights) -> pd.DataFrame:
    """Return the growth of launches from 2023 to 2025 under each assumption on what is not in it.

    Neither end is a bound on what flew: 2023 may lack drones of unreported dates,
    and 2025 launches outside the overnight reports. One row is the Air Force's
    own total of drones launched to the end of 2023, as the press prints it: all
    that it has beyond the record is given to 2023.

    Parameters
    ----------
    air : Dataset
    nights : DataFrame
        As from `night_sirens`.

    Returns
    -------
    DataFrame
        `bound`, `hidden_count` (drones of 2023 beyond the reports), `growth_ratio`
        (2025 by 2023), from the most to the least. The sixteen are those of
        `specifications`, each by the upper end of its interval.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> air = load()
    >>> bounds = silence.growth_bounds(air, silence.night_sirens(air))
    >>> bounds["growth_ratio"].round(1).tolist()[:3]
    [17.5, 16.8, 15.9]
    """
    air = dataset_of(air)
    year = nights[nights["year"] == "2023-01-01"]
    bound = silence_bound(year).iloc[0]
    is_unexplained = year["has_report"] | ~year["verdict"].isin(EXPLAINED)
    unexplained = silence_bound(year[is_unexplained]).iloc[0]
    sixteen = specifications(year)["hidden_high_count"]
    rows = drones(air)
    launched = rows.groupby(rows["report_date"].dt.year)["launched_count"].sum()
    total = air.press_claims.set_index("claim_id").at[_TOTAL_TO_2023, "value"]
    beyond = total - launched.loc[:2023].sum()
    as_reported = (~year["has_report"]).sum() * year["launched_count"].mean()
    hidden = {
        "as reported": 0,
        "unreported dates that nothing explains": unexplained["hidden_count"],
        "sirens": bound["hidden_count"],
        "Air Force total to the end of 2023": beyond,
        "sirens, most of sixteen specifications": sixteen.min(),
        "sirens, upper end of the interval": bound["hidden_high_count"],
        "sirens' upper end and Air Force total": bound["hidden_high_count"] + beyond,
        "sirens, least of sixteen specifications": sixteen.max(),
        "as many as reported dates with such sirens": launched_by_sirens(year),
        "every unreported date like a reported one": as_reported,
    }
    table = pd.DataFrame({"bound": list(hidden), "hidden_count": list(hidden.values())})
    table["hidden_count"] = table["hidden_count"].astype(float)
    return table.assign(growth_ratio=launched[2025] / (launched[2023] + table["hidden_count"]))


def launched_by_sirens(nights) -> float:
    """Return the drones that unreported dates would have if each were like reported ones.

    Each gets the mean of the reported dates in its fifth by sirens; `nights` as from
    `night_sirens`. It is no bound, but the outermost.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.measures import silence
    >>> nights = silence.night_sirens(load())
    >>> round(silence.launched_by_sirens(nights[nights["year"] == "2023-01-01"]))
    2305
    """
    reported, unreported = _parts(nights)
    edges = reported[STATISTIC].quantile(_FIFTHS).to_numpy()
    means = (
        reported["launched_count"]
        .groupby(np.searchsorted(edges, reported[STATISTIC], side="right"))
        .mean()
    )
    return float(means[np.searchsorted(edges, unreported[STATISTIC], side="right")].sum())
