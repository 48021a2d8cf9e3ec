"""What holds for every snapshot: generated ones, up to some twenty rows, with all classes, outlets, regimes and gaps.

``ANALYSIS_FUZZ=500`` tries as many of each.
"""

import csv
import os
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import load, measures
from analysis.dataset import typed
from upkeep.curation.curate import curate
from upkeep.curation.rules import broken_rules
from upkeep.curation.snapshot import read_snapshot
from upkeep.curation.update import write_table

AIR = load()
(FIELDS,) = (r["schema"]["fields"] for r in AIR.package["resources"] if r["name"] == "reports")
DECISIONS = {
    "weapons": AIR.weapons,
    "regimes": AIR.regimes,
    "corrections": AIR.corrections[:0],
    "additions": AIR.additions[:0],
    "reports": AIR.reports[:0],
}
LABELS = [
    *["Shahed-136/131"] * 8,
    "Kalibr",
    "Iskander-M",
    "KN-23",
    "X-101/X-555 and Kalibr",
    "Unknown UAV",
    "X-59",
]
settings.register_profile(
    "same every time",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=int(os.environ.get("ANALYSIS_FUZZ", "5")),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("same every time")


@st.composite
def rows(draw, first=date(2022, 9, 28), last=date(2025, 12, 30)):
    """One line of a snapshot whose outcomes do not exceed its launches."""
    start = datetime.combine(draw(st.dates(first, last)), datetime.min.time()) + timedelta(
        minutes=draw(st.integers(0, 1439))
    )
    end = start + timedelta(minutes=draw(st.integers(0, 900)))
    launched = draw(st.integers(0, 700))
    destroyed = draw(st.integers(0, launched))
    lost = draw(st.none() | st.integers(0, launched - destroyed))
    formats = draw(
        st.sampled_from(
            [
                ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M"),
                ("%Y-%m-%d", "%Y-%m-%d %H:%M"),
                ("%Y-%m-%d", "%Y-%m-%d"),
            ]
        )
    )
    return {
        "time_start": start.strftime(formats[0]),
        "time_end": end.strftime(formats[1]),
        "model": draw(st.sampled_from(LABELS)),
        "launch_place": "",
        "target": draw(st.sampled_from(["Ukraine", "Odesa oblast"])),
        "launched": draw(st.sampled_from([launched, f"{launched}.0"])),
        "destroyed": destroyed,
        "not_reach_goal": "" if lost is None else lost,
        "still_attacking": "",
        "status_data": draw(st.sampled_from([*[""] * 9, "hidden"])),
        "source": draw(st.sampled_from(["kpszsu", "PvKPivden", "GeneralStaff.ua"]))
        + f"/posts/{draw(st.integers(1, 10**9))}",
    }


snapshots = st.lists(rows(), min_size=1, max_size=20, unique_by=lambda row: row["source"])
LAST = {
    "time_start": "2030-01-01",
    "time_end": "2030-01-01",
    "model": "Kalibr",
    "launch_place": "",
    "target": "",
    "launched": 1,
    "destroyed": 0,
    "not_reach_goal": "",
    "still_attacking": "",
    "status_data": "",
    "source": "kpszsu/posts/last",
}


def curated(lines, until=date(2025, 12, 31)):
    """The typed reports of these lines and the account."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(LAST))
            writer.writeheader()
            writer.writerows([*lines, LAST])
        reports, _, account = curate(read_snapshot(path), DECISIONS, until)
        write_table(reports, path, FIELDS)
        return typed(path, FIELDS), account


def launched(lines):
    return sum(int(float(line["launched"])) for line in lines)


@given(snapshots)
def test_launched_in_is_launched_kept_plus_excluded_and_withheld(lines):
    reports, account = curated(lines)
    excluded = sum(
        before - after for _, what, _, before, after in account.steps if what.startswith("excluded")
    )
    withheld = launched([line for line in lines if line["status_data"]])
    late = launched([line for line in lines if line["status_data"] and line["time_end"] >= "2026"])
    assert launched([*lines, LAST]) == reports["launched_count"].sum() + excluded + withheld - late


@given(snapshots)
def test_ids_are_unique_and_no_rule_is_broken(lines):
    reports, _ = curated(lines)
    period = pd.Timestamp("2022-09-28"), pd.Timestamp("2025-12-31")
    assert reports["report_id"].is_unique
    assert (
        list(
            broken_rules(
                SimpleNamespace(
                    reports=reports, weapons=AIR.weapons, regimes=AIR.regimes, period=period
                )
            )
        )
        == []
    )


@given(snapshots, st.randoms(use_true_random=False))
def test_order_of_the_lines_is_irrelevant(lines, random):
    shuffled = random.sample(lines, len(lines))
    pd.testing.assert_frame_equal(curated(lines)[0], curated(shuffled)[0])


@given(
    st.lists(
        rows(last=date(2024, 6, 1)), min_size=1, max_size=10, unique_by=lambda row: row["source"]
    ),
    st.lists(rows(first=date(2024, 7, 1)), max_size=10, unique_by=lambda row: row["source"]),
)
def test_later_lines_leave_earlier_rows_and_ids_as_they_were(earlier, later):
    alone, together = curated(earlier)[0], curated([*earlier, *later])[0]
    pd.testing.assert_frame_equal(alone, together[: len(alone)])


@given(snapshots)
def test_shares_are_between_0_and_1_or_missing_and_given_only_where_the_regime_allows(lines):
    reports, _ = curated(lines)
    if not reports["regime_id"].notna().any():
        return
    shares = measures.outcome_shares(reports, AIR.regimes)
    values = shares[[column for column in shares if column.endswith("_share")]].astype("float64")
    assert (values.isna() | values.ge(0) & values.le(1)).all(axis=None)
    regimes = shares["regime_id"]
    assert values.loc[~regimes.isin(["C"]), ["shot_down_share", "lost_share"]].isna().all(axis=None)
    assert (
        values.loc[regimes.isin(["A", "B"]), ["neutralised_share", "residual_share"]]
        .isna()
        .all(axis=None)
    )
    assert values.loc[(regimes != "D").to_numpy(), "merged_share"].isna().all()
