"""What a new curation does to the data that are already there: listed, and accepted only by name."""

import pandas as pd

from analysis.descriptor import DataError

FLAGS = {
    "shorter-period": "the period ends earlier than before",
    "fewer-rows": "a month has fewer rows than before",
    "removed-reports": "report ids that exist no more",
    "changed-values": "values of the past that are others now",
    "new-labels": "weapon labels that no report had",
    "new-outlets": "outlets that no report came from",
    "large-counts": "launched counts above twice the largest that their class had",
    "jumps": "monthly drone totals that change by more than the new rows",
}
_LISTED = 20


def guard(before, after, until, accepted):
    """Return what the flags in `accepted` cover, as lines by flag; stop at anything else.

    Parameters
    ----------
    before, after : DataFrame
        `reports` as it is and as it would be.
    until : Timestamp
        Last date of the new period; what lay after it counts as left out, not as removed.
    accepted : iterable of str
        Keys of `FLAGS`.

    Raises
    ------
    DataError
        With every finding, by the name under which it can be accepted.
    """
    findings = {flag: lines for flag, lines in _findings(before, after, until).items() if lines}
    if stopped := {flag: lines for flag, lines in findings.items() if flag not in accepted}:
        listed = "".join(f"\n--accept {flag}: {FLAGS[flag]}\n" + "\n".join(f"  {line}" for line in shortened(lines))
                         for flag, lines in stopped.items())
        raise DataError(f"the snapshot disagrees with the data that are there, nothing was written. Look at each, "
                        f"then run again with the flags that it is right to accept:{listed}")
    return findings


def shortened(lines):
    """Return the first lines, and how many more there are."""
    return lines[:_LISTED] + ([f"and {len(lines) - _LISTED} more"] if len(lines) > _LISTED else [])


def _findings(before, after, until):
    covered = before[before["report_date"] <= until]
    return {
        "shorter-period": _shorter(before["report_date"], until),
        "fewer-rows": _fewer(_months(covered).size(), _months(after).size()),
        "removed-reports": covered.loc[~covered["report_id"].isin(after["report_id"]), "report_id"].tolist(),
        "changed-values": changed_values(covered, after),
        "new-labels": _new(before["upstream_label"], after["upstream_label"]),
        "new-outlets": _new(outlets(before), outlets(after)),
        "large-counts": _large(before, after),
        "jumps": _jumps(covered, after),
    }


def outlets(reports):
    """Return the outlet of each report: the name before its first slash, or after t.me."""
    return reports["source_post"].str.extract(r"^(?:https?://t\.me/|https?://)?([^/]+)", expand=False)


def changed_values(before, after):
    """Return a line for each value of a report that is not what it was."""
    old, new = (_texts(frame[frame["report_id"].isin(before["report_id"])]) for frame in (before, after))
    common = old.index.intersection(new.index)
    differs = (old.loc[common] != new.loc[common]).stack()
    return [f"{row}, {column}: {old.at[row, column] or 'blank'} before, {new.at[row, column] or 'blank'} now"
            for row, column in differs.index[differs]]


def _texts(reports):
    return reports.astype("object").astype("str").where(reports.notna(), "").set_index("report_id")


def _months(reports):
    return reports.groupby(reports["report_date"].dt.strftime("%Y-%m"))


def _shorter(dates, until):
    late = dates[dates > until]
    return [f"to {until:%Y-%m-%d}, with reports to {late.max():%Y-%m-%d} before"] if len(late) else []


def _fewer(before, after):
    after = after.reindex(before.index, fill_value=0)
    return [f"{month}: {before[month]} rows before, {after[month]} now" for month in before.index[after < before]]


def _new(before, after):
    return sorted(set(after.dropna()) - set(before.dropna()))


def _large(before, after):
    largest = before.groupby("weapon_class", observed=True)["launched_count"].max()
    limits = 2 * largest.reindex(after["weapon_class"]).set_axis(after.index)
    rows = after[(after["launched_count"] > limits).fillna(False)]
    return [f"{row.report_id}: {row.launched_count} launched" for row in rows.itertuples()]


def _jumps(before, after):
    """Months whose series total changes by something else than the rows that came in."""
    before, after = (frame[frame["is_in_drone_series"]] for frame in (before, after))
    came = after[~after["report_id"].isin(before["report_id"])]
    totals = pd.DataFrame({name: _months(frame)["launched_count"].sum() for name, frame in
                           (("before", before), ("now", after), ("new", came))}).fillna(0)
    wrong = totals[(totals["before"] + totals["new"] != totals["now"]) & totals.index.isin(_months(before).groups)]
    return [f"{month}: {row['before']} before, {row['now']} now, {row['new']} in new rows"
            for month, row in wrong.iterrows()]
