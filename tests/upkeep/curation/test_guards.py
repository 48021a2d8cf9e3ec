"""The guards, one by one, on typed reports; then on nights of the real tables with one thing made wrong.

``ANALYSIS_FUZZ=2000 python -m pytest -s tests/upkeep/curation/test_guards.py`` tries as many and prints the counts.
"""

import os
import random
from collections import Counter

import pandas as pd
import pytest

from analysis import load
from upkeep.curation.guards import Change, Disagreement, guard

COUNT = int(os.environ.get("ANALYSIS_FUZZ", "16"))
AIR = load()
NIGHT = {
    "upstream_label": "Shahed-136/131",
    "weapon_class": "one_way_attack_drone",
    "family": "Shahed type",
    "level": "national",
    "target": "Ukraine",
    "window_end_precision": "minute",
    "launched_count": 100,
    "shot_down_count": 60,
    "lost_count": 25,
    "neutralised_count": 85,
    "regime_id": "C",
    "is_in_drone_series": True,
}
DTYPES = AIR.reports.dtypes.to_dict()
SEEN = "2025-02-01"  # the last date of the data that are there


def reports(*rows):
    """A typed row of `reports` for each day, with the cells that differ from `NIGHT`."""
    nights = []
    for n, row in enumerate(rows):
        day = pd.Timestamp(row["day"])
        nights.append(
            {
                "report_id": f"r{n}",
                "report_date": day,
                "window_start": day - pd.Timedelta(hours=6),
                "window_end": day + pd.Timedelta(hours=8),
                "source_post": f"kpszsu/posts/{n}",
            }
            | NIGHT
            | {k: v for k, v in row.items() if k != "day"}
        )
    return pd.DataFrame(nights, columns=list(DTYPES)).astype(DTYPES)


def findings(
    before,
    after,
    until="2025-12-31",
    dates=("2026-01-01", "2026-01-02"),
    claims=AIR.press_claims[:0],
):
    change = Change(
        before,
        after,
        pd.Timestamp(SEEN),
        pd.Timestamp(until),
        claims,
        pd.Series(pd.to_datetime(list(dates))),
    )
    try:
        return guard(change, ())
    except Disagreement as stopped:
        return stopped.findings


def nights(first, number, **cells):
    """As many nights in a row; each has a few drones more than the one before, and none the counts of another."""
    return [
        {
            "day": day,
            "launched_count": 100 + n,
            "neutralised_count": 85 + n,
            "shot_down_count": 60 + n,
            **cells,
        }
        for n, day in enumerate(pd.date_range(first, periods=number))
    ]


OLD, NEW = nights("2025-01-23", 10), nights("2025-02-02", 10)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        (
            {"day": "2025-01-25"},
            [
                "row-in-the-past: r13: 103 launched",
                "overlap: r13: beside r2",
                "twin-counts: r3: beside r13",
            ],
        ),
        ({"day": "2025-02-02"}, ["overlap: r13: beside r10"]),
        (
            {"launched_count": 102, "shot_down_count": 62, "neutralised_count": 87},
            ["twin-counts: r13: beside r12"],
        ),
        (
            {"source_post": "kpszsu/posts/12"},
            ["shared-post: r12: kpszsu/posts/12", "shared-post: r13: kpszsu/posts/12"],
        ),
        (
            {"launched_count": 1030},
            [
                "large-count: r13: 1030 launched",
                "unlikely-size: 2025-02-05: 1030 drones, where 106 is usual and 109 the most",
                "unlikely-share: r13: 9% neutralised or shot down, where 86% is usual",
            ],
        ),
        (
            {"launched_count": 9, "neutralised_count": 8},
            ["unlikely-size: 2025-02-05: 9 drones, where 106 is usual and 109 the most"],
        ),
        (
            {"launched_count": 70, "neutralised_count": 66, "hit_location_count": 9},
            ["unlikely-hits: r13: 9 places hit, where 4 drones were not neutralised"],
        ),
        ({"launched_count": 70, "neutralised_count": 66, "hit_location_count": 8}, []),
        (
            {"neutralised_count": 40},
            ["unlikely-share: r13: 39% neutralised or shot down, where 86% is usual"],
        ),
        ({"target": "Оdesa oblast"}, ["odd-letter: r13, target: '\\u041edesa oblast'"]),
        ({"upstream_label": "Shahed-238"}, ["new-label: Shahed-238"]),
        ({"source_post": "watch/1"}, ["new-outlet: watch"]),
    ],
)
def test_new_night_that_is_unlikely_is_found(changed, expected):
    new = [*NEW[:3], NEW[3] | changed, *NEW[4:]]
    assert findings(reports(*OLD), reports(*OLD, *new)) == expected


def test_night_that_is_unlikely_but_known_is_not_found_again():
    odd = [
        *OLD[:-1],
        OLD[-1] | {"launched_count": 900, "source_post": "kpszsu/posts/1", "target": "Оdesa"},
    ]
    assert findings(reports(*odd), reports(*odd)) == []


