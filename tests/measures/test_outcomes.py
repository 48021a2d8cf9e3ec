"""Outcome shares: what each reporting regime gives, and nothing else."""

import pandas as pd
import pytest

from analysis import load, measures

REGIMES = load().regimes


def reports(*rows):
    """Drone rows: (report date, regime, launched, shot down, lost, neutralised); None is missing."""
    columns = [
        "report_date",
        "regime_id",
        "launched_count",
        "shot_down_count",
        "lost_count",
        "neutralised_count",
    ]
    frame = pd.DataFrame(rows, columns=columns).astype({c: "Int64" for c in columns[2:]})
    frame["report_date"] = pd.to_datetime(frame["report_date"])
    return frame.assign(is_in_drone_series=True, regime_id=frame["regime_id"].astype("category"))


BEFORE = ("2024-06-03", "A", 20, 18, None, None)
APART = ("2025-07-04", "C", 539, 268, 208, 476)
MERGED = ("2025-07-28", "D", 100, 80, None, 80)


@pytest.mark.parametrize(
    ("row", "given"),
    [
        (BEFORE, {"claimed_share": 0.9}),
        (
            APART,
            {
                "shot_down_share": 268 / 539,
                "lost_share": 208 / 539,
                "neutralised_share": 476 / 539,
                "residual_share": 63 / 539,
            },
        ),
        (MERGED, {"neutralised_share": 0.8, "residual_share": 0.2}),
    ],
)
def test_regime_gives_its_measures_and_no_other(row, given):
    names = [
        "claimed_share",
        "shot_down_share",
        "lost_share",
        "neutralised_share",
        "residual_share",
    ]
    found = {m: measures.outcome_share(reports(row), REGIMES, m)["share"].iloc[0] for m in names}
    assert {m: s for m, s in found.items() if pd.notna(s)} == pytest.approx(given)


def test_jamming_share_after_the_merge_is_missing_with_the_reason():
    asked = measures.outcome_share(reports(MERGED), REGIMES, "lost_share").iloc[0]
    assert pd.isna(asked["share"]) and "between 0 and the neutralised share" in asked["reason"]


def test_share_that_is_given_has_no_reason():
    assert measures.outcome_share(reports(APART), REGIMES, "lost_share")["reason"].isna().all()


def test_month_with_two_regimes_is_two_rows_and_pooled_one():
    both = reports(APART, MERGED)
    assert len(measures.outcome_share(both, REGIMES, "neutralised_share")) == 2
    pooled = measures.outcome_share(both, REGIMES, "neutralised_share", pool=True)
    assert pooled["share"].tolist() == [(476 + 80) / 639]


def test_share_is_sum_over_sum_not_mean_of_nights():
    nights = reports(("2025-08-01", "D", 10, 1, None, 1), ("2025-08-02", "D", 90, 89, None, 89))
    assert measures.outcome_share(nights, REGIMES, "neutralised_share")["share"].tolist() == [0.9]


def test_night_without_a_lost_count_is_out_of_both_sides():
    nights = reports(("2025-05-12", "C", 100, 50, 40, 90), ("2025-05-13", "C", 10, 10, None, None))
    table = measures.outcome_share(nights, REGIMES, "shot_down_share")
    assert table[["numerator_count", "launched_count", "night_count"]].iloc[0].tolist() == [
        50,
        100,
        1,
    ]


def test_unknown_launched_count_is_out_of_both_sides():
    nights = reports(("2024-02-12", "A", None, 0, None, None), BEFORE)
    assert measures.outcome_share(nights, REGIMES, "claimed_share", by="year")[
        "share"
    ].tolist() == [0.9]


def test_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no measure 'hit_share'; nearest: lost_share"):
        measures.outcome_share(reports(APART), REGIMES, "hit_share")


def test_shares_name_the_dates_they_cover():
    shares = measures.outcome_shares(reports(APART, MERGED), REGIMES)
    assert shares["first_date"].dt.strftime("%m-%d").tolist() == ["07-01", "07-24"]
    assert shares["last_date"].dt.strftime("%m-%d").tolist() == ["07-23", "07-31"]


