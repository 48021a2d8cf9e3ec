"""Sentences that no longer hold: found in the outputs and texts that are stored."""

import pytest

from upkeep.refresh.report import Outcome, conclusion
from upkeep.refresh.sentences import Sentence, to_look_at


def code(source, printed, **data):
    outputs = [{"output_type": "stream", "name": "stdout", "text": [printed]}]
    return {
        "cell_type": "code",
        "id": "c",
        "source": [source],
        "outputs": [{"output_type": "display_data", "data": data}] * bool(data) + outputs,
    }


def faults(*cells, **texts):
    blank = dict.fromkeys(("title", "subtitle", "caption", "alt", "not_shown"), "")
    entries = [
        blank | texts | {"notebook": "02-a", "cell": "02-line"},
        blank | {"notebook": "03-b", "cell": "03-line", "alt": "77"},
    ]
    return [s.fault for s in to_look_at("02-a", {"cells": list(cells)}, entries)]


def prose(text):
    return {"cell_type": "markdown", "id": "reading", "source": [text]}


def test_claim_that_fails_is_found_with_its_cell():
    cell = code("holds(drones, 54_585)", "no longer holds: found 54,595, the text says 54,585\n")
    expected = [Sentence("02-a", "c", "found 54,595, the text says 54,585")]
    assert to_look_at("02-a", {"cells": [cell]}, []) == expected


@pytest.mark.parametrize(
    "kind, words",
    [
        ("title", "title"),
        ("subtitle", "subtitle"),
        ("caption", "caption"),
        ("alt", "alternative text"),
        ("not_shown", "text on what is not shown"),
    ],
)
def test_number_of_a_figures_texts_that_no_cell_shows_is_found(kind, words):
    assert faults(code("records", "810 drones"), **{kind: "728 in July and 810 in September"}) == [
        f"its {words} says 728, which no cell shows"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "54,585 drones",
        "a share of 92 %",
        "17.5 for each",
        "over 500 drones",
        "of 4 July 2025, 18:00",
        "95 % interval",
        "Kh-101, R12",
    ],
)
def test_number_that_a_cell_shows_and_a_date_are_fine(text):
    assert (
        faults(
            code("waves(at_least=500)", "54585 launched, 0.9187 neutralised, × 17.46"), prose(text)
        )
        == []
    )


def test_number_of_a_failed_claim_or_of_a_title_in_the_code_does_not_count_as_shown():
    cells = [
        code("holds(seen,\n      728)", "no longer holds: found 738, the text says 728"),
        code('style.figure("Up to 728")', ""),
    ]
    assert faults(*cells, prose("The record was 728."))[1:] == [
        "its text says 728, which no cell shows"
    ]


def test_number_of_a_claim_that_holds_counts_as_shown():
    claims = code('holds(seen, 54_585)\nholds(f"{share:.0%}",\n      "91% of 15 nights")', "")
    assert faults(claims, prose("54,585 drones; 91% of 15 nights; 16 more.")) == [
        "its text says 16, which no cell shows"
    ]


def test_text_beside_a_picture_does_not_count_as_shown():
    assert faults(
        code("publish(fig)", "", **{"image/png": "", "text/plain": "alt='728'"}), prose("728")
    ) == ["its text says 728, which no cell shows"]


def test_list_of_sentences_stands_above_the_last_line():
    sentence = Sentence("02-a", "c1", "found 5, the text says 4")
    assert list(conclusion([], [sentence], "Up to date")) == [
        "Sentences that no longer hold:",
        "  02-a, cell c1: found 5, the text says 4",
        "Up to date; 1 sentence to look at",
    ]
    assert list(conclusion([], [], "Up to date")) == ["Up to date"]


def test_status_tells_a_failure_from_a_sentence():
    outcomes = [Outcome([], []), Outcome(["02-a"], ["s"]), Outcome([], ["s"])]
    assert [outcome.status for outcome in outcomes] == [0, 1, 3]
