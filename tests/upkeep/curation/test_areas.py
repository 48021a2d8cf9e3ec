"""Places and carriers that reports name: children of a report, never parts of what it launched."""

import pandas as pd
import pytest

from upkeep.curation.account import Account
from upkeep.curation.areas import affected_regions, carriers, launch_areas

AREAS = pd.DataFrame(
    {
        "raw_name": ["Chauda", "Olenya", "Olenegorsk", "Lutsk oblast"],
        "area": ["Chauda", "Olenya", "Olenya", "Volyn oblast"],
    }
)
TYPES = pd.DataFrame(
    {
        "raw_name": ["Tu-95MS", "Tu-95", "Navi", "Navy", "Tu-160"],
        "carrier": ["Tu-95MS", "Tu-95MS", "ship", "ship", "Tu-160"],
    }
)


def reports(**cells):
    return pd.DataFrame(
        {"line": [2], "report_id": ["r0"], **{name: [cell] for name, cell in cells.items()}}
    )


@pytest.mark.parametrize(
    ("place", "areas"),
    [
        ("Chauda and Olenya", ["Chauda", "Olenya"]),
        ("CHAUDA, and Olenya", ["Chauda", "Olenya"]),
        ("Olenya and Olenegorsk", ["Olenya"]),  # two spellings of one
        ("", []),
        (None, []),
    ],
)
def test_report_has_a_row_for_each_area_it_names(place, areas):
    found = launch_areas(reports(launch_place=place), AREAS, Account())
    assert found["area"].tolist() == areas and list(found) == ["report_id", "area"]


def test_unknown_area_is_a_finding_that_names_line_and_letters_that_look_alike():
    """R8: the areas beside it are kept."""
    account = Account()
    places = "Olenya and Atlantis and Сhauda"  # noqa: RUF001 - a Cyrillic letter on purpose
    found = launch_areas(reports(launch_place=places), AREAS, account)
    letter = "'Сhauda' with CYRILLIC CAPITAL LETTER ES"  # noqa: RUF001
    assert account.findings == [
        f"unknown-name: line 2, launch_place: {name} is not in areas.csv, left out"
        for name in ("'Atlantis'", letter)
    ]
    assert found["area"].tolist() == ["Olenya"] and account.faults == []


@pytest.mark.parametrize("odd", ["'Lutsk oblast", "Lutsk oblast'", "__import__('os')"])
def test_broken_list_is_a_finding_that_shows_the_break_and_keeps_the_rest(odd):
    account = Account()
    cells = reports(affected_regions=f"['Lutsk oblast', {odd}, 'Chauda']")
    found = affected_regions(cells, AREAS, account)
    (finding,) = account.findings
    assert finding.startswith(f"broken-list: line 2, affected region: {odd!r} has no quotes")
    assert found["area"].tolist() == ["Chauda", "Volyn oblast"]


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("11 x Tu-95MS", "Tu-95MS"),
        ("16 x Tu-95MS and 7 x Tu-160 and 4 x Navy", "Tu-95MS + Tu-160 + ship"),
        ("Tu-95 and Tu-95MS", "Tu-95MS"),
        ("", None),
    ],
)
def test_carriers_are_types_without_numbers_each_once(cell, types):
    (found,) = carriers(reports(carrier=cell), TYPES, Account())
    assert found == types if types else pd.isna(found)


def test_unknown_carrier_is_a_finding():
    account = Account()
    carriers(reports(carrier="2 x Il-76"), TYPES, account)
    (finding,) = account.findings
    assert "line 2, carrier: 'Il-76' is not in carriers.csv" in finding
