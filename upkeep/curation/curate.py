"""From a snapshot of the upstream compilation to the tables of `data/`, rule by rule.

The rules R1 to R16 are stated in `data/README.md`. Each step says in the
`Account` what it kept, changed or left out, so that nothing disappears silently.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta

import pandas as pd

from analysis.descriptor import DataError
from upkeep.curation.rules import DRONE, overlapping

REGIONAL_OUTLETS = ["PvKPivden", "pvkshid", "PvkZahid", "PvkCenter", "watch", "kharkivoda.gov.ua"]
ORIGINS = {"kpszsu": "air_force", "GeneralStaff.ua": "general_staff", "CinCAFU": "general_staff"}
KEY = [
    "window_start",
    "window_start_precision",
    "window_end",
    "window_end_precision",
    "weapon",
    "source",
    "launch_place",
    "target",
]
OUTCOMES = ["launched_count", "shot_down_count", "lost_count"]
KNOWN_BY = ["end_date", "source_post", "family"]
LIKENESS = [
    "upstream_label",
    "window_start",
    "window_start_precision",
    "window_end",
    "window_end_precision",
    *OUTCOMES,
]


@dataclass
class Account:
    """What each rule did: a list of (rule, what, rows, launched before, launched after)."""

    steps: list = field(default_factory=list)

    def add(self, rule, what, count, before, after):
        """Note one step: how many rows it touched, and the rows before and after it."""
        launched = (int(rows["launched_count"].sum()) for rows in (before, after))
        self.steps.append((rule, what, int(count), *launched))


def curate(snapshot, decisions, until):
    """Return `reports` as a frame in the columns of the descriptor, the last date they cover, and the `Account`.

    Parameters
    ----------
    snapshot : `snapshot.Snapshot`
    decisions : dict of frames
        weapons, regimes, corrections, additions, as `data/` holds them, and the reports known so far.
    until : datetime.date
        The last report date to keep; a snapshot that ends earlier covers less (R1).
    """
    account = Account()
    until = min(until, snapshot.rows["window_end"].max().date() - timedelta(days=1))
    rows = _in_scope(
        snapshot.rows, decisions["regimes"]["first_report_date"].min().date(), until, account
    )
    rows = _with_levels(_with_ids(_with_weapons(rows, decisions["weapons"])))
    rows = _with_known_ids(rows, decisions["reports"])
    rows["report_date"] = rows["window_end"].dt.normalize()
    rows = _corrected(rows, decisions["corrections"], until, account)
    rows = _added(rows, decisions["additions"], decisions["weapons"], until, account)
    rows = _with_regimes(_with_series(rows, account), decisions["regimes"])
    _check_outcomes(rows)
    account.add("", "rows of reports.csv", len(rows), rows, rows)
    order = ["report_date", "window_end", "window_start", "report_id"]
    return rows.drop(columns="line").sort_values(order, ignore_index=True), until, account


def _in_scope(rows, first, until, account):
    """Keep the rows whose window ends from `first` to `until`; the snapshot's last day is incomplete (R1)."""
    rows = rows.rename_axis("line").reset_index()
    account.add("", "rows of the snapshot", len(rows), rows, rows)
    days = rows["window_end"].dt.date
    cuts = {
        f"excluded: before {first}": days < first,
        "excluded: last day of the snapshot": days == days.max(),
        f"excluded: after {until}": (days > until) & (days < days.max()),
    }
    for what, cut in cuts.items():
        kept = rows[~cut.reindex(rows.index)]
        account.add("R1", what, len(rows) - len(kept), rows, kept)
        rows = kept
    if rows.empty:
        raise DataError(
            f"no row of the snapshot ends from {first} to {until}; choose another --until or snapshot"
        )
    account.add("R1", "rows in scope", len(rows), rows, rows)
    return rows.reset_index(drop=True)


def _with_weapons(rows, weapons):
    """Translate labels by the taxonomy (R8); an unknown one is an error."""
    unknown = rows[~rows["model"].isin(weapons["upstream_label"])].drop_duplicates("model")
    if len(unknown):
        labels = "; ".join(
            f"line {line} {_spelled(label)}"
            for line, label in zip(unknown["line"], unknown["model"])
        )
        raise DataError(
            f"model: found labels that weapons.csv does not have: {labels}. Correct the spelling, or add a "
            "row to weapons.csv for each, with name, class and family (R8)"
        )
    taxonomy = weapons.set_index("upstream_label")
    for column in ("name", "weapon_class", "subclass", "family", "is_composite"):
        rows["weapon" if column == "name" else column] = rows["model"].map(taxonomy[column])
    return rows.rename(columns={"model": "upstream_label"})


def _spelled(label):
    """A label in quotes, with the names of letters that only look like Latin ones."""
    names = [unicodedata.name(c, repr(c)) for c in dict.fromkeys(label[:80]) if not c.isascii()]
    return repr(label[:80]) + (f" with {', '.join(names[:3])}" if names else "")


