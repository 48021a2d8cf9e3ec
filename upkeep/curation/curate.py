"""From a snapshot of the upstream compilation to the rows of `reports`, rule by rule.

The rules R1 to R16 are stated in `data/README.md`. Each step says in the
`Account` what it kept, changed or left out, so that nothing disappears silently.
"""

import hashlib
import re
import unicodedata
from datetime import timedelta

import numpy as np
import pandas as pd

from analysis.dataset import DataError
from upkeep.curation.rules import DRONE, with_regimes, with_series, with_weapons

REGIONAL_OUTLETS = ["PvKPivden", "pvkshid", "PvkZahid", "PvkCenter", "watch", "kharkivoda.gov.ua"]
ORIGINS = {"kpszsu": "air_force", "GeneralStaff.ua": "general_staff", "CinCAFU": "general_staff"}
WINDOW = ["window_start", "window_start_precision", "window_end", "window_end_precision"]
KEY = [*WINDOW, "weapon", "source_post", "launch_place", "target"]
OUTCOMES = ["launched_count", "shot_down_count", "lost_count"]
KNOWN_BY = ["end_date", "source_post", "family"]
LIKENESS = ["upstream_label", *WINDOW, *OUTCOMES]
CORRECTED_BY = ["window_start", "window_end", "upstream_label", "launched_count"]


def curate(snapshot, air, until, account):
    """Return the rows of `reports`, with `launch_place` and `affected_region`, and their last date.

    Parameters
    ----------
    snapshot : `snapshot.Snapshot`
    air : Dataset
        Its weapons, regimes, corrections and additions decide; its reports are known.
    until : datetime.date
        The last report date to keep; a snapshot that ends earlier covers less (R1).
    account : `account.Account`
        Gets the steps, and the faults that stop the run.
    """
    last_complete = snapshot.rows["window_end"].max().date() - timedelta(days=1)
    until = pd.Timestamp(min(until, last_complete))
    rows = _in_scope(snapshot.rows, air.regimes["first_report_date"].min(), until, account)
    _check_labels(rows, air.weapons, account)
    rows = _with_ids(_with_levels(with_weapons(rows, air.weapons)), account)
    rows["report_id"] = rows["report_id"].replace(_known_ids(rows, air.reports))
    rows["report_date"] = rows["window_end"].dt.normalize()
    rows = _corrected(rows, air.corrections, until, snapshot.lacking, account)
    rows = _with_additions(rows, air, until, account)
    rows = with_series(rows)
    _account_for_series(rows, account)
    rows = _with_outcomes(with_regimes(rows, air.regimes))
    _check_outcomes(rows, account)
    account.add("", "rows of reports.csv", len(rows), rows, rows)
    order = ["report_date", "window_end", "window_start", "report_id"]
    return rows.sort_values(order, ignore_index=True), until


def _in_scope(rows, first, until, account):
    """Keep the rows whose window ends from `first` to `until`; the last day is incomplete (R1)."""
    account.add("", "rows of the snapshot", len(rows), rows, rows)
    days = rows["window_end"].dt.normalize()
    cuts = {
        f"excluded: before {first:%Y-%m-%d}": days < first,
        "excluded: last day of the snapshot": days == days.max(),
        f"excluded: after {until:%Y-%m-%d}": (days > until) & (days < days.max()),
    }
    for what, is_cut in cuts.items():
        kept = rows[~is_cut[rows.index]]
        account.add("R1", what, len(rows) - len(kept), rows, kept)
        rows = kept
    if rows.empty:
        account.stop_at_faults()
        period = f"{first:%Y-%m-%d} to {until:%Y-%m-%d}"
        raise DataError(f"no row of the snapshot ends from {period}; choose another --until")
    account.add("R1", "rows in scope", len(rows), rows, rows)
    return rows.rename_axis("line").reset_index()


def _check_labels(rows, weapons, account):
    """An unknown label is a fault (R8)."""
    unknown = rows[~rows["upstream_label"].isin(weapons["upstream_label"])]
    for row in unknown.drop_duplicates("upstream_label").itertuples():
        account.faults.append(
            f"line {row.line}, model: found {spelled(row.upstream_label)}, which weapons.csv does "
            "not have; add a row with its name, class and family, unless it is misspelled (R8)"
        )


