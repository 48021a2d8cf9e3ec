"""How often do the intervals that the notebooks print hold what they are of? ``make coverage`` simulates it.

For every printed interval its nights are drawn anew, as a beta-binomial model
makes them that is fitted to the nights of its kind: the sizes of the waves from
its own nights, with replacement; the share of a night around a mean that moves,
on the logit scale, with the logarithm of the size; and the normal scores of the
nights' shares, and so their logits, as an AR(1). The share of all such nights
is known, and each interval either holds it or does not. DRAWS=400 is quick.
Writes `coverage.csv` here and the table of the datasheet.
"""

import os
import re
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise, repeat
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import optimize, signal, special, stats

from analysis import intervals, load, measures, paths

STORED = Path(__file__).resolve().parent / "coverage.csv"
DATASHEET = paths.DATA / "README.md"
AUTOCORRELATIONS = {"independent_share": 0, "autocorrelated_share": 0.2}
BLOCK = re.compile(r"(<!-- coverage -->\n).*?(<!-- /coverage -->)", re.S)


def printed(air):
    """Return the shares of drones that have a printed interval, by kind and name: the nights (count, launched) of each.

    A difference has the nights of both its periods.
    """
    air = air.until("2025-12-31")
    nights, apart = (
        outcomes.assign(
            month=measures.periods(outcomes["report_date"], "month"),
            quarter=measures.periods(outcomes["report_date"], "quarter"),
            size=measures.wave_band(outcomes["launched_count"]),
        )
        for outcomes in (
            measures.night_outcomes(air, measure) for measure in ("neutralised_share", "lost_share")
        )
    )
    edges = pd.to_datetime(["2024-08-20", "2025-03-31", "2025-07-23", "2025-12-31"])
    nights["span"] = pd.cut(nights["report_date"], edges)
    months = _groups(nights, "neutralised_count", "month")
    return {
        "neutralised share of a month": months,
        "lost share of a month": _groups(apart, "lost_count", "month"),
        "difference of two neighbouring months": {
            f"{one}, {other}": months[one] + months[other] for one, other in pairwise(months)
        },
        "neutralised share by wave size": _groups(nights, "neutralised_count", ["span", "size"]),
        "neutralised share of a quarter": _groups(nights, "neutralised_count", "quarter"),
        "lost share of regime C": _groups(apart, "lost_count", "regime_id"),
    }


def _groups(nights, numerator, by):
    """The nights of each group that has an interval, by its name."""
    found = {}
    for keys, group in nights.groupby(by, observed=True):
        known = (
            group[[numerator, "launched_count"]].dropna().query("launched_count > 0").to_numpy(int)
        )
        if not np.isnan(_interval([known])).any():
            found[
                ", ".join(
                    str(key).removesuffix(" 00:00:00")
                    for key in (keys if isinstance(keys, tuple) else [keys])
                )
            ] = [known]
    return found


def _interval(samples, resamples=499):
    """The interval of a share, or of a difference of two; with few resamples a bootstrap covers rather less than as printed.

    It takes the road behind `share_interval`: a frame for each of a million draws would take most of the time.
    """
    estimates = [intervals._estimate(nights, 0.95, intervals.SEED, resamples) for nights in samples]
    return intervals._difference(*estimates) if samples[1:] else estimates[0][1:]


def shapes(nights, slope, log_precision):
    """Return the two parameters of the beta distribution of each night's share, around the share of all."""
    counts, sizes = nights.T
    from_mean = np.log(sizes) - np.average(np.log(sizes), weights=sizes)
    means = special.expit(special.logit(counts.sum() / sizes.sum()) + slope * from_mean)
    return means * np.exp(log_precision), (1 - means) * np.exp(log_precision)


def fitted(samples):
    """Return the effect of size and the precision that all samples of a kind have in common, by maximum likelihood."""

    def loss(parameters):
        return -sum(
            stats.betabinom.logpmf(*nights.T, *shapes(nights, *parameters)).sum()
            for nights in samples
        )

    return optimize.minimize(loss, [0, 3], method="Nelder-Mead").x


