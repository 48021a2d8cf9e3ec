"""From the volunteers' record of air raid alerts to `data/siren_nights.csv`, one row per date.

The rules S1 to S5 are stated in `data/README.md`. The alerts are an instrument that
knows nothing of the Air Force's reports; the file itself is not part of the
package, only what a night adds up to.
"""

from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.dataset import DataError, load
from upkeep.checks.data import problems
from upkeep.curation.cells import read_cells
from upkeep.curation.update import require_none, write_tables
from upkeep.writing import alone, staged

KYIV = "Europe/Kyiv"
FIRST = "2022-09-28"
NIGHT, LATE = (18, 8), (22, 6)  # hours in Kyiv: on the eve and on the report date (S1)
# Away from the front, the coast east of Odesa and the border with Russia, where artillery and bombs
# sound the sirens daily (S2).
AWAY = [
    "Cherkaska oblast",
    "Chernivetska oblast",
    "Ivano-Frankivska oblast",
    "Khmelnytska oblast",
    "Kirovohradska oblast",
    "Kyiv City",
    "Kyivska oblast",
    "Lvivska oblast",
    "Odeska oblast",
    "Poltavska oblast",
    "Rivnenska oblast",
    "Ternopilska oblast",
    "Vinnytska oblast",
    "Volynska oblast",
    "Zakarpatska oblast",
    "Zhytomyrska oblast",
]
# Of the sixteen at once: a take-off of missile carriers, not drones on their way (S4).
NATIONWIDE = 15
LONG = 90  # minutes
MINUTE, DAY = pd.Timedelta(minutes=1), pd.Timedelta(days=1)


def update_sirens(path, out=None):
    """Write `siren_nights.csv` of a data directory from an alert file; return its number of nights.

    Raises
    ------
    DataError
        The file is not the one that the descriptor names, or a line cannot be
        read; nothing was written.
    """
    out = Path(paths.DATA if out is None else out)
    alerts, sha256 = read_alerts(path)
    with alone(out):
        air = load(out)
        resources = {resource["name"]: resource for resource in air.package["resources"]}
        expected = resources["siren_nights"]["sources"][0]["hash"].removeprefix("sha256:")
        if sha256 != expected:
            raise DataError(
                f"{path}: found sha256 {sha256}, expected {expected}, the source of siren_nights "
                "in datapackage.json; take that file, or enter hash and version of this one there"
            )
        nights = siren_nights(alerts)
        with staged(out, out) as copy:
            write_tables({"siren_nights": nights}, copy, air.package, air.period[1])
            require_none(problems(copy))
    return len(nights)


def read_alerts(path):
    """Return the alerts of a file with `region`, `start`, `end` and `is_open`, and its sha256.

    `is_open`: the end is unknown, and the source has set it to 30 minutes after the start (S3).
    """
    text, sha256 = read_cells(path, ["region", "started_at", "finished_at", "naive"], [])
    start, end = (
        pd.to_datetime(text[column], format="%Y-%m-%d %H:%M:%S%z", utc=True).dt.tz_convert(KYIV)
        for column in ("started_at", "finished_at")
    )
    alerts = {"region": text["region"], "start": start, "end": end}
    return pd.DataFrame(alerts | {"is_open": text["naive"] == "True"}), sha256


