"""What a curation does to the data that are there, and what is unlikely in its new rows.

Each is a finding, to be accepted by its line.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.launches import MISSILE_CLASSES
from analysis.press import monthly_totals
from upkeep.curation.ids import WINDOW
from upkeep.curation.rules import window_ends

COUNTS = ["launched_count", "shot_down_count", "lost_count"]
SEVERAL = 20  # drones: smaller nights resemble one another by chance
TWIN_DAYS = 3
NEIGHBOURS = 7  # nights before, and as many after
# Times the largest and the median night around: 8 and 27 of a thousand nights to June 2026 are.
LARGER, SMALLER = 2, 5
LARGE_NIGHT = 30  # drones: shares of smaller ones vary too much
FAR_SHARE = 0.25  # from the median around; 14 nights to June 2026 are
FEW_OF_FAMILY = 5  # missiles of one row: shares of fewer vary too much
FAR_SHARE_OF_FAMILY = 0.4
# Drones that one front's tallies count (R20): no record of launches to measure new ones by.
TALLIED = ["tactical_uav", "reconnaissance_uav"]
MORE_HITS = 2  # times the drones not neutralised; none of 371 nights to June 2026, with missiles
FAR_TOTAL = 0.1  # of a month, from the nearest total that the press printed
MANY = 10  # values of a column; more are one line, as of one cause


@dataclass(frozen=True)
class Change:
    """A dataset as it is and as it would be, and the columns that the snapshot lacks."""

    old: Dataset
    new: Dataset
    lacking: list

    @property
    def until(self):
        """The last date as it would be."""
        return self.new.period[1]

    @cached_property
    def before(self):
        """The reports as they are up to the new end; what lay after it is not removed."""
        return self.old.reports[self.old.reports["report_date"] <= self.until]

    @property
    def after(self):
        """The reports as they would be."""
        return self.new.reports

    @cached_property
    def is_new(self):
        """Whether each report that would be is none of those that are."""
        return ~self.after["report_id"].isin(self.old.reports["report_id"])

    @property
    def came(self):
        """The new reports."""
        return self.after[self.is_new]


def findings(change):
    """Return what a `Change` does that has to be accepted, as lines that begin with the guard."""
    return [f"{name}: {line}" for name, guard in GUARDS.items() for line in guard(change)]


def _shorter_period(change):
    last = change.old.reports["report_date"].max()
    if last > change.until:
        yield f"to {change.until:%Y-%m-%d}, with reports to {last:%Y-%m-%d} before"


def _removed_reports(change):
    is_gone = ~change.before["report_id"].isin(change.after["report_id"])
    return change.before.loc[is_gone, "report_id"]


def _past_rows(change):
    return _launched(change.came[change.came["report_date"] <= change.old.period[1]])


def _moved(change):
    old, new = _in_both(change)
    for row in old.index[old["report_date"] != new["report_date"]]:
        yield f"{row}: from {old.at[row, 'report_date']} to {new.at[row, 'report_date']}"


def _changed_values(change):
    """Values of known reports, in one line where one cause, as a lost column, changed many."""
    old, new = _in_both(change)
    is_moved, told = old["report_date"] != new["report_date"], ["report_date", *WINDOW]
    new.loc[is_moved, told] = old.loc[is_moved, told]  # which _moved tells
    cells = pd.concat([old.stack(), new.stack()], axis=1, keys=["old", "new"])
    cells = cells[cells["old"] != cells["new"]].replace("", "blank")
    cells = cells.rename_axis(["row", "column"]).reset_index()
    for column, changed in cells.groupby("column", sort=False):
        lines = [f"{c.row}, {column}: {c.old} before, {c.new} now" for c in changed.itertuples()]
        if len(lines) <= MANY and column not in change.lacking:
            yield from lines
            continue
        why = "the snapshot lacks it" if column in change.lacking else f"such as {lines[0]}"
        yield f"{column}: {len(lines):,} values differ, {why}"


def _changed_dates(change):
    """Dates of the tables of nights that differ, though no report of theirs does."""
    told = _dates_that_differ(change.before, change.after)
    end = min(change.until, change.old.period[1])
    for name in ("nights", "quiet_nights", "open_nights"):
        tables = [getattr(air, name) for air in (change.old, change.new)]
        dates = _dates_that_differ(*(table[table["report_date"] <= end] for table in tables))
        dates = dates.difference(told)
        if len(dates):
            span = f"{dates[0]:%Y-%m-%d} to {dates[-1]:%Y-%m-%d}"
            yield f"{name}: {len(dates):,} dates differ without a report of theirs, {span}"


def _dates_that_differ(before, after):
    rows = pd.concat([before, after]).drop_duplicates(keep=False)
    return pd.DatetimeIndex(rows["report_date"].unique()).sort_values()


def _new_labels(change):
    return _added(change.old.reports["upstream_label"], change.after["upstream_label"])


def _new_outlets(change):
    """The name before the first slash of a post, or after t.me."""
    outlet = r"^(?:https?://t\.me/|https?://)?([^/]+)"
    before, after = change.old.reports["source_post"], change.after["source_post"]
    return _added(before.str.extract(outlet)[0], after.str.extract(outlet)[0])


def _large_counts(change):
    largest = change.old.reports.groupby("family")["launched_count"].max()
    came = change.came[~change.came["weapon_class"].isin(TALLIED)]
    limit = 2 * came["family"].map(largest)
    return _launched(came[(came["launched_count"] > limit).fillna(False)])


def _no_drones(change):
    """Dates at the end of the record without a drone report: twelve of 487 to December 2025."""
    before, after = change.old.quiet_nights, change.new.quiet_nights
    for row in after[~after["report_date"].isin(before["report_date"])].itertuples():
        yield f"{row.report_date:%Y-%m-%d}: no drone report, entered as {row.verdict} (R17)"


def _overlaps(change):
    """Rows whose window meets the window of another national row of their weapon.

    That a window by day begins before the one by night has ended is ordinary.
    """
    rows = change.after[change.after["level"] == "national"].sort_values("window_start")
    label = rows["upstream_label"]
    latest_end = window_ends(rows).groupby(label).cummax().groupby(label).shift()
    parts = rows["window_part"].astype("str")
    both = parts + parts.groupby(label).shift().fillna("")
    is_second = (rows["window_start"] < latest_end) & ~both.isin(["nightday", "daynight"])
    return _beside(change, rows, is_second, ["upstream_label"])


def _twin_counts(change):
    """Rows with the very counts of another of their weapon within some days."""
    is_several = (change.after["launched_count"] >= SEVERAL).fillna(False)
    rows = change.after[is_several & (change.after["level"] == "national")]
    rows = rows.astype({column: "object" for column in COUNTS}).sort_values("report_date")
    keys = ["upstream_label", *COUNTS]
    days = rows.groupby(keys, dropna=False)["report_date"].diff()
    return _beside(change, rows, days <= pd.Timedelta(days=TWIN_DAYS), keys)


def _shared_posts(change):
    """Posts of more than one date, with a new row of either series: one of them is another's."""
    r = change.after
    is_counted = r["is_in_drone_series"] | r["weapon_class"].isin(MISSILE_CLASSES)
    rows = r[is_counted & (r["level"] == "national")]
    came = rows.loc[change.is_new[rows.index], "source_post"]
    for post, dates in rows[rows["source_post"].isin(came)].groupby("source_post")["report_date"]:
        if dates.nunique() > 1:
            yield f"{post}: {' and '.join(dates.dt.strftime('%Y-%m-%d').unique())}"


