"""From the volunteers' record of air raid alerts to `data/siren_nights.csv`, a row a report date, by the rules S1 to S5.

The rules are stated in `data/README.md`. The alerts are an instrument that
knows nothing of the Air Force's reports; the file itself is not part of the
package, only what a night adds up to.
"""

from datetime import date
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.descriptor import DataError, read_descriptor
from upkeep.checks.data import problems
from upkeep.curation.cells import read_cells
from upkeep.curation.update import described, write_descriptor, write_table
from upkeep.writing import alone, replacing

KYIV = "Europe/Kyiv"
FIRST = "2022-09-28"
NIGHT, LATE = (18, 8), (22, 6)  # hours in Kyiv: on the eve and on the report date (S1)
# Front, coast east of Odesa, or border with Russia: artillery, guided bombs and S-300 sound the sirens daily (S2).
NEAR = [
    "Chernihivska oblast",
    "Dnipropetrovska oblast",
    "Donetska oblast",
    "Kharkivska oblast",
    "Khersonska oblast",
    "Luhanska oblast",
    "Mykolaivska oblast",
    "Sumska oblast",
    "Zaporizka oblast",
]
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
NATIONWIDE = (
    15  # of the sixteen at once: a take-off of missile carriers, not drones on their way (S4)
)
LONG = 90  # minutes
_COLUMNS = ["region", "started_at", "finished_at", "naive"]
_MINUTE = pd.Timedelta(minutes=1)


def update_sirens(path, out=None):
    """Write `siren_nights.csv` of a data directory from an alert file; return how many nights it has.

    Raises
    ------
    DataError
        The file is not the one that the descriptor names, or a line cannot be
        read; nothing was written.
    """
    out = Path(paths.DATA if out is None else out)
    alerts, sha256 = read_alerts(path)
    with alone(out):
        package = read_descriptor(out)
        resource = next(r for r in package["resources"] if r["name"] == "siren_nights")
        if sha256 != (expected := resource["sources"][0]["hash"].removeprefix("sha256:")):
            raise DataError(
                f"{path}: found sha256 {sha256}, expected {expected} as datapackage.json says of the source of "
                "siren_nights; take that file, or enter hash and version of this one there"
            )
        nights = siren_nights(alerts)
        with replacing(out) as copy:
            write_table(nights, copy / "siren_nights.csv", resource["schema"]["fields"])
            write_descriptor(
                described(package, copy, date.fromisoformat(package["period"].split("/")[1])), copy
            )
            if found := problems(copy):
                raise DataError(
                    "the tables do not pass `check`, nothing was written:\n" + "\n".join(found)
                )
    return len(nights)


def read_alerts(path):
    """Return the alerts of a file with `start`, `end` (Kyiv time), `region` and `is_open`, and its sha256.

    `is_open`: the end is unknown, and the source has set it to 30 minutes after the start (S3).
    """
    text, sha256 = read_cells(path, _COLUMNS)
    start, end = (
        pd.to_datetime(text[c], format="%Y-%m-%d %H:%M:%S%z", utc=True, errors="coerce")
        for c in ("started_at", "finished_at")
    )
    checks = [
        ("region", text["region"].isin(NEAR + AWAY), f"one of {', '.join(sorted(NEAR + AWAY))}"),
        ("started_at", start.notna(), "a time YYYY-MM-DD HH:MM:SS+00:00"),
        (
            "finished_at",
            end >= start,
            "a time YYYY-MM-DD HH:MM:SS+00:00, no earlier than started_at",
        ),
        ("naive", text["naive"].isin(["True", "False"]), "True or False"),
    ]
    for column, fits, expected in checks:
        if not fits.all():
            raise DataError(
                f"{path}, line {(~fits).idxmax()}, {column}: found {text.loc[~fits, column].iloc[0][:80]!r}, "
                f"expected {expected}; correct the cell or take another file"
            )
    return pd.DataFrame(
        {
            "region": text["region"],
            "start": start.dt.tz_convert(KYIV),
            "end": end.dt.tz_convert(KYIV),
            "is_open": text["naive"] == "True",
        }
    ).reset_index(drop=True), sha256


