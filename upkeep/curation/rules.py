"""What each rule allows a row of `reports.csv` to say: computed anew from the row, not taken from the curation."""

import pandas as pd

from analysis.measures.launches import MISSILE_CLASSES

DRONE = "one_way_attack_drone"


def broken_rules(air):
    """Yield each row of `reports` that breaks a rule as one line: table, row, field, found, expected."""
    for check in (_scope, _outcomes, _weapons, _regimes, _states, _series, _overlaps):
        for rows, field, expected in check(air):
            for row in rows.to_dict("records"):
                yield f"reports.csv, {row['report_id']}, {field}: found {row[field]}, expected {expected}"


def _scope(air):
    r, (start, end) = air.reports, air.period
    yield (
        r[~r["report_date"].between(start, end)],
        "report_date",
        f"a date from {start:%Y-%m-%d} to {end:%Y-%m-%d} (R1)",
    )
    yield r[r["window_end"] < r["window_start"]], "window_end", "no earlier than window_start"
    moved = r["correction_ids"].isna() & (r["report_date"] != r["window_end"].dt.normalize())
    yield r[moved], "report_date", "the date on which the window ends (R4)"


def _outcomes(air):
    r = air.reports
    total = r["shot_down_count"].fillna(0) + r["lost_count"].fillna(0)
    yield (
        r[(total > r["launched_count"]).fillna(False)],
        "shot_down_count",
        "shot down + lost no more than launched",
    )
    for field in (
        "neutralised_count",
        "still_airborne_count",
        "left_airspace_count",
        "shahed_count",
        "turbojet_count",
    ):
        yield r[(r[field] > r["launched_count"]).fillna(False)], field, "no more than launched"


def _weapons(air):
    r, weapons = air.reports, air.weapons.set_index("upstream_label")
    for field in ("name", "weapon_class", "subclass", "family", "is_composite"):
        column = "weapon" if field == "name" else field
        known = r["upstream_label"].map(weapons[field].astype("object"))
        wrong = ~_same(r[column].astype("object"), known) & r["upstream_label"].isin(weapons.index)
        yield r[wrong], column, "what weapons.csv says of the label (R8)"


def _regimes(air):
    r, drones = air.reports, air.reports["weapon_class"] == DRONE
    expected = pd.Series(pd.NA, r.index, dtype="object")
    for regime in air.regimes.itertuples():
        last = air.period[1] if pd.isna(regime.last_report_date) else regime.last_report_date
        expected[drones & r["report_date"].between(regime.first_report_date, last)] = (
            regime.regime_id
        )
    wrong = ~_same(r["regime_id"].astype("object"), expected)
    yield r[wrong], "regime_id", "the regime of the report date, and none on other classes (R12)"


def _states(air):
    r, state = air.reports, air.reports["lost_state"]
    lost, shot_down, neutralised = r["lost_count"], r["shot_down_count"], r["neutralised_count"]
    in_c, in_d = r["regime_id"] == "C", r["regime_id"] == "D"
    yield r[in_d & lost.notna()], "lost_count", "no value in regime D (R12)"
    merged = in_d & (state != "withheld")
    yield r[(state == "merged") != merged], "lost_state", "merged in regime D and only there (R12)"
    yield (
        r[(state == "counted") != lost.notna()],
        "lost_state",
        "counted exactly where lost_count is given (R11)",
    )
    counts = r[[c for c in r if c.endswith("_count")]]
    yield (
        r[(state == "withheld") & counts.notna().any(axis=1)],
        "lost_state",
        "no count at all on a withheld row",
    )
    sums = in_c & ~_same(neutralised, shot_down + lost)
    below = in_d & (
        (neutralised < shot_down).fillna(False) | (neutralised.isna() != shot_down.isna())
    )
    elsewhere = ~in_c & ~in_d & neutralised.notna()
    expected = "shot down + lost in C, at least shot down in D, else blank (R12)"
    yield r[sums | below | elsewhere], "neutralised_count", expected


def _series(air):
    r = air.reports
    drones, national = r["weapon_class"] == DRONE, r["level"] == "national"
    reasons = {"other_class": ~drones, "national": drones & national}
    for reason, rows in reasons.items():
        yield (
            r[(r["series_reason"] == reason) != rows],
            "series_reason",
            f"{reason} on these rows and only there (R6)",
        )
    member = r["series_reason"].isin(["national", "gap_filler"])
    yield (
        r[r["is_in_drone_series"] != member],
        "is_in_drone_series",
        "True for national and gap_filler (R6)",
    )
    fills = drones & ~national & ~r["overlaps_national"]
    wrong = (r["series_reason"] == "gap_filler") != fills
    yield r[wrong], "series_reason", "gap_filler where no national window overlaps (R6)"


def _overlaps(air):
    r = air.reports
    yield (
        r[r["overlaps_national"] != overlapping(r)],
        "overlaps_national",
        "True where its window meets a national one (R6, R7)",
    )


def overlapping(reports):
    """Return whether each regional drone or missile row meets a national one: of any drone, or of its missile family."""
    start, end, national = (
        reports["window_start"],
        window_ends(reports),
        reports["level"] == "national",
    )
    kind = reports["family"].where(reports["weapon_class"] != DRONE, DRONE)
    overlaps = pd.Series(False, reports.index)
    for i in reports.index[~national & reports["weapon_class"].isin([DRONE, *MISSILE_CLASSES])]:
        overlaps[i] = (national & (kind == kind[i]) & (start < end[i]) & (end > start[i])).any()
    return overlaps


def window_ends(reports):
    """Return when each window ends: one without an hour at the end of its day."""
    ends = reports["window_end"]
    return ends.where(reports["window_end_precision"] == "minute", ends + pd.Timedelta(days=1))


def _same(left, right):
    return (left == right).fillna(False).astype(bool) | (left.isna() & right.isna())
