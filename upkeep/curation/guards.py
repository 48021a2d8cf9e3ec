"""What a new curation does to the data that are there, and what is unlikely in its new rows: each accepted by name, or refused."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import paths
from analysis.descriptor import DataError
from analysis.press import monthly_totals
from upkeep.curation.rules import window_ends

LISTED = 20  # more findings than that are listed in a file
SEVERAL = 20  # drones: smaller nights resemble one another by chance
TWIN_DAYS = 3
NEIGHBOURS = 7  # nights before, and as many after
LARGER, SMALLER = (
    2,
    5,
)  # times the largest and the median night around; 8 and 27 of a thousand nights to June 2026 are
LARGE_NIGHT = 30  # drones: shares of smaller ones vary too much
FAR_SHARE = 0.25  # from the median around; 14 nights to June 2026 are
MORE_HITS = 2  # times the drones not neutralised; none of 371 nights to June 2026, although missiles hit as well
FAR_TOTAL = 0.1  # of a month, from the nearest total that the press printed
LONE_DAYS = 7


class Disagreement(DataError):
    """Findings that nobody has accepted, by their lines."""

    def __init__(self, message, findings):
        super().__init__(message)
        self.findings = findings


@dataclass(frozen=True)
class Change:
    """`reports` as it is and as it would be, with the last dates of both periods, the press claims, and the snapshot's dates."""

    before: pd.DataFrame
    after: pd.DataFrame
    last: pd.Timestamp
    until: pd.Timestamp
    claims: pd.DataFrame
    dates: pd.Series

    @property
    def covered(self):
        """The reports as they are, up to the new end; what lay after it counts as left out, not as removed."""
        return self.before[self.before["report_date"] <= self.until]

    @property
    def is_new(self):
        """Whether each report that would be is none of those that are."""
        return ~self.after["report_id"].isin(self.before["report_id"])


def guard(change, accepted):
    """Return the findings about a `Change`, all of which `accepted` (a container of such lines) holds; else stop.

    Raises
    ------
    Disagreement
        With every finding that nobody has accepted, as the lines by which they are accepted.
    """
    found = [f"{name}: {line}" for name, finder in GUARDS.items() for line in finder(change)]
    if open_ones := [line for line in found if line not in accepted]:
        raise Disagreement(
            f"the snapshot needs a decision, nothing was written. Look at each of the {len(open_ones)} findings, "
            f"then run again with --accept 'FINDING', or --reviewed FILE with those that are right:\n"
            + "\n".join(_listed(open_ones)),
            open_ones,
        )
    return found


def _listed(lines):
    """The lines, or the first of them and the file that has them all."""
    if len(lines) <= LISTED:
        return lines
    file = paths.ROOT / ".cache" / "findings.txt"
    file.parent.mkdir(exist_ok=True)
    paths.write(file, "".join(f"{line}\n" for line in lines).encode())
    return [*lines[:LISTED], f"and {len(lines) - LISTED} more: all are in {file}"]


def _shorter_period(change):
    late = change.before["report_date"][change.before["report_date"] > change.until]
    if len(late):
        yield f"to {change.until:%Y-%m-%d}, with reports to {late.max():%Y-%m-%d} before"


def _lone_last_day(change):
    """The last date is left out as incomplete (R1): one mistyped far ahead lets the true last day in."""
    *_, previous, last = [pd.NaT, *sorted(change.dates.unique())]
    if pd.notna(previous) and (last - previous).days > LONE_DAYS and previous <= change.until:
        yield f"{last:%Y-%m-%d}, {(last - previous).days} days after {previous:%Y-%m-%d}, which counts as complete then"


def _fewer_rows(change):
    before, after = (_months(frame).size() for frame in (change.covered, change.after))
    after = after.reindex(before.index, fill_value=0)
    return [
        f"{month}: {before[month]} rows before, {after[month]} now"
        for month in before.index[after < before]
    ]


def _removed_reports(change):
    return change.covered.loc[
        ~change.covered["report_id"].isin(change.after["report_id"]), "report_id"
    ]


def _past_rows(change):
    return _rows(change.after[change.is_new & (change.after["report_date"] <= change.last)])