def siren_nights(alerts):
    """Return the sirens of each report date from 2022-09-28 to the last but one of the file, which is incomplete (S5)."""
    last = alerts["start"].max().tz_localize(None).normalize() - pd.Timedelta(days=1)
    dates = pd.date_range(FIRST, last, name="report_date", unit="us")
    alerts = alerts[alerts["end"] > dates[0].tz_localize(KYIV) - pd.Timedelta(days=1)]
    night = _in_window(_merged(alerts), NIGHT)
    away = night[night["region"].isin(AWAY)]
    late = _in_window(_merged(alerts[alerts["region"].isin(AWAY)]), LATE)
    lengths = (away["end"] - away["start"]) / _MINUTE
    by_date = {
        "region_count": night.groupby("report_date")["region"].nunique(),
        "alert_minutes": ((night["end"] - night["start"]) / _MINUTE)
        .groupby(night["report_date"])
        .sum(),
        "away_region_count": away.groupby("report_date")["region"].nunique(),
        "away_minutes": lengths.groupby(away["report_date"]).sum(),
        "away_partial_minutes": _partial_minutes(away),
        "away_partial_late_minutes": _partial_minutes(late),
        "away_long_region_count": away[lengths > LONG].groupby("report_date")["region"].nunique(),
        "open_alert_count": _in_window(alerts[alerts["is_open"]], NIGHT)
        .groupby("report_date")
        .size(),
    }
    table = pd.DataFrame(by_date).reindex(dates).fillna(0)
    table["longest_silence_minutes"] = _longest_silence(alerts, dates)
    return table.round().astype("int64").reset_index()


def _merged(alerts):
    """Join the alerts of one region that overlap or touch, so that no minute counts twice (S3)."""
    alerts = alerts.sort_values(["region", "start"])
    so_far = alerts.groupby("region")["end"].cummax().groupby(alerts["region"]).shift()
    block = (~(alerts["start"] <= so_far)).cumsum()
    return alerts.groupby(block).agg({"region": "first", "start": "min", "end": "max"})


def _in_window(alerts, hours):
    """The part of each alert within the window of each report date that it touches; Kyiv hours, so summer time counts (S1)."""
    first, last = (_report_date(alerts[c]) for c in ("start", "end"))
    rows = alerts.loc[alerts.index.repeat((last - first).dt.days + 1)]
    nth = pd.to_timedelta(rows.groupby(level=0).cumcount(), unit="D")
    rows = rows.assign(report_date=first.loc[rows.index] + nth).reset_index(drop=True)
    opens, closes = (_at(rows["report_date"], hour) for hour in hours)
    rows["start"], rows["end"] = rows["start"].clip(lower=opens), rows["end"].clip(upper=closes)
    return rows[rows["end"] > rows["start"]]


def _report_date(times):
    """The date whose night a time belongs to: from 18:00 on the next one."""
    return (times.dt.tz_localize(None) + pd.Timedelta(hours=24 - NIGHT[0])).dt.normalize()


def _at(dates, hour):
    """An hour of the night of a report date in Kyiv time; one after noon is on the eve."""
    return (
        dates - pd.Timedelta(hours=24 if hour > 12 else 0) + pd.Timedelta(hours=hour)
    ).dt.tz_localize(KYIV)


def _partial_minutes(alerts):
    """Minutes of alert, summed over regions, while fewer than `NATIONWIDE` of them are on alert at once (S4)."""
    turns = pd.concat(
        [
            alerts[["report_date", c]].set_axis(["report_date", "time"], axis=1).assign(step=step)
            for c, step in (("start", 1), ("end", -1))
        ]
    ).sort_values(["report_date", "time"])
    on = turns["step"].cumsum()  # every alert ends within its night, so each night starts from none
    spans = (turns["time"].shift(-1) - turns["time"]) / _MINUTE
    return (on * spans).where(on.between(1, NATIONWIDE - 1), 0).groupby(turns["report_date"]).sum()


def _longest_silence(alerts, dates):
    """The longest time of each night without a start or a known end in any region, near the front or not (S5)."""
    edges = pd.Series(dates)
    marks = pd.concat(
        [
            alerts["start"],
            alerts.loc[~alerts["is_open"], "end"],
            *(_at(edges, hour) for hour in NIGHT),
        ]
    )
    marks = pd.DataFrame({"time": marks, "report_date": _report_date(marks)}).sort_values("time")
    is_inside = (marks["time"] >= _at(marks["report_date"], NIGHT[0])) & (
        marks["time"] <= _at(marks["report_date"], NIGHT[1])
    )
    marks = marks[is_inside]
    return (
        (marks.groupby("report_date")["time"].diff() / _MINUTE).groupby(marks["report_date"]).max()
    )
