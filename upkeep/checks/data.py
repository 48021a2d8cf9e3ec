"""What `check` checks of a data directory: files, schema, rules, and the decisions behind the rows."""

from pathlib import Path

import pandas as pd

from analysis import dataset, load, paths
from analysis.measures.nights import VERDICTS_FROM, nightly_table
from analysis.press import disagreements
from upkeep.curation.rules import broken_rules

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def problems(folder=None):
    """Return every fault of a data directory as one line each: table, row, field, found, expected."""
    folder = Path(paths.DATA if folder is None else folder)
    found = dataset.problems(folder)
    return (
        found
        if any(not line.startswith("edited: ") for line in found)
        else found + contradictions(load(folder))
    )


def contradictions(air):
    """Return every place where tables that fit their description break a rule or contradict one another, as one line each."""
    if broken := list(_regime_spans(air)):  # on which the rules rest
        return broken
    checks = [
        _formulas,
        broken_rules,
        _corrections,
        _additions,
        _gaps,
        _published_totals,
        _nights,
        _names,
        _unjudged,
    ]
    return [line for check in checks for line in check(air)]


def _formulas(air):
    """Texts that a spreadsheet would run: refused instead of escaped, so that cells stay what the source says."""
    for name, frame in air.tables().items():
        for column in frame.select_dtypes("str"):
            for row, text in frame.loc[
                frame[column].str.startswith(FORMULA, na=False), column
            ].items():
                where = f"{name}.csv, {frame.iat[row, 0]}, {column}"
                yield f"{where}: found {text[:80]!r}, expected a text that is no formula"


def _regime_spans(air):
    """Each regime but the last ends on the day before the next begins."""
    spans = air.regimes.sort_values("first_report_date")
    following = spans["first_report_date"].shift(-1) - pd.Timedelta(days=1)
    for regime, expected in zip(spans.itertuples(), following):
        if pd.notna(expected) and regime.last_report_date != expected:
            yield (
                f"regimes.csv, {regime.regime_id}, last_report_date: found {regime.last_report_date}, "
                f"expected {expected} (R12)"
            )


def _corrections(air):
    """Each correction up to the end of the period marks one row; an applied one is its value (R15)."""
    r, corrections = air.reports, air.corrections.set_index("correction_id")
    marked = r[["report_id", "correction_ids"]].dropna()
    marked = marked.assign(correction_id=marked["correction_ids"].str.split(";")).explode(
        "correction_id"
    )
    for row in marked[~marked["correction_id"].isin(corrections.index)].itertuples():
        yield (
            f"reports.csv, {row.report_id}, correction_ids: found {row.correction_id}, "
            "expected an id of corrections.csv (R15)"
        )
    last = f"{air.period[1]:%Y-%m-%d}"
    for c in corrections[corrections["window_end"].str[:10] <= last].itertuples():
        ids = marked.loc[marked["correction_id"] == c.Index, "report_id"]
        if len(ids) != 1:
            yield f"corrections.csv, {c.Index}: found on {len(ids)} rows of reports.csv, expected on 1 (R15)"
        elif c.status == "applied":
            value = r.loc[r["report_id"] == ids.iloc[0], c.field].iloc[0]
            found = f"{value:%Y-%m-%d}" if c.field.endswith("_date") else str(value)
            if found != c.now:
                yield f"reports.csv, {ids.iloc[0]}, {c.field}: found {found}, expected {c.now} ({c.Index}, R15)"


def _additions(air):
    pressed = air.reports[air.reports["origin"] == "press"]
    due = air.additions[air.additions["report_date"] <= air.period[1]]
    for a in due.itertuples():
        found = pressed.loc[
            pressed["report_id"].str.endswith(f"-{a.addition_id.lower()}"), "launched_count"
        ].tolist()
        if found != [a.launched_count]:
            yield (
                f"additions.csv, {a.addition_id}, launched_count: found {found} in reports.csv, "
                f"expected one row with {a.launched_count} (R16)"
            )
    if len(pressed) > len(due):
        yield f"additions.csv: found {len(pressed)} rows of origin press in reports.csv, expected {len(due)} (R16)"