def spelled(name):
    """Return a name in quotes, and what its letters are that may only look like Latin ones."""
    odd = dict.fromkeys(letter for letter in name[:80] if not letter.isascii())
    letters = ", ".join(unicodedata.name(letter, repr(letter)) for letter in odd)
    return repr(name[:80]) + (f" with {letters}" if letters else "")


def _with_ids(rows, account):
    """Give each row an id made of the row alone: date, family and a digest of its key (R2)."""
    parts = rows[KEY].copy()
    for end in ("window_start", "window_end"):
        parts[end] = parts[end].dt.strftime("%Y-%m-%d %H:%M:%S")
    keys = parts[KEY[0]].str.cat(parts[KEY[1:]], sep="|")
    digests = [hashlib.sha256(key.encode()).hexdigest()[:6] for key in keys]
    slugs = rows["family"].map({family: slug(family) for family in rows["family"].unique()})
    rows["report_id"] = rows["window_end"].dt.strftime("%Y-%m-%d-") + slugs + "-" + digests
    twice = rows[rows["report_id"].duplicated(keep=False)]
    for report_id, lines in twice.groupby("report_id")["line"]:
        account.faults.append(
            f"lines {', '.join(map(str, lines))}: found one key, expected each once (R2): window, "
            f"weapon, source, launch place and target of {report_id}"
        )
    return rows


def _known_ids(rows, known):
    """The published id of each row that has another one now, however it was edited since (R2).

    Known is a row with the same date of the window's end, post and family. Where several
    are, the likest keep their ids; what a correction changed counts as an edit.
    """
    new = _comparable(rows[~rows["report_id"].isin(known["report_id"])])
    old = _comparable(known[~known["report_id"].isin(rows["report_id"])])
    pairs = new.merge(old, on=KNOWN_BY, suffixes=("", "_known"))
    same = [pairs[column] == pairs[f"{column}_known"] for column in LIKENESS]
    pairs["likeness"] = np.sum(same, axis=0)
    order = ["likeness", "report_id", "report_id_known"]
    pairs = pairs.sort_values(order, ascending=[False, True, True])
    ids = {}
    for new_id, old_id in zip(pairs["report_id"], pairs["report_id_known"]):
        if new_id not in ids and old_id not in ids.values():
            ids[new_id] = old_id
    return ids


def _comparable(rows):
    """The cells by which a row is known and likened, as texts."""
    dated = rows.assign(end_date=rows["window_end"].dt.normalize())
    return dated[["report_id", *KNOWN_BY, *LIKENESS]].astype("object").astype("str")


