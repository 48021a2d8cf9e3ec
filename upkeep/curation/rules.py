"""What the rules make of a row of `reports` and allow it to say, for `update` and `check`."""

import numpy as np
import pandas as pd

from analysis.measures.launches import MISSILE_CLASSES

# A post as outlet/posts/id, or a web address; 500 characters of RFC 3986, and the apostrophe that
# one address of 2023 has.
ADDRESS = (
    r"(?!.{501})(?:https?://)?[A-Za-z0-9][A-Za-z0-9._-]*(?::[0-9]+)?"
    r"(?:/[A-Za-z0-9._~:/?#@!$&()*+,;=%'’\[\]-]*)?"
)
DRONE = "one_way_attack_drone"
WEAPON = ["weapon", "weapon_class", "subclass", "family", "is_composite"]
DERIVED = {
    **dict.fromkeys(WEAPON, "what weapons.csv says of the label (R8)"),
    "overlaps_national": "whether its window meets a national one (R6, R7)",
    "series_reason": "why it is in the drone series or not (R6)",
    "is_in_drone_series": "True for national and gap_filler (R6)",
    "window_part": "whether the window lies in the day, in the night, or cannot be told (R4)",
    "regime_id": "the regime of the report date, and none on other classes (R12)",
    "lost_state": "merged in regime D, else counted where lost_count is given (R11, R12)",
}
PARTS = [
    "neutralised_count",
    "still_airborne_count",
    "left_airspace_count",
    "shahed_count",
    "turbojet_count",
]


def with_weapons(rows, weapons):
    """Return rows with what the taxonomy says of their label (R8); missing of an unknown one."""
    weapons = weapons.rename(columns={"name": "weapon"})
    return rows.merge(weapons[["upstream_label", *WEAPON]], on="upstream_label", how="left")


def with_series(rows):
    """Return rows with whether each is in the drone series and why (R6, R7)."""
    overlaps = overlapping(rows)
    reasons = {
        "other_class": rows["weapon_class"] != DRONE,
        "national": rows["level"] == "national",
        "overlaps_national": overlaps,
    }
    reason = np.select(list(reasons.values()), list(reasons), "gap_filler")
    is_in = np.isin(reason, ["national", "gap_filler"])
    return rows.assign(overlaps_national=overlaps, series_reason=reason, is_in_drone_series=is_in)


def with_window_part(rows):
    """Return rows with the part of the day that each window lies in (R4).

    A daytime window begins at six in the morning or later and ends by nine in the evening of the
    same date; one with an end that is only a date cannot be told.
    """
    is_timed = rows[["window_start_precision", "window_end_precision"]].eq("minute").all(axis=1)
    midnight = rows["window_end"].dt.normalize()
    begins_by_day = rows["window_start"] >= midnight + pd.Timedelta(hours=6)
    ends_by_day = rows["window_end"] <= midnight + pd.Timedelta(hours=21)
    parts = np.select([~is_timed, begins_by_day & ends_by_day], ["unknown", "day"], "night")
    return rows.assign(window_part=parts)


def with_regimes(rows, regimes):
    """Return rows with the regime of each drone row (R12)."""
    starts = regimes["first_report_date"]
    position = np.searchsorted(starts, rows["report_date"], side="right") - 1
    regime = pd.Series(regimes["regime_id"].astype("str").to_numpy()[position], rows.index)
    return rows.assign(regime_id=regime.where(rows["weapon_class"] == DRONE))


def lost_states(rows, is_withheld):
    """Return what the lost count of each row is: merged in regime D, else as given (R11, R12)."""
    states = {
        "withheld": is_withheld,
        "merged": rows["regime_id"] == "D",
        "counted": rows["lost_count"].notna(),
    }
    return np.select(list(states.values()), list(states), "not_reported")


def broken_rules(air):
    """Yield a line for each row that breaks a rule: table, row, field, found, expected."""
    for rules in (_dates, _outcomes, _derived, _states):
        for field, is_wrong, expected in rules(air, air.reports):
            wrong = air.reports[is_wrong.fillna(False)]
            for report_id, found in zip(wrong["report_id"], wrong[field]):
                yield f"reports.csv, {report_id}, {field}: found {found}, expected {expected}"


def _dates(air, r):
    first, last = air.period
    is_outside = ~r["report_date"].between(first, last)
    yield "report_date", is_outside, f"a date from {first:%Y-%m-%d} to {last:%Y-%m-%d} (R1)"
    yield "window_end", r["window_end"] < r["window_start"], "no earlier than window_start"
    is_moved = r["correction_ids"].isna() & (r["report_date"] != r["window_end"].dt.normalize())
    yield "report_date", is_moved, "the date on which the window ends (R4)"


def _outcomes(air, r):
    outcomes = r["shot_down_count"].fillna(0) + r["lost_count"].fillna(0)
    is_more = outcomes > r["launched_count"]
    yield "shot_down_count", is_more, "shot down + lost no more than launched (see R15)"
    for field in PARTS:
        yield field, r[field] > r["launched_count"], "no more than launched"


def _derived(air, r):
    expected = with_weapons(r.drop(columns=WEAPON), air.weapons)
    expected = with_regimes(with_series(expected), air.regimes)
    expected["lost_state"] = lost_states(r, r["lost_state"] == "withheld")
    for field, rule in DERIVED.items():
        yield field, _differs(r[field], expected[field]), rule


def _states(air, r):
    lost, shot_down = r["lost_count"], r["shot_down_count"]
    in_c, in_d = r["regime_id"] == "C", r["regime_id"] == "D"
    yield "lost_count", in_d & lost.notna(), "no value in regime D (R12)"
    has_count = r.filter(regex="_count$").notna().any(axis=1)
    is_withheld = r["lost_state"] == "withheld"
    yield "lost_state", is_withheld & has_count, "no count at all on a withheld row"
    neutralised = r["neutralised_count"]
    is_no_sum = _differs(neutralised, shot_down + lost)
    is_less = (neutralised < shot_down) | (neutralised.isna() != shot_down.isna())
    is_wrong = neutralised.notna().mask(in_c, is_no_sum).mask(in_d, is_less.fillna(False))
    sums = "shot down + lost in C, at least shot down in D, else blank (R12)"
    yield "neutralised_count", is_wrong, sums


def overlapping(reports):
    """Return whether each regional row meets a national one of drones, or of its missile family."""
    rows = pd.DataFrame(
        {
            "row": reports.index,
            "kind": reports["family"].where(reports["weapon_class"] != DRONE, DRONE),
            "start": reports["window_start"],
            "end": window_ends(reports),
        }
    )
    is_national = reports["level"] == "national"
    is_either = reports["weapon_class"].isin([DRONE, *MISSILE_CLASSES])
    pairs = rows[~is_national & is_either].merge(rows[is_national], on="kind")
    meets = (pairs["start_y"] < pairs["end_x"]) & (pairs["end_y"] > pairs["start_x"])
    return pd.Series(reports.index.isin(pairs.loc[meets, "row_x"]), reports.index)


def window_ends(reports):
    """Return when each window ends: one without an hour at the end of its day."""
    ends = reports["window_end"]
    return ends.where(reports["window_end_precision"] == "minute", ends + pd.Timedelta(days=1))


def _differs(found, expected):
    found, expected = found.astype("object"), expected.astype("object")
    return (found != expected).fillna(True).astype("bool") & ~(found.isna() & expected.isna())