def siren_nights(alerts):
    """Return the sirens of each report date from 2022-09-28; the last is incomplete (S5)."""
    last = alerts["start"].max().tz_localize(None).normalize() - DAY
    dates = pd.date_range(FIRST, last, name="report_date", unit="us")
    alerts = alerts[alerts["end"] > dates[0].tz_localize(KYIV) - DAY]
    night = _in_window(_merged(alerts), NIGHT)
    away = night[night["region"].isin(AWAY)]
    late = _in_window(_merged(alerts[alerts["region"].isin(AWAY)]), LATE)
    is_open = alerts["is_open"]
    long = away[away["minutes"] > LONG]
    by_date = {
        "region_count": _nightly(night)["region"].nunique(),
        "alert_minutes": _nightly(night)["minutes"].sum(),
        "away_region_count": _nightly(away)["region"].nunique(),
        "away_minutes": _nightly(away)["minutes"].sum(),
        "away_partial_minutes": _partial_minutes(away),
        "away_partial_late_minutes": _partial_minutes(late),
        "away_long_region_count": _nightly(long)["region"].nunique(),
        "open_alert_count": _nightly(_in_window(alerts[is_open], NIGHT)).size(),
    }
    table = pd.DataFrame(by_date).reindex(dates).fillna(0)
    table["longest_silence_minutes"] = _longest_silence(alerts, dates)
    return table.round().astype("int64").reset_index()


def _nightly(rows):
    return rows.groupby("report_date")


def _merged(alerts):
    """Join the alerts of one region that overlap or touch, so that no minute counts twice (S3)."""
    alerts = alerts.sort_values(["region", "start"])
    latest_end = alerts.groupby("region")["end"].cummax().groupby(alerts["region"]).shift()
    block = (~(alerts["start"] <= latest_end)).cumsum()
    return alerts.groupby(block).agg({"region": "first", "start": "min", "end": "max"})


def _in_window(alerts, hours):
    """The part of each alert within the window of each report date that it touches (S1)."""
    first, last = _report_date(alerts["start"]), _report_date(alerts["end"])
    rows = alerts.loc[alerts.index.repeat((last - first).dt.days + 1)]
    nth = pd.to_timedelta(rows.groupby(level=0).cumcount(), unit="D")
    rows = rows.assign(report_date=first.loc[rows.index] + nth).reset_index(drop=True)
    opens, closes = (_at(rows["report_date"], hour) for hour in hours)
    rows["start"], rows["end"] = rows["start"].clip(lower=opens), rows["end"].clip(upper=closes)
    rows["minutes"] = (rows["end"] - rows["start"]) / MINUTE
    return rows[rows["minutes"] > 0]


def _report_date(times):
    """The date whose night a time belongs to: from 18:00 on the next one."""
    return (times.dt.tz_localize(None) + pd.Timedelta(hours=24 - NIGHT[0])).dt.normalize()


def _at(dates, hour):
    """An hour of the night of a report date in Kyiv time; one after noon is on the eve."""
    if hour > 12:
        dates = dates - DAY
    return (dates + pd.Timedelta(hours=hour)).dt.tz_localize(KYIV)


def _partial_minutes(alerts):
    """Minutes of alert, summed over regions, while fewer than `NATIONWIDE` are on alert (S4)."""
    starts = alerts[["report_date", "start"]].set_axis(["report_date", "time"], axis=1)
    ends = alerts[["report_date", "end"]].set_axis(["report_date", "time"], axis=1)
    turns = pd.concat([starts.assign(step=1), ends.assign(step=-1)])
    turns = turns.sort_values(["report_date", "time"])
    # Every alert ends within its night, so that each night starts from none.
    on_alert = turns["step"].cumsum()
    minutes = on_alert * (turns["time"].shift(-1) - turns["time"]) / MINUTE
    partial = minutes.where(on_alert.between(1, NATIONWIDE - 1), 0)
    return partial.groupby(turns["report_date"]).sum()


def _longest_silence(alerts, dates):
    """The longest time of each night without a start or a known end in any region (S5)."""
    edges = [_at(pd.Series(dates), hour) for hour in NIGHT]
    times = pd.concat([alerts["start"], alerts.loc[~alerts["is_open"], "end"], *edges])
    marks = pd.DataFrame({"time": times, "report_date": _report_date(times)}).sort_values("time")
    opens, closes = (_at(marks["report_date"], hour) for hour in NIGHT)
    marks = marks[marks["time"].between(opens, closes)]
    silence = _nightly(marks)["time"].diff() / MINUTE
    return silence.groupby(marks["report_date"]).max()
