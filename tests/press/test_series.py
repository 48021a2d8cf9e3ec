import pandas as pd
import pytest

from analysis.press import lost_sightings, monthly_totals, press_series, wording_by_week


def claims(*lines):
    """Claims of the night to the date: date, quantity, value, article, then what differs."""
    plain = {
        "scope": "Ukraine",
        "qualifier": "exact",
        "attributed_to": "Ukrainian Air Force",
        "basis": None,
        "target_class": "drones",
    }
    rows = [
        {
            **plain,
            "period_end": pd.Timestamp(date),
            "period_start": pd.Timestamp(date) - pd.Timedelta(days=1),
            "quantity": quantity,
            "value": value,
            "source_id": source,
            **more,
        }
        for date, quantity, value, source, more in lines
    ]
    return pd.DataFrame(rows).astype({"value": "Int64"})


PRESIDENT = {"attributed_to": "President of Ukraine"}
DAY = {"period_start": pd.Timestamp("2025-03-02")}


def of_night(*lines):
    return (
        press_series(claims(*[("2025-03-02", *line) for line in lines]))
        .set_index("report_date")
        .loc["2025-03-02"]
    )


def test_air_force_stands_for_a_night_before_the_president():
    night = of_night(("launched", 95, "s1", PRESIDENT), ("launched", 90, "s2", {}))
    assert (night["counter"], night["launched_count"]) == ("Ukrainian Air Force", 90)


def test_counter_without_launched_gives_way_to_one_that_has_it():
    night = of_night(("shot_down", 50, "s1", {}), ("launched", 95, "s2", PRESIDENT))
    assert night["launched_count"] == 95 and pd.isna(night["shot_down_count"])


def test_exact_number_of_a_day_stands_before_a_rounded_one_of_the_night():
    night = of_night(("launched", 200, "s1", {"qualifier": "nearly"}), ("launched", 193, "s2", DAY))
    assert (night["launched_count"], night["launched_qualifier"]) == (193, "exact")


def test_claim_of_the_night_stands_before_one_of_the_day():
    assert of_night(("launched", 20, "s1", DAY), ("launched", 90, "s2", {}))["launched_count"] == 90


def test_copies_that_disagree_are_settled_by_most_articles_and_marked():
    night = of_night(
        ("launched", 93, "s1", {}), ("launched", 90, "s2", {}), ("launched", 90, "s3", {})
    )
    assert (night["launched_count"], night["launched_is_disputed"], night["article_count"]) == (
        90,
        True,
        3,
    )


def test_tie_of_copies_goes_to_the_exact_then_to_the_higher_number():
    tie = [
        ("launched", 100, "s1", {"qualifier": "about"}),
        ("launched", 93, "s2", {}),
        ("launched", 90, "s3", {}),
    ]
    assert of_night(*tie)["launched_count"] == 93


def test_qualifier_stays_with_its_number_and_other_quantities_stay_missing():
    night = of_night(("launched", 90, "s1", {"qualifier": "more_than"}))
    assert night["launched_qualifier"] == "more_than" and pd.isna(night["lost_count"])


def test_night_without_a_claim_is_a_gap_of_the_press_series():
    series = press_series(
        claims(("2025-03-02", "launched", 9, "s1", {}), ("2025-03-04", "launched", 8, "s1", {}))
    )
    assert series["report_date"].tolist() == [
        pd.Timestamp("2025-03-02"),
        pd.Timestamp("2025-03-04"),
    ]


def test_monthly_total_is_a_claim_of_exactly_one_calendar_month():
    march = {"period_start": pd.Timestamp("2025-03-01")}
    told = claims(
        ("2025-03-31", "launched", 4198, "s1", march),
        ("2025-03-31", "launched", 4198, "s2", march),
        ("2025-03-30", "launched", 4000, "s1", march),
    )
    ledger = pd.DataFrame(
        {
            "report_date": pd.to_datetime(["2025-03-05"]),
            "launched_count": [4190],
            "is_in_drone_series": True,
            "weapon_class": "one_way_attack_drone",
        }
    )
    totals = monthly_totals(told, ledger)
    assert totals.loc[0, ["published_count", "article_count", "difference_count"]].tolist() == [
        4198,
        2,
        8,
    ]
    assert len(totals) == 1


def test_article_counts_once_a_week_under_its_most_telling_wording():
    suppressed = {"basis": "suppressed"}
    told = claims(
        ("2025-07-21", "shot_down", 5, "s1", {}),
        ("2025-07-21", "lost", 2, "s1", {}),
        ("2025-07-24", "neutralised", 9, "s3", suppressed),
        ("2025-07-25", "shot_down", 9, "s3", {}),
        ("2025-07-26", "neutralised", 9, "s4", {}),
    )
    assert wording_by_week(told).iloc[:, 1:].to_numpy().tolist() == [[1, 0, 0, 0], [0, 1, 1, 0]]


def test_no_week_lies_on_both_sides_of_the_merge_of_24_july_2025():
    told = claims(("2025-07-23", "lost", 2, "s1", {}), ("2025-07-24", "shot_down", 2, "s2", {}))
    assert wording_by_week(told)["outcome_week"][1] == pd.Timestamp("2025-07-24")


def test_lost_missiles_are_sighted_apart_from_lost_drones():
    told = claims(
        ("2024-07-10", "lost", 3, "s1", {}),
        ("2024-07-10", "lost", 3, "s2", {}),
        ("2024-07-10", "lost", 3, "s1", {"target_class": "guided_missiles"}),
    )
    sightings = lost_sightings(told)
    assert sightings[["target", "article_count"]].to_numpy().tolist() == [
        ["drones", 2],
        ["missiles", 1],
    ]


def test_unknown_target_class_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no target class 'drone'; nearest: drones"):
        press_series(claims(("2025-03-02", "launched", 5, "s1", {})), "drone")
