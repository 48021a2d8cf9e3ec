"""What the project knows better than the source: corrections (R15) and additions (R16)."""

import pandas as pd

from upkeep.curation.ids import slug
from upkeep.curation.rules import with_weapons

CORRECTED_BY = ["window_start", "window_end", "upstream_label", "launched_count"]
OUTCOMES = ["launched_count", "shot_down_count", "lost_count"]


def corrected(rows, corrections, until, lacking, account):
    """Apply or flag each correction; one whose old value is gone is a fault (R15).

    A field that the header of an earlier day lacks has no old value to compare.
    """
    rows = rows.assign(correction_ids=pd.Series(pd.NA, rows.index, dtype="str"))
    written, missed = _as_written(rows), []
    due = corrections[pd.to_datetime(corrections["window_end"].str[:10]) <= until]
    for correction in due.itertuples():
        cells = [str(getattr(correction, column)) for column in CORRECTED_BY]
        row = written.index[(written[CORRECTED_BY] == cells).all(axis=1)]
        found = written.loc[row, correction.field].tolist()
        if found == ["blank" if correction.field in lacking else correction.was]:
            _correct(rows, row[0], correction)
            continue
        expected_row = f"expected one row {' '.join(cells)}"
        value = f"with {correction.field} {correction.was}"
        fault = f"{expected_row} {value}, found {found or 'no such row'} (R15)"
        missed.append(f"corrections.csv, {correction.correction_id}: {fault}")
    if len(missed) == 1:
        missed[0] += "; where the source has mended it, remove the correction, else mend its row"
    elif missed:
        missed.append("corrections.csv: several fail, so the snapshot is to blame, not they (R15)")
    account.faults += missed
    number = (due["status"] == "applied").sum()
    what = f"rows of {len(due)} corrections, of which {number} change a value"
    account.add("R15", what, rows[rows["correction_ids"].notna()])
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


def _correct(rows, row, correction):
    if correction.status == "applied":
        is_count = correction.field.endswith("_count")
        value = int(correction.now) if is_count else pd.Timestamp(correction.now)
        rows.loc[row, correction.field] = value
    earlier = rows["correction_ids"].fillna("")[row]
    rows.loc[row, "correction_ids"] = f"{earlier};{correction.correction_id}".strip(";")


def with_additions(rows, air, until, account):
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
    account.add("R16", f"added from press copies: {', '.join(new['addition_id'])}", new)
    return both
