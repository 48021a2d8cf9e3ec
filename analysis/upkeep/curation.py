"""From a snapshot of the upstream compilation to the tables of `data/`, rule by rule.

The rules R1 to R16 are stated in `data/README.md`. Each step says in the
`Account` what it kept, changed or left out, so that nothing disappears silently.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analysis.descriptor import DataError

REGIONAL_OUTLETS = ["PvKPivden", "pvkshid", "PvkZahid", "PvkCenter", "watch", "kharkivoda.gov.ua"]
ORIGINS = {"kpszsu": "air_force", "GeneralStaff.ua": "general_staff", "CinCAFU": "general_staff"}
DRONE = "one_way_attack_drone"
MISSILES = ["cruise_missile", "ballistic_missile", "guided_air_launched_missile", "mixed_missiles"]
KEY = ["window_start", "window_start_precision", "window_end", "window_end_precision", "weapon", "source",
       "launch_place", "target"]
OUTCOMES = ["launched_count", "shot_down_count", "lost_count"]


@dataclass
class Account:
    """What each rule did: a list of (rule, what, rows, launched before, launched after)."""

    steps: list = field(default_factory=list)

    def add(self, rule, what, rows, before, after):
        """Note one step; rows are those it touched, launched the sum over all rows kept so far."""
        self.steps.append((rule, what, int(rows), int(before), int(after)))


def curate(snapshot, decisions, until):
    """Return `reports` as a frame in the columns of the descriptor, and the `Account`.

    Parameters
    ----------
    snapshot : `snapshot.Snapshot`
    decisions : dict of frames
        weapons, regimes, corrections, additions, as `data/` holds them.
    until : datetime.date
        The last report date to keep (R1).
    """
    account = Account()
    rows = _in_scope(snapshot.rows, until, account)
    account.add("R1", "rows in scope", len(rows), rows["launched_count"].sum(), rows["launched_count"].sum())
    rows = _with_weapons(rows, decisions["weapons"])
    rows = _with_levels(_with_ids(rows))
    rows["report_date"] = rows["window_end"].dt.normalize()
    rows["correction_ids"] = pd.NA
    rows = _corrected(rows, decisions["corrections"], until, account)
    rows = _added(rows, decisions["additions"], decisions["weapons"], until, account)
    rows = _with_series(rows, account)
    rows = _with_regimes(rows, decisions["regimes"])
    _check_outcomes(rows)
    order = ["report_date", "window_end", "window_start", "report_id"]
    account.add("", "rows of reports.csv", len(rows), rows["launched_count"].sum(), rows["launched_count"].sum())
    return rows.sort_values(order, ignore_index=True), account


def _in_scope(rows, until, account):
    """Keep the rows whose window ends by `until`, without the snapshot's last, incomplete day (R1)."""
    launched = rows["launched_count"].sum()
    account.add("", "rows of the snapshot", len(rows), launched, launched)
    days = rows["window_end"].dt.date
    for what, cut in (("excluded: last day of the snapshot", days == days.max()), (f"excluded: after {until}", days > until)):
        cut = cut.reindex(rows.index)
        kept = rows[~cut]
        account.add("R1", what, cut.sum(), rows["launched_count"].sum(), kept["launched_count"].sum())
        rows = kept
    if rows.empty:
        raise DataError(f"no row of the snapshot ends by {until}; choose a later --until")
    return rows.copy()


def _with_weapons(rows, weapons):
    """Translate labels by the taxonomy (R8); an unknown one is an error."""
    unknown = rows.loc[~rows["model"].isin(weapons["upstream_label"]), "model"]
    if len(unknown):
        raise DataError(f"weapons.csv: no entry for {', '.join(map(repr, unknown.unique()))} "
                        f"(line {unknown.index[0]} of the snapshot); add a row for each with class, family and name")
    taxonomy = weapons.set_index("upstream_label")
    for column in ("name", "weapon_class", "subclass", "family", "is_composite"):
        rows["weapon" if column == "name" else column] = rows["model"].map(taxonomy[column])
    return rows.rename(columns={"model": "upstream_label"})


