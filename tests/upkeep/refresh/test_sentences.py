"""Sentences that no longer hold: found in the outputs and texts that are stored."""

import pytest

from upkeep.refresh.report import Outcome
from upkeep.refresh.sentences import Sentence, to_look_at

KINDS = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "alt": "alternative text",
    "not_shown": "text on what is not shown",
}


def code(source, printed, **data):
    shown = {"output_type": "stream", "name": "stdout", "text": [printed]}
    if data:
        shown = {"output_type": "display_data", "data": data}
    return {"cell_type": "code", "id": "c", "source": [source], "outputs": [shown]}


def prose(text):
    return {"cell_type": "markdown", "id": "reading", "source": [text]}


def faults(*cells, **texts):
    entry = dict.fromkeys(KINDS, "") | texts | {"notebook": "02-a", "cell": "02-line"}
    other = dict.fromkeys(KINDS, "77") | {"notebook": "03-b", "cell": "03-line"}
    return [s.fault for s in to_look_at("02-a", {"cells": list(cells)}, [entry, other])]


def test_claim_that_fails_is_found_with_its_cell():
    cell = code("holds(drones, 54_585)", "no longer holds: found 54,595, the text says 54,585\n")
    expected = [Sentence("02-a", "c", "found 54,595, the text says 54,585")]
    assert to_look_at("02-a", {"cells": [cell]}, []) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_number_of_a_figures_texts_that_no_cell_shows_is_found(kind):
    found = faults(code("records", "810 drones"), **{kind: "728 in July and 810 in September"})
    assert found == [f"its {KINDS[kind]} says 728, which no cell shows"]


@pytest.mark.parametrize(
    "text",
    [
        "54,585 drones",
        "a share of 92 %",
        "17.5 for each",
        "over 500 drones",
        "of 4 July 2025, 18:00",
        "95% interval, Kh-101, R12",
    ],
)
def test_number_that_a_cell_shows_and_a_date_are_fine(text):
    shown = code("waves(at_least=500)", "54585 launched, 0.9187 neutralised, × 17.46")
    assert faults(shown, prose(text)) == []


def test_number_of_a_failed_claim_or_of_a_title_in_the_code_does_not_count_as_shown():
    claim = code("holds(seen,\n      728)", "no longer holds: found 738, the text says 728")
    title = code('style.figure("Up to 728")', "")
    found = faults(claim, title, prose("The record was 728."))
    assert found[1:] == ["its text says 728, which no cell shows"]


def test_text_that_comes_with_a_picture_does_not_count_as_shown():
    picture = code("publish(fig)", "", **{"image/png": "", "text/plain": "alt='728'"})
    assert faults(picture, prose("728")) == ["its text says 728, which no cell shows"]


def test_status_tells_a_failure_from_a_sentence():
    outcomes = [Outcome([], []), Outcome(["02-a"], ["s"]), Outcome([], ["s"])]
    assert [outcome.status for outcome in outcomes] == [0, 1, 3]
