"""Outcome shares: what each reporting regime gives, and nothing else."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, measures

AIR = load()
COUNTS = ["launched_count", "shot_down_count", "lost_count", "neutralised_count"]


def air(*rows, **columns):
    """Drone reports: (date, regime, launched, shot down, lost, neutralised); None is missing."""
    frame = pd.DataFrame(rows, columns=["report_date", "regime_id", *COUNTS])
    frame = frame.astype(dict.fromkeys(COUNTS, "Int64") | {"report_date": "datetime64[us]"})
    frame["report_id"] = [f"r{i}" for i in range(len(frame))]
    reports = frame.assign(is_in_drone_series=True, **columns)
    return SimpleNamespace(reports=reports, regimes=AIR.regimes, period=AIR.period)


BEFORE = ("2024-06-03", "A", 20, 18, None, None)
APART = ("2025-07-04", "C", 539, 268, 208, 476)
MERGED = ("2025-07-28", "D", 100, 80, None, 80)


@pytest.mark.parametrize(
    ("row", "shares"),
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
        (MERGED, {"neutralised_share": 0.8, "residual_share": 0.2, "merged_share": 0.8}),
    ],
)
def test_regime_gives_its_measures_and_no_other(row, shares):
    found = measures.outcome_share(air(row)).filter(like="_share").iloc[0].dropna()
    assert found.to_dict() == pytest.approx(shares)


def test_side_by_side_names_the_dates_that_a_regime_covers():
    table = measures.outcome_share(air(APART, MERGED))
    assert table["first_date"].dt.strftime("%m-%d").tolist() == ["07-01", "07-24"]
    assert table["last_date"].dt.strftime("%m-%d").tolist() == ["07-23", "07-31"]


def test_lost_share_after_the_merge_is_missing_with_the_reason():
    apart, merged = measures.outcome_share(air(APART, MERGED), "lost_share").itertuples()
    assert pd.isna(apart.reason) and pd.isna(merged.share) and pd.isna(merged.numerator_count)
    assert "between 0 and the neutralised share" in merged.reason


def test_month_with_two_regimes_is_two_rows_and_pooled_one():
    both = air(APART, MERGED)
    assert len(measures.outcome_share(both, "neutralised_share")) == 2
    pooled = measures.outcome_share(both, "neutralised_share", pool=True)
    assert pooled["share"].tolist() == [(476 + 80) / 639]


def test_pooled_share_says_which_nights_it_covers_and_why_no_more():
    pooled = measures.outcome_share(air(APART, MERGED), "lost_share", by="all", pool=True).iloc[0]
    assert (pooled["share"], pooled["night_count"]) == (208 / 539, 1)
    assert f"{pooled['first_date']:%m-%d} {pooled['last_date']:%m-%d}" == "07-04 07-04"
    assert "lost is merged into shot down" in pooled["reason"]


def test_share_is_sum_over_sum_not_mean_of_nights():
    nights = air(("2025-08-01", "D", 10, 1, None, 1), ("2025-08-02", "D", 90, 89, None, 89))
    assert measures.outcome_share(nights, "neutralised_share")["share"].tolist() == [0.9]


@pytest.mark.parametrize(
    "unknown", [("2025-07-05", "C", 10, 10, None, None), ("2025-07-05", "C", None, 1, 1, 2)]
)
def test_report_without_a_count_is_left_out_of_numerator_and_denominator(unknown):
    row = measures.outcome_share(air(APART, unknown), "shot_down_share").iloc[0]
    assert row[["numerator_count", "launched_count", "night_count"]].tolist() == [268, 539, 1]


def test_night_outcomes_are_the_nights_that_give_the_measure_with_their_own_launches():
    later = ("2025-07-04", "C", 11, 5, None, None)
    nights = measures.night_outcomes(air(BEFORE, APART, later, MERGED), "neutralised_share")
    assert nights.columns.tolist() == [
        "report_date",
        "regime_id",
        "neutralised_count",
        "launched_count",
    ]
    assert nights.iloc[:, 1:].to_numpy().tolist() == [["C", 476, 539], ["D", 80, 100]]
    assert len(measures.night_outcomes(air(MERGED), "lost_share")) == 0


def test_unknown_measure_is_refused_with_the_nearest():
    for measure in (measures.outcome_share, measures.night_outcomes):
        with pytest.raises(ValueError, match="no measure 'hit_share'; nearest: lost_share"):
            measure(air(APART), "hit_share")


EIGHT = [(f"2025-07-{day:02}", "C", 10, 4, day % 3, 4 + day % 3) for day in range(1, 9)]


def test_interval_comes_with_the_share_and_is_missing_where_it_is():
    table = measures.outcome_share(air(*EIGHT, MERGED), "lost_share", "year", interval=True)
    assert table["low_share"].iloc[0] < table["share"].iloc[0] < table["high_share"].iloc[0]
    assert table[["share", "low_share", "high_share"]].iloc[1].isna().all()
    percent = measures.outcome_share(
        air(*EIGHT, MERGED), "lost_share", "year", interval=True, level=95
    )
    assert percent.equals(table)


def test_interval_of_all_measures_at_once_is_refused():
    with pytest.raises(ValueError, match="found None with pool or interval, expected one measure"):
        measures.outcome_share(air(APART), interval=True)


def test_difference_is_second_minus_first():
    periods = "2025-07-04", "2025-07-28"
    found = measures.difference(air(APART, MERGED), "neutralised_share", *periods).iloc[0]
    assert found["difference_share"] == pytest.approx(0.8 - 476 / 539)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("2025-07-04", "2025-07-28", "lost_count: found 1 rows of regime D"),
        ("2025", "2025-07", "found 2025 and 2025-07, which overlap"),
        ("2025-07-28", "2025Q3", "found 2025-07-28 and 2025Q3, which overlap"),
        ("2025-07", "2025-08", "2025-08: found no night with an outcome"),
    ],
)
def test_difference_of_what_is_not_given_or_overlaps_is_refused(first, second, message):
    rows = (APART,) if second == "2025-08" else (APART, MERGED)
    with pytest.raises(ValueError, match=message):
        measures.difference(air(*rows), "lost_share", first, second)
