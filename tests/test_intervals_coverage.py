"""The simulation of how often intervals cover, and the table that the datasheet has of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import load
from benchmarks import coverage

# Thirty nights of 20 to 165 drones, of which a fifth, two fifths or three fifths were lost.
NIGHTS = np.array([[(4 + day) * (1 + day % 3), 20 + 5 * day] for day in range(30)])


@pytest.fixture(scope="module")
def printed():
    return coverage.printed(load())


@pytest.fixture
def stored():
    return pd.read_csv(coverage.STORED)


def test_same_seed_gives_the_same_coverage():
    kinds = {"lost share": {"one": [NIGHTS], "two": [NIGHTS, NIGHTS[::2]]}}
    first, again, other = (coverage.simulated(kinds, draws=40, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)
    assert (
        first["night_count"].tolist() == [30, 15]
        and first["independent_share"].between(0.8, 1).all()
    )


def test_coverage_of_an_interval_does_not_hang_on_the_others():
    alone = coverage.simulated({"a": {"one": [NIGHTS]}}, draws=40)
    among = coverage.simulated({"b": {"two": [NIGHTS]}, "a": {"one": [NIGHTS]}}, draws=40)
    assert among.iloc[1].tolist() == alone.iloc[0].tolist()


def test_long_period_gets_a_tenth_of_the_draws():
    assert coverage.simulated({"a": {"one": [np.tile(NIGHTS, (2, 1))]}}, draws=20)[
        "draw_count"
    ].tolist() == [2]


@pytest.mark.parametrize("slope", [-0.5, 0, 0.5])
def test_fit_finds_the_model_that_drew_the_nights(slope):
    drawn, _ = coverage.redrawn(
        np.tile(NIGHTS, (60, 1)), (slope, 3), 0, 1, np.random.default_rng(0)
    )
    assert coverage.fitted(list(drawn)) == pytest.approx([slope, 3], abs=0.1)


def test_redrawn_nights_keep_share_and_autocorrelation():
    drawn, share = coverage.redrawn(
        np.tile([[500_000, 1_000_000]], (2000, 1)), (0, 4), 0.2, 5, np.random.default_rng(0)
    )
    logits = np.log(drawn[..., 0] / (drawn[..., 1] - drawn[..., 0]))
    assert share == pytest.approx(0.5) and drawn[..., 0].sum() / drawn[
        ..., 1
    ].sum() == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(logits[:, 1:].ravel(), logits[:, :-1].ravel())[0, 1] == pytest.approx(
        0.2, abs=0.03
    )


def test_printed_intervals_are_those_of_the_notebooks(printed):
    assert (
        len(printed["neutralised share of a month"]) == 17
        and "2025-01-01" in printed["neutralised share of a quarter"]
    )
    assert sum(nights[:, 1].sum() for nights in printed["lost share of regime C"]["C"]) > 30_000


def test_datasheet_has_the_table_of_the_stored_simulation(stored):
    assert (
        f"<!-- coverage -->\n{coverage.as_markdown(stored)}<!-- /coverage -->"
        in coverage.DATASHEET.read_text("utf-8")
    )


def test_stored_simulation_is_of_what_is_printed_now(stored, printed):
    now = [(kind, name) for kind, intervals in printed.items() for name in intervals]
    assert list(zip(stored["kind"], stored["name"], strict=True)) == now


def test_printed_shares_of_drones_cover_as_they_say(stored):
    by_kind = stored.groupby("kind")[list(coverage.AUTOCORRELATIONS)].mean()
    assert (by_kind["independent_share"] >= 0.925).all() and (
        by_kind["autocorrelated_share"] >= 0.9
    ).all()
    months = stored[stored["kind"].str.contains("month")]
    assert (months["independent_share"] >= 0.92).all() and (
        months["autocorrelated_share"] >= 0.9
    ).all()
