"""What `check` checks of a data directory beyond its schema: rules and decisions."""

from pathlib import Path

import pandas as pd

from analysis import checking, load, paths
from analysis.measures.nights import VERDICTS_FROM, nightly_table
from analysis.press import disagreements
from upkeep.curation.account import spelled
from upkeep.curation.datasheet import differences
from upkeep.curation.rules import ADDRESS, broken_rules

# No HTML, no control characters, no marks that turn the direction of writing; a spreadsheet would
# run a text that begins with = + - or @.
TEXT = r"(?![=+\-@])[^<>\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]{1,2000}"
NAMES = {
    "weapons": ["upstream_label", "name"],
    "areas": ["raw_name", "area"],
    "carriers": ["raw_name", "carrier"],
}
ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсух", "ABESIJKMHOPCTYXaesijopcyx")  # noqa: RUF001


def problems(folder=None):
    """Return every fault of a data directory, a line each: table, row, field, found, expected."""
    folder = Path(paths.DATA if folder is None else folder)
    found = checking.problems(folder)
    if any(not line.startswith("edited: ") for line in found):
        return found
    air = load(folder)
    rules = [*contradictions(air), *without_verdict(air)]
    return [*found, *rules, *_datasheet(folder / "README.md", air)]


def _datasheet(path, air):
    """The counts that the datasheet states are those of the tables."""
    if path.is_file():
        yield from differences(path.read_text(encoding="utf-8"), air)


def contradictions(air):
    """Return where tables that fit their schema break a rule or contradict one another."""
    spans = list(_regime_spans(air))  # on which the rules rest
    return spans or [line for rule in RULES for line in rule(air)]


def _texts(air):
    """Refused instead of escaped, so that cells stay what the source says."""
    expected = "printable text of 2,000 characters at most, no HTML and no formula"
    for name, frame in air.tables.items():
        for column in frame.select_dtypes("str"):
            yield from _unlike(name, frame[column], TEXT, expected)


def _addresses(air):
    """Addresses hold nothing that a page could run."""
    expected = "outlet/posts/id or a web address"
    yield from _unlike("reports", air.reports["source_post"], ADDRESS, expected)
    yield from _unlike("press_sources", air.press_sources["url"], ADDRESS, expected)


def _unlike(table, cells, pattern, expected):
    wrong = cells[~cells.str.fullmatch(pattern, na=True)]
    for row, text in wrong.items():
        yield f"{table}.csv, line {row + 2}, {cells.name}: found {text[:80]!r}, expected {expected}"


def _twins(air):
    """A name that differs from another by letters alone that look alike would be one more (R8)."""
    for table, columns in NAMES.items():
        for column in columns:
            names = getattr(air, table)[column]
            plain = names.str.translate(ALIKE)
            for row, name in names[(plain != names) & plain.isin(names)].items():
                where = f"{table}.csv, line {row + 2}, {column}"
                yield f"{where}: found {spelled(name)}, expected {plain[row]!r}"


def _regime_spans(air):
    """Each regime but the last ends on the day before the next begins."""
    regimes = air.regimes.sort_values("first_report_date")
    ends = regimes["first_report_date"].shift(-1) - pd.Timedelta(days=1)
    wrong = regimes.assign(end=ends)[ends.notna() & (regimes["last_report_date"] != ends)]
    for regime in wrong.itertuples():
        where = f"regimes.csv, {regime.regime_id}, last_report_date"
        found, expected = f"{regime.last_report_date:%Y-%m-%d}", f"{regime.end:%Y-%m-%d}"
        yield f"{where}: found {found}, expected {expected} (R12)"


def _corrections(air):
    """Each correction of the period marks one row; an applied one is its value (R15)."""
    marks = air.reports["correction_ids"].dropna().str.split(";").explode()
    for row, mark in marks[~marks.isin(air.corrections["correction_id"])].items():
        where = f"reports.csv, {air.reports.at[row, 'report_id']}, correction_ids"
        yield f"{where}: found {mark}, expected an id of corrections.csv (R15)"
    is_due = pd.to_datetime(air.corrections["window_end"].str[:10]) <= air.period[1]
    for c in air.corrections[is_due].itertuples():
        rows = air.reports.loc[marks.index[marks == c.correction_id]]
        if len(rows) != 1:
            where = f"corrections.csv, {c.correction_id}"
            yield f"{where}: found on {len(rows)} rows, expected on 1 (R15)"
        elif c.status == "applied":
            report_id, value = rows[["report_id", c.field]].iloc[0]
            found = f"{value:%Y-%m-%d}" if c.field.endswith("_date") else str(value)
            if found != c.now:
                where = f"reports.csv, {report_id}, {c.field}"
                yield f"{where}: found {found}, expected {c.now} ({c.correction_id}, R15)"