def _gaps(air):
    """From September 2024 a date has drone rows or a verdict, not both (R17)."""
    for day in undecided_dates(air.reports, air.quiet_nights, air.period[1]):
        yield f"quiet_nights.csv, {day:%Y-%m-%d}: found no verdict and no drone row, expected one of them (R17)"
    listed = air.quiet_nights["report_date"]
    for day in listed[
        listed.isin(air.reports.loc[air.reports["is_in_drone_series"], "report_date"])
    ]:
        yield f"quiet_nights.csv, {day:%Y-%m-%d}: found a drone row as well, expected a date without one (R17)"


def undecided_dates(reports, quiet_nights, last):
    """Return the dates from September 2024 to `last` without a drone row and without a verdict (R17)."""
    dates = pd.date_range(VERDICTS_FROM, last, unit="us")
    dated = reports.loc[reports["is_in_drone_series"], "report_date"]
    return dates[~dates.isin(dated) & ~dates.isin(quiet_nights["report_date"])]


def _unjudged(air):
    """Yield each number on which publishers agree against the curated one and that `disagreements` does not judge."""
    keys = ["report_date", "target_class", "quantity", "printed_count", "ledger_count"]
    judged = air.disagreements[air.disagreements["verdict"] != "corrected"]
    verdicts = pd.MultiIndex.from_frame(judged[keys].astype("object"))
    found = disagreements(air.press_claims, air.press_sources, air.reports)
    for row in found[
        ~pd.MultiIndex.from_frame(found[keys].astype("object")).isin(verdicts)
    ].itertuples():
        yield (
            f"disagreements.csv, {row.report_date:%Y-%m-%d}, {row.target_class} {row.quantity}: found no verdict on "
            f"{row.printed_count}, which {row.publisher_count} publishers print against {row.ledger_count} "
            f"({row.claim_ids}), expected one, and not corrected (R15)"
        )


def _published_totals(air):
    """The monthly totals that others printed and the series must meet, as the descriptor lists them."""
    drones = air.reports[air.reports["is_in_drone_series"]]
    totals = drones["launched_count"].groupby(drones["report_date"].dt.strftime("%Y-%m")).sum()
    for month, expected in air.package.get("published_totals", {}).items():
        found = totals.get(month, 0)
        if pd.Period(month).end_time <= air.period[1] + pd.Timedelta(days=1) and found != expected:
            yield f"reports.csv, {month}, launched_count: found {found} drones, expected {expected} as published"


def _nights(air):
    """The nights are what their reports make them."""
    expected = nightly_table(air.reports, air.quiet_nights, air.regimes, air.period)
    if (
        len(expected) != len(air.nights)
        or (expected["report_date"] != air.nights["report_date"]).any()
    ):
        yield f"nights.csv: found {len(air.nights):,} rows, expected one a date of the period, {len(expected):,} in their order"
        return
    for column in air.nights:
        found, due = (
            frame[column].astype("str").fillna("blank") for frame in (air.nights, expected)
        )
        for row in found.index[found != due]:
            yield f"nights.csv, {air.nights.at[row, 'report_date']:%Y-%m-%d}, {column}: found {found[row]}, expected {due[row]}"


def _names(air):
    """Each area and carrier that a report names is one of the decision table (R8)."""
    for table, column, known in (
        ("launch_areas", "area", "areas"),
        ("affected_regions", "area", "areas"),
        ("reports", "carrier", "carriers"),
    ):
        named = (
            air.tables()[table]
            .set_index("report_id")[column]
            .dropna()
            .str.split(" + ", regex=False)
            .explode()
        )
        for report_id, name in named[~named.isin(air.tables()[known][column])].items():
            yield f"{table}.csv, {report_id}, {column}: found {name}, expected a name of {known}.csv (R8)"
