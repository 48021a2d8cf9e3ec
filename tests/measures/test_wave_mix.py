"""A share at a fixed mix of wave sizes: typed waves in, typed shares out."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, measures

AIR = load()
# Half of the first quarter's drones come in waves of up to 50, half in waves of 51 to 150.
QUARTERS = [("2024-10-01", 40, 20), *[(f"2025-01-0{day}", 50, 50) for day in (1, 2)]]
QUARTERS += [("2025-01-03", 100, 50), ("2025-04-01", 50, 30), ("2025-04-02", 100, 80)]
QUARTERS += [("2025-04-03", 400, 400)]


def standardised(*rows, **options):
    """The shares of nights (date, launched, neutralised) of regime C, by quarter."""
    reports = pd.DataFrame(rows, columns=["report_date", "launched_count", "neutralised_count"])
    reports["report_date"] = pd.to_datetime(reports["report_date"]).astype("datetime64[us]")
    reports = reports.assign(lost_count=0, shot_down_count=reports["neutralised_count"])
    reports = reports.assign(
        regime_id="C", is_in_drone_series=True, report_id=range(len(rows))
    ).astype({name: "Int64" for name in reports if name.endswith("_count")})
    air = SimpleNamespace(reports=reports, regimes=AIR.regimes, period=AIR.period)
    found = measures.standardised_share(air, "neutralised_share", reference="2025Q1", **options)
    return found.set_index(found["quarter"].dt.strftime("%Y-%m"))


def test_standardised_share_weighs_bands_by_the_drones_of_the_reference_period():
    share = standardised(*QUARTERS)["standardised_share"]
    assert share["2025-04"] == pytest.approx(0.5 * 0.6 + 0.5 * 0.8)


def test_standardised_share_of_the_reference_period_is_its_share():
    found = standardised(*QUARTERS).loc["2025-01"]
    assert found["standardised_share"] == found["share"] == 0.75


def test_waves_that_the_reference_period_lacks_have_no_weight_and_are_counted():
    outside = standardised(*QUARTERS)["outside_mix_share"]
    assert outside.to_dict() == pytest.approx({"2024-10": 0, "2025-01": 0, "2025-04": 400 / 550})


def test_period_without_a_band_of_the_mix_has_no_standardised_share_and_says_which():
    found = standardised(*QUARTERS).loc["2024-10"]
    assert pd.isna(found["standardised_share"]) and found["share"] == 0.5
    assert found["reason"] == "no wave of 51–150 drones, which the reference period has"


def test_interval_of_a_standardised_share_is_missing_where_a_band_has_one_night():
    found = standardised(*QUARTERS, interval=True)[["low_share", "high_share"]]
    assert found.isna().all(axis=None)


def test_interval_of_a_standardised_share_is_that_of_one_band_where_there_is_one():
    nights = [(f"2025-02-{day:02}", 50, 30 + day) for day in range(1, 9)]
    found = standardised(*nights, interval=True).iloc[0]
    assert found[["low_share", "high_share"]].astype(float).round(3).tolist() == [0.645, 0.732]


def test_reference_period_whose_reports_do_not_give_the_measure_is_refused():
    with pytest.raises(ValueError, match="found 2025Q4, in which no report gives the measure"):
        measures.standardised_share(AIR, "lost_share", reference="2025Q4")


def test_standardised_share_of_all_nights_is_one_row_of_those_that_give_it():
    found = measures.standardised_share(AIR, "lost_share", "all", reference="2025Q1")
    assert len(found) == 1 and found["standardised_share"].between(0.3, 0.4).all()
