"""Reading a snapshot: what the cells mean, and one clear refusal for each that means nothing."""

import re

import pytest

from analysis.descriptor import DataError
from upkeep.curation import cells
from upkeep.curation.snapshot import read_snapshot


def test_both_time_formats_are_read_with_their_precision(snapshot_csv):
    """R3."""
    rows = read_snapshot(
        snapshot_csv({"time_start": " 2023-05-01", "time_end": "2023-05-01 8:00 "})
    ).rows
    assert (rows.loc[2, "window_start_precision"], rows.loc[2, "window_end_precision"]) == (
        "day",
        "minute",
    )
    assert f"{rows.loc[2, 'window_end']:%H:%M}" == "08:00"


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "2025-03-02 24:10",
        "02.03.2025",
        "2025-03-02T08:00",
        "2025-3-2",
        "",
        "٢٠٢٥-03-02",
    ],
)
def test_unparsed_time_names_line_and_column(snapshot_csv, text):
    """R3."""
    with pytest.raises(
        DataError, match=rf"line 3, time_end: found {re.escape(repr(text))}, expected a date"
    ):
        read_snapshot(snapshot_csv({}, {"time_end": text}))


def test_blank_count_is_missing_and_zero_is_zero(snapshot_csv):
    """R11."""
    rows = read_snapshot(snapshot_csv({"not_reach_goal": ""}, {"not_reach_goal": "0.0"})).rows
    assert rows["lost_count"].isna().tolist() == [True, False, False]
    assert rows.loc[3, "lost_count"] == 0


@pytest.mark.parametrize("text", ["-1", "1.5", "1e3", "many", "10000000", "=1+1", "１２", "nan"])
def test_count_that_is_no_whole_number_names_the_cell(snapshot_csv, text):
    with pytest.raises(
        DataError,
        match=rf"line 2, launched: found {re.escape(repr(text))}, expected a whole number",
    ):
        read_snapshot(snapshot_csv({"launched": text}))


def test_columns_may_stand_in_any_order(tmp_path):
    path = tmp_path / "shuffled.csv"
    path.write_text(
        "source,launched,model,target,time_end,destroyed,launch_place,not_reach_goal,still_attacking,time_start\n"
        "kpszsu/posts/1,7,Shahed-136/131,Ukraine,2025-03-02 08:00,5,,2,,2025-03-01 18:00\n"
    )
    assert read_snapshot(path).rows[["launched_count", "shot_down_count", "lost_count"]].iloc[
        0
    ].tolist() == [7, 5, 2]


def test_unknown_column_is_named_in_a_notice(snapshot_csv):
    assert (
        "column 'mood' is not known and not carried over"
        in read_snapshot(snapshot_csv({"mood": "grim"})).notices
    )


def test_column_that_a_snapshot_lacks_is_named_in_a_notice(snapshot_csv):
    notices = read_snapshot(snapshot_csv({"carrier": "Navy"})).notices
    assert "column 'affected region' is not in this snapshot: what it gives stays blank" in notices
    assert "column 'border_crossing' is not in this snapshot: what it gives stays blank" in notices
    assert not any("'carrier'" in notice for notice in notices)


def test_many_counts_of_jet_powered_drones_are_named_as_a_possible_edge(snapshot_csv):
    nights = [{"turbojet": "3", "source": f"kpszsu/posts/{i}"} for i in range(11)]
    assert any(
        "a new regime (R12)" in notice for notice in read_snapshot(snapshot_csv(*nights)).notices
    )
    assert not any(
        "regime" in notice for notice in read_snapshot(snapshot_csv(*nights[:2])).notices
    )


def test_regions_that_are_no_list_are_refused(snapshot_csv):
    with pytest.raises(
        DataError,
        match="line 2, affected region: found .*, expected a list of quoted names, or blank",
    ):
        read_snapshot(snapshot_csv({"affected region": "__import__('os')"}))


def test_older_columns_of_drones_that_left_add_up(snapshot_csv):
    rows = read_snapshot(
        snapshot_csv({"cross_border_belarus": "2", "back_russia": "3.0"}, {"back_russia": "1"}, {})
    ).rows
    assert (
        rows["left_airspace_count"].tolist()[:2] == [5, 1] and rows["left_airspace_count"].isna()[4]
    )


def test_newer_mapping_of_drones_that_left_adds_up(snapshot_csv):
    rows = read_snapshot(
        snapshot_csv(
            {"border_crossing": "{'belarus': 2.0, 'russia': 3, 'poland': NaN}"},
            {"border_crossing": "{'belarus': NaN}"},
            {"border_crossing": "{}"},
        )
    ).rows
    assert rows["left_airspace_count"].fillna(-1).tolist() == [5, -1, -1, -1]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "{'a': print(1)}",
        "{'a': -1}",
        "[1]",
        "{'a': 1",
        "{'a': 1e5}",
        "(" * 5000,
        "{'a': {'b': 1}}",
        "{'a': True}",
    ],
)
def test_mapping_with_anything_but_counts_is_refused_unread(snapshot_csv, text):
    with pytest.raises(
        DataError,
        match="line 2, border_crossing: found .* expected a mapping of countries to counts",
    ):
        read_snapshot(snapshot_csv({"border_crossing": text}))


