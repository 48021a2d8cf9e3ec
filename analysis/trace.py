"""From a bar or point of a published figure back to the reports behind it, their posts, corrections and press claims."""

import re

import pandas as pd

from analysis import manifest
from analysis.measures.launches import MISSILE_CLASSES, periods

_PERIODS = {"day": "2025-07-04", "week": "2025-06-30/2025-07-06", "month": "2025-07", "quarter": "2025Q3", "year": "2025"}
_SHOWN = ["report_id", "report_date", "window_start", "window_end", "weapon", "launched_count", "shot_down_count",
          "lost_count", "lost_state", "neutralised_count", "regime_id"]
_PRESS_CLASSES = {"one_way_attack_drone": "drones", "cruise_missile": "cruise_missiles",
                  "ballistic_missile": "ballistic_missiles", "guided_air_launched_missile": "guided_missiles"}


def rows(figure_id, air, where=None):
    """Return the report rows that feed a published figure, or one bar or point of it.

    Parameters
    ----------
    figure_id : str
        An id of the manifest, such as ``"02-monthly-launches"``.
    air : Dataset
    where : dict, optional
        The bar or point, in the terms of the figure's CSV: ``day``, ``week``,
        ``month``, ``quarter`` or ``year`` of the report date, ``series``
        (``drones`` or ``missiles``), or any column of `reports`, to its value.

    Returns
    -------
    DataFrame
        A row a report, in the order of `reports`: id, date, window, weapon,
        counts and regime as in `reports`; `post_address` of the source post;
        `corrections` applied or flagged; `press_claims`: printed figures that
        equal the night's, with their addresses. Blank where there is none. No
        row at all: no report, which is not zero (R17).

    Raises
    ------
    ValueError
        An unknown figure, column or value, with the nearest ones; a figure that counts no reports.
    """
    rule = manifest.find(figure_id)["rows"]
    if rule is None:
        raise ValueError(f"{figure_id} counts no rows of reports.csv; its data are in figures/{figure_id}.csv")
    found = select(fed_by(air.reports, rule), where or {})
    return found[_SHOWN].assign(
        post_address=post_address(found["source_post"]),
        corrections=_corrections(found["correction_ids"], air.corrections),
        press_claims=_press_claims(found, air))


def fed_by(reports, rule):
    """Return the rows of `reports` in which every column that a rule names has one of its values."""
    for column, values in rule.items():
        _known_column(reports, column)
        reports = reports[_plain(reports[column]).isin(values)]
    return reports


def select(reports, where):
    """Return the rows of `reports` that meet every condition of `where`, as `rows` explains."""
    for key, value in where.items():
        if key in _PERIODS:
            reports = _in_period(reports, key, value)
        elif key == "series":
            reports = reports[_in_series(reports, value)]
        else:
            reports = _with_value(reports, key, value)
    return reports


def _in_period(reports, key, value):
    example = _PERIODS[key]
    if re.sub(r"\d", "0", str(value)) != re.sub(r"\d", "0", example):
        raise ValueError(f"{key}: found {str(value)!r}, expected one like {example}")
    return reports[_plain(periods(reports["report_date"], key)).astype(str) == str(value)]


def _in_series(reports, name):
    series = {"drones": reports["is_in_drone_series"], "missiles": reports["weapon_class"].isin(MISSILE_CLASSES)}
    if name not in series:
        raise manifest.unknown("series", name, series)
    return series[name]


def _with_value(reports, column, value):
    _known_column(reports, column)
    texts = _plain(reports[column]).astype(str)
    found = reports[texts == str(value)]
    if found.empty and len(reports) and column != "report_date":
        raise manifest.unknown(f"{column} among these reports:", str(value), texts.unique())
    return found


def _known_column(reports, column):
    if column not in reports:
        raise manifest.unknown("key", column, [*_PERIODS, "series", *reports])


def _plain(column):
    """A column whose dates are text, so that it compares with values from JSON or a command line."""
    return column.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_dtype(column) else column


def post_address(posts):
    """Return the address of each source post: Facebook for ``outlet/posts/id``, others as they are; blank if unknown."""
    host = pd.Series("https://www.facebook.com/", posts.index)
    host = host.mask(posts.str.contains(r"^(?:https://|[^/]+\.gov\.ua/)").fillna(False), "")
    host = host.mask(posts.str.contains(r"^[^/]+\.gov\.ua/").fillna(False), "https://")
    return (host + posts).fillna("")


def _corrections(ids, corrections):
    texts = {c.correction_id: f"{c.correction_id} {c.status}: {c.field} {c.was}"
             + (f" to {c.now}" if c.status == "applied" else "") + f" ({c.reason})" for c in corrections.itertuples()}
    return ids.fillna("").str.split(";").map(lambda own: "; ".join(texts[i] for i in own if i))


def _press_claims(found, air):
    """The claims on the whole country whose figure equals the sum of the night and class of each row."""
    claims = air.press_claims[(air.press_claims["scope"] == "Ukraine") & (air.press_claims["qualifier"] == "exact")]
    claims = claims[claims["period_start"] >= claims["period_end"] - pd.Timedelta(days=1)]
    claims = claims.merge(air.press_sources[["source_id", "publisher", "url"]], on="source_id")
    nights = air.reports.groupby(["report_date", "weapon_class"], observed=True)
    sums = nights[["launched_count", "shot_down_count", "lost_count"]].sum(min_count=1).reset_index()
    sums["target_class"] = sums["weapon_class"].map(_PRESS_CLASSES)
    long = sums.melt(["report_date", "weapon_class", "target_class"], var_name="quantity").dropna()
    long["quantity"] = long["quantity"].str.removesuffix("_count")
    borne = claims.astype({"quantity": str, "target_class": str}).merge(
        long.astype({"target_class": str}), left_on=["period_end", "target_class", "quantity", "value"],
        right_on=["report_date", "target_class", "quantity", "value"])
    texts = (borne["quantity"] + " " + borne["value"].astype(str) + ": " + borne["publisher"].fillna("unnamed") + " "
             + borne["url"].fillna("(no address)"))
    joined = texts.groupby([borne["report_date"], borne["weapon_class"].astype(str)]).agg("; ".join)
    keys = pd.MultiIndex.from_arrays([found["report_date"], found["weapon_class"].astype(str)])
    return joined.reindex(keys).fillna("").to_numpy()
