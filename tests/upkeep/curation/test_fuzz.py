"""Mutated snapshots and data directories: accepted with every check passed, or refused with a message; never anything else.

A few in the suite; ``ANALYSIS_FUZZ=2000 python -m pytest -s tests/upkeep/curation/test_fuzz.py`` runs so many and
prints the counts.
"""

import json
import os
import random
import shutil
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from analysis.dataset import load
from analysis.descriptor import DataError
from upkeep.curation.update import described, update, write_descriptor
from upkeep.checks.data import problems

COUNT = int(os.environ.get("ANALYSIS_FUZZ", "16"))
FIRST = 32  # seed; from here on a few trials have every outcome
DAY = date(2026, 11, 22)
CELLS = [
    "",
    "0",
    "-1",
    "1.5",
    "1e9",
    "9" * 30,
    "nan",
    "NaN",
    "inf",
    "=1+1",
    "@x",
    "many",
    "\0",
    "\u202e",
    "Х-101",
    "KAB",
    "Ukraine",
    "hidden",
    "2025-02-30",
    "2025-03-02 24:61",
    "2025-03-02",
    "0001-01-01",
    "9999-12-31",
    "2025-03-02 7:05",
    "{",
    "{'a': 1}",
    "{'a': __import__('os')}",
    "(" * 300,
    '"',
    "'",
    "a,b",
    "a\nb",
    "\r",
    "x" * 200_000,
    "None",
    "True",
    "../../etc/passwd",
    "<script>",
    "kpszsu/posts/1",
    "٣",
]
JSON_VALUES = [
    None,
    True,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    ["x"],
    {"x": 1},
    "../x.csv",
    10**30,
    "(",
    "9999-99-99/1",
    "1.0.0",
]


def mutated_cells(text, draw):
    lines = [line.split(",") for line in text.split("\n")]
    line = draw.choice(lines)
    line[draw.randrange(len(line))] = draw.choice(CELLS)
    return "\n".join(",".join(line) for line in lines)


def mutated_lines(text, draw):
    lines = text.split("\n")
    i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
    kind = draw.randrange(4)
    if kind == 0:
        lines[i], lines[j] = lines[j], lines[i]
    elif kind == 1:
        del lines[i]
    elif kind == 2:
        lines.insert(i, lines[j])
    else:
        lines[i] += draw.choice([",", ",x", " ", '"', "\r"])
    return "\n".join(lines)


def mutated_bytes(raw, draw):
    i = draw.randrange(len(raw) + 1)
    kind = draw.randrange(4)
    if kind == 0:
        return raw[:i]
    if kind == 1:
        return raw[:i] + bytes(draw.randrange(256) for _ in range(draw.randrange(1, 5))) + raw[i:]
    if kind == 2:
        return raw[:i] + raw[i + draw.randrange(1, 200) :]
    return raw[:i] + raw[draw.randrange(len(raw) + 1) :]


def mutated(raw, draw):
    """The bytes after one to three changes of a cell, a line or some bytes."""
    for _ in range(draw.randrange(1, 4)):
        if change := draw.choice([mutated_cells, mutated_cells, mutated_lines, None]):
            raw = change(raw.decode("utf-8", "replace"), draw).encode("utf-8", "replace")
        else:
            raw = mutated_bytes(raw, draw)
    return raw


def mutated_json(raw, draw):
    """A descriptor with one value replaced somewhere, or one key gone."""
    package = json.loads(raw)
    place = package
    while True:
        key = draw.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if not isinstance(place[key], (dict, list)) or not place[key] or draw.random() < 0.1:
            break
        place = place[key]
    if draw.random() < 0.3:
        del place[key]
    else:
        place[key] = draw.choice(JSON_VALUES)
    return json.dumps(package).encode()


