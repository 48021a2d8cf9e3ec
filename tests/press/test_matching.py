import pandas as pd
import pytest

from analysis.press import (
    agreement,
    claims_of_nights,
    disagreements,
    matched_claims,
    night_claims,
    night_support,
    permuted_errors,
)

SOURCES = pd.DataFrame(
    {
        "source_id": ["s1", "s2", "s3"],
        "publisher": ["Kyiv Post", "Kyiv Post", "Gordon"],
        "url": ["https://a.example", None, "https://c.example"],
        "published": pd.to_datetime(["2025-03-02"] * 3),
    }
)


def reports(*lines):
    """Rows of a ledger: date, class, launched, shot down, lost, then what differs from a plain national row."""
    plain = {
        "source_post": "one",
        "origin": "air_force",
        "still_airborne_count": None,
        "left_airspace_count": None,
        "hit_location_count": None,
        "debris_location_count": None,
        "level": "national",
        "subclass": None,
        "correction_ids": None,
    }
    rows = [
        {
            **plain,
            "report_date": date,
            "weapon_class": kind,
            "launched_count": launched,
            "shot_down_count": down,
            "lost_count": lost,
            "neutralised_count": None if lost is None else down + lost,
            **more,
        }
        for date, kind, launched, down, lost, more in lines
    ]
    frame = pd.DataFrame(rows)
    frame = frame.assign(
        report_date=pd.to_datetime(frame["report_date"]),
        window_start=frame["source_post"],
        window_end=frame["source_post"],
        subclass=frame["subclass"].astype("str"),
        correction_ids=frame["correction_ids"].astype("str"),
        report_id=[f"r{number}" for number in range(len(rows))],
        is_in_drone_series=frame["weapon_class"] == DRONE,
    )
    return frame.astype({name: "Int64" for name in frame if name.endswith("_count")})


def claims(*lines):
    """Claims of the night to the date: date, class, quantity, value, then what differs from an exact one."""
    plain = {
        "scope": "Ukraine",
        "qualifier": "exact",
        "attributed_to": "Ukrainian Air Force",
        "source_id": "s1",
    }
    rows = [
        {
            **plain,
            "claim_id": f"c{number}",
            "period_end": pd.Timestamp(date),
            "period_start": pd.Timestamp(date) - pd.Timedelta(days=1),
            "target_class": kind,
            "quantity": quantity,
            "value": value,
            **more,
        }
        for number, (date, kind, quantity, value, more) in enumerate(lines)
    ]
    return pd.DataFrame(rows).astype({"value": "Int64"})


def verdict(claim, *ledger, **more):
    told = matched_claims(claims(("2025-03-02", *claim, more)), reports(*ledger))
    return tuple(told.loc[0, ["verdict", "explanation"]])


DRONE, CRUISE = "one_way_attack_drone", "cruise_missile"
NIGHT = ("2025-03-02", DRONE, 90, 50, 30, {})
MISSILES = ("2025-03-02", CRUISE, 10, 7, None, {})


def test_claim_of_the_reported_number_is_equal():
    assert verdict(("drones", "launched", 90), NIGHT) == ("equal", "")


def test_claim_of_a_city_or_of_a_week_is_no_nightly_claim():
    told = claims(
        ("2025-03-02", "drones", "launched", 9, {"scope": "Kyiv"}),
        ("2025-03-02", "drones", "launched", 9, {"period_start": pd.Timestamp("2025-02-24")}),
        ("2025-03-02", "drones", "launched", 9, {"period_start": pd.Timestamp("2025-03-02")}),
    )
    assert night_claims(told)["claim_id"].tolist() == ["c2"]


def test_claim_joins_the_ledger_on_the_morning_of_its_night():
    told = matched_claims(claims(("2025-03-02", "drones", "launched", 90, {})), reports(NIGHT))
    assert told.loc[0, "report_date"] == pd.Timestamp("2025-03-02")


def test_all_is_drones_and_missiles_of_the_night():
    assert verdict(("all", "launched", 100), NIGHT, MISSILES) == ("equal", "")


def test_missiles_that_were_shot_down_count_as_neutralised():
    assert verdict(("all", "neutralised", 87), NIGHT, MISSILES) == ("equal", "")


def test_neutralised_of_a_half_known_night_is_not_compared():
    second = ("2025-03-02", DRONE, 5, 2, None, {})
    assert verdict(("drones", "neutralised", 80), NIGHT, second) == (
        "not compared",
        "not in the report",
    )


