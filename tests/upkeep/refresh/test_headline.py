"""The findings in the README."""

from types import SimpleNamespace

import pandas as pd

from analysis import load, measures, paths
from upkeep.refresh.headline import IN_README, interval, with_findings

README = "before\n<!-- findings -->\nold\n<!-- /findings -->\nafter\n"
FOUND = pd.DataFrame(
    {
        "finding_id": ["drones-2025", "neutralised-2025q4", "median-night"],
        "finding": ["Drones", "Share", "Median"],
        "value": [54585.0, 0.8162, 120.0],
        "low": [float("nan"), 0.788, float("nan")],
        "high": [float("nan"), 0.843, float("nan")],
        "bounds": ["", "95% interval", ""],
        "unit": ["drones", "share", "drones"],
        "period": ["2025", "late 2025", "late 2025"],
        "figure_id": ["02-a", "03-b", "02-a"],
    }
)


def test_findings_replace_what_stands_between_the_markers():
    text = with_findings(README, FOUND)
    assert "| [Drones](figures/02-a.png) | 54,585 |  | 2025 |" in text
    assert "| [Share](figures/03-b.png) | 82% | 79% to 84% (95% interval) | late 2025 |" in text
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert "Median" not in text


def test_lower_bound_of_a_ratio_is_not_rounded_up():
    growth = {"low": 10.075, "high": 17.53, "unit": "ratio", "bounds": "the sirens"}
    assert interval(SimpleNamespace(**growth)) == "× 10.0 to × 17.5 (the sirens)"


def test_readme_shows_the_findings_of_the_notebooks():
    readme, found = (paths.ROOT / "README.md").read_text("utf-8"), measures.findings(load())
    assert with_findings(readme, found) == readme and "54,585" in readme
    assert found["finding_id"].isin(IN_README).sum() == len(IN_README) == 5
