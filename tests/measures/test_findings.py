"""The findings in ten numbers."""

from types import SimpleNamespace

import pandas as pd

from analysis import load, measures


def test_there_are_ten_each_with_the_figure_it_stands_on():
    findings = measures.findings(load())
    assert len(findings) == 10 and findings["figure_id"].str.match(r"0[238]-").all()


def test_lost_share_ends_with_the_regime_that_counts_lost_drones():
    lost = measures.findings(load()).set_index("finding_id").loc["lost-share"]
    assert lost["period"] == "2024-08-21 to 2025-07-23" and round(lost["value"], 2) == 0.36


def test_no_number_is_called_a_bound_of_jamming_or_a_bare_95_percent():
    words = measures.findings(load())[["finding", "bounds"]].stack()
    assert not words.str.contains("upper bound|confidence interval").any()


def test_findings_of_the_period_are_not_moved_by_newer_reports():
    air = load()
    newer = air.reports[air.reports["is_in_drone_series"]].tail(40)
    newer = newer.assign(
        report_id=newer["report_id"] + "-new",
        report_date=newer["report_date"] + pd.Timedelta(days=60),
        launched_count=9000,
    )
    tables = ["nights", "regimes", "siren_nights", "silent_verdicts", "press_claims"]
    later = SimpleNamespace(**{name: getattr(air, name) for name in tables})
    later.reports = pd.concat([air.reports, newer], ignore_index=True)
    assert measures.findings(later).equals(measures.findings(air))