def redrawn(nights, parameters, autocorrelation, draws, rng):
    """Return so many arrays of nights like these, and the share that they are drawn around."""
    a, b = shapes(nights, *parameters)
    rows = rng.integers(len(nights), size=(draws, len(nights)))
    shocks = rng.standard_normal(rows.shape)
    shocks[:, 1:] *= np.sqrt(1 - autocorrelation**2)
    scores = signal.lfilter([1], [1, -autocorrelation], shocks)
    sizes = nights[rows, 1]
    counts = rng.binomial(sizes, special.betaincinv(a[rows], b[rows], special.ndtr(scores)))
    return np.stack([counts, sizes], axis=-1), np.average(a / (a + b), weights=nights[:, 1])


def coverage(samples, parameters, autocorrelation, draws, seed):
    """Return the share of the redrawn samples whose interval, where there is one, holds the share or the difference."""
    rng = np.random.default_rng(seed)
    drawn, shares = zip(
        *(redrawn(nights, parameters, autocorrelation, draws, rng) for nights in samples),
        strict=True,
    )
    truth = shares[-1] - (shares[0] if shares[1:] else 0)
    ends = np.array([_interval(one) for one in zip(*drawn, strict=True)])
    ends = ends[~np.isnan(ends).any(axis=1)]
    return ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).mean()


def found_autocorrelation(nights, parameters):
    """Return the correlation of each night's logit, beyond what its size explains, with that of the night before."""
    (counts, sizes), (a, b) = nights.T, shapes(nights, *parameters)
    beyond = special.logit((counts + 0.5) / (sizes + 1)) - special.logit(a / (a + b))
    beyond -= beyond.mean()
    return beyond[1:] @ beyond[:-1] / (beyond @ beyond)


def _row(kind, name, samples, parameters, draws, seed):
    """The coverage of one printed interval; a bootstrap is slow and gets a tenth of the draws."""
    nights = min(samples, key=len)
    draws = draws // 10 if len(nights) >= intervals.LONG_NIGHTS else draws
    seed = [seed, *f"{kind} {name}".encode()]
    found = {
        column: round(coverage(samples, parameters, rho, draws, seed), 4)
        for column, rho in AUTOCORRELATIONS.items()
    }
    return {
        "kind": kind,
        "name": name,
        "night_count": len(nights),
        "draw_count": draws,
        "effective_night_count": round(intervals.effective_nights(nights[:, 1]), 1),
        "found_autocorrelation": round(found_autocorrelation(nights, parameters), 2),
        **found,
    }


def simulated(kinds, draws, seed=intervals.SEED, each=map):
    """Return a row a printed interval with its coverage, without and with autocorrelation; `each` may be the map of a pool."""
    jobs = []
    for kind, printed_of_kind in kinds.items():
        parameters = fitted([nights for samples in printed_of_kind.values() for nights in samples])
        jobs += [(kind, name, samples, parameters) for name, samples in printed_of_kind.items()]
    return pd.DataFrame(each(_row, *zip(*jobs, strict=True), repeat(draws), repeat(seed)))


def as_markdown(rows):
    """Return the table of the datasheet: a line a kind, with the mean and the lowest coverage of its intervals."""
    lines = [
        "| interval of | intervals | nights of each | autocorrelation found | independent: mean | lowest | autocorrelated: mean | lowest |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, part in rows.groupby("kind", sort=False):
        nights = "–".join(
            dict.fromkeys(str(n) for n in (part["night_count"].min(), part["night_count"].max()))
        )
        shares = [
            f"{100 * f(part[name]):.1f}" for name in AUTOCORRELATIONS for f in (np.mean, np.min)
        ]
        found = f"{part['found_autocorrelation'].mean():.2f}".replace("-", "\N{MINUS SIGN}")
        lines.append(f"| {' | '.join([kind, str(len(part)), nights, found, *shares])} |")
    return "\n".join(lines) + "\n"


def main():
    with ProcessPoolExecutor() as pool:
        rows = simulated(printed(load()), int(os.environ.get("DRAWS", 10_000)), each=pool.map)
    rows.to_csv(STORED, index=False, lineterminator="\n")
    text = BLOCK.sub(rf"\g<1>{as_markdown(rows)}\g<2>", DATASHEET.read_text("utf-8"))
    DATASHEET.write_text(text, encoding="utf-8", newline="\n")
    print(as_markdown(rows))


if __name__ == "__main__":
    main()