@pytest.mark.parametrize(
    ("qualifier", "value", "expected"),
    [
        ("at_least", 80, "consistent with its qualifier"),
        ("more_than", 85, "consistent with its qualifier"),
        ("up_to", 95, "consistent with its qualifier"),
        ("about", 85, "consistent with its qualifier"),
        ("nearly", 95, "consistent with its qualifier"),
        ("at_least", 90, "consistent with its qualifier"),
        ("more_than", 90, "unexplained difference"),
        ("at_least", 91, "unexplained difference"),
        ("more_than", 50, "unexplained difference"),
        ("nearly", 85, "unexplained difference"),
        ("about", 75, "unexplained difference"),
    ],
)
def test_qualifier_bounds_what_is_consistent(qualifier, value, expected):
    assert verdict(("drones", "launched", value), NIGHT, qualifier=qualifier)[0] == expected


def test_number_of_one_of_two_posts_is_one_report_of_the_date():
    later = ("2025-03-02", DRONE, 12, 8, 2, {"source_post": "two"})
    assert verdict(("drones", "launched", 12), NIGHT, later) == (
        "explained difference",
        "one report of the date",
    )


def test_drones_printed_with_missiles_are_the_wider_class():
    assert verdict(("drones", "launched", 100), NIGHT, MISSILES) == (
        "explained difference",
        "wider class",
    )


def test_missile_of_a_regional_report_is_not_in_the_number_of_a_national_one():
    regional = ("2025-03-02", CRUISE, 5, 0, 3, {"level": "regional", "source_post": "two"})
    assert verdict(("drones", "launched", 95), NIGHT, regional)[0] == "unexplained difference"
    ballistic = ("2025-03-02", "ballistic_missile", 7, 5, None, {})
    assert (
        verdict(("ballistic_missiles", "shot_down", 8), ballistic, regional)[0]
        == "unexplained difference"
    )


def test_one_missile_more_is_no_wider_class():
    single = (*MISSILES[:2], 1, 0, None, {})
    assert verdict(("drones", "launched", 91), NIGHT, single)[0] == "unexplained difference"


def test_more_than_the_number_of_a_reading_is_not_met_by_it():
    assert (
        verdict(("drones", "launched", 100), NIGHT, MISSILES, qualifier="more_than")[0]
        == "unexplained difference"
    )


def test_shot_down_used_for_neutralised_is_explained():
    assert verdict(("drones", "shot_down", 80), NIGHT) == (
        "explained difference",
        "shot down with lost",
    )


def test_lost_that_include_those_that_left_are_explained():
    night = (*NIGHT[:5], {"left_airspace_count": 2})
    assert verdict(("drones", "lost", 32), night) == (
        "explained difference",
        "lost with left or airborne",
    )


def test_merged_figure_without_the_lost_beside_it_is_explained():
    assert verdict(("drones", "neutralised", 50), NIGHT) == (
        "explained difference",
        "merged figure alone",
    )


def test_ballistic_missiles_printed_without_s_300_are_explained():
    s300 = (
        "2025-03-02",
        "ballistic_missile",
        4,
        0,
        None,
        {"subclass": "surface-to-air in ground attack"},
    )
    others = [("2025-03-02", "ballistic_missile", count, 0, None, {}) for count in (2, 1)]
    assert verdict(("ballistic_missiles", "launched", 3), s300, *others)[1] == "without S-300/400"
    assert (
        verdict(("ballistic_missiles", "launched", 2), s300, *others)[1]
        == "one weapon of the class"
    )


def test_night_known_from_regional_reports_alone_cannot_be_called_wrong():
    regional = (*NIGHT[:5], {"level": "regional"})
    assert verdict(("drones", "launched", 97), regional) == (
        "explained difference",
        "regional reports alone",
    )
    assert verdict(("drones", "launched", 85), regional) == ("unexplained difference", "")


def test_number_of_the_next_date_is_explained_unless_small():
    after = ("2025-03-03", DRONE, 44, 9, 9, {})
    assert verdict(("drones", "launched", 44), NIGHT, after) == (
        "explained difference",
        "neighbouring date",
    )
    assert verdict(("drones", "shot_down", 9), NIGHT, after) == ("unexplained difference", "")


def test_sum_with_the_date_before_is_two_dates_together():
    before = ("2025-03-01", DRONE, 44, 9, 9, {})
    assert verdict(("drones", "launched", 134), NIGHT, before) == (
        "explained difference",
        "two dates together",
    )


def test_sum_with_a_date_of_two_drones_explains_no_misprint():
    before = ("2025-03-01", DRONE, 2, 2, 0, {})
    assert verdict(("drones", "launched", 92), NIGHT, before) == ("unexplained difference", "")