def test_month_that_the_press_totals_otherwise_is_found():
    claim = {
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
    claims = pd.DataFrame([claim], columns=list(AIR.press_claims)).astype(
        AIR.press_claims.dtypes.to_dict()
    )
    assert findings(reports(*OLD), reports(*OLD, *NEW), claims=claims) == [
        "press-total: 2025-02: 1154 drones, where the press has 2400"
    ]


def test_last_day_far_after_the_one_before_is_found_where_that_would_count_as_complete():
    lone = ["2025-02-10", "2025-02-11", "2027-02-11"]
    assert findings(reports(*OLD), reports(*OLD, *NEW), dates=lone) == [
        "lone-last-day: 2027-02-11, 730 days after 2025-02-11, which counts as complete then"
    ]
    assert findings(reports(*OLD), reports(*OLD, *NEW), until="2025-02-10", dates=lone) == []


# What an accident makes of one night, or one month, of the rows that are new.


def duplicated_night(rows, draw):
    night = of_one_night(rows, draw)
    return added(rows, night, days=draw.randrange(1, 4), post=night["source_post"])


def duplicated_under_another_post(rows, draw):
    night = of_one_night(rows, draw)
    return added(rows, night, days=draw.randrange(4), post=night["source_post"] + "x")


def doubled_month(rows, draw):
    month = draw.choice(sorted(rows["report_date"].dt.month.unique()))
    doubled = rows[rows["report_date"].dt.month == month]
    return added(rows, doubled, days=0, post=doubled["source_post"] + "x")


def zero_added(rows, draw):
    return with_cells(
        rows, of_large_night(rows, draw), lambda row: {"launched_count": row["launched_count"] * 10}
    )


def outcomes_shifted(rows, draw):
    """Shot down stands in the next column."""
    return with_cells(
        rows, of_large_night(rows, draw), lambda row: {"shot_down_count": 0, "neutralised_count": 0}
    )


def counts_copied(rows, draw):
    index = of_large_night(rows, draw)
    day = rows.at[index, "report_date"]
    near = [i for i in large(rows) if 0 < abs((rows.at[i, "report_date"] - day).days) <= 3]
    if not near:
        return counts_copied(rows, draw)
    source = rows.loc[draw.choice(near)]
    return with_cells(
        rows,
        index,
        lambda _: source[
            ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]
        ].to_dict(),
    )


def one_post_for_two_nights(rows, draw):
    other = rows.loc[of_large_night(rows, draw), "source_post"]
    return with_cells(
        rows,
        of_large_night(rows, draw),
        lambda row: {"source_post": other if row["source_post"] != other else "x/posts/1"},
    )


def letter_that_looks_alike(rows, draw):
    return with_cells(
        rows, of_large_night(rows, draw), lambda row: {"target": row["target"].replace("a", "а")}
    )


KINDS = [
    duplicated_night,
    duplicated_under_another_post,
    doubled_month,
    zero_added,
    outcomes_shifted,
    counts_copied,
    one_post_for_two_nights,
    letter_that_looks_alike,
]


def large(rows):
    return rows.index[
        rows["is_in_drone_series"] & (rows["level"] == "national") & (rows["launched_count"] >= 30)
    ]


def of_large_night(rows, draw):
    return draw.choice(list(large(rows)))


def of_one_night(rows, draw):
    return rows[rows["report_date"] == rows.at[of_large_night(rows, draw), "report_date"]]


def added(rows, some, days, post):
    shift = pd.Timedelta(days=days)
    copies = some.assign(
        report_id=some["report_id"] + "x",
        source_post=post,
        **{c: some[c] + shift for c in ("report_date", "window_start", "window_end")},
    )
    return pd.concat([rows, copies], ignore_index=True)


def with_cells(rows, index, cells):
    rows = rows.copy()
    for column, value in cells(rows.loc[index]).items():
        rows.loc[index, column] = value
    return rows


@pytest.mark.parametrize("seen", ["2025-08-31", "2025-12-31"])
def test_accident_in_real_nights_is_found_whether_they_are_new_or_old(seen):
    """None gets in unnoticed: from the rows as they are each makes a finding that was not there."""
    is_old = AIR.reports["report_date"] <= seen
    before, recent = AIR.reports[is_old], AIR.reports[AIR.reports["report_date"] > "2025-08-31"]
    earlier = AIR.reports[AIR.reports["report_date"] <= "2025-08-31"]

    def found(rows):
        after = pd.concat([earlier, rows], ignore_index=True)
        change = Change(
            before,
            after,
            pd.Timestamp(seen),
            pd.Timestamp("2025-12-31"),
            AIR.press_claims,
            pd.Series([pd.Timestamp("2026-01-02")]),
        )
        try:
            return set(guard(change, ()))
        except Disagreement as stopped:
            return set(stopped.findings)

    usual, outcomes = found(recent), Counter()
    for seed in range(max(COUNT // 8, len(KINDS))):
        kind = KINDS[seed % len(KINDS)]
        new = found(kind(recent.reset_index(drop=True), random.Random(seed))) - usual
        outcomes[kind.__name__, bool(new)] += 1
    missed = {kind: n for (kind, caught), n in outcomes.items() if not caught}
    print(
        f"\nnights {'new' if seen < '2025-12-31' else 'in the past'}: {sum(outcomes.values())} accidents, missed: {missed}"
    )
    assert not missed