def _unlikely_sizes(change):
    nights = _drones(change.after).groupby("report_date")["launched_count"].sum()
    for at in np.flatnonzero(nights.index.isin(change.came["report_date"])):
        date, night = nights.index[at], nights.iloc[at]
        around = nights.iloc[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS + 1].drop(date)
        usual, most = around.median(), around.max()
        is_large = night >= SEVERAL and night > LARGER * most
        if len(around) >= NEIGHBOURS and (is_large or night * SMALLER < usual):
            yield f"{date:%Y-%m-%d}: {night} drones, where {usual:.0f} is usual and {most} the most"


def _unlikely_shares(change):
    """Reports whose share neutralised, or shot down where that is all they tell, is far off.

    Usual is the median around: of the regime for drones, of the family for missiles.
    """
    r = change.after
    is_drone = r["is_in_drone_series"]
    is_missile = r["weapon_class"].isin(MISSILE_CLASSES) & (r["level"] == "national")
    is_several = r["launched_count"] >= np.where(is_drone, LARGE_NIGHT, FEW_OF_FAMILY)
    r = r[(is_drone | is_missile) & is_several.fillna(False)]
    shares = r["neutralised_count"].fillna(r["shot_down_count"]) / r["launched_count"]
    kind = ("regime " + r["regime_id"].astype("str")).where(is_drone, r["family"])
    rows = r.assign(share=shares.astype("float64"), kind=kind).dropna(subset="share")
    around = rows.groupby("kind")["share"].rolling(
        2 * NEIGHBOURS + 1, center=True, min_periods=NEIGHBOURS
    )
    rows["usual"] = around.median().droplevel("kind")
    far = np.where(rows["is_in_drone_series"], FAR_SHARE, FAR_SHARE_OF_FAMILY)
    is_far = (rows["share"] - rows["usual"]).abs() > far
    for row in rows[is_far & rows["report_id"].isin(change.came["report_id"])].itertuples():
        usual = f"{row.usual:.0%} is usual of {row.kind}"
        yield f"{row.report_id}: {row.share:.0%} neutralised or shot down, where {usual}"


