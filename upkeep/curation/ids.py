"""The id of a report: made of its own key when it is first published, and kept (R2)."""

import hashlib
import re

import numpy as np
import pandas as pd

WINDOW = ["window_start", "window_start_precision", "window_end", "window_end_precision"]
KEY = [*WINDOW, "weapon", "source_post", "launch_place", "target"]
KNOWN_BY = ["source_post", "family"]
COUNTS = ["launched_count", "shot_down_count"]  # lost is blank once it is merged (R12)
LIKENESS = ["upstream_label", *WINDOW, *COUNTS, "lost_count"]


def with_ids(rows, account):
    """Give each row an id made of the row alone: date, family and a digest of its key (R2)."""
    parts = rows[KEY].copy()
    for end in ("window_start", "window_end"):
        parts[end] = parts[end].dt.strftime("%Y-%m-%d %H:%M:%S")
    keys = parts.agg("|".join, axis=1)
    digests = [hashlib.sha256(key.encode()).hexdigest()[:6] for key in keys]
    slugs = rows["family"].map(slug)
    rows["report_id"] = rows["window_end"].dt.strftime("%Y-%m-%d-") + slugs + "-" + digests
    twice = rows[rows["report_id"].duplicated(keep=False)]
    for report_id, lines in twice.groupby("report_id")["line"]:
        account.faults.append(
            f"lines {', '.join(map(str, lines))}: found one key, expected each once (R2): window, "
            f"weapon, source, launch place and target of {report_id}"
        )
    return rows


def known_ids(rows, known):
    """The published id of each row that has another one now, however it was edited since (R2).

    Known is a row with the same post, family and date of the window's end; or, where that moved by
    a day, with the same counts. What a correction changed counts as an edit.
    """
    new = _comparable(rows[~rows["report_id"].isin(known["report_id"])])
    old = _comparable(known[~known["report_id"].isin(rows["report_id"])])
    ids = _likest(new.merge(old, on=[*KNOWN_BY, "end_date"], suffixes=("", "_known")))
    new, old = new[~new["report_id"].isin(ids)], old[~old["report_id"].isin(ids.values())]
    moved = new.merge(old, on=[*KNOWN_BY, *COUNTS], suffixes=("", "_known"))
    days = (moved["end_date"] - moved["end_date_known"]).abs()
    return ids | _likest(moved[days == pd.Timedelta(days=1)])


def _likest(pairs):
    """Of pairs of a new and a known row, the likest of each, as known ids by the new ones."""
    compared = [column for column in LIKENESS if f"{column}_known" in pairs]
    same = [pairs[column] == pairs[f"{column}_known"] for column in compared]
    order = ["likeness", "report_id", "report_id_known"]
    pairs = pairs.assign(likeness=np.sum(same, axis=0))
    pairs = pairs.sort_values(order, ascending=[False, True, True])
    ids = {}
    for new_id, old_id in zip(pairs["report_id"], pairs["report_id_known"]):
        if new_id not in ids and old_id not in ids.values():
            ids[new_id] = old_id
    return ids


def _comparable(rows):
    """The cells by which a row is known and likened, as texts but for the date."""
    texts = rows[["report_id", *KNOWN_BY, *LIKENESS]].astype("object").astype("str")
    return texts.assign(end_date=rows["window_end"].dt.normalize())


def slug(text):
    """Return a text in lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