def test_number_of_a_date_without_a_row_is_looked_for_on_the_next_and_in_all_missiles():
    after = ("2025-03-03", DRONE, 16, 9, 9, {})
    assert verdict(("drones", "launched", 16), after) == ("not compared", "neighbouring date")
    assert verdict(("ballistic_missiles", "launched", 10), MISSILES) == (
        "not compared",
        "wider class",
    )


def test_missile_class_beside_a_composite_line_is_not_called_wrong():
    mixed = ("2025-03-02", "mixed_missiles", 6, 4, None, {"source_post": "one"})
    assert verdict(("cruise_missiles", "launched", 13), MISSILES, mixed) == (
        "explained difference",
        "composite line",
    )


def test_round_number_of_the_president_is_explained_and_of_the_air_force_is_not():
    near = ("drones", "launched", 94)
    assert verdict(near, NIGHT, attributed_to="President of Ukraine")[0] == "unexplained difference"
    night = ("2025-03-02", DRONE, 145, 90, 40, {})
    assert (
        verdict(("drones", "launched", 150), night, attributed_to="President of Ukraine")[1]
        == "round figure"
    )
    assert (
        verdict(
            ("drones", "launched", 150),
            night,
            attributed_to="President of Ukraine",
            qualifier="more_than",
        )[1]
        == ""
    )
    assert verdict(("drones", "launched", 150), night)[0] == "unexplained difference"


def test_copy_or_counter_that_differs_from_a_right_claim_is_contradicted_not_explained():
    told = claims(
        ("2025-03-02", "drones", "launched", 90, {}),
        ("2025-03-02", "drones", "launched", 93, {}),
        ("2025-03-02", "drones", "launched", 97, {"attributed_to": "Ukrainian military"}),
    )
    matched = matched_claims(told, reports(NIGHT))
    assert matched["verdict"].tolist() == ["equal", "contradicted", "contradicted"]
    assert matched["explanation"].tolist() == ["", "another copy agrees", "another counter agrees"]


def test_qualified_number_contradicts_nobody():
    told = claims(
        ("2025-03-02", "drones", "launched", 90, {"qualifier": "at_least"}),
        ("2025-03-02", "drones", "launched", 93, {}),
    )
    assert matched_claims(told, reports(NIGHT))["verdict"].tolist() == [
        "consistent with its qualifier",
        "unexplained difference",
    ]


def test_what_the_record_does_not_hold_is_not_compared():
    assert verdict(("drones", "hits", 3), NIGHT) == ("not compared", "the record holds no hits")
    assert verdict(("missiles", "launched", 3), NIGHT) == ("not compared", "no row of that class")
    assert verdict(("missiles", "lost", 3), MISSILES) == ("not compared", "not in the report")


def test_row_known_from_the_press_alone_cannot_be_borne_out_by_it():
    addition = (*NIGHT[:5], {"origin": "press"})
    assert verdict(("drones", "launched", 90), addition, MISSILES) == (
        "not compared",
        "no row of that class",
    )


CORRECTIONS = pd.DataFrame({"correction_id": ["C1", "C2"], "status": ["applied", "flagged"]})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"correction_ids": "C2;C1"}, "not compared"),
        ({"origin": "press"}, "not compared"),
        ({"correction_ids": "C2"}, "equal"),
    ],
)
def test_what_press_copies_have_set_is_not_compared_with_them(row, expected):
    told = claims(
        ("2025-03-02", "drones", "shot_down", 50, {}),
        ("2025-03-02", "missiles", "launched", 10, {}),
    )
    matched = matched_claims(told, reports((*NIGHT[:5], row), MISSILES), CORRECTIONS)
    assert matched["verdict"].tolist() == [expected, "equal"]


def test_errors_that_change_nights_keep_their_size_and_meet_less():
    later = ("2025-03-02", DRONE, 12, 8, 2, {"source_post": "two"})
    told = claims(
        ("2025-03-02", "drones", "launched", 12, {}), ("2025-03-05", "drones", "launched", 203, {})
    )
    ledger = reports(NIGHT, later, ("2025-03-05", DRONE, 200, 9, 9, {}))
    rounds = permuted_errors(matched_claims(told, ledger), ledger, times=10)
    assert rounds["explained_claim_count"][0] == 1 and set(rounds["explained_claim_count"][1:]) == {
        0,
        1,
    }
    assert rounds["wrong_claim_count"].eq(2).all()


