"""The findings in ten numbers."""

import dataclasses

import pandas as pd

from analysis import load, measures


def test_there_are_ten_each_with_the_figure_it_stands_on():
    found = measures.findings(load())
    assert len(found) == 10 and found["figure_id"].str.match(r"0[23]-").all()


def test_findings_of_the_period_are_not_moved_by_newer_reports():
    air = load()
    newer = air.reports[air.reports["is_in_drone_series"]].tail(40)
    newer = newer.assign(
        report_date=newer["report_date"] + pd.Timedelta(days=60), launched_count=9000
    )
    more = pd.concat([air.reports, newer], ignore_index=True)
    assert measures.findings(dataclasses.replace(air, reports=more)).equals(measures.findings(air))