def _gaps(air):
    """From September 2024 a date has drone rows or a verdict, not both (R17)."""
    for day in undecided_dates(air.reports, air.quiet_nights, air.period[1]):
        yield f"quiet_nights.csv, {day:%Y-%m-%d}: found no verdict and no drone row (R17)"
    listed = air.quiet_nights["report_date"]
    for day in listed[listed.isin(_drone_dates(air.reports))]:
        yield f"quiet_nights.csv, {day:%Y-%m-%d}: found a drone row as well as a verdict (R17)"


def undecided_dates(reports, quiet_nights, last):
    """Return the dates from September 2024 on without a drone row and a verdict (R17)."""
    dates = pd.date_range(VERDICTS_FROM, last, unit="us")
    return dates[~dates.isin(_drone_dates(reports)) & ~dates.isin(quiet_nights["report_date"])]


def _drone_dates(reports):
    return reports.loc[reports["is_in_drone_series"], "report_date"]


def without_verdict(air):
    """Yield a line for each number on which publishers agree against ours, not judged yet (R15)."""
    keys = ["report_date", "target_class", "quantity", "printed_count", "ledger_count"]
    judged = air.disagreements[air.disagreements["verdict"] != "corrected"]
    verdicts = pd.MultiIndex.from_frame(judged[keys].astype("object"))
    found = disagreements(air.press_claims, air.press_sources, air.reports)
    is_judged = pd.MultiIndex.from_frame(found[keys].astype("object")).isin(verdicts)
    for row in found[~is_judged].itertuples():
        where = f"disagreements.csv, {row.report_date:%Y-%m-%d}, {row.target_class} {row.quantity}"
        numbers = f"{row.printed_count}, which {row.publisher_count} publishers print against"
        yield f"{where}: found no verdict on {numbers} {row.ledger_count} ({row.claim_ids}, R15)"


def _published_totals(air):
    """The monthly totals that others printed, as the descriptor lists them, are met."""
    drones = air.reports[air.reports["is_in_drone_series"]]
    totals = drones.groupby(drones["report_date"].dt.strftime("%Y-%m"))["launched_count"].sum()
    for month, expected in air.package.get("published_totals", {}).items():
        is_covered = pd.Period(month).end_time.normalize() <= air.period[1]
        found = totals.get(month, 0)
        if is_covered and found != expected:
            yield f"reports.csv, {month}: found {found} drones, expected {expected} as published"


def _nights(air):
    """The nights are what their reports make them."""
    expected = nightly_table(air.reports, air.quiet_nights, air.regimes, air.period)
    found = air.nights.set_index("report_date").astype("str")
    expected = expected.set_index("report_date").reindex(columns=found.columns).astype("str")
    if not found.index.equals(expected.index):
        yield f"nights.csv: found {len(found):,} rows, expected one per date, {len(expected):,}"
        return
    is_wrong = (found.fillna("blank") != expected.fillna("blank")).stack()
    for day, column in is_wrong.index[is_wrong]:
        where = f"nights.csv, {day:%Y-%m-%d}, {column}"
        yield f"{where}: found {found.at[day, column]}, expected {expected.at[day, column]}"


def _names(air):
    """Each area and carrier that a report names is one of the decision table (R8)."""
    carriers = air.reports.set_index("report_id")["carrier"].dropna()
    named = {
        ("launch_areas", "areas"): air.launch_areas.set_index("report_id")["area"],
        ("affected_regions", "areas"): air.affected_regions.set_index("report_id")["area"],
        ("reports", "carriers"): carriers.str.split(" + ", regex=False).explode(),
    }
    for (table, decisions), names in named.items():
        known = air.tables[decisions][names.name]
        for report_id, name in names[~names.isin(known)].items():
            where = f"{table}.csv, {report_id}, {names.name}"
            yield f"{where}: found {name}, expected a name of {decisions}.csv (R8)"


RULES = [
    _texts,
    _addresses,
    _twins,
    broken_rules,
    _corrections,
    _gaps,
    _published_totals,
    _nights,
    _names,
]
