"""The simulation of how often intervals cover, and the table that the datasheet has of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import load
from benchmarks import coverage

# Thirty nights of 20 to 165 drones, of which a fifth, two fifths or three fifths were lost.
NIGHTS = np.array([[(4 + day) * (1 + day % 3), 20 + 5 * day] for day in range(30)])
ONE, TWO = {"one": [NIGHTS]}, {"two": [NIGHTS, NIGHTS[::2]]}


@pytest.fixture(scope="module")
def stored():
    return pd.read_csv(coverage.STORED)


def test_same_seed_gives_the_same_coverage():
    kinds = {"lost share": ONE | TWO}
    first, again, other = (coverage.simulated(kinds, draws=40, seed=seed) for seed in (1, 1, 2))
    assert first.equals(again) and not first.equals(other)
    assert first["night_count"].tolist() == [30, 15]
    assert first["independent_share"].between(0.8, 1).all()


def test_coverage_of_an_interval_does_not_depend_on_the_others():
    alone = coverage.simulated({"a": ONE}, draws=40)
    among = coverage.simulated({"b": TWO, "a": ONE}, draws=40)
    assert among.iloc[1].tolist() == alone.iloc[0].tolist()


def test_long_period_gets_a_tenth_of_the_draws():
    long = coverage.simulated({"a": {"one": [np.tile(NIGHTS, (2, 1))]}}, draws=20)
    assert long["draw_count"].tolist() == [2]


@pytest.mark.parametrize("slope", [-0.5, 0, 0.5])
def test_fit_finds_the_model_that_drew_the_nights(slope):
    nights, rng = np.tile(NIGHTS, (60, 1)), np.random.default_rng(0)
    drawn, _ = coverage.redrawn(nights, (slope, 3), 0, 1, rng)
    assert coverage.fitted(list(drawn)) == pytest.approx([slope, 3], abs=0.1)


def test_redrawn_nights_keep_share_and_autocorrelation():
    nights, rng = np.tile([[500_000, 1_000_000]], (2000, 1)), np.random.default_rng(0)
    drawn, share = coverage.redrawn(nights, (0, 4), 0.2, 5, rng)
    counts, sizes = drawn[..., 0], drawn[..., 1]
    assert share == pytest.approx(0.5)
    assert counts.sum() / sizes.sum() == pytest.approx(0.5, abs=0.01)
    logits = np.log(counts / (sizes - counts))
    found = np.corrcoef(logits[:, 1:].ravel(), logits[:, :-1].ravel())[0, 1]
    assert found == pytest.approx(0.2, abs=0.03)


def test_datasheet_has_the_table_of_the_stored_simulation(stored):
    table = f"<!-- coverage -->\n{coverage.as_markdown(stored)}<!-- /coverage -->"
    assert table in coverage.DATASHEET.read_text("utf-8")


def test_stored_simulation_is_of_what_is_printed_now(stored):
    printed = coverage.printed(load())
    now = [(kind, name) for kind, intervals in printed.items() for name in intervals]
    assert list(zip(stored["kind"], stored["name"], strict=True)) == now
    assert sum(nights[:, 1].sum() for nights in printed["lost share of regime C"]["C"]) > 30_000


def test_printed_shares_of_drones_cover_as_they_say(stored):
    shares = stored.groupby("kind")[list(coverage.AUTOCORRELATIONS)].mean()
    assert (shares.min() >= [0.925, 0.9]).all()
    months = stored[stored["kind"].str.contains("month")]
    assert (months[list(coverage.AUTOCORRELATIONS)].min() >= [0.92, 0.9]).all()