def _changed_values(change):
    before, after = change.covered, change.after
    old, new = (
        _texts(frame[frame["report_id"].isin(before["report_id"])]) for frame in (before, after)
    )
    common = old.index.intersection(new.index)
    differs = (old.loc[common] != new.loc[common]).stack()
    return [
        f"{row}, {column}: {old.at[row, column] or 'blank'} before, {new.at[row, column] or 'blank'} now"
        for row, column in differs.index[differs]
    ]


def _new_labels(change):
    return _new(change, lambda reports: reports["upstream_label"])


def _new_outlets(change):
    """The name before the first slash of a post, or after t.me."""
    return _new(
        change,
        lambda reports: reports["source_post"].str.extract(
            r"^(?:https?://t\.me/|https?://)?([^/]+)", expand=False
        ),
    )


def _jumps(change):
    """Months whose series total changes by something else than the rows that came in."""
    before, after, new = (
        frame[frame["is_in_drone_series"]]
        for frame in (change.covered, change.after, change.after[change.is_new])
    )
    totals = pd.DataFrame(
        {
            name: _months(frame)["launched_count"].sum()
            for name, frame in (("before", before), ("now", after), ("new", new))
        }
    ).fillna(0)
    wrong = totals[
        (totals["before"] + totals["new"] != totals["now"])
        & totals.index.isin(_months(before).groups)
    ]
    return [
        f"{month}: {row['before']} before, {row['now']} now, {row['new']} in new rows"
        for month, row in wrong.iterrows()
    ]


def _large_counts(change):
    largest = change.before.groupby("family")["launched_count"].max()
    limits = 2 * largest.reindex(change.after["family"]).set_axis(change.after.index)
    return _rows(
        change.after[change.is_new & (change.after["launched_count"] > limits).fillna(False)]
    )


def _overlaps(change):
    """Rows whose window meets the window of another national row of their weapon."""
    rows = change.after[change.after["level"] == "national"].sort_values("window_start")
    so_far = (
        window_ends(rows)
        .groupby(rows["upstream_label"])
        .cummax()
        .groupby(rows["upstream_label"])
        .shift()
    )
    return _touched(change, rows, rows["window_start"] < so_far, ["upstream_label"])


def _twin_counts(change):
    """Rows with the very counts of another of their weapon within some days."""
    rows = change.after[
        (change.after["level"] == "national")
        & (change.after["launched_count"] >= SEVERAL).fillna(False)
    ]
    rows = rows.astype({c: "object" for c in _COUNTS}).sort_values("report_date")
    keys = ["upstream_label", *_COUNTS]
    near = rows.groupby(keys, dropna=False)["report_date"].diff() <= pd.Timedelta(days=TWIN_DAYS)
    return _touched(change, rows, near, keys)


def _shared_posts(change):
    rows = change.after[change.after["is_in_drone_series"] & (change.after["level"] == "national")]
    several = rows.groupby("source_post")["report_date"].transform("nunique") > 1
    return [
        f"{row.report_id}: {row.source_post}"
        for row in rows[several & change.is_new[rows.index]].itertuples()
    ]


def _unlikely_sizes(change):
    nights = (
        change.after[change.after["is_in_drone_series"]]
        .groupby("report_date")["launched_count"]
        .sum()
    )
    came = nights.index.isin(change.after.loc[change.is_new, "report_date"])
    for at in np.flatnonzero(came):
        around = nights.iloc[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS + 1].drop(nights.index[at])
        night, usual = nights.iloc[at], around.median()
        if len(around) >= NEIGHBOURS and (
            night > LARGER * around.max() and night >= SEVERAL or night * SMALLER < usual
        ):
            yield f"{nights.index[at]:%Y-%m-%d}: {night} drones, where {usual:.0f} is usual and {around.max()} the most"


