"""Claims of the press on typed rows of the record: verdicts, and what they add up to per night."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import press

DATE, LATER = pd.Timestamp("2025-03-02"), pd.Timestamp("2025-03-03")
EARLIER = pd.Timestamp("2025-03-01")
SOURCES = pd.DataFrame(
    {
        "source_id": ["s1", "s2", "s3"],
        "publisher": ["Kyiv Post", "Kyiv Post", "Gordon"],
        "url": ["https://a.example", None, "https://c.example"],
        "published": [DATE] * 3,
    }
)
CORRECTIONS = pd.DataFrame({"correction_id": ["C1", "C2"], "status": ["applied", "flagged"]})
COUNTS = [
    *("launched_count", "shot_down_count", "lost_count", "neutralised_count"),
    *("still_airborne_count", "left_airspace_count"),
    *("hit_location_count", "debris_location_count"),
]


def row(launched, shot_down, lost=None, kind="one_way_attack_drone", **more):
    """A row of the record for the night to 2 March 2025, national unless `more` says otherwise."""
    neutralised = None if lost is None else shot_down + lost
    counts = [launched, shot_down, lost, neutralised, None, None, None, None]
    plain = {"report_date": DATE, "weapon_class": kind, "level": "national", "origin": "air_force"}
    plain |= {"source_post": "one", "subclass": None, "correction_ids": None}
    return plain | dict(zip(COUNTS, counts, strict=True)) | more


def record(*rows):
    frame = pd.DataFrame(rows).astype(dict.fromkeys(COUNTS, "Int64"))
    frame = frame.astype({"subclass": "str", "correction_ids": "str"})
    return frame.assign(
        report_id=[f"r{number}" for number in range(len(rows))],
        is_in_drone_series=frame["weapon_class"] == "one_way_attack_drone",
        window_start=frame["source_post"],
        window_end=frame["source_post"],
    )


def claim(quantity, value, target="drones", end=DATE, days=1, **more):
    """A claim on the night to 2 March 2025, exact and by the Air Force unless `more` differs."""
    start = end - pd.Timedelta(days=days)
    plain = {"target_class": target, "quantity": quantity, "value": value, "scope": "Ukraine"}
    plain |= {"period_start": start, "period_end": end, "qualifier": "exact", "source_id": "s1"}
    return plain | {"attributed_to": "Ukrainian Air Force"} | more


def claims(*rows):
    frame = pd.DataFrame(rows).astype({"value": "Int64"})
    return frame.assign(claim_id=[f"c{number}" for number in range(len(rows))])


def matched(claim_rows, rows, corrections=None):
    return press.matched_claims(claims(*claim_rows), record(*rows), corrections)


NIGHT, MISSILES = row(90, 50, 30), row(10, 7, kind="cruise_missile")
REGIONAL = row(90, 50, 30, level="regional")
REGIONAL_MISSILE = row(5, 0, 3, kind="cruise_missile", level="regional", source_post="two")
S300 = row(4, 0, kind="ballistic_missile", subclass="surface-to-air in ground attack")
BALLISTIC = [S300, row(2, 0, kind="ballistic_missile"), row(1, 0, kind="ballistic_missile")]
ROUND = row(145, 90, 40)
PRESIDENT = {"attributed_to": "President of Ukraine"}
EQUAL, EXPLAINED = "equal", "explained difference"
UNEXPLAINED, NOT_COMPARED = "unexplained difference", "not compared"


@pytest.mark.parametrize(
    ("verdict", "explanation", "printed", "rows"),
    [
        (EQUAL, "", claim("launched", 90), [NIGHT]),
        (EQUAL, "", claim("launched", 100, "all"), [NIGHT, MISSILES]),
        # of missiles, which are not lost, those shot down are the neutralised
        (EQUAL, "", claim("neutralised", 87, "all"), [NIGHT, MISSILES]),
        (
            EXPLAINED,
            "one report of the date",
            claim("launched", 12),
            [NIGHT, row(12, 8, 2, source_post="two")],
        ),
        (EXPLAINED, "wider class", claim("launched", 100), [NIGHT, MISSILES]),
        # one missile more is no wider class, nor are missiles of a regional report
        (UNEXPLAINED, "", claim("launched", 91), [NIGHT, row(1, 0, kind="cruise_missile")]),
        (UNEXPLAINED, "", claim("launched", 95), [NIGHT, REGIONAL_MISSILE]),
        (UNEXPLAINED, "", claim("shot_down", 5, "ballistic_missiles"), [S300, REGIONAL_MISSILE]),
        # "more than" the number of a reading is not that number
        (UNEXPLAINED, "", claim("launched", 100, qualifier="more_than"), [NIGHT, MISSILES]),
        (EXPLAINED, "shot down with lost", claim("shot_down", 80), [NIGHT]),
        (
            EXPLAINED,
            "lost with left or airborne",
            claim("lost", 32),
            [NIGHT | {"left_airspace_count": 2}],
        ),
        (EXPLAINED, "merged figure alone", claim("neutralised", 50), [NIGHT]),
        (EXPLAINED, "without S-300/400", claim("launched", 3, "ballistic_missiles"), BALLISTIC),
        (
            EXPLAINED,
            "one weapon of the class",
            claim("launched", 2, "ballistic_missiles"),
            BALLISTIC,
        ),
        # a night known only from regional reports may have had more, not fewer
        (EXPLAINED, "regional reports alone", claim("launched", 97), [REGIONAL]),
        (UNEXPLAINED, "", claim("launched", 85), [REGIONAL]),
        (
            EXPLAINED,
            "neighbouring date",
            claim("launched", 44),
            [NIGHT, row(44, 9, 9, report_date=LATER)],
        ),
        # a small number is met by chance
        (UNEXPLAINED, "", claim("shot_down", 9), [NIGHT, row(44, 9, 9, report_date=LATER)]),
        (
            EXPLAINED,
            "two dates together",
            claim("launched", 134),
            [NIGHT, row(44, 9, 9, report_date=EARLIER)],
        ),
        (UNEXPLAINED, "", claim("launched", 92), [NIGHT, row(2, 2, 0, report_date=EARLIER)]),
        (
            EXPLAINED,
            "composite line",
            claim("launched", 13, "cruise_missiles"),
            [MISSILES, row(6, 4, kind="mixed_missiles")],
        ),
        # who rounds is not the Air Force, and says so with no qualifier
        (EXPLAINED, "round figure", claim("launched", 150, **PRESIDENT), [ROUND]),
        (UNEXPLAINED, "", claim("launched", 94, **PRESIDENT), [NIGHT]),
        (UNEXPLAINED, "", claim("launched", 150), [ROUND]),
        (
            UNEXPLAINED,
            "",
            claim("launched", 150, qualifier="more_than", **PRESIDENT),
            [ROUND],
        ),
        (NOT_COMPARED, "the record holds no hits", claim("hits", 3), [NIGHT]),
        (NOT_COMPARED, "no row of that class", claim("launched", 3, "missiles"), [NIGHT]),
        (NOT_COMPARED, "not in the report", claim("lost", 3, "missiles"), [MISSILES]),
        # neutralised of a night that is only half known
        (NOT_COMPARED, "not in the report", claim("neutralised", 80), [NIGHT, row(5, 2)]),
        # a date without a row may be given its neighbour's number, however small
        (
            NOT_COMPARED,
            "neighbouring date",
            claim("launched", 16),
            [row(16, 9, 9, report_date=LATER)],
        ),
        (NOT_COMPARED, "wider class", claim("launched", 10, "ballistic_missiles"), [MISSILES]),
        # the press cannot confirm what is known only from the press
        (
            NOT_COMPARED,
            "no row of that class",
            claim("launched", 90),
            [NIGHT | {"origin": "press"}, MISSILES],
        ),
    ],
)
def test_number_gets_the_verdict_of_the_first_rule_that_it_meets(
    verdict, explanation, printed, rows
):
    found = matched([printed], rows).loc[0, ["verdict", "explanation"]]
    assert found.tolist() == [verdict, explanation]


@pytest.mark.parametrize(
    ("qualifier", "fitting", "strays"),
    [
        ("at_least", [80, 90], [91, 50]),
        ("more_than", [85], [90, 50]),
        ("up_to", [90, 95], [85, 130]),
        ("about", [85, 95], [75, 105]),
        ("nearly", [95, 90], [85, 105]),
    ],
)
def test_qualifier_bounds_what_is_consistent(qualifier, fitting, strays):
    printed = [claim("launched", value, qualifier=qualifier) for value in [*fitting, *strays]]
    is_fitting = matched(printed, [NIGHT])["verdict"] == "consistent with its qualifier"
    assert is_fitting.tolist() == [True] * len(fitting) + [False] * len(strays)


def test_night_claim_is_of_the_country_and_of_one_night_or_day_and_booked_on_the_morning():
    printed = [
        claim("launched", 9, scope="Kyiv"),
        claim("launched", 9, days=6),
        claim("launched", 9, days=0),
        claim("launched", 9),
    ]
    nightly = press.night_claims(claims(*printed))
    assert nightly["claim_id"].tolist() == ["c2", "c3"]
    assert nightly["report_date"].tolist() == [DATE, DATE]


def test_number_against_a_right_claim_is_contradicted_and_not_explained():
    printed = [
        claim("launched", 90),
        claim("launched", 93),
        claim("launched", 97, attributed_to="Ukrainian military"),
    ]
    found = matched(printed, [NIGHT])
    assert found["verdict"].tolist() == ["equal", "contradicted", "contradicted"]
    assert found["explanation"].tolist() == ["", "another copy agrees", "another counter agrees"]


def test_qualified_number_contradicts_nobody():
    printed = [claim("launched", 90, qualifier="at_least"), claim("launched", 93)]
    assert matched(printed, [NIGHT])["verdict"].tolist()[1] == "unexplained difference"


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"correction_ids": "C2;C1"}, "not compared"),
        ({"origin": "press"}, "not compared"),
        ({"correction_ids": "C2"}, "equal"),
    ],
)
def test_what_press_copies_have_set_is_not_compared_with_them(changed, verdict):
    printed = [claim("shot_down", 50), claim("launched", 10, "missiles")]
    found = matched(printed, [{**NIGHT, **changed}, MISSILES], CORRECTIONS)
    assert found["verdict"].tolist() == [verdict, "equal"]


def test_errors_that_change_nights_keep_their_size_and_meet_less():
    rows = [NIGHT, row(12, 8, 2, source_post="two"), row(200, 9, 9, report_date=LATER)]
    printed = [claim("launched", 12), claim("launched", 203, end=LATER)]
    rounds = press.permuted_errors(matched(printed, rows), record(*rows), times=10)
    explained = rounds["explained_claim_count"]
    assert explained[0] == 1 and set(explained[1:]) == {0, 1}
    assert rounds["wrong_claim_count"].eq(2).all()


def test_support_counts_articles_publishers_and_named_counters_separately():
    printed = [claim("launched", 90, source_id=source) for source in ("s1", "s2", "s3")]
    printed += [
        claim("shot_down", 41, source_id="s3"),
        claim("lost", 30, attributed_to="unknown"),
    ]
    support = press.night_support(matched(printed, [NIGHT]), SOURCES)
    assert support.iloc[0, 1:].tolist() == [3, 3, 2, 1, 1]


def test_claims_of_a_night_come_with_their_address():
    printed = [
        claim("launched", 70, source_id="s3"),
        claim("launched", 90),
        claim("launched", 1, end=LATER),
    ]
    table = press.claims_of_nights(matched(printed, [NIGHT]), SOURCES, [DATE])
    assert table["url"].tolist() == ["https://a.example", "https://c.example"]


def test_only_claims_that_agree_stand_beside_a_row_one_line_per_article():
    printed = [
        claim("launched", 90),
        claim("shot_down", 45, qualifier="at_least"),
        claim("lost", 31),
        claim("launched", 100, "all", source_id="s3"),
    ]
    air = SimpleNamespace(
        press_claims=claims(*printed), press_sources=SOURCES, reports=record(NIGHT, MISSILES)
    )
    beside = press.claims_beside(air.reports, air)
    assert beside[0] == "drones launched 90, shot down at least 45: Kyiv Post, https://a.example"
    assert beside[1] == ""


def judged(printed, *rows):
    """The verdicts of nights, by how a night with several claims is judged."""
    found = matched(printed, rows, CORRECTIONS)
    counts = press.agreement(found, record(*rows)).set_index("judged_by").drop(columns="month")
    return {name: row[row > 0].to_dict() for name, row in counts.iterrows()}


def test_night_is_judged_by_its_best_claim_and_by_most_articles():
    values = {"s1": 70, "s2": 70, "s3": 90}
    printed = [claim("launched", value, source_id=source) for source, value in values.items()]
    assert judged(printed, NIGHT, row(44, 9, 9, report_date=LATER)) == {
        "best claim": {"equal_night_count": 1, "unclaimed_night_count": 1},
        "majority": {"contradicted_night_count": 1, "unclaimed_night_count": 1},
    }


def test_of_two_verdicts_with_as_many_articles_the_worse_is_the_majority():
    qualified = claim("launched", 95, qualifier="up_to", source_id="s2")
    verdicts = judged([claim("launched", 90), qualified], NIGHT)
    assert verdicts["majority"] == {"consistent_night_count": 1}


def test_night_that_press_copies_have_corrected_is_not_among_those_that_agree():
    printed = [claim("launched", 90), claim("launched", 44, end=LATER)]
    corrected = row(44, 9, 9, report_date=LATER, correction_ids="C1")
    assert judged(printed, NIGHT, corrected)["best claim"] == {"equal_night_count": 1}


@pytest.mark.parametrize(
    ("articles", "rows"),
    [
        ({"s1": 93, "s2": 93}, [NIGHT]),  # of one publisher
        ({"s1": 93, "s3": 93, "s2": 90}, [NIGHT]),  # one article prints the record's number
        ({"s1": 93, "s3": 93}, [MISSILES]),  # the record has none
        ({"s1": 93, "s3": 93}, [NIGHT, row(3, 3, origin="press")]),  # equal with an addition
    ],
)
def test_it_takes_two_publishers_against_the_record_to_disagree(articles, rows):
    printed = [claim("launched", value, source_id=source) for source, value in articles.items()]
    assert press.disagreements(claims(*printed), SOURCES, record(*rows)).empty


def test_number_of_two_publishers_against_the_record_is_a_disagreement_if_exact():
    printed = [claim("launched", 93), claim("launched", 93, source_id="s3")]
    (found,) = press.disagreements(claims(*printed), SOURCES, record(NIGHT)).to_dict("records")
    numbers = ("printed_count", "ledger_count", "publisher_count", "claim_ids")
    assert [found[name] for name in numbers] == [93, 90, 2, "c0;c1"]
    printed[1]["qualifier"] = "about"
    assert press.disagreements(claims(*printed), SOURCES, record(NIGHT)).empty


def night_beside(posts, *claim_rows):
    """What posts and press give beside the record of 90 drones in one night."""
    air = SimpleNamespace(
        reports=record(NIGHT),
        nights=pd.DataFrame({"report_date": [DATE], "drones_launched_count": [90]}),
        press_claims=claims(*claim_rows),
        corrections=CORRECTIONS,
        independent_posts=pd.DataFrame({"report_date": DATE, "launched_count": posts}),
    )
    air.independent_posts["independent_id"] = [f"p{number}" for number in range(len(posts))]
    air.independent_posts = air.independent_posts.astype({"launched_count": "Int64"})
    return press.posts_beside(air).iloc[0]


def test_posts_of_a_date_are_added_up_and_one_without_a_figure_leaves_none():
    claim_of_press = claim("launched", 91)
    assert night_beside([60, 30], claim_of_press)["is_equal_in_posts"]
    assert pd.isna(night_beside([90, None], claim_of_press)["is_equal_in_posts"])


def test_night_is_equal_in_the_press_if_one_article_prints_its_number():
    articles = [claim("launched", 91), claim("launched", 90, source_id="s2")]
    assert night_beside([80], *articles)["is_equal_in_press"]
    assert not night_beside([80], articles[0])["is_equal_in_press"]
    assert pd.isna(night_beside([80], claim("lost", 30))["is_equal_in_press"])
