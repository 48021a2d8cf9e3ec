"""What only the press says, from typed claims."""

import pandas as pd
import pytest

from analysis import load, press


def claims(*rows):
    """Claims of the night to a date, exact and on drones by the Air Force unless a row differs."""
    plain = {"scope": "Ukraine", "qualifier": "exact", "attributed_to": "Ukrainian Air Force"}
    plain |= {"basis": None, "lost_called": None, "target_class": "drones", "start": None}
    frame = pd.DataFrame(
        [
            plain | {"end": date, "quantity": quantity, "value": value, "source_id": source} | more
            for date, quantity, value, source, more in rows
        ]
    )
    end = pd.to_datetime(frame["end"])
    start = pd.to_datetime(frame["start"]).fillna(end - pd.Timedelta(days=1))
    ids = [f"c{number}" for number in range(len(rows))]
    frame = frame.assign(claim_id=ids, period_start=start, period_end=end)
    return frame.astype({"value": "Int64", "basis": "category", "lost_called": "category"})


PRESIDENT = {"attributed_to": "President of Ukraine"}
DAY = {"start": "2025-03-02"}


@pytest.mark.parametrize(
    ("rows", "count", "qualifier"),
    [
        # the Air Force before the President
        ([("launched", 95, "s1", PRESIDENT), ("launched", 90, "s2", {})], 90, "exact"),
        # a counter that gives launched before one that does not
        ([("shot_down", 50, "s1", {}), ("launched", 95, "s2", PRESIDENT)], 95, "exact"),
        # an exact number of a day before a rounded one of the night
        (
            [("launched", 200, "s1", {"qualifier": "nearly"}), ("launched", 193, "s2", DAY)],
            193,
            "exact",
        ),
        # the night before the day
        ([("launched", 20, "s1", DAY), ("launched", 90, "s2", {})], 90, "exact"),
        # most articles; then exact; then the higher number
        (
            [("launched", 93, "s1", {}), ("launched", 90, "s2", {}), ("launched", 90, "s3", {})],
            90,
            "exact",
        ),
        (
            [
                ("launched", 100, "s1", {"qualifier": "about"}),
                ("launched", 93, "s2", {}),
                ("launched", 90, "s3", {}),
            ],
            93,
            "exact",
        ),
        ([("launched", 90, "s1", {"qualifier": "more_than"})], 90, "more_than"),
    ],
)
def test_night_of_the_press_series_is_settled_in_this_order(rows, count, qualifier):
    series = press.press_series(claims(*[("2025-03-02", *row) for row in rows]))
    night = series.set_index("report_date").loc["2025-03-02"]
    assert (night["launched_count"], night["launched_qualifier"]) == (count, qualifier)
    assert pd.isna(night["shot_down_count"]) and pd.isna(night["lost_count"])


def test_copies_that_disagree_are_marked():
    rows = [("2025-03-02", "launched", 93, "s1", {}), ("2025-03-02", "launched", 90, "s2", {})]
    night = press.press_series(claims(*rows)).iloc[0]
    assert night["launched_is_disputed"] and night["article_count"] == 2


def test_night_without_a_claim_is_a_gap_of_the_press_series():
    rows = [("2025-03-02", "launched", 9, "s1", {}), ("2025-03-04", "launched", 8, "s1", {})]
    assert press.press_series(claims(*rows))["report_date"].dt.day.tolist() == [2, 4]


def test_unknown_target_class_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no target class 'drone'; nearest: drones"):
        press.press_series(claims(("2025-03-02", "launched", 5, "s1", {})), "drone")


def test_monthly_total_is_a_claim_of_exactly_one_calendar_month():
    march = {"start": "2025-03-01"}
    printed = claims(
        ("2025-03-31", "launched", 4198, "s1", march),
        ("2025-03-31", "launched", 4198, "s2", march),
        ("2025-03-30", "launched", 4000, "s1", march),
    )
    drones = {"report_id": "r1", "weapon_class": "one_way_attack_drone", "is_in_drone_series": True}
    rows = [drones | {"report_date": pd.Timestamp("2025-03-05"), "launched_count": 4190}]
    (total,) = press.monthly_totals(printed, pd.DataFrame(rows)).to_dict("records")
    assert (total["published_count"], total["article_count"]) == (4198, 2)
    assert (total["ledger_count"], total["difference_count"]) == (4190, 8)


def test_article_counts_once_a_week_under_its_most_telling_wording():
    printed = claims(
        ("2025-07-21", "shot_down", 5, "s1", {}),
        ("2025-07-23", "lost", 2, "s1", {}),
        ("2025-07-24", "neutralised", 9, "s3", {"basis": "suppressed"}),
        ("2025-07-25", "shot_down", 9, "s3", {}),
        ("2025-07-26", "neutralised", 9, "s4", {}),
    )
    weeks = press.wording_by_week(printed).set_index("outcome_week")
    assert weeks.to_numpy().tolist() == [[1, 0, 0, 0], [0, 1, 1, 0]]
    assert weeks.index[1] == pd.Timestamp("2025-07-24")  # no week lies on both sides of the merge


def test_lost_missiles_are_sighted_separately_from_lost_drones():
    guided = {"target_class": "guided_missiles"}
    rows = [("lost", 3, "s1", {}), ("lost", 3, "s2", {}), ("lost", 3, "s1", guided)]
    sightings = press.lost_sightings(claims(*[("2024-07-10", *row) for row in rows]))
    counts = sightings.set_index("target")["article_count"]
    assert counts.to_dict() == {"drones": 2, "missiles": 1}


def test_article_that_says_decoys_and_jammed_counts_as_decoys_in_the_week_of_its_monday():
    printed = claims(
        ("2025-01-01", "lost", 3, "s1", {"basis": "jammed", "lost_called": "decoys"}),
        ("2025-01-01", "lost", 3, "s2", {"basis": "jammed"}),
    )
    weeks = press.lost_words_by_week(printed).set_index("lost_words")
    assert weeks["article_count"].to_dict() == {"decoys": 1, "jammed or suppressed": 1}
    assert (weeks["week"] == "2024-12-30").all()


def test_reported_hits_are_those_of_the_merged_regime_once_a_night():
    hits = press.reported_hits(load()).set_index("report_date")
    assert hits.index.is_unique and hits.index.min() >= pd.Timestamp("2025-07-24")
    assert hits.at[pd.Timestamp("2025-09-07"), "drones_launched_count"] == 810
