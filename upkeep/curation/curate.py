"""From a snapshot of the upstream compilation to the rows of `reports`, rule by rule.

The rules R1 to R16 are stated in `data/README.md`. Each step says in the
`Account` what it kept, changed or left out, so that nothing disappears silently.
"""

import pandas as pd

from analysis.dataset import DataError
from upkeep.curation.account import spelled
from upkeep.curation.corrections import corrected, with_additions
from upkeep.curation.ids import known_ids, with_ids
from upkeep.curation.rules import (
    DRONE,
    lost_states,
    with_regimes,
    with_series,
    with_weapons,
    with_window_part,
)

LONE_DAYS = 7
REGIONAL_OUTLETS = ["PvKPivden", "pvkshid", "PvkZahid", "PvkCenter", "watch", "kharkivoda.gov.ua"]
ORIGINS = {"kpszsu": "air_force", "GeneralStaff.ua": "general_staff", "CinCAFU": "general_staff"}


def curate(snapshot, air, until, account):
    """Return the rows of `reports`, with the places that they name, and their last date.

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
    until = _last_complete(snapshot.rows, pd.Timestamp(until), account)
    rows = _in_scope(snapshot.rows, air.regimes["first_report_date"].min(), until, account)
    rows = _with_known_labels(rows, air.weapons, account)
    rows = with_ids(_with_levels(with_weapons(rows, air.weapons)), account)
    rows["report_id"] = rows["report_id"].replace(known_ids(rows, air.reports))
    rows["report_date"] = rows["window_end"].dt.normalize()
    rows = corrected(rows, air.corrections, until, snapshot.lacking, account)
    rows = with_additions(rows, air, until, account)
    rows = with_window_part(with_series(rows))
    _account_for_series(rows, account)
    rows = _with_outcomes(with_regimes(rows, air.regimes))
    account.add("", "rows of reports.csv", rows)
    order = ["report_date", "window_end", "window_start", "report_id"]
    return rows.sort_values(order, ignore_index=True), until


def _last_complete(rows, until, account):
    """The last date to keep: the last day is incomplete, even one mistyped far ahead (R1)."""
    days = rows["window_end"].dt.normalize().drop_duplicates().nlargest(2)
    last, before = days.iloc[0], days.iloc[-1]
    gap = (last - before).days
    if gap > LONE_DAYS and before <= until:
        lone = f"{last:%Y-%m-%d}, {gap} days after {before:%Y-%m-%d}"
        account.findings.append(f"lone-last-day: {lone}, which counts as complete then")
    return min(until, last - pd.Timedelta(days=1))


def _in_scope(rows, first, until, account):
    """Keep the rows whose window ends from `first` to `until`; the last day is incomplete (R1)."""
    days = rows["window_end"].dt.normalize()
    is_last = days == days.max()
    account.add("", "rows of the snapshot", rows)
    account.add("R1", f"excluded: before {first:%Y-%m-%d}", rows[days < first])
    account.add("R1", "excluded: last day of the snapshot", rows[is_last])
    account.add("R1", f"excluded: after {until:%Y-%m-%d}", rows[(days > until) & ~is_last])
    rows = rows[days.between(first, until)]
    if rows.empty:
        account.stop_at_faults()
        period = f"{first:%Y-%m-%d} to {until:%Y-%m-%d}"
        raise DataError(f"no row of the snapshot ends from {period}; choose another --until")
    return rows.rename_axis("line").reset_index()


def _with_known_labels(rows, weapons, account):
    """An unknown label is a fault (R8)."""
    is_known = rows["upstream_label"].isin(weapons["upstream_label"])
    for row in rows[~is_known].drop_duplicates("upstream_label").itertuples():
        account.faults.append(
            f"line {row.line}, model: found {spelled(row.upstream_label)}, which weapons.csv does "
            "not have; add a row with its name, class and family, unless it is misspelled (R8)"
        )
    return rows[is_known]


def _with_levels(rows):
    """Tell national from regional reports and who made them (R5)."""
    outlet = rows["source_post"].str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    by_region = outlet.isin(REGIONAL_OUTLETS)
    is_regional = by_region & (rows["target"] != "Ukraine")
    return rows.assign(
        level=is_regional.map({True: "regional", False: "national"}),
        origin=outlet.map(ORIGINS).mask(by_region, "regional_command").fillna("other"),
    )


def _account_for_series(rows, account):
    is_drone, is_in = rows["weapon_class"] == DRONE, rows["is_in_drone_series"]
    is_regional = rows["level"] == "regional"
    is_doubled = ~is_drone & rows["overlaps_national"]
    account.add("R6", "drone rows that overlap a national window: out", rows[is_drone & ~is_in])
    account.add(
        "R6", "regional drone rows that fill a gap: in", rows[is_drone & is_in & is_regional]
    )
    account.add("R7", "regional missile rows that may double count: in", rows[is_doubled])


def _with_outcomes(rows):
    """What its regime lets `lost` and `neutralised` of a row mean (R11, R12), if not withheld."""
    lost, is_withheld = rows["lost_count"], rows["is_withheld"]
    is_merged, is_known = rows["regime_id"] == "D", rows["regime_id"].isin(["C", "D"])
    neutralised = rows["shot_down_count"] + lost.mask(is_merged, lost.fillna(0))
    rows = rows.assign(
        neutralised_count=neutralised.where(is_known),
        lost_state=lost_states(rows, is_withheld),
        lost_count=lost.mask(is_merged),
    )
    counts = [column for column in rows if column.endswith("_count")]
    rows.loc[is_withheld, counts] = pd.NA
    return rows