def slug(text):
    """Return a text in lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _with_levels(rows):
    """Tell national from regional reports and who made them (R5)."""
    outlet = rows["source_post"].str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    by_region = outlet.isin(REGIONAL_OUTLETS)
    is_regional = by_region & (rows["target"] != "Ukraine")
    return rows.assign(
        level=is_regional.map({True: "regional", False: "national"}),
        origin=outlet.map(ORIGINS).mask(by_region, "regional_command").fillna("other"),
    )


def _corrected(rows, corrections, until, lacking, account):
    """Apply or flag each correction; one whose old value is gone is a fault (R15).

    A field that the header of an earlier day lacks has no old value to compare.
    """
    rows["correction_ids"] = pd.Series(pd.NA, rows.index, dtype="str")
    written, missed = _as_written(rows), []
    due = corrections[pd.to_datetime(corrections["window_end"].str[:10]) <= until]
    for correction in due.itertuples():
        cells = [str(getattr(correction, column)) for column in CORRECTED_BY]
        row = written.index[(written[CORRECTED_BY] == cells).all(axis=1)]
        found = written.loc[row, correction.field].tolist()
        expected = "blank" if correction.field in lacking else correction.was
        if found != [expected]:
            missed.append(
                f"corrections.csv, {correction.correction_id}: expected one row {' '.join(cells)} "
                f"with {correction.field} {correction.was}, found {found or 'no such row'} (R15)"
            )
            continue
        changed = _with_correction(rows, row[0], correction)
        what = (
            f"{correction.correction_id} {correction.status}: {correction.field} {correction.was}"
        )
        if correction.status == "applied":
            what += f" to {correction.now}"
        account.add("R15", what, 1, rows, changed)
        rows = changed
    if len(missed) == 1:
        missed[0] += "; where the source has mended it, remove the correction"
    elif missed:
        missed.append("corrections.csv: several fail, so the snapshot is to blame, not they (R15)")
    account.faults += missed
    return rows


def _as_written(rows):
    """The cells as texts, as the source writes them: a time without an hour where it gives none.

    Corrections are compared with these, since one row may have several.
    """
    texts = rows.astype("str").fillna("blank")
    for column in ("window_start", "window_end", "report_date"):
        texts[column] = rows[column].dt.strftime("%Y-%m-%d")
    for end in ("window_start", "window_end"):
        minutes = rows[end].dt.strftime("%Y-%m-%d %H:%M")
        texts[end] = minutes.where(rows[f"{end}_precision"] == "minute", texts[end])
    return texts


def _with_correction(rows, row, correction):
    rows = rows.copy()
    if correction.status == "applied":
        is_count = correction.field.endswith("_count")
        value = int(correction.now) if is_count else pd.Timestamp(correction.now)
        rows.loc[row, correction.field] = value
    earlier = rows["correction_ids"].fillna("")[row]
    rows.loc[row, "correction_ids"] = f"{earlier};{correction.correction_id}".strip(";")
    return rows


def _with_additions(rows, air, until, account):
    """Add the reports and lines that are known from press copies alone (R16)."""
    due = air.additions[air.additions["report_date"] <= until]
    new = with_weapons(
        due[["addition_id", "report_date", "upstream_label", *OUTCOMES]], air.weapons
    )
    days, slugs = new["report_date"].dt.strftime("%Y-%m-%d-"), new["family"].map(slug)
    new = new.assign(
        report_id=days + slugs + "-" + new["addition_id"].str.lower(),
        window_start=new["report_date"],
        window_end=new["report_date"],
        window_start_precision="day",
        window_end_precision="day",
        level="national",
        origin="press",
        is_withheld=False,
    )
    both = pd.concat([rows, new], ignore_index=True) if len(new) else rows
    what = f"added from press copies: {', '.join(new['addition_id'])}"
    account.add("R16", what, len(new), rows, both)
    return both


def _account_for_series(rows, account):
    reason, is_drone = rows["series_reason"], rows["weapon_class"] == DRONE
    drones, series = rows[is_drone], rows[rows["is_in_drone_series"]]
    fillers, doubled = rows[reason == "gap_filler"], rows[~is_drone & rows["overlaps_national"]]
    out = "drone rows kept in reports.csv but not in the series: overlap a national window"
    account.add("R6", out, len(drones) - len(series), drones, series)
    gaps = f"regional drone rows in the series: fill a gap, {_launched(fillers)}"
    account.add("R6", gaps, len(fillers), series, series)
    twice = f"regional missile rows that may double count, {_launched(doubled)}"
    account.add("R7", twice, len(doubled), rows, rows)


def _launched(rows):
    return f"{rows['launched_count'].sum()} launched"


def _with_outcomes(rows):
    """What its regime lets `lost` and `neutralised` of a row mean (R11, R12), if not withheld."""
    lost, is_withheld = rows["lost_count"], rows["is_withheld"]
    is_merged, is_known = rows["regime_id"] == "D", rows["regime_id"].isin(["C", "D"])
    states = {"withheld": is_withheld, "merged": is_merged, "counted": lost.notna()}
    neutralised = rows["shot_down_count"] + lost.mask(is_merged, lost.fillna(0))
    rows = rows.assign(
        neutralised_count=neutralised.where(is_known),
        lost_state=np.select(list(states.values()), list(states), "not_reported"),
        lost_count=lost.mask(is_merged),
    )
    counts = [column for column in rows if column.endswith("_count")]
    rows.loc[is_withheld, counts] = pd.NA
    return rows


def _check_outcomes(rows, account):
    outcomes = rows["shot_down_count"].fillna(0) + rows["lost_count"].fillna(0)
    outcomes = rows["neutralised_count"].fillna(outcomes)
    is_more = (outcomes > rows["launched_count"]).fillna(False)
    for row in rows[is_more].itertuples():
        where = "additions.csv" if pd.isna(row.line) else f"line {row.line:.0f}"
        account.faults.append(
            f"{where}, {row.report_id}: found {row.launched_count} launched and "
            f"{outcomes[row.Index]} shot down or lost, expected no more outcomes than launches; "
            "check the report and add a correction (R15)"
        )
