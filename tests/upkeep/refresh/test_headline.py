"""The findings in the README."""

import pandas as pd

from analysis import load, measures, paths
from upkeep.refresh.headline import with_findings

README = "before\n<!-- findings -->\nold\n<!-- /findings -->\nafter\n"
FOUND = pd.DataFrame(
    {
        "finding": ["Drones", "Share"],
        "value": [54585.0, 0.8162],
        "low": [float("nan"), 0.788],
        "high": [float("nan"), 0.843],
        "bounds": ["", "95% interval"],
        "unit": ["drones", "share"],
        "period": ["2025", "late 2025"],
        "figure_id": ["02-a", "03-b"],
    }
)


def test_findings_replace_what_stands_between_the_markers():
    text = with_findings(README, FOUND)
    assert "| [Drones](figures/02-a.png) | 54,585 |  | 2025 |" in text
    assert "| [Share](figures/03-b.png) | 82% | 79% to 84% (95% interval) | late 2025 |" in text
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text


def test_readme_shows_the_findings_of_the_notebooks():
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert with_findings(readme, measures.findings(load())) == readme
    assert "54,585" in readme
