"""The counts that the datasheet, `data/README.md`, states of the tables, made from the tables."""

import re
from calendar import month_abbr
from datetime import date

from analysis.measures.launches import missiles

_OPEN = re.compile(r"(<!-- open -->\n).*?(<!-- /open -->)", re.DOTALL)


def with_facts(text, air):
    """Return the text of a datasheet with the facts of these tables in place of those it states.

    Every one stands in a sentence of its own wording (`sentences`), or between the two marks of
    the open series.
    """
    for sentence, facts in sentences(air):
        text = re.sub(stated(sentence), sentence.format(*map(_said, facts)), text)
    return _OPEN.sub(lambda marks: marks[1] + open_coverage(air) + marks[2], text)


def stated(sentence):
    """Return the pattern of a sentence with any numbers and dates in place of its `{}`."""
    return re.escape(sentence).replace(r"\{\}", r"(?:\d+ \w+ \d{4}|[\d,]+)")


def _said(fact):
    return f"{fact.day} {fact:%B %Y}" if isinstance(fact, date) else f"{fact:,}"


def differences(text, air):
    """Yield a line for each line of a datasheet that states other counts than the tables have."""
    lines = text.splitlines()
    for line in with_facts(text, air).splitlines():
        if line not in lines:
            yield f"README.md: found other counts than those of the tables, expected {line!r}"


def sentences(air):
    """Yield each sentence that states facts of the tables, with `{}` for each, and the facts."""
    yield "28 September 2022 to {}, as", [air.period[1]]
    yield "which goes to {}", [date.fromisoformat(air.package["snapshot"]["last_date"])]
    for name, table in air.tables.items():
        yield f"| `{name}.csv` | {{}} |", [len(table)]
    r, of_missiles = air.reports, missiles(air)
    is_late = (r["window_end"].dt.hour >= 18) & (r["window_end_precision"] == "minute")
    late, reason = r[is_late & r["is_in_drone_series"]], r["series_reason"]
    yield "{} rows of the series ({} drones) have windows that end at 18:00", _size(late)
    overlap = _size(r[reason == "overlaps_national"])
    yield "{} regional rows ({} drones) overlap and are left out", overlap
    yield "left out; {} ({}) fill gaps", _size(r[reason == "gap_filler"])
    twice = of_missiles[of_missiles["overlaps_national"].fillna(False)]
    yield "are marked: {} rows, {} missiles at most", _size(twice)
    status = air.corrections["status"]
    numbers = (status == "applied").sum(), (status == "flagged").sum()
    yield "{} corrections are applied and change a value; {} are flagged", numbers
    nights = _open_beside_record(air)
    is_open, is_equal = nights["is_open"], nights["is_equal"]
    share = (
        nights.loc[is_open, "drones_launched_count"].sum() / nights["drones_launched_count"].sum()
    )
    numbers = is_open.sum(), len(nights), int(100 * share), is_equal.sum()
    yield (
        "It covers {} of the {} nights with drones, which have {}% of the drones, and gives the "
        "record's number on {} of them",
        numbers,
    )


def open_coverage(air):
    """Return the table of nights in `open_nights.csv` by month, of the nights with drones."""
    nights = _open_beside_record(air)
    day = nights["report_date"].dt
    counts = nights.groupby([day.year, day.month])["is_open"].agg(["sum", "size"])
    cells = counts["sum"].astype("str") + " of " + counts["size"].astype("str")
    table = cells.unstack(fill_value="").reindex(columns=range(1, 13), fill_value="")
    rows = [["Year", *month_abbr[1:]], *table.reset_index().astype("str").to_numpy()]
    lines = ["| " + " | ".join(row) + " |\n" for row in rows]
    return "".join([lines[0], "|---" * 13 + "|\n", *lines[1:]])


def _size(rows):
    return len(rows), rows["launched_count"].sum()


def _open_beside_record(air):
    """The nights with drones: whether the open series has them, and whether it has their number."""
    nights = air.nights[air.nights["drones_launched_count"].fillna(0) > 0]
    nights = nights[["report_date", "drones_launched_count"]]
    nights = nights.merge(air.open_nights, how="left", on="report_date")
    launched = nights["launched_count"]
    is_equal = (launched == nights["drones_launched_count"]).fillna(False)
    return nights.assign(is_open=launched.notna(), is_equal=is_equal)