def _with_ids(rows):
    """Give each row an id made of nothing but the row itself: date, family and a digest of its key (R2)."""
    parts = rows[KEY].copy()
    for end in ("window_start", "window_end"):
        parts[end] = parts[end].dt.strftime("%Y-%m-%d %H:%M:%S")
    key = parts.agg("|".join, axis=1)
    if len(twice := rows.loc[key.duplicated(keep=False), "line"]):
        raise DataError(
            f"lines {', '.join(map(str, twice[:10]))} of the snapshot have one key (window, weapon, source, "
            "launch place, target), expected each once (R2); take another snapshot"
        )
    digests = [hashlib.sha256(k.encode()).hexdigest()[:6] for k in key]
    slugs = rows["family"].map({family: slug(family) for family in rows["family"].unique()})
    rows["report_id"] = rows["window_end"].dt.strftime("%Y-%m-%d-") + slugs + "-" + digests
    if len(twice := rows.loc[rows["report_id"].duplicated(keep=False), "line"]):
        raise DataError(
            f"lines {', '.join(map(str, twice))} of the snapshot get one report_id; lengthen the digest (R2)"
        )
    return rows


def _with_known_ids(rows, known):
    """Give a row that was published before the id it had, however its other cells were edited since (R2).

    Known is a row with the same date of the window's end, post and family. Where several are, the likest keep
    their ids; what a correction changed counts as an edit.
    """
    found, free = (
        rows["report_id"].isin(known["report_id"]),
        ~known["report_id"].isin(rows["report_id"]),
    )
    pairs = _comparable(rows[~found]).merge(
        _comparable(known[free]), on=KNOWN_BY, suffixes=("", "_known")
    )
    pairs["likeness"] = sum((pairs[c] == pairs[f"{c}_known"]).astype(int) for c in LIKENESS)
    pairs = pairs.sort_values(
        ["likeness", "report_id", "report_id_known"], ascending=[False, True, True]
    )
    kept = {}
    for new, old in zip(pairs["report_id"], pairs["report_id_known"]):
        if new not in kept and old not in kept.values():
            kept[new] = old
    rows["report_id"] = rows["report_id"].replace(kept)
    return rows


def _comparable(rows):
    """The cells by which a row is known and likened, as texts."""
    dated = rows.assign(end_date=rows["window_end"].dt.normalize())
    return dated[["report_id", *KNOWN_BY, *LIKENESS]].astype("object").astype("str")


