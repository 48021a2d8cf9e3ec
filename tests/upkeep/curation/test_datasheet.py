"""The datasheet states the counts of the tables."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import load, paths
from upkeep.curation.datasheet import differences, open_coverage, sentences, stated, with_facts

AIR = load()
DATASHEET = (paths.DATA / "README.md").read_text("utf-8")


def test_datasheet_states_the_counts_of_the_tables():
    assert list(differences(DATASHEET, AIR)) == []


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in sentences(AIR)])
def test_every_sentence_with_counts_stands_in_the_datasheet(sentence):
    assert re.search(stated(sentence), DATASHEET)


def test_false_count_is_named_and_mended():
    said = re.search(r"\d+ rows of the series \([\d,]+ drones\) have windows that end", DATASHEET)[
        0
    ]
    false = DATASHEET.replace(said, "1 rows of the series (9 drones) have windows that end")
    (line,) = differences(false, AIR)
    assert said in line
    assert with_facts(false, AIR) == DATASHEET


def test_open_series_is_counted_by_month_of_the_nights_with_drones():
    dates = pd.to_datetime(["2024-03-01", "2024-03-02", "2024-03-03"])
    nights = pd.DataFrame({"report_date": dates, "drones_launched_count": [5, 7, 0]})
    of_posts = pd.DataFrame({"report_date": dates[:1], "launched_count": [5]})
    table = open_coverage(SimpleNamespace(nights=nights, open_nights=of_posts))
    assert table.splitlines()[2].startswith("| 2024 |  |  | 1 of 2 |  |")