def test_places_are_summed_over_nights_that_give_them():
    rows = reports(APART, MERGED).assign(
        hit_location_count=pd.array([8, None], "Int64"),
        debris_location_count=pd.array([33, 2], "Int64"),
    )
    assert measures.location_nights(rows)[
        ["launched_count", "hit_location_count"]
    ].to_numpy().tolist() == [[539, 8]]


def test_refused_period_stays_missing_with_its_reason_when_regimes_are_pooled():
    pooled = measures.outcome_share(
        reports(APART, MERGED), REGIMES, "lost_share", by="day", pool=True
    )
    assert pooled["share"].fillna(-1).tolist() == [208 / 539, -1]
    assert pooled["reason"].isna().tolist() == [True, False]


def test_interval_comes_with_the_share_and_is_missing_where_it_is():
    nights = reports(
        *[(f"2025-07-{day:02}", "C", 10, 4, day % 3, 4 + day % 3) for day in range(1, 9)], MERGED
    )
    table = measures.outcome_share(
        nights, REGIMES, "lost_share", by="year", interval=True, resamples=99
    )
    assert table["low_share"].iloc[0] < table["share"].iloc[0] < table["high_share"].iloc[0]
    assert table[["share", "low_share", "high_share"]].iloc[1].isna().all()


def test_counts_that_a_regime_does_not_give_are_missing_from_its_nights():
    nights = measures.nightly_outcomes(reports(BEFORE, APART, MERGED)).set_index("regime_id")
    given = {
        regime: [c for c, v in row.items() if c.endswith("_count") and pd.notna(v)]
        for regime, row in nights.iterrows()
    }
    assert given == {
        "A": ["launched_count", "claimed_count"],
        "D": ["launched_count", "neutralised_count", "residual_count"],
        "C": [
            "launched_count",
            "shot_down_count",
            "lost_count",
            "neutralised_count",
            "residual_count",
        ],
    }


def test_difference_across_the_merge_is_refused_for_lost():
    with pytest.raises(ValueError, match="lost_count: found 1 rows of regime D"):
        measures.difference(reports(APART, MERGED), "lost_share", "2025-07-04", "2025-07-28")


def test_difference_is_second_minus_first():
    found = measures.difference(
        reports(APART, MERGED), "neutralised_share", "2025-07-04", "2025-07-28"
    ).iloc[0]
    assert found["difference_share"] == pytest.approx(0.8 - 476 / 539)


@pytest.mark.parametrize(
    ("first", "second"), [("2025-07", "2025-07"), ("2025", "2025-07"), ("2025-07-28", "2025Q3")]
)
def test_difference_of_periods_that_share_a_night_is_refused(first, second):
    with pytest.raises(ValueError, match=f"difference: found {first} and {second}, which overlap"):
        measures.difference(reports(APART, MERGED), "neutralised_share", first, second)


def test_pooled_share_says_which_nights_it_covers_and_why_no_more():
    pooled = measures.outcome_share(
        reports(APART, MERGED), REGIMES, "lost_share", by="year", pool=True
    ).iloc[0]
    assert (
        f"{pooled['first_date']:%m-%d}",
        f"{pooled['last_date']:%m-%d}",
        pooled["night_count"],
    ) == ("07-04", "07-04", 1)
    assert "lost is merged into shot down" in pooled["reason"]


@pytest.mark.parametrize("interval", [True, False])
def test_misspelt_option_is_refused_whether_or_not_it_would_be_used(interval):
    with pytest.raises(TypeError, match="unexpected keyword argument 'levle'"):
        measures.outcome_share(reports(APART), REGIMES, "lost_share", interval=interval, levle=0.9)


def test_level_in_percent_gives_the_same_interval():
    nights = reports(
        *[(f"2025-07-{day:02}", "C", 10, 4, day % 3, 4 + day % 3) for day in range(1, 9)]
    )
    tables = [
        measures.outcome_share(
            nights, REGIMES, "lost_share", interval=True, level=level, resamples=99
        )
        for level in (95, 0.95)
    ]
    assert tables[0].equals(tables[1]) and tables[0]["low_share"].notna().all()


def test_reports_alone_do_not_say_what_their_regimes_give():
    with pytest.raises(ValueError, match="found DataFrame, expected the dataset"):
        measures.outcome_share(reports(APART), "lost_share")
