"""The findings in ten numbers as they stand in the project's README, written from the one table of `measures.findings`."""

import re

_BLOCK = re.compile(r"(<!-- findings -->\n).*?(<!-- /findings -->)", re.S)


def with_findings(readme, found):
    """Return the text of a README with the table of findings between its two markers."""
    rows = [
        f"| [{f.finding}](figures/{f.figure_id}.png) | {number(f.value, f.unit)} | {interval(f)} | {f.period} |"
        for f in found.itertuples()
    ]
    table = "\n".join(
        ["| The findings in ten numbers | | bounds | period |", "|---|--:|---|---|", *rows, ""]
    )
    return _BLOCK.sub(lambda markers: markers[1] + table + markers[2], readme)


def interval(finding):
    """Return the bounds of a row of `measures.findings` in words, and what they are; blank where it has none."""
    if finding.low != finding.low:  # missing: a plain sum has no interval
        return ""
    return f"{number(finding.low, finding.unit)} to {number(finding.high, finding.unit)} ({finding.bounds})"


def number(value, unit):
    """Return a finding's value in words, by its unit."""
    if unit == "share":
        return f"{value * 100:.0f}%"
    return f"× {value:.1f}" if unit == "ratio" else f"{value:,.0f}"