def with_other_column(data, draw):
    """Take a column out of a table, out of it and its description, or give it another name or type."""
    package = json.loads((data / "datapackage.json").read_bytes())
    resource = draw.choice(package["resources"])
    fields, kind = resource["schema"]["fields"], draw.randrange(4)
    field, file = draw.choice(fields), data / resource["path"]
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    if kind < 2:
        table = table.drop(columns=field["name"])
        resource["schema"]["fields"] = [f for f in fields if kind == 0 or f is not field]
    elif kind == 2:
        table = table.rename(columns={field["name"]: "other"})
        field["name"] = "other"
    else:
        field["type"] = "string" if field["type"] == "integer" else "integer"
    table.to_csv(file, index=False)
    write_descriptor(described(package | {"version": "99.0.0"}, data, date(2025, 12, 31)), data)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def nights(snapshot_csv):
    """A typed snapshot with a row of each kind."""
    kinds = [
        {},
        {"model": "Kalibr"},
        {
            "source": "PvKPivden/posts/2",
            "target": "Odesa oblast",
            "time_start": "2025-03-01",
            "time_end": "2025-03-01",
        },
        {
            "time_start": "2025-08-01 18:00",
            "time_end": "2025-08-02 08:00",
            "border_crossing": "{'belarus': 2.0}",
        },
        {"model": "X-59"},
        {"time_start": "2023-03-01", "time_end": "2023-03-01 8:00", "not_reach_goal": ""},
        {"status_data": "hidden", "source": "kpszsu/posts/7"},
    ]
    return snapshot_csv(*kinds)


def test_mutated_snapshot_is_refused_with_a_message_or_passes_every_check(
    nights, blank_data, everything, tmp_path
):
    update(nights, date(2025, 12, 31), blank_data, everything, DAY)
    raw, before, outcomes = nights.read_bytes(), contents(blank_data), Counter()
    for seed in range(FIRST, FIRST + COUNT * 3 // 4):
        draw = random.Random(seed)
        data = shutil.copytree(blank_data, tmp_path / "trial" / "data")
        nights.write_bytes(mutated(raw, draw))
        try:
            update(nights, date(2025, 12, 31), data, draw.choice([everything, everything, ()]), DAY)
            assert problems(data) == [], seed
            outcomes["accepted, " + ("the same" if contents(data) == before else "other data")] += 1
        except DataError as error:
            assert contents(data) == before and len(str(error)) > 20, seed
            outcomes["refused"] += 1
        assert [path.name for path in data.parent.iterdir() if path.suffix != ".lock"] == [
            "data"
        ], seed
        shutil.rmtree(data.parent)
    print(f"\nsnapshots: {dict(outcomes)}")
    assert outcomes["refused"] and outcomes["accepted, other data"]


def test_mutated_data_directory_is_refused_with_a_message_or_loads_and_checks(
    nights, blank_data, everything, tmp_path
):
    update(nights, date(2025, 12, 31), blank_data, everything, DAY)
    outcomes = Counter()
    for seed in range(COUNT // 4):
        draw = random.Random(seed)
        data = shutil.copytree(blank_data, tmp_path / "trial")
        path = draw.choice(sorted(data.glob("*.csv")) + [data / "datapackage.json"] * 6)
        change = mutated_json if path.suffix == ".json" and draw.random() < 0.8 else mutated
        path.write_bytes(change(path.read_bytes(), draw))
        differs = contents(data) != contents(blank_data)
        found = problems(data)
        assert all("found" in line or "expected" in line or "restore" in line for line in found), (
            seed,
            found,
        )
        try:
            air = load(data)
            assert repr(air) and "<script" not in air._repr_html_()
            if differs and path.suffix == ".csv":
                assert found and air.version.endswith("+edited"), seed
            outcomes["loaded, " + ("with problems listed by check" if found else "no problem")] += 1
        except DataError as error:
            assert found and len(str(error)) > 20, seed
            outcomes["refused"] += 1
        shutil.rmtree(data)
    print(f"\ndata directories: {dict(outcomes)}")
    assert outcomes["refused"]


def test_data_directory_with_a_column_gone_renamed_or_retyped_is_refused_or_mended(
    nights, blank_data, everything, tmp_path
):
    update(nights, date(2025, 12, 31), blank_data, everything, DAY)
    outcomes = Counter()
    for seed in range(COUNT // 8):
        data = shutil.copytree(blank_data, tmp_path / "trial")
        with_other_column(data, random.Random(seed))
        before = contents(data)
        assert problems(data), seed
        try:  # a table that `update` makes anew is whole again
            update(nights, date(2025, 12, 31), data, everything, DAY)
            assert problems(data) == [], seed
            outcomes["made anew"] += 1
        except DataError:
            assert contents(data) == before, seed
            outcomes["refused"] += 1
        shutil.rmtree(data)
    print(f"\ndata directories with another column: {dict(outcomes)}")