def _with_ids(rows):
    """Give each row an id made of nothing but the row itself: date, family and a digest of its key (R2)."""
    key = rows[KEY].astype(str).agg("|".join, axis=1)
    if key.duplicated().any():
        lines = ", ".join(str(line) for line in rows.index[key.duplicated(keep=False)][:10])
        raise DataError(f"duplicate key (window, weapon, source, launch place, target) on lines {lines} of the snapshot")
    digests = [hashlib.sha256(k.encode()).hexdigest()[:6] for k in key]
    slugs = rows["family"].map({f: slug(f) for f in rows["family"].unique()})
    rows["report_id"] = rows["window_end"].dt.strftime("%Y-%m-%d-") + slugs + "-" + digests
    if not rows["report_id"].is_unique:
        raise DataError(f"two rows share the id {rows.loc[rows['report_id'].duplicated(), 'report_id'].iloc[0]}")
    return rows


def slug(text):
    """Return a text in lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _with_levels(rows):
    """Tell national from regional reports and who made them (R5)."""
    outlet = rows["source"].str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    is_regional = outlet.isin(REGIONAL_OUTLETS)
    rows["level"] = (is_regional & (rows["target"] != "Ukraine")).map({True: "regional", False: "national"})
    rows["origin"] = outlet.map(ORIGINS).mask(is_regional, "regional_command").fillna("other")
    return rows.rename(columns={"source": "source_post"})


def _corrected(rows, corrections, until, account):
    """Apply or flag each correction; one whose old value is gone stops the run (R15)."""
    for c in corrections.itertuples():
        if date.fromisoformat(c.window_end[:10]) > until:
            continue
        column = f"{c.field}_text" if c.field.startswith("window_") else c.field
        hit = ((rows["window_start_text"] == c.window_start) & (rows["window_end_text"] == c.window_end)
               & (rows["upstream_label"] == c.upstream_label) & (rows["launched_count"] == c.launched_count))
        found = rows.loc[hit, column].astype(str).str.removesuffix(" 00:00:00").tolist()
        if found != [c.was]:
            raise DataError(f"corrections.csv, {c.correction_id} is obsolete: expected one row {c.window_start} > "
                            f"{c.window_end} {c.upstream_label} with {c.field} {c.was}, found {found or 'no such row'}; "
                            "look at the snapshot and change or remove the correction")
        launched = rows["launched_count"].sum()
        if c.status == "applied":
            rows.loc[hit, c.field] = pd.Timestamp(c.now) if c.field == "report_date" else int(c.now)
        ids = rows.loc[hit, "correction_ids"].fillna("") + ";" + c.correction_id
        rows.loc[hit, "correction_ids"] = ids.str.strip(";")
        what = f"{c.correction_id} {c.status}: {c.field} {c.was}" + (f" to {c.now}" if c.status == "applied" else "")
        account.add("R15", what, 1, launched, rows["launched_count"].sum())
    return rows


def _added(rows, additions, weapons, until, account):
    """Add the nights whose report is known from press copies alone (R16)."""
    taxonomy = weapons.set_index("upstream_label")
    for a in additions[additions["report_date"].dt.date <= until].itertuples():
        weapon = taxonomy.loc[a.upstream_label]
        new = {"report_id": f"{a.report_date:%Y-%m-%d}-{slug(weapon['family'])}-{a.addition_id.lower()}",
               "report_date": a.report_date, "window_start": a.report_date, "window_end": a.report_date,
               "window_start_precision": "day", "window_end_precision": "day", "level": "national", "origin": "press",
               "upstream_label": a.upstream_label, "weapon": weapon["name"], "source_post": pd.NA, "is_withheld": False,
               **weapon[["weapon_class", "subclass", "family", "is_composite"]], **{c: getattr(a, c) for c in OUTCOMES}}
        launched = rows["launched_count"].sum()
        rows = pd.concat([rows, pd.DataFrame([new]).astype({c: "Int64" for c in OUTCOMES})], ignore_index=True)
        account.add("R16", f"{a.addition_id} added: {a.report_date:%Y-%m-%d}", 1, launched, rows["launched_count"].sum())
    return rows


def _with_series(rows, account):
    """Say of every row whether it is in the national drone series and why (R6), and bound double counting (R7)."""
    start, end = rows["window_start"], rows["window_end"].where(
        rows["window_end_precision"] == "minute", rows["window_end"] + pd.Timedelta(days=1))
    regional = (rows["level"] == "regional") & rows["weapon_class"].isin([DRONE, *MISSILES])
    national = rows["level"] == "national"
    overlaps = [bool((national & (rows["family"] == rows.at[i, "family"]) & (start < end[i]) & (end > start[i])).any())
                if regional[i] else False for i in rows.index]
    overlaps = pd.Series(overlaps, rows.index)
    is_drone = rows["weapon_class"] == DRONE
    rows["overlaps_national"] = overlaps
    rows["series_reason"] = "other_class"
    rows.loc[is_drone & national, "series_reason"] = "national"
    rows.loc[is_drone & regional, "series_reason"] = "gap_filler"
    rows.loc[is_drone & overlaps, "series_reason"] = "overlaps_national"
    rows["is_in_drone_series"] = rows["series_reason"].isin(["national", "gap_filler"])
    launched, total = rows["launched_count"], rows.loc[is_drone, "launched_count"].sum()
    after = rows.loc[rows["is_in_drone_series"], "launched_count"].sum()
    account.add("R6", "drone rows kept in reports.csv but not in the series: overlap a national window",
                (is_drone & overlaps).sum(), total, after)
    fillers = rows["series_reason"] == "gap_filler"
    account.add("R6", f"regional drone rows in the series: fill a gap ({launched[fillers].sum()} launched)", fillers.sum(), after, after)
    doubled = regional & ~is_drone & overlaps
    account.add("R7", f"regional missile rows that may double count ({launched[doubled].sum()} launched), kept", doubled.sum(),
                launched.sum(), launched.sum())
    return rows


def _with_regimes(rows, regimes):
    """Store the regime with every drone row and what it lets `lost` and `neutralised` mean (R11, R12)."""
    is_drone = rows["weapon_class"] == DRONE
    starts = regimes.sort_values("first_report_date")
    position = starts["first_report_date"].searchsorted(rows["report_date"], side="right") - 1
    rows["regime_id"] = pd.Series(starts["regime_id"].astype(str).to_numpy()[position], rows.index).where(is_drone)
    lost = rows["lost_count"]
    merged, counted = rows["regime_id"] == "D", rows["regime_id"] == "C"
    outcomes = rows["shot_down_count"] + lost
    rows["neutralised_count"] = outcomes.where(counted).fillna((rows["shot_down_count"] + lost.fillna(0)).where(merged))
    rows["lost_state"] = lost.notna().map({True: "counted", False: "not_reported"}).mask(merged, "merged")
    rows.loc[rows["is_withheld"], "lost_state"] = "withheld"
    rows["lost_count"] = lost.mask(merged)
    counts = [c for c in rows if c.endswith("_count")]
    rows.loc[rows["is_withheld"], counts] = pd.NA
    return rows


def _check_outcomes(rows):
    total = rows["shot_down_count"].fillna(0) + rows["lost_count"].fillna(0)
    total = total.where(rows["neutralised_count"].isna(), rows["neutralised_count"])
    wrong = rows[(total > rows["launched_count"]).fillna(False)]
    if len(wrong):
        first = wrong.iloc[0]
        raise DataError(f"{first['report_id']}: {first['launched_count']} launched but {total[wrong.index[0]]} shot down "
                        "or lost; expected no more outcomes than launches. Check the report and add a correction")