def test_hidden_status_is_withheld_and_others_are_named(snapshot_csv):
    snapshot = read_snapshot(
        snapshot_csv({"status_data": "hidden", "launched": "0"}, {"status_data": "late"})
    )
    assert snapshot.rows["is_withheld"].tolist() == [True, False, False]
    assert "status_data 'late' is not known and taken as given, not as withheld" in snapshot.notices


def test_window_that_ends_before_it_starts_is_refused(snapshot_csv):
    with pytest.raises(
        DataError, match="line 2, time_end: found '2025-02-01', expected no earlier than time_start"
    ):
        read_snapshot(snapshot_csv({"time_end": "2025-02-01"}))


def test_window_of_more_than_three_days_is_refused(snapshot_csv):
    with pytest.raises(
        DataError,
        match="line 2, time_end: found '2052-03-02 08:00', expected at most three days after",
    ):
        read_snapshot(snapshot_csv({"time_end": "2052-03-02 08:00"}))


@pytest.mark.parametrize(
    "source", ["=HYPERLINK(1)", "@SUM(A1)", "", "+1", "two words", "kpszsu/\u202eposts"]
)
def test_source_that_is_no_post_is_refused(snapshot_csv, source):
    with pytest.raises(DataError, match="line 2, source: found .* expected a post"):
        read_snapshot(snapshot_csv({"source": source}))


HEADER = b"time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,still_attacking,source\n"
ROW = b"2025-03-01 18:00,2025-03-02 08:00,Shahed-136/131,,Ukraine,10,6,3,,kpszsu/posts/1\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "found an empty file"),
        (b"\n \n", "found an empty file"),
        (HEADER, "found a header and no rows"),
        ((HEADER + ROW).replace(b",", b";"), "no column time_start.*commas between the columns"),
        ((HEADER + ROW).decode().encode("utf-16"), "found UTF-16 text; save it as UTF-8"),
        ((HEADER + ROW).decode().encode("utf-32"), "found UTF-32 text; save it as UTF-8"),
        ((HEADER + ROW).decode().encode("utf-16-le"), "found a zero byte at 1, so not a text file"),
        (HEADER + ROW + ROW.rstrip(), "the last line has no line end, so it may be cut off"),
        (HEADER + ROW + b"2025-03-01 18:00,2025-03\n", "line 3: found 2 cells, expected 10"),
        (b"\x89PNG\r\n\x1a\n\0\0", "found a zero byte"),
        (
            HEADER + ROW.replace(b"Ukraine", b"Ukra\xefne"),
            "line 2: found the byte 0xef, which is no UTF-8",
        ),
        (HEADER.replace(b"source", b"target") + ROW, "line 1: found the column target twice"),
        (b"," * 300_000 + b"\n1\n", "line 1: found the column  twice"),
        (
            HEADER[:-1] + b"".join(b",c%d" % n for n in range(2000)) + b"\n" + ROW,
            "line 1: found 2,010 columns, expected some twenty",
        ),
        (HEADER.replace(b",source", b""), "line 1: no column source"),
        (
            HEADER + ROW.replace(b"Ukraine", b"x" * 10_000_000),
            "line 2: (field larger|found a cell of more than 100,000)",
        ),
        (HEADER + ROW.replace(b"Ukraine", b'"Ukraine'), "line 3?2?: unexpected end of data"),
        (b"PK\x03\x04rest", "found a zip archive; unpack it first"),
        (b"\x1f\x8brest", "found a gzip archive; unpack it first"),
    ],
)
def test_file_that_is_no_snapshot_says_what_it_is(tmp_path, raw, message):
    (tmp_path / "bad.csv").write_bytes(raw)
    with pytest.raises(DataError, match=f"bad.csv.*{message}"):
        read_snapshot(tmp_path / "bad.csv")


@pytest.mark.parametrize(
    "change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")]
)
def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path, change):
    for name, raw in (("plain.csv", HEADER + ROW), ("other.csv", change(HEADER + ROW))):
        (tmp_path / name).write_bytes(raw)
    assert read_snapshot(tmp_path / "other.csv").rows.equals(
        read_snapshot(tmp_path / "plain.csv").rows
    )


def test_line_separator_inside_a_cell_does_not_break_the_line(snapshot_csv):
    rows = read_snapshot(
        snapshot_csv({"launch_place": "Kursk\u2028oblast\x0b"}, {"launched": "4"})
    ).rows
    assert rows["launched_count"].tolist() == [10, 4, 10] and rows.index.tolist() == [2, 3, 4]


def test_directory_missing_file_and_device_are_refused(tmp_path):
    for path, message in (
        (tmp_path, "found a directory or device"),
        (tmp_path / "no.csv", "No such file"),
        ("/dev/zero", "found a directory or device"),
    ):
        with pytest.raises(DataError, match=message):
            read_snapshot(path)


def test_huge_file_is_refused_by_its_size_without_reading(tmp_path, monkeypatch):
    with open(tmp_path / "huge.csv", "wb") as file:
        file.truncate(1_000_000_000)
    monkeypatch.setattr(cells.Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(DataError, match="found 1,000,000,000 bytes, expected at most 64,000,000"):
        read_snapshot(tmp_path / "huge.csv")


def test_file_without_permission_is_refused(snapshot_csv, monkeypatch):
    def deny(path):
        raise PermissionError(13, "Permission denied")

    path = snapshot_csv({})
    monkeypatch.setattr(cells.Path, "read_bytes", deny)
    with pytest.raises(
        DataError, match="snapshot.csv: Permission denied; expected a CSV file that can be read"
    ):
        read_snapshot(path)
