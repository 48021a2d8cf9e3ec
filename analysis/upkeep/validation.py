"""What `check` checks of a data directory: that the tables say what the rules allow, row by row."""

import hashlib
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.dataset import DataError, load

_REPORT_ROW = "reports.csv, {report_id}, "


def problems(folder=None):
    """Return every fault of a data directory as one line each: table, row, field, found, expected."""
    folder = Path(folder or paths.DATA)
    try:
        air = load(folder)
    except DataError as error:
        return [str(error)]
    checks = [_hashes, _constraints, _keys, _outcomes, _regimes, _series, _corrections, _additions, _gaps]
    return [line for check in checks for line in (check(air, folder) if check is _hashes else check(air))]


def _hashes(air, folder):
    for resource in air.package["resources"]:
        found = "sha256:" + hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        if found != resource.get("hash"):
            yield f"{resource['path']}: found {found}, expected {resource.get('hash')} (datapackage.json)"


def _tables(air):
    for resource in air.package["resources"]:
        yield resource, getattr(air, resource["name"])


def _row(resource, frame, index):
    key = resource["schema"]["primaryKey"][0]
    return f"{resource['path']}, {frame.at[index, key]}"


def _constraints(air):
    for resource, frame in _tables(air):
        for field in resource["schema"]["fields"]:
            cells, rules = frame[field["name"]], field.get("constraints", {})
            known = cells[cells.notna()]
            for rule, wrong, expected in (
                ("required", cells[cells.isna()], "a value"),
                ("unique", known[known.duplicated()], "a value that no other row has"),
                ("minimum", known[known < rules["minimum"]] if "minimum" in rules else known[:0],
                 f"at least {rules.get('minimum')}"),
                ("pattern", known[~known.str.fullmatch(rules["pattern"])] if "pattern" in rules else known[:0],
                 f"text like {rules.get('pattern')}"),
            ):
                if rule in rules:
                    for index, value in wrong.items():
                        yield f"{_row(resource, frame, index)}, {field['name']}: found {value}, expected {expected}"


def _keys(air):
    for resource, frame in _tables(air):
        for key in resource["schema"].get("foreignKeys", []):
            (name,), reference = key["fields"], key["reference"]
            known = getattr(air, reference["resource"])[reference["fields"][0]]
            for index, value in frame.loc[frame[name].notna() & ~frame[name].isin(known), name].items():
                yield f"{_row(resource, frame, index)}, {name}: found {value}, expected a key of {reference['resource']}.csv"


def _reports(rows, field, expected):
    for row in rows.to_dict("records"):
        yield f"reports.csv, {row['report_id']}, {field}: found {row[field]}, expected {expected}"


def _outcomes(air):
    r = air.reports
    total = r["shot_down_count"].fillna(0) + r["lost_count"].fillna(0)
    yield from _reports(r[(total > r["launched_count"]).fillna(False)], "shot_down_count",
                        "shot down + lost no more than launched")
    yield from _reports(r[(r["neutralised_count"] > r["launched_count"]).fillna(False)], "neutralised_count",
                        "no more than launched")
    yield from _reports(r[r["window_end"] < r["window_start"]], "window_end", "no earlier than window_start")
    moved = r["correction_ids"].isna() & (r["report_date"] != r["window_end"].dt.normalize())
    yield from _reports(r[moved], "report_date", "the date on which the window ends (R4)")


