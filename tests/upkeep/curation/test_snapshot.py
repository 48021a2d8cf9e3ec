"""Reading a snapshot: what the cells mean, and one clear fault for each that means nothing."""

import pytest

from analysis.dataset import DataError
from upkeep.curation.account import Account
from upkeep.curation.cells import read_cells
from upkeep.curation.snapshot import read_snapshot


def test_both_time_formats_are_read_with_their_precision(read):
    """R3."""
    row = read({"time_start": " 2023-05-01", "time_end": "2023-05-01 8:00 "})[0].loc[2]
    assert (row["window_start_precision"], row["window_end_precision"]) == ("day", "minute")
    assert f"{row['window_end']:%H:%M}" == "08:00"


def test_blank_count_is_missing_and_zero_is_zero(read):
    """R11."""
    lost = read({"not_reach_goal": ""}, {"not_reach_goal": "0.0"})[0]["lost_count"]
    assert lost.isna().tolist() == [True, False, False] and lost[3] == 0


TIME = "time_end", "expected a date YYYY-MM-DD"
COUNT = "launched", "expected a whole number from 0 to 999999"
MAPPING = "border_crossing", "expected a mapping of countries to counts"
POST = "source", "expected outlet/posts/id"


@pytest.mark.parametrize(
    ("column", "expected", "texts"),
    [
        (*TIME, ["2025-02-30", "2025-03-02 24:10", "02.03.2025", "", "٢٠٢٥-03-02"]),
        (*COUNT, ["-1", "1.5", "1e3", "10000000", "１２", "nan"]),
        (*MAPPING, ["__import__('os')", "{'a': -1}", "{'a': 1", "(" * 5000]),
        (*POST, ["=HYPERLINK(1)", "", "two words", "kpszsu/\u202eposts"]),
    ],
)
def test_cell_that_cannot_be_read_is_a_fault_of_its_line(read, column, expected, texts):
    """R3, R11; every fault of a run at once."""
    faults = read({}, *({column: text} for text in texts))[1].faults
    assert len(faults) == len(texts)
    for line, (text, fault) in enumerate(zip(texts, faults), start=3):
        assert fault.startswith(f"line {line}, {column}: found {text[:80]!r}, {expected}")


def test_target_of_odd_letters_is_a_finding_and_blank(read):
    cyrillic = "Оdesa oblast"  # noqa: RUF001
    texts = cyrillic, "<img src=x onerror=alert(1)>", "Ukraine\x1b[2J", "@SUM(A1)"
    rows, account = read(*({"target": text} for text in texts))
    assert rows["target"].tolist()[:4] == [""] * 4 and account.faults == []
    first, second, third, _ = account.findings
    letter = f"'{cyrillic}' with CYRILLIC CAPITAL LETTER O"
    assert first == f"odd-text: line 2, target: {letter} is no plain text, left out"
    assert "line 3, target: '<img src" in second and "'Ukraine\\x1b[2J'" in third


@pytest.mark.parametrize("end", ["2025-02-01", "2052-03-02 08:00"])
def test_window_that_ends_before_it_starts_or_far_after_is_shown_with_both_ends(read, end):
    (fault,) = read({"time_end": end})[1].faults
    assert fault.startswith(f"line 2, time_start > time_end: found '2025-03-01 18:00 > {end}'")


def test_column_that_is_not_known_is_named_with_its_values(read):
    notices = read(*({"mood": word} for word in ("grim", "grim", "fair")))[1].notices
    mood = "column 'mood' is not known and is left out (CONTRIBUTING.md); it has 'grim', 'fair'"
    assert mood in notices


