"""Places and carriers that reports name: children of a report, never parts of what it launched."""

import pandas as pd
import pytest

from analysis.descriptor import DataError
from upkeep.curation.areas import affected_regions, carriers, launch_areas

AREAS = pd.DataFrame(
    {
        "raw_name": ["Chauda", "Olenya", "Olenegorsk", "Lutsk oblast", "Kyiv"],
        "area": ["Chauda", "Olenya", "Olenya", "Volyn oblast", "Kyiv"],
    }
)
TYPES = pd.DataFrame(
    {
        "raw_name": ["Tu-95MS", "Tu-95", "Navi", "Navy", "Tu-160"],
        "carrier": ["Tu-95MS", "Tu-95MS", "ship", "ship", "Tu-160"],
    }
)


def reports(*cells, column="launch_place"):
    return pd.DataFrame({"report_id": [f"r{i}" for i in range(len(cells))], column: cells})


def test_report_has_a_row_for_each_area_it_names_and_none_for_none():
    found = launch_areas(reports("Chauda and Olenya", "", None, "Kyiv, and Chauda"), AREAS)
    assert found.to_numpy().tolist() == [
        ["r0", "Chauda"],
        ["r0", "Olenya"],
        ["r3", "Chauda"],
        ["r3", "Kyiv"],
    ]


def test_two_spellings_of_one_area_are_one():
    assert launch_areas(reports("Olenya and Olenegorsk"), AREAS)["area"].tolist() == ["Olenya"]


def test_unknown_area_is_an_error_that_says_how_to_add_it():
    with pytest.raises(
        DataError,
        match=r"launch_place: found names that areas.csv does not have: 'Atlantis'.*add a row to areas.csv",
    ):
        launch_areas(reports("Chauda and Atlantis"), AREAS)


def test_affected_regions_are_read_from_their_list():
    found = affected_regions(
        reports("['Lutsk oblast', 'Kyiv']", "", column="affected_region"), AREAS
    )
    assert found["area"].tolist() == ["Kyiv", "Volyn oblast"]


def test_carriers_are_types_without_numbers_each_once():
    cells = pd.Series(
        [
            "11 x Tu-95MS",
            "16 x Tu-95MS and 7 x Tu-160 and 4 x Navy",
            "Navi",
            "",
            "Tu-95 and Tu-95MS",
        ]
    )
    assert carriers(cells, TYPES).fillna("").tolist() == [
        "Tu-95MS",
        "Tu-95MS + Tu-160 + ship",
        "ship",
        "",
        "Tu-95MS",
    ]


def test_unknown_carrier_is_an_error():
    with pytest.raises(
        DataError, match="carrier: found names that carriers.csv does not have: 'Il-76'"
    ):
        carriers(pd.Series(["2 x Il-76"]), TYPES)
