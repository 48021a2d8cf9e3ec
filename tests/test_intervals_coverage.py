"""The simulation of how often intervals cover, and the table that the datasheet has of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import load
from benchmarks import coverage
from benchmarks.__main__ import markdown

# Thirty nights of 20 to 165 drones, of which a fifth, two fifths or three fifths were lost.
NIGHTS = np.array([[(4 + day) * (1 + day % 3), 20 + 5 * day] for day in range(30)])


@pytest.fixture
def stored():
    return pd.read_csv(coverage.STORED)


def test_same_seed_gives_the_same_coverage_whatever_else_is_simulated():
    alone = coverage.simulated({"lost share": {"one": [NIGHTS]}}, draws=40)
    both = {"other": {"two": [NIGHTS, NIGHTS[::2]]}, "lost share": {"one": [NIGHTS]}}
    among = coverage.simulated(both, draws=40)
    assert among.iloc[1].tolist() == alone.iloc[0].tolist()
    assert among["night_count"].tolist() == [15, 30]
    assert not among.equals(coverage.simulated(both, draws=40, seed=1))


@pytest.mark.parametrize("slope", [-0.5, 0, 0.5])
def test_fit_finds_the_model_that_drew_the_nights(slope):
    nights, seeded = np.tile(NIGHTS, (60, 1)), np.random.default_rng(0)
    drawn, _ = coverage.redrawn(nights, (slope, 3), 0, 1, seeded)
    assert coverage.fitted(list(drawn)) == pytest.approx([slope, 3], abs=0.1)


def test_redrawn_nights_keep_share_and_autocorrelation():
    nights, seeded = np.tile([[500_000, 1_000_000]], (2000, 1)), np.random.default_rng(0)
    drawn, shares = coverage.redrawn(nights, (0, 4), 0.2, 5, seeded)
    lost, launched = drawn[..., 0], drawn[..., 1]
    assert shares == pytest.approx(0.5)
    assert lost.sum() / launched.sum() == pytest.approx(0.5, abs=0.01)
    logits = np.log(lost / (launched - lost))
    after_one_another = np.corrcoef(logits[:, 1:].ravel(), logits[:, :-1].ravel())
    assert after_one_another[0, 1] == pytest.approx(0.2, abs=0.03)


def test_datasheet_has_the_table_of_the_stored_simulation(stored):
    table = markdown(coverage.summary(stored))
    assert f"<!-- coverage -->\n{table}<!-- /coverage -->" in coverage.DATASHEET.read_text("utf-8")


def test_stored_simulation_is_of_what_is_printed_now(stored):
    printed = coverage.printed(load())
    now = [(kind, name) for kind, intervals in printed.items() for name in intervals]
    assert list(zip(stored["kind"], stored["name"], strict=True)) == now
    assert len(printed["neutralised share of a month"]) == 17


def test_printed_shares_of_drones_cover_as_they_say(stored):
    columns = list(coverage.AUTOCORRELATIONS)
    means = stored.groupby("kind")[columns].mean().min()
    lowest = stored[stored["kind"].str.contains("month")][columns].min()
    assert (means >= [0.925, 0.9]).all() and (lowest >= [0.92, 0.9]).all()