def test_support_counts_articles_publishers_and_counters_apart():
    told = claims(
        *[
            ("2025-03-02", "drones", "launched", 90, {"source_id": source})
            for source in ("s1", "s2", "s3")
        ],
        ("2025-03-02", "drones", "shot_down", 41, {"source_id": "s3"}),
    )
    support = (
        night_support(matched_claims(told, reports(NIGHT)), SOURCES)
        .set_index("report_date")
        .loc["2025-03-02"]
    )
    assert support.tolist() == [3, 3, 2, 1, 1]


def test_unnamed_counter_bears_out_but_is_not_counted_as_one():
    told = claims(("2025-03-02", "drones", "launched", 90, {"attributed_to": "unknown"}))
    support = (
        night_support(matched_claims(told, reports(NIGHT)), SOURCES)
        .set_index("report_date")
        .loc["2025-03-02"]
    )
    assert support[["bearing_article_count", "bearing_counter_count"]].tolist() == [1, 0]


def test_claims_of_a_night_come_with_their_address():
    told = claims(
        ("2025-03-02", "drones", "launched", 70, {"source_id": "s3"}),
        ("2025-03-02", "drones", "launched", 90, {}),
        ("2025-03-03", "drones", "launched", 1, {}),
    )
    table = claims_of_nights(matched_claims(told, reports(NIGHT)), SOURCES, ["2025-03-02"])
    assert table["url"].tolist() == ["https://a.example", "https://c.example"]


def nights_of(*told, ledger):
    counts = agreement(
        matched_claims(claims(*told), reports(*ledger), CORRECTIONS), reports(*ledger)
    ).set_index("judged_by")
    return counts.drop(columns="month").apply(lambda row: row[row > 0].to_dict(), axis=1).to_dict()


def test_night_is_judged_by_its_best_claim_and_by_most_articles():
    told = [
        ("2025-03-02", "drones", "launched", value, {"source_id": source})
        for value, source in ((70, "s1"), (70, "s2"), (90, "s3"))
    ]
    other = ("2025-03-03", DRONE, 44, 9, 9, {})
    assert nights_of(*told, ledger=[NIGHT, other]) == {
        "best claim": {"equal_night_count": 1, "unclaimed_night_count": 1},
        "majority": {"contradicted_night_count": 1, "unclaimed_night_count": 1},
    }


def test_of_two_verdicts_with_as_many_articles_the_worse_is_the_majority():
    told = [
        ("2025-03-02", "drones", "launched", 90, {}),
        ("2025-03-02", "drones", "launched", 95, {"qualifier": "up_to", "source_id": "s2"}),
    ]
    assert nights_of(*told, ledger=[NIGHT])["majority"] == {"consistent_night_count": 1}


def test_night_that_press_copies_have_corrected_is_not_among_those_that_agree():
    corrected = ("2025-03-03", DRONE, 44, 9, 9, {"correction_ids": "C1"})
    told = [
        ("2025-03-02", "drones", "launched", 90, {}),
        ("2025-03-03", "drones", "launched", 44, {}),
    ]
    assert nights_of(*told, ledger=[NIGHT, corrected])["best claim"] == {"equal_night_count": 1}


def against(*told, ledger=(NIGHT,)):
    """The numbers of two publishers against the ledger: each claim a value, an article, and what else differs."""
    lines = [
        ("2025-03-02", "drones", "launched", value, {"source_id": source, **more})
        for value, source, more in told
    ]
    return disagreements(claims(*lines), SOURCES, reports(*ledger))


def test_number_of_two_publishers_against_the_ledger_is_a_disagreement():
    row = against((93, "s1", {}), (93, "s3", {})).iloc[0]
    assert row[["printed_count", "ledger_count", "publisher_count", "claim_ids"]].tolist() == [
        93,
        90,
        2,
        "c0;c1",
    ]


def test_two_articles_of_one_publisher_are_no_disagreement():
    assert against((93, "s1", {}), (93, "s2", {})).empty


def test_no_disagreement_where_one_article_prints_the_curated_number():
    assert against((93, "s1", {}), (93, "s3", {}), (90, "s2", {})).empty


def test_qualified_numbers_and_nights_without_a_curated_one_are_no_disagreement():
    assert against((93, "s1", {}), (93, "s3", {"qualifier": "about"})).empty
    assert against((93, "s1", {}), (93, "s3", {}), ledger=[MISSILES]).empty


def test_addition_counts_as_curated():
    added = ("2025-03-02", DRONE, 3, 3, None, {"origin": "press", "source_post": None})
    assert against((93, "s1", {}), (93, "s3", {}), ledger=[NIGHT, added]).empty