def test_header_of_an_earlier_day_leaves_blank_what_came_later(tmp_path):
    (tmp_path / "nine.csv").write_text(
        "time_start,time_end,model,launch_place,target,carrier,launched,destroyed,source\n"
        "2023-03-01 18:00,2023-03-02 8:00,X-59,,Ukraine,Su-35,7.0,5.0,kpszsu/posts/1\n"
    )
    account = Account()
    snapshot = read_snapshot(tmp_path / "nine.csv", account)
    assert snapshot.rows.loc[2, ["launched_count", "shot_down_count"]].tolist() == [7, 5]
    assert snapshot.rows["lost_count"].isna().all() and "lost_count" in snapshot.lacking
    assert len(account.notices) == len(snapshot.lacking)
    lost = "column 'not_reach_goal' is not in this snapshot: what it gives stays blank"
    assert lost in account.notices


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ({"cross_border_belarus": "2", "back_russia": "3.0"}, 5),
        ({"back_russia": "1"}, 1),
        ({"border_crossing": "{'belarus': 2.0, 'russia': 3, 'poland': NaN}"}, 5),
        ({"border_crossing": "{'belarus': NaN}"}, None),
        ({"border_crossing": "{}"}, None),
        ({}, None),
    ],
)
def test_drones_that_left_add_up_from_the_older_and_the_newer_columns(read, cells, total):
    left = read(cells)[0]["left_airspace_count"]
    assert left[2] == total if total else left.isna()[2]


def test_row_of_any_status_is_withheld_and_an_unknown_one_is_named(read):
    rows, account = read({"status_data": "hidden"}, {"status_data": "Hidden"}, {"launched": "0"})
    assert rows["is_withheld"].tolist() == [True, True, False, False]
    (notice,) = [notice for notice in account.notices if "status_data" in notice]
    assert notice == "status_data 'Hidden' is not known, so its rows count as withheld"


HEADER = (
    b"time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,"
    b"still_attacking,source\n"
)
ROW = b"2025-03-01 18:00,2025-03-02 08:00,Shahed-136/131,,Ukraine,10,6,3,,kpszsu/posts/1\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (HEADER, "found a header and no rows"),
        (HEADER.replace(b",source", b""), "line 1: no column source"),
        (HEADER.replace(b",launch", b",source,launch", 1) + ROW, "found the column source twice"),
        (HEADER + ROW + ROW.rstrip(), "the last line has no line end, so the file may be cut off"),
        (HEADER + ROW + b"2025-03-01 18:00,2025-03\n", "line 3: found another number of cells"),
        (HEADER + ROW.replace(b"Ukraine", b"Ukra\xefne"), "line 2: found the byte 0xef"),
        (b"\x1f\x8brest\n", "which is not UTF-8; expected CSV text in UTF-8, not an archive"),
        (HEADER + ROW.replace(b"Ukraine", b'"Ukraine'), "unexpected end of data"),
    ],
)
def test_file_that_is_not_a_snapshot_says_what_it_is(tmp_path, raw, message):
    (tmp_path / "bad.csv").write_bytes(raw)
    with pytest.raises(DataError, match=f"bad.csv.*{message}"):
        read_snapshot(tmp_path / "bad.csv", Account())


NUMBERED = b";" + HEADER.replace(b",", b";") + b"0;" + ROW.replace(b",", b";")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xef\xbb\xbf" + HEADER + ROW, []),
        ((HEADER + ROW).replace(b"\n", b"\r\n"), []),
        (NUMBERED, ["semicolons", "row numbers"]),
    ],
)
def test_other_form_of_a_csv_file_gives_the_same_cells(tmp_path, raw, said):
    (tmp_path / "plain.csv").write_bytes(HEADER + ROW)
    (tmp_path / "other.csv").write_bytes(raw)
    notices = []
    plain, other = (
        read_cells(tmp_path / name, [], notices)[0] for name in ("plain.csv", "other.csv")
    )
    assert other.equals(plain)
    assert [word in notice for word, notice in zip(said, notices, strict=True)] == [True] * len(
        said
    )


def test_line_end_inside_a_cell_counts_as_a_line_of_the_file(tmp_path):
    cell = ROW.replace(b"Ukraine", b'"Uk\nraine"')
    (tmp_path / "two.csv").write_bytes(HEADER + cell + ROW)
    assert read_cells(tmp_path / "two.csv", [], [])[0].index.tolist() == [3, 4]


@pytest.mark.parametrize("path", [".", "/dev/zero", "no.csv", "huge.csv"])
def test_directory_device_missing_and_huge_file_are_refused(tmp_path, path):
    with open(tmp_path / "huge.csv", "wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(DataError, match="found (no file|1,000,000,000 bytes), expected"):
        read_cells(tmp_path / path, [], [])
