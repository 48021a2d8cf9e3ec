"""Reports as text, and the commands that print citations, rows and changes."""

import pytest

from analysis import load
from analysis.__main__ import main
from analysis.citing.listing import listing


def test_report_is_listed_with_window_counts_regime_and_post():
    lines = listing("02-monthly-launches", load(), {"day": "2025-07-04", "series": "drones"})
    assert lines[:2] == ["2025-07-04-shahed-type-c86a2f  Shahed-type (incl. Gerbera/Parodiya decoys)",
                         "  2025-07-03 18:00 to 2025-07-04 06:00: 539 launched, 268 shot down, 208 lost, 476 neutralised; "
                         "regime C, lost counted"]
    assert lines[2].startswith("  post: https://www.facebook.com/kpszsu/posts/")
    assert lines[-1] == "1 reports: 539 launched, 268 shot down, 208 lost"


def test_bar_without_a_report_is_missing_not_zero():
    assert listing("02-monthly-launches", load(), {"day": "2022-10-01", "series": "drones"}) == [
        "no report: missing, not zero (R17)"]


@pytest.mark.parametrize("command, said", [
    (["cite", "02-monthly-lunches"], "error: no figure '02-monthly-lunches'; nearest: 02-monthly-launches"),
    (["cite", "--format", "bibtx"], "error: no format 'bibtx'; nearest: bibtex"),
    (["rows", "02-monthly-launches", "--where", "mnth=2025-07"], "error: no key 'mnth'; nearest: month"),
    (["rows", "02-monthly-launches", "--where", "2025-07"], "error: --where 2025-07: expected COLUMN=VALUE, such as month=2025-07"),
])
def test_mistaken_command_says_so_in_one_line(command, said, capsys):
    assert main(command) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith(said) and told.err.count("\n") == 1


def test_cite_prints_the_citation_alone(capsys):
    assert main(["cite", "02-monthly-launches"]) == 0
    assert capsys.readouterr().out.startswith("Ukraine Air Attack Notebooks maintainers. (2026). ")
