"""How often do the printed intervals hold what they are of? ``make coverage`` simulates it.

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
from analysis.measures import wave_mix
from benchmarks.__main__ import markdown

STORED = Path(__file__).resolve().parent / "coverage.csv"
DATASHEET = paths.DATA / "README.md"
AUTOCORRELATIONS = {"independent_share": 0, "autocorrelated_share": 0.2}
# Printed at the wave sizes of a quarter, which a share of its own nights is not.
STANDARDISED, REFERENCE = "standardised share of a quarter", "2025Q1"
BLOCK = re.compile(r"(<!-- coverage -->\n).*?(<!-- /coverage -->)", re.S)


def printed(air) -> dict:
    """Return the nights (count, launched) of each printed share of drones, by kind and name.

    A difference has the nights of both its periods.
    """
    nights = _nights(air, "neutralised_share")
    lost = _nights(air, "lost_share")
    months = _samples(nights, "month")
    return {
        "neutralised share of a month": months,
        "lost share of a month": _samples(lost, "month"),
        "difference of two neighbouring months": {
            f"{one}, {other}": months[one] + months[other] for one, other in pairwise(months)
        },
        "neutralised share by wave size": _samples(nights, "span", "size"),
        "neutralised share of a quarter": _samples(nights, "quarter"),
        "lost share of regime C": _samples(lost, "regime_id"),
        STANDARDISED: _samples(nights[nights["report_date"] >= "2025"], "quarter"),
    }


def _nights(air, measure):
    """The nights of the fixed period that give a measure, with all that a share is printed by."""
    nights = measures.night_outcomes(air, measure)
    nights = nights[nights["report_date"] <= "2025-12-31"]
    dates = nights["report_date"]
    spans = pd.to_datetime(["2024-08-20", "2025-03-31", "2025-07-23", "2025-12-31"])
    return nights.rename(columns={measure.replace("share", "count"): "count"}).assign(
        month=measures.periods(dates, "month"),
        quarter=measures.periods(dates, "quarter"),
        span=pd.cut(dates, spans),
        size=measures.wave_band(nights["launched_count"]),
    )


def _samples(nights, *by):
    """The counts of each group of nights that has an interval, by its name."""
    samples = {}
    known = nights[nights["launched_count"] > 0]
    for key, group in known.groupby(list(by), observed=True):
        counts = group[["count", "launched_count"]].to_numpy(int)
        name = ", ".join(str(part).removesuffix(" 00:00:00") for part in key)
        if not np.isnan(_interval([counts])).any():
            samples[name] = [counts]
    return samples


def _interval(samples, resamples=499):
    """The interval of a share, or of a difference of two shares.

    With few resamples a bootstrap covers rather less than as printed. It calls what
    `share_interval` calls: a frame for each of a million draws would take most of the time.
    """
    estimates = [intervals._estimate(nights, 0.95, intervals.SEED, resamples) for nights in samples]
    return intervals._difference(*estimates) if samples[1:] else estimates[0][1:]


def _weights(air):
    """The part of the reference quarter's drones in waves of each band."""
    nights = measures.night_outcomes(air, "neutralised_share")
    bands = measures.wave_band(nights["launched_count"]).astype("str")
    return wave_mix._weights(nights.assign(wave_band=bands), REFERENCE)


def _standardised_interval(nights, weights):
    """The interval of a standardised share, made by what `standardised_share` makes it."""
    frame = pd.DataFrame(nights, columns=["count", "launched_count"]).assign(period=0)
    frame["wave_band"] = measures.wave_band(frame["launched_count"]).astype("str")
    mixed = wave_mix._mixed(wave_mix._bands(frame, "period", "count"), "period", weights, 0.95)
    return mixed.loc[0, ["low_share", "high_share"]].astype(float)


def shapes(nights, slope, log_precision):
    """Return the parameters of the beta distribution of each night's share, around that of all."""
    counts, sizes = nights.T
    from_mean = np.log(sizes) - np.average(np.log(sizes), weights=sizes)
    means = special.expit(special.logit(counts.sum() / sizes.sum()) + slope * from_mean)
    return means * np.exp(log_precision), (1 - means) * np.exp(log_precision)


def fitted(samples):
    """Return the effect of size and the precision that the samples of a kind have in common.

    By maximum likelihood.
    """

    def loss(parameters):
        return -sum(
            stats.betabinom.logpmf(*nights.T, *shapes(nights, *parameters)).sum()
            for nights in samples
        )

    return optimize.minimize(loss, [0, 3], method="Nelder-Mead").x


