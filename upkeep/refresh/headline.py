"""The findings in ten numbers as they stand in the README, written from `measures.findings`."""

import re

import pandas as pd

_BLOCK = re.compile(r"(<!-- findings -->\n).*?(<!-- /findings -->)", re.S)
_HEAD = "| The findings in ten numbers | | bounds | period |\n|---|--:|---|---|\n"


def with_findings(readme, findings):
    """Return the text of a README with the table of findings between its two markers."""
    rows = []
    for f in findings.itertuples():
        picture = f"[{f.finding}](figures/{f.figure_id}.png)"
        rows.append(f"| {picture} | {number(f.value, f.unit)} | {interval(f)} | {f.period} |\n")
    table = _HEAD + "".join(rows)
    return _BLOCK.sub(lambda markers: markers[1] + table + markers[2], readme)


def interval(finding):
    """Return the bounds of a row of `measures.findings` in words; blank where it has none."""
    if pd.isna(finding.low):  # a plain sum has no interval
        return ""
    low, high = number(finding.low, finding.unit), number(finding.high, finding.unit)
    return f"{low} to {high} ({finding.bounds})"


def number(value, unit):
    """Return the value of a finding in words, by its unit."""
    if unit == "share":
        return f"{value * 100:.0f}%"
    return f"× {value:.1f}" if unit == "ratio" else f"{value:,.0f}"