def _unlikely_shares(change):
    """Nights whose share of neutralised, or of shot down where that is not given, is far from that of their regime around."""
    rows = change.after[
        change.after["is_in_drone_series"]
        & (change.after["launched_count"] >= LARGE_NIGHT).fillna(False)
    ]
    outcome = rows["neutralised_count"].fillna(
        rows["shot_down_count"].where(rows["regime_id"].isin(["A", "B"]))
    )
    shares = (outcome / rows["launched_count"]).astype("float64").dropna()
    usual = shares.groupby(rows["regime_id"].astype("str")).transform(
        lambda regime: regime.rolling(
            2 * NEIGHBOURS + 1, center=True, min_periods=NEIGHBOURS
        ).median()
    )
    far = shares.index[((shares - usual).abs() > FAR_SHARE) & change.is_new[shares.index]]
    return [
        f"{change.after.at[row, 'report_id']}: {shares[row]:.0%} neutralised or shot down, where {usual[row]:.0%} is usual"
        for row in far
    ]


def _unlikely_hits(change):
    """Nights with more places hit than the drones that were left can have hit: what a zero lost in all counts leaves."""
    rows = change.after[change.is_new & change.after["is_in_drone_series"]]
    left = rows["launched_count"] - rows["neutralised_count"]
    many = rows[(rows["hit_location_count"] > MORE_HITS * left).fillna(False)]
    return [
        f"{row.report_id}: {row.hit_location_count} places hit, where {left[row.Index]} drones were not neutralised"
        for row in many.itertuples()
    ]


def _press_totals(change):
    """Months with new rows whose drones are far from every total that the press printed for them."""
    totals = monthly_totals(change.claims, change.after).query(
        "target_class == 'drones' and qualifier == 'exact'"
    )
    totals = totals.assign(
        share=(totals["difference_count"] / totals["published_count"]).abs()
    ).sort_values("share")
    nearest = totals.drop_duplicates("month").set_index("month").sort_index()
    months = change.after.loc[change.is_new, "report_date"].dt.to_period("M").dt.start_time.unique()
    for month, row in nearest[
        (nearest["share"] > FAR_TOTAL) & nearest.index.isin(months)
    ].iterrows():
        yield f"{month:%Y-%m}: {row['ledger_count']} drones, where the press has {row['published_count']}"


def _odd_letters(change):
    """Targets with letters that only look like Latin ones."""
    rows = change.after[change.is_new & change.after["target"].notna()]
    return [
        f"{row.report_id}, target: {row.target!a}"
        for row in rows.itertuples()
        if not row.target.isascii()
    ]


_COUNTS = ["launched_count", "shot_down_count", "lost_count"]
GUARDS = {
    # The period and the past
    "shorter-period": _shorter_period,
    "lone-last-day": _lone_last_day,
    "fewer-rows": _fewer_rows,
    "removed-report": _removed_reports,
    "row-in-the-past": _past_rows,
    "changed-value": _changed_values,
    "jump": _jumps,
    # What no report had
    "new-label": _new_labels,
    "new-outlet": _new_outlets,
    "odd-letter": _odd_letters,
    "large-count": _large_counts,
    # What is unlikely beside its neighbours and the press
    "overlap": _overlaps,
    "twin-counts": _twin_counts,
    "shared-post": _shared_posts,
    "unlikely-size": _unlikely_sizes,
    "unlikely-share": _unlikely_shares,
    "unlikely-hits": _unlikely_hits,
    "press-total": _press_totals,
}


def _rows(reports):
    return [f"{row.report_id}: {row.launched_count} launched" for row in reports.itertuples()]


def _touched(change, rows, is_second, keys):
    """A line for each row that follows on another of its kind, where one of the two is new."""
    previous = rows.groupby(keys, dropna=False, observed=True)[["report_id"]].shift()["report_id"]
    new = set(change.after.loc[change.is_new, "report_id"])
    return [
        f"{row}: beside {other}"
        for row, other in zip(rows.loc[is_second, "report_id"], previous[is_second])
        if {row, other} & new
    ]


def _texts(reports):
    return reports.astype("object").astype("str").where(reports.notna(), "").set_index("report_id")


def _months(reports):
    return reports.groupby(reports["report_date"].dt.strftime("%Y-%m"))


def _new(change, names):
    return sorted(set(names(change.after).dropna()) - set(names(change.before).dropna()))