def redrawn(nights, parameters, autocorrelation, draws, rng):
    """Return so many arrays of nights like these, and the shares that they are drawn around."""
    a, b = shapes(nights, *parameters)
    rows = rng.integers(len(nights), size=(draws, len(nights)))
    shocks = rng.standard_normal(rows.shape)
    shocks[:, 1:] *= np.sqrt(1 - autocorrelation**2)
    scores = signal.lfilter([1], [1, -autocorrelation], shocks)
    sizes = nights[rows, 1]
    counts = rng.binomial(sizes, special.betaincinv(a[rows], b[rows], special.ndtr(scores)))
    return np.stack([counts, sizes], axis=-1), a / (a + b)


def coverage(samples, parameters, autocorrelation, draws, seed, weights=None):
    """Return the share of redrawn samples whose interval, where there is one, holds the truth.

    With `weights` of wave bands the interval is that of a standardised share.
    """
    rng = np.random.default_rng(seed)
    made = [redrawn(nights, parameters, autocorrelation, draws, rng) for nights in samples]
    drawn, shares = zip(*made, strict=True)
    if weights is None:
        truths = [_pooled(nights, own) for nights, own in zip(samples, shares)]
        truth = truths[1] - truths[0] if truths[1:] else truths[0]
        ends = np.array([_interval(one) for one in zip(*drawn, strict=True)])
    else:
        bands = np.array(measures.wave_band(pd.Series(samples[0][:, 1])).astype("str"))
        truth = sum(
            weight * _pooled(samples[0][bands == band], shares[0][bands == band])
            for band, weight in weights.items()
        )
        ends = np.array([_standardised_interval(nights, weights) for nights in drawn[0]])
    low, high = ends[~np.isnan(ends).any(axis=1)].T
    return ((low <= truth) & (truth <= high)).mean()


def _pooled(nights, shares):
    """The share of all launched, where these nights have these shares."""
    return np.average(shares, weights=nights[:, 1])


def found_autocorrelation(nights, parameters):
    """Return the correlation of each night's logit with the last one, beyond what size explains."""
    (counts, sizes), (a, b) = nights.T, shapes(nights, *parameters)
    beyond = special.logit((counts + 0.5) / (sizes + 1)) - special.logit(a / (a + b))
    beyond -= beyond.mean()
    return beyond[1:] @ beyond[:-1] / (beyond @ beyond)


def _row(kind, name, samples, parameters, draws, seed):
    """The coverage of one printed interval; what is slow to make gets a tenth of the draws."""
    nights = min(samples, key=len)
    weights = _weights(load()) if kind == STANDARDISED else None
    is_slow = len(nights) >= intervals.LONG_NIGHTS or weights is not None
    draws = draws // 10 if is_slow else draws
    seed = [seed, *f"{kind} {name}".encode()]
    row = {
        "kind": kind,
        "name": name,
        "night_count": len(nights),
        "draw_count": draws,
        "effective_night_count": round(intervals.effective_nights(nights[:, 1]), 1),
        "found_autocorrelation": round(found_autocorrelation(nights, parameters), 2),
    }
    for column, autocorrelation in AUTOCORRELATIONS.items():
        row[column] = round(coverage(samples, parameters, autocorrelation, draws, seed, weights), 4)
    return row


def simulated(kinds, draws, seed=intervals.SEED, each=map):
    """Return one row per printed interval with its coverage, without and with autocorrelation.

    `each` may be the map of a pool.
    """
    jobs = []
    for kind, printed_of_kind in kinds.items():
        parameters = fitted([nights for samples in printed_of_kind.values() for nights in samples])
        jobs += [(kind, name, samples, parameters) for name, samples in printed_of_kind.items()]
    return pd.DataFrame(each(_row, *zip(*jobs, strict=True), repeat(draws), repeat(seed)))


def summary(rows):
    """Return the table of the datasheet: per kind the mean and the lowest coverage, in percent."""
    kinds = rows.groupby("kind", sort=False)
    fewest, most = (kinds["night_count"].agg(name).astype("str") for name in ("min", "max"))
    table = pd.DataFrame(
        {
            "intervals": kinds.size(),
            "nights of each": fewest.where(fewest == most, fewest + "–" + most),
            "autocorrelation found": kinds["found_autocorrelation"].mean().map("{:.2f}".format),
        }
    )
    for column in AUTOCORRELATIONS:
        covered = kinds[column].agg(["mean", "min"]) * 100
        name = column.removesuffix("_share")
        table[[f"{name}: mean", f"{name}: lowest"]] = covered.map("{:.1f}".format)
    return table.rename_axis("interval of").reset_index()


def main():
    with ProcessPoolExecutor() as pool:
        rows = simulated(printed(load()), int(os.environ.get("DRAWS", 10_000)), each=pool.map)
    rows.to_csv(STORED, index=False, lineterminator="\n")
    text = BLOCK.sub(rf"\g<1>{markdown(summary(rows))}\g<2>", DATASHEET.read_text("utf-8"))
    DATASHEET.write_text(text, encoding="utf-8", newline="\n")
    print(summary(rows))


if __name__ == "__main__":
    main()
