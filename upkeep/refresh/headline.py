"""Five of the ten numbers of `measures.findings`, as they stand in the README."""

import math
import re

import pandas as pd

_BLOCK = re.compile(r"(<!-- findings -->\n).*?(<!-- /findings -->)", re.S)
_HEAD = "| Five numbers, as reported | | range | period |\n|---|--:|---|---|\n"
IN_README = [
    "drones-2025",
    "drone-growth",
    "missiles-2025",
    "neutralised-2025q4",
    "standardised-2025q4",
]


def with_findings(readme, findings):
    """Return the text of a README with the table of five findings between its two markers."""
    rows = []
    for f in findings[findings["finding_id"].isin(IN_README)].itertuples():
        picture = f"[{f.finding}](figures/{f.figure_id}.png)"
        rows.append(f"| {picture} | {number(f.value, f.unit)} | {interval(f)} | {f.period} |\n")
    table = _HEAD + "".join(rows)
    return _BLOCK.sub(lambda markers: markers[1] + table + markers[2], readme)


def interval(finding):
    """Return the bounds of a row of `measures.findings` in words; blank where it has none."""
    if pd.isna(finding.low):  # a plain sum has no interval
        return ""
    lowest = finding.low
    if finding.unit == "ratio":
        lowest = math.floor(lowest * 10) / 10  # a lower bound is never rounded up
    low, high = number(lowest, finding.unit), number(finding.high, finding.unit)
    return f"{low} to {high} ({finding.bounds})"


def number(value, unit):
    """Return the value of a finding in words, by its unit."""
    if unit == "share":
        return f"{value * 100:.0f}%"
    return f"× {value:.1f}" if unit == "ratio" else f"{value:,.0f}"