def _unlikely_hits(change):
    """Nights with more places hit than drones were left: what a zero lost in all counts leaves."""
    rows = _drones(change.came)
    rows = rows.assign(left=rows["launched_count"] - rows["neutralised_count"])
    is_more = (rows["hit_location_count"] > MORE_HITS * rows["left"]).fillna(False)
    for row in rows[is_more].itertuples():
        hit = f"{row.hit_location_count} places hit"
        yield f"{row.report_id}: {hit}, where {row.left} drones were not neutralised"


def _press_totals(change):
    """Months with new rows whose drones are far from every total that the press printed."""
    totals = monthly_totals(change.old.press_claims, change.after)
    totals = totals.query("target_class == 'drones' and qualifier == 'exact'")
    share = (totals["difference_count"] / totals["published_count"]).abs()
    nearest = totals.assign(share=share).sort_values("share").drop_duplicates("month")
    months = change.came["report_date"].dt.to_period("M").dt.start_time
    far = nearest[(nearest["share"] > FAR_TOTAL) & nearest["month"].isin(months)]
    for row in far.sort_values("month").itertuples():
        drones = f"{row.ledger_count} drones, where the press has {row.published_count}"
        yield f"{row.month:%Y-%m}: {drones}"


GUARDS = {
    # The period and the past
    "shorter-period": _shorter_period,
    "removed-report": _removed_reports,
    "row-in-the-past": _past_rows,
    "moved": _moved,
    "changed-value": _changed_values,
    "changed-dates": _changed_dates,
    # What no report had
    "new-label": _new_labels,
    "new-outlet": _new_outlets,
    "large-count": _large_counts,
    "no-drones": _no_drones,
    # What is unlikely beside its neighbours and the press
    "overlap": _overlaps,
    "twin-counts": _twin_counts,
    "shared-post": _shared_posts,
    "unlikely-size": _unlikely_sizes,
    "unlikely-share": _unlikely_shares,
    "unlikely-hits": _unlikely_hits,
    "press-total": _press_totals,
}


def _drones(reports):
    return reports[reports["is_in_drone_series"]]


def _launched(reports):
    return (f"{row.report_id}: {row.launched_count} launched" for row in reports.itertuples())


def _added(before, after):
    return sorted(set(after.dropna()) - set(before.dropna()))


def _in_both(change):
    """The cells as texts, before and after, of the reports that are in both."""
    old, new = _texts(change.before, change.old), _texts(change.after, change.new)
    common = old.index.intersection(new.index)
    return old.loc[common], new.loc[common]


def _texts(reports, air):
    """Reports with the areas that they name, as texts."""
    dated = reports.assign(report_date=reports["report_date"].dt.strftime("%Y-%m-%d"))
    table = dated.set_index("report_id").astype("object")
    for name in ("launch_areas", "affected_regions"):
        table[name] = getattr(air, name).groupby("report_id")["area"].agg(", ".join)
    return table.astype("str").where(table.notna(), "")


def _beside(change, rows, is_second, keys):
    """A line for each row that follows another of its kind, where one of the two is new."""
    previous = rows.groupby(keys, dropna=False, observed=True)["report_id"].shift()
    pairs = pd.DataFrame({"row": rows["report_id"], "other": previous})[is_second]
    came = change.came["report_id"]
    for pair in pairs[pairs["row"].isin(came) | pairs["other"].isin(came)].itertuples():
        yield f"{pair.row}: beside {pair.other}"