def slug(text):
    """Return a text in lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _with_levels(rows):
    """Tell national from regional reports and who made them (R5)."""
    outlet = rows["source"].str.extract(r"^(?:https://t\.me/)?([^/]+)", expand=False)
    is_regional = outlet.isin(REGIONAL_OUTLETS)
    rows["level"] = (is_regional & (rows["target"] != "Ukraine")).map(
        {True: "regional", False: "national"}
    )
    rows["origin"] = outlet.map(ORIGINS).mask(is_regional, "regional_command").fillna("other")
    return rows.rename(columns={"source": "source_post"})


def _corrected(rows, corrections, until, account):
    """Apply or flag each correction; one whose old value is gone stops the run (R15)."""
    rows["correction_ids"] = pd.Series(pd.NA, rows.index, dtype="str")
    # Compared with the cells of the source: a row may have several corrections, its launches among them.
    written = rows.assign(
        window_start=_written(rows, "window_start"),
        window_end=_written(rows, "window_end"),
        report_date=rows["report_date"].dt.strftime("%Y-%m-%d"),
    ).astype("str")
    for c in corrections[corrections["window_end"].str[:10] <= f"{until}"].itertuples():
        hit = pd.Series(True, rows.index)
        for column in ("window_start", "window_end", "upstream_label", "launched_count"):
            hit &= written[column] == str(getattr(c, column))
        found = written.loc[hit, c.field].tolist()
        if found != [c.was]:
            raise DataError(
                f"corrections.csv, {c.correction_id} is obsolete: expected one row {c.window_start} > "
                f"{c.window_end} {c.upstream_label} with {c.field} {c.was}, found {found or 'no such row'}; "
                "look at the snapshot and change or remove the correction (R15)"
            )
        before = rows.copy()
        if c.status == "applied":
            rows.loc[hit, c.field] = _new_value(c)
        ids = rows.loc[hit, "correction_ids"].fillna("") + ";" + c.correction_id
        rows.loc[hit, "correction_ids"] = ids.str.strip(";")
        what = f"{c.correction_id} {c.status}: {c.field} {c.was}" + (
            f" to {c.now}" if c.status == "applied" else ""
        )
        account.add("R15", what, 1, before, rows)
    return rows


def _written(rows, end):
    """A time as the source writes it: without an hour where it gives none."""
    days = rows[end].dt.strftime("%Y-%m-%d")
    return days.where(rows[f"{end}_precision"] == "day", rows[end].dt.strftime("%Y-%m-%d %H:%M"))


def _new_value(correction):
    try:
        if correction.field.endswith("_count"):
            return int(correction.now)
        return pd.to_datetime(correction.now, format="%Y-%m-%d")
    except (ValueError, TypeError):
        raise DataError(
            f"corrections.csv, {correction.correction_id}, now: found {correction.now!r}, "
            f"expected a value for {correction.field}"
        ) from None


def _added(rows, additions, weapons, until, account):
    """Add the nights whose report is known from press copies alone (R16)."""
    taxonomy = weapons.set_index("upstream_label")
    for a in additions[additions["report_date"].dt.date <= until].itertuples():
        weapon = taxonomy.loc[a.upstream_label]
        new = {
            "report_id": f"{a.report_date:%Y-%m-%d}-{slug(weapon['family'])}-{a.addition_id.lower()}",
            "report_date": a.report_date,
            "window_start": a.report_date,
            "window_end": a.report_date,
            "window_start_precision": "day",
            "window_end_precision": "day",
            "level": "national",
            "origin": "press",
            "upstream_label": a.upstream_label,
            "weapon": weapon["name"],
            "is_withheld": False,
            **weapon[["weapon_class", "subclass", "family", "is_composite"]],
            **{c: getattr(a, c) for c in OUTCOMES},
        }
        before = rows
        rows = pd.concat(
            [rows, pd.DataFrame([new]).astype({c: "Int64" for c in OUTCOMES})], ignore_index=True
        )
        account.add("R16", f"{a.addition_id} added: {a.report_date:%Y-%m-%d}", 1, before, rows)
    return rows


def _with_series(rows, account):
    """Say of every row whether it is in the national drone series and why (R6), and bound double counting (R7)."""
    is_drone, national = rows["weapon_class"] == DRONE, rows["level"] == "national"
    overlaps = rows["overlaps_national"] = overlapping(rows)
    rows["series_reason"] = "other_class"
    rows.loc[is_drone, "series_reason"] = "gap_filler"
    rows.loc[is_drone & overlaps, "series_reason"] = "overlaps_national"
    rows.loc[is_drone & national, "series_reason"] = "national"
    rows["is_in_drone_series"] = rows["series_reason"].isin(["national", "gap_filler"])
    drones, series = rows[is_drone], rows[rows["is_in_drone_series"]]
    fillers, doubled = rows[rows["series_reason"] == "gap_filler"], rows[~is_drone & overlaps]
    account.add(
        "R6",
        "drone rows kept in reports.csv but not in the series: overlap a national window",
        len(drones) - len(series),
        drones,
        series,
    )
    account.add(
        "R6",
        f"regional drone rows in the series: fill a gap ({fillers['launched_count'].sum()} launched)",
        len(fillers),
        series,
        series,
    )
    account.add(
        "R7",
        f"regional missile rows that may double count ({doubled['launched_count'].sum()} launched), kept",
        len(doubled),
        rows,
        rows,
    )
    return rows


def _with_regimes(rows, regimes):
    """Store the regime with every drone row and what it lets `lost` and `neutralised` mean (R11, R12)."""
    is_drone = rows["weapon_class"] == DRONE
    starts = regimes.sort_values("first_report_date")
    position = starts["first_report_date"].searchsorted(rows["report_date"], side="right") - 1
    rows["regime_id"] = pd.Series(
        starts["regime_id"].astype(str).to_numpy()[position], rows.index
    ).where(is_drone)
    lost = rows["lost_count"]
    merged, counted = rows["regime_id"] == "D", rows["regime_id"] == "C"
    outcomes = rows["shot_down_count"] + lost
    rows["neutralised_count"] = outcomes.where(counted).fillna(
        (rows["shot_down_count"] + lost.fillna(0)).where(merged)
    )
    rows["lost_state"] = (
        lost.notna().map({True: "counted", False: "not_reported"}).mask(merged, "merged")
    )
    rows.loc[rows["is_withheld"], "lost_state"] = "withheld"
    rows["lost_count"] = lost.mask(merged)
    counts = [c for c in rows if c.endswith("_count")]
    rows.loc[rows["is_withheld"], counts] = pd.NA
    return rows


def _check_outcomes(rows):
    total = rows["shot_down_count"].fillna(0) + rows["lost_count"].fillna(0)
    total = total.where(rows["neutralised_count"].isna(), rows["neutralised_count"])
    wrong = rows[(total > rows["launched_count"]).fillna(False)]
    for i, row in wrong.iterrows():
        where = f"line {row['line']} of the snapshot" if pd.notna(row["line"]) else "additions.csv"
        raise DataError(
            f"{where}, {row['report_id']}: found {row['launched_count']} launched and {total[i]} shot down "
            "or lost, expected no more outcomes than launches; check the report and add a correction (R15)"
        )