def _regimes(air):
    r, drones = air.reports, air.reports["weapon_class"] == "one_way_attack_drone"
    starts = air.regimes.sort_values("first_report_date")
    position = starts["first_report_date"].searchsorted(r["report_date"], side="right") - 1
    expected = pd.Series(starts["regime_id"].astype(str).to_numpy()[position], r.index).where(drones)
    found = r["regime_id"].astype("str")
    yield from _reports(r[(found != expected) & ~(found.isna() & expected.isna())], "regime_id",
                        "the regime of the report date, and none on other classes (R12)")
    yield from _reports(r[(r["regime_id"] == "D") & r["lost_count"].notna()], "lost_count", "no value in regime D (R12)")
    merged, counted = r["lost_state"] == "merged", r["lost_state"] == "counted"
    hidden = r["lost_state"] == "withheld"
    yield from _reports(r[(merged != (r["regime_id"] == "D")) & ~hidden], "lost_state", "merged in regime D and only there")
    yield from _reports(r[counted != r["lost_count"].notna()], "lost_state", "counted exactly where lost_count is given")
    both = r["shot_down_count"] + r["lost_count"]
    in_c, in_d = r["regime_id"] == "C", r["regime_id"] == "D"
    wrong = ((in_c & ~_same(r["neutralised_count"], both)) | (in_d & (r["neutralised_count"] < r["shot_down_count"]))
             | (~in_c & ~in_d & r["neutralised_count"].notna()))
    yield from _reports(r[wrong.fillna(False)], "neutralised_count", "shot down + lost in C, at least shot down in D, else blank")


def _same(left, right):
    return (left == right).fillna(False) | (left.isna() & right.isna())


def _series(air):
    r = air.reports
    drones, member = r["weapon_class"] == "one_way_attack_drone", r["is_in_drone_series"]
    yield from _reports(r[drones != (r["series_reason"] != "other_class")], "series_reason", "other_class on other classes only")
    yield from _reports(r[member != r["series_reason"].isin(["national", "gap_filler"])], "is_in_drone_series",
                        "True for national and gap_filler (R6)")
    end = r["window_end"].where(r["window_end_precision"] == "minute", r["window_end"] + pd.Timedelta(days=1))
    national = drones & (r["level"] == "national")
    for i in r.index[drones & (r["level"] == "regional")]:
        touches = (national & (r["window_start"] < end[i]) & (end > r.at[i, "window_start"])).any()
        if touches == r.at[i, "is_in_drone_series"]:
            yield from _reports(r.loc[[i]], "is_in_drone_series", f"{not touches}: it overlaps a national window is {touches} (R6)")


def _corrections(air):
    r, corrections = air.reports, air.corrections.set_index("correction_id")
    marked = r[["report_id", "correction_ids"]].dropna().assign(one=lambda f: f["correction_ids"].str.split(";")).explode("one")
    yield from (f"reports.csv, {row.report_id}, correction_ids: found {row.one}, expected an id of corrections.csv"
                for row in marked[~marked["one"].isin(corrections.index)].itertuples())
    last = air.period[1].strftime("%Y-%m-%d")
    for c in corrections[corrections["window_end"].str[:10] <= last].itertuples():
        ids = marked.loc[marked["one"] == c.Index, "report_id"]
        if len(ids) != 1:
            yield f"corrections.csv, {c.Index}: marks {len(ids)} rows of reports.csv, expected 1 (R15)"
        elif c.status == "applied":
            value = r.loc[r["report_id"] == ids.iloc[0], c.field].iloc[0]
            found = f"{value:%Y-%m-%d}" if c.field.endswith("_date") else str(value)
            if found != c.now:
                yield f"reports.csv, {ids.iloc[0]}, {c.field}: found {found}, expected {c.now} ({c.Index})"


def _additions(air):
    pressed = air.reports[air.reports["origin"] == "press"]
    for a in air.additions[air.additions["report_date"] <= air.period[1]].itertuples():
        row = pressed[pressed["report_id"].str.endswith(f"-{a.addition_id.lower()}")]
        if row["launched_count"].tolist() != [a.launched_count]:
            yield (f"additions.csv, {a.addition_id}: reports.csv has {row['launched_count'].tolist()} launched, "
                   f"expected one row with {a.launched_count} (R16)")


def _gaps(air):
    series = air.reports[air.reports["is_in_drone_series"]]
    dates = pd.date_range("2024-09-01", air.period[1])
    empty = dates[~dates.isin(series["report_date"])]
    listed = air.quiet_nights["report_date"]
    for day in empty[~empty.isin(listed)]:
        yield f"quiet_nights.csv: no verdict for {day:%Y-%m-%d}, which has no drone row; expected one (R17)"
    for day in listed[listed.isin(series["report_date"])]:
        yield f"quiet_nights.csv, {day:%Y-%m-%d}: has a drone row; expected a date without one (R17)"
