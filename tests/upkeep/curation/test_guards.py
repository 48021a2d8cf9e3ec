"""The guards, one by one, on typed reports."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load
from upkeep.curation.guards import Change, findings

AIR = load()
NIGHT = {
    "upstream_label": "Shahed-136/131",
    "weapon_class": "one_way_attack_drone",
    "family": "Shahed type",
    "level": "national",
    "target": "Ukraine",
    "window_end_precision": "minute",
    "lost_count": 25,
    "regime_id": "C",
    "is_in_drone_series": True,
}
DTYPES = AIR.reports.dtypes.to_dict()
CLAIM = {
    "claim_id": "c1",
    "source_id": "s1",
    "period_start": pd.Timestamp("2025-02-01"),
    "period_end": pd.Timestamp("2025-02-28"),
    "scope": "Ukraine",
    "target_class": "drones",
    "quantity": "launched",
    "value": 2400,
    "qualifier": "exact",
    "attributed_to": "x",
}


def nights(first, number, start=0):
    """As many nights in a row, each with a few drones more than the one before."""
    rows = []
    for n in range(start, start + number):
        day = pd.Timestamp(first) + pd.Timedelta(days=n - start)
        counts = {"launched_count": 100 + n, "shot_down_count": 60 + n, "neutralised_count": 85 + n}
        window = {
            "window_start": day - pd.Timedelta(hours=6),
            "window_end": day + pd.Timedelta(hours=8),
        }
        named = {"report_id": f"r{n}", "report_date": day, "source_post": f"kpszsu/posts/{n}"}
        rows.append(NIGHT | counts | window | named)
    return rows


OLD, NEW = nights("2025-01-23", 10), nights("2025-02-02", 10, start=10)


def reports(rows):
    return pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES)


def areas(*rows):
    return pd.DataFrame(rows, columns=["report_id", "area"])


NONE = areas(), areas()
NO_NIGHTS = dict.fromkeys(("nights", "quiet_nights", "open_nights"), AIR.quiet_nights.iloc[:0])


def dataset(rows, end, places, claims=(), **tables):
    claims = pd.DataFrame(claims, columns=list(AIR.press_claims))
    claims = claims.astype(AIR.press_claims.dtypes.to_dict())
    own = {"reports": reports(rows), "launch_areas": places, "affected_regions": areas()}
    own |= {"period": (None, pd.Timestamp(end)), "press_claims": claims}
    return SimpleNamespace(**NO_NIGHTS | own | tables)


def found(before, after, until="2025-12-31", claims=(), places=NONE, lacking=(), tables=({}, {})):
    old = dataset(before, "2025-02-01", places[0], claims, **tables[0])
    return findings(Change(old, dataset(after, until, places[1], **tables[1]), list(lacking)))


def moved_to(day):
    return {name: nights(day, 1)[0][name] for name in ("report_date", "window_start", "window_end")}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        (
            moved_to("2025-01-25"),
            [
                "row-in-the-past: r13: 113 launched",
                "overlap: r13: beside r2",
            ],
        ),
        (moved_to("2025-02-02"), ["overlap: r13: beside r10"]),
        (
            {"launched_count": 112, "shot_down_count": 72, "neutralised_count": 97},
            ["twin-counts: r13: beside r12"],
        ),
        (
            {"source_post": "kpszsu/posts/12"},
            ["shared-post: kpszsu/posts/12: 2025-02-04 and 2025-02-05"],
        ),
        (
            {"launched_count": 1130, "neutralised_count": 1000},
            [
                "large-count: r13: 1130 launched",
                "unlikely-size: 2025-02-05: 1130 drones, where 112 is usual and 119 the most",
            ],
        ),
        (
            {"launched_count": 9, "neutralised_count": 8},
            ["unlikely-size: 2025-02-05: 9 drones, where 112 is usual and 119 the most"],
        ),
        (
            {"launched_count": 70, "neutralised_count": 66, "hit_location_count": 9},
            ["unlikely-hits: r13: 9 places hit, where 4 drones were not neutralised"],
        ),
        ({"launched_count": 70, "neutralised_count": 66, "hit_location_count": 8}, []),
        (
            {"neutralised_count": 40},
            ["unlikely-share: r13: 35% neutralised or shot down, where 87% is usual of regime C"],
        ),
        ({"upstream_label": "Shahed-238"}, ["new-label: Shahed-238"]),
        ({"source_post": "watch/1"}, ["new-outlet: watch"]),
    ],
)
def test_new_night_that_is_unlikely_is_found(changed, expected):
    assert found(OLD, [*OLD, *NEW[:3], NEW[3] | changed, *NEW[4:]]) == expected


KALIBR = {
    "upstream_label": "Kalibr",
    "weapon_class": "cruise_missile",
    "family": "Kalibr",
    "is_in_drone_series": False,
    "regime_id": None,
    "neutralised_count": None,
}


def test_missile_row_with_the_post_of_another_night_is_found():
    odd = NEW[3] | KALIBR | {"report_id": "m", "source_post": "kpszsu/posts/3"}
    lines = found(OLD, [*OLD, *NEW, odd])
    assert "shared-post: kpszsu/posts/3: 2025-01-26 and 2025-02-05" in lines


def test_night_that_is_unlikely_but_known_is_not_found_again():
    odd = [*OLD[:-1], OLD[-1] | {"launched_count": 900}]
    assert found(odd, odd) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (OLD[:-1], ["removed-report: r9"]),
        (
            [*OLD[:-1], OLD[-1] | {"launched_count": 110, "target": None}],
            [
                "changed-value: r9, target: Ukraine before, blank now",
                "changed-value: r9, launched_count: 109 before, 110 now",
            ],
        ),
    ],
)
def test_past_that_differs_is_found(after, expected):
    assert found(OLD, after) == expected


def test_window_that_moved_by_a_day_is_one_finding():
    after = [*OLD[:8], OLD[8] | moved_to("2025-02-01"), OLD[9] | moved_to("2025-02-02")]
    assert [line for line in found(OLD, after) if line.startswith(("moved", "changed"))] == [
        "moved: r8: from 2025-01-31 to 2025-02-01",
        "moved: r9: from 2025-02-01 to 2025-02-02",
    ]


def test_values_that_one_cause_changed_are_one_finding():
    rows = nights("2025-01-01", 12)
    given = [row | {"shahed_count": 3} for row in rows]
    line = "changed-value: shahed_count: 12 values differ, such as r0, shahed_count: "
    assert found(given, rows) == [line + "3 before, blank now"]
    assert found(rows, given) == [line + "blank before, 3 now"]
    lost = "changed-value: shahed_count: 2 values differ, the snapshot lacks it"
    assert found(given[:2], rows[:2], lacking=["shahed_count"]) == [lost]


def test_places_that_moved_are_values_of_their_report():
    places = areas(("r0", "Kursk"), ("r1", "Kursk"), ("r1", "Chauda")), areas(("r1", "Chauda"))
    assert found(OLD, OLD, places=places) == [
        "changed-value: r0, launch_areas: Kursk before, blank now",
        "changed-value: r1, launch_areas: Kursk, Chauda before, Chauda now",
    ]


def dated(verdict, *days):
    return pd.DataFrame({"report_date": pd.to_datetime(list(days)), "verdict": verdict})


def test_other_dates_that_differ_and_new_ones_without_drones_are_found():
    before = dated("quiet", "2024-11-24", "2025-01-08")
    after = dated("unknown", "2025-01-08", "2025-02-05")
    assert found(OLD, OLD, tables=({"quiet_nights": before}, {"quiet_nights": after})) == [
        "changed-dates: quiet_nights: 2 dates differ without a report of theirs, "
        "2024-11-24 to 2025-01-08",
        "no-drones: 2025-02-05: no drone report, entered as unknown (R17)",
    ]


def test_missiles_shot_down_unlike_those_of_their_family_are_found():
    rows = [row | KALIBR for row in OLD + NEW]
    assert found(rows[:10], [*rows[:-1], rows[-1] | {"shot_down_count": 7}]) == [
        "unlikely-share: r19: 6% neutralised or shot down, where 65% is usual of Kalibr"
    ]


def test_window_by_day_that_meets_the_one_by_night_is_ordinary():
    day = moved_to("2025-02-05") | {"window_start": pd.Timestamp("2025-02-05 07:00")}
    day |= {"window_end": pd.Timestamp("2025-02-05 18:00"), "window_part": "day", "report_id": "d"}
    rows = [row | {"window_part": "night"} for row in [*OLD, *NEW]]
    assert not any(line.startswith("overlap") for line in found(OLD, [*rows, NEW[3] | day]))


def test_tallies_of_one_front_are_no_record_to_measure_by():
    tally = {"weapon_class": "tactical_uav", "is_in_drone_series": False, "launched_count": 900}
    assert found(OLD, [*OLD, NEW[0] | tally]) == []


def test_earlier_end_is_found_and_what_lay_after_it_is_not_removed():
    assert found(OLD, OLD[:-1], until="2025-01-31") == [
        "shorter-period: to 2025-01-31, with reports to 2025-02-01 before"
    ]


def test_month_that_the_press_totals_otherwise_is_found():
    assert found(OLD, [*OLD, *NEW], claims=[CLAIM]) == [
        "press-total: 2025-02: 1254 drones, where the press has 2400"
    ]
