"""From a bar or point of a published figure back to the reports behind it, their posts, corrections and press claims."""

import pandas as pd

from analysis.citing import manifest
from analysis.measures.launches import with_series
from analysis.press.matching import VERDICTS, matched_claims
from analysis.press.nights import claims_of_nights
from analysis.press.readings import TARGETS
from analysis.names import known, unknown
from analysis.periods import FREQUENCIES, period_names, span

_PERIODS = [*FREQUENCIES, "report_date", "until"]
_SHOWN = [
    "report_id",
    "report_date",
    "window_start",
    "window_start_precision",
    "window_end",
    "window_end_precision",
    "weapon",
    "launched_count",
    "shot_down_count",
    "lost_count",
    "lost_state",
    "neutralised_count",
    "regime_id",
]
_BEARING = VERDICTS[:2]  # equal, or consistent with its qualifier


def rows(figure: str | dict, air, where: dict | None = None) -> pd.DataFrame:
    """Return the report rows that feed a published figure, or one bar or point of it.

    Parameters
    ----------
    figure : str or dict
        An id, such as ``"02-monthly-launches"``, or an entry of the manifest.
    air : Dataset
    where : dict, optional
        The bar or point, in the terms of the figure's CSV: ``day``, ``week``,
        ``month``, ``quarter`` or ``year`` of the report date (as the CSV names
        it, or any date in it), ``series`` (``drones`` or ``missiles``), or any
        column of `reports`, to its value;
        ``until`` for a cumulative point, the last report date in it; ``of``, the
        column, where the values of a row have reports of their own.

    Returns
    -------
    DataFrame
        A row a report, in the order of `reports`: id, date, window, weapon,
        counts and regime as in `reports`; `post_address` of the source post;
        `corrections` applied or flagged; `press_claims`: what articles
        printed and the ledger bears out, a line an article with its address. Blank where there is none. No
        row at all: no report, which is not zero (R17).

    Raises
    ------
    ValueError
        An unknown figure, column or value, with the nearest ones; a date that
        is none; a figure that counts no reports, or none of the period asked for.

    Examples
    --------
    >>> from analysis import load
    >>> from analysis.citing.trace import rows
    >>> behind = rows("02-monthly-launches", load(), {"month": "2025-07", "series": "missiles"})
    >>> int(behind["launched_count"].sum())
    208
    """
    entry = manifest.find(figure)
    if entry["rows"] is None:
        raise ValueError(
            f"{entry['id']} counts no rows of reports.csv; its data are in {entry['id']}.csv"
        )
    found = select(fed_by(air.reports, entry), where or {}, entry["rows"])
    if (
        found.empty
        and not select(meeting(air.reports, entry["rows"]), where or {}, entry["rows"]).empty
    ):
        raise ValueError(
            f"{entry['id']} shows {entry['period'].replace('/', ' to ')}; the reports asked for lie beyond it"
        )
    return found[_SHOWN].assign(
        post_address=post_address(found["source_post"]),
        corrections=_notes(found, air),
        press_claims=_press_claims(found, air),
    )


def by_date(nights: pd.DataFrame, column: str) -> dict[str, dict]:
    """Return, as a rule for `rows` of `publish`, the dates of each value of a column: days and spans of days in one text.

    Examples
    --------
    >>> nights = pd.DataFrame({"report_date": pd.to_datetime(["2025-07-01", "2025-07-02", "2025-07-04"]), "wave_band": "1–50"})
    >>> by_date(nights, "wave_band")
    {'1–50': {'report_date': '2025-07-01/2025-07-02 2025-07-04'}}
    """
    return {
        str(name): {"report_date": _spans(own["report_date"])}
        for name, own in nights.groupby(column, observed=True)
    }


def _spans(dates):
    days = dates.drop_duplicates().sort_values()
    ends = (
        days.dt.strftime("%Y-%m-%d")
        .groupby((days.diff() != pd.Timedelta(days=1)).cumsum())
        .agg(["min", "max"])
    )
    return " ".join(
        first if first == last else f"{first}/{last}" for first, last in ends.to_numpy()
    )


def fed_by(reports, entry) -> pd.DataFrame:
    """Return the reports, with their `series`, that feed the figure of a manifest entry: of its period and by its rule."""
    period = entry.get("period")
    within = (
        reports["report_date"].between(*map(pd.Timestamp, period.split("/")))
        if period
        else slice(None)
    )
    return meeting(reports[within], entry["rows"])


def meeting(reports, rule) -> pd.DataFrame:
    """Return the reports, with their `series`, in which every column that a rule names has one of its values.

    ``"known"`` in the place of the values means any but a missing one. A dict
    in their place belongs to a column of the figure that reports do not have,
    and gives the rule of each of its values, for `select`. Dates may be spans,
    as ``2025-07-01/2025-07-31``, and several may stand in one text.
    """
    reports = with_series(reports)
    for column, values in rule.items():
        if isinstance(values, dict):
            continue
        _known_column(reports, column)
        cells = reports[column]
        if column == "report_date":
            values = [
                f"{day:%Y-%m-%d}"
                for text in values
                for part in text.split()
                for day in pd.date_range(part.partition("/")[0], part.rpartition("/")[2])
            ]
        reports = reports[cells.notna() if values == "known" else _plain(cells).isin(values)]
    return reports


def select(reports, where, rule) -> pd.DataFrame:
    """Return the rows (of `fed_by`) that meet every condition of `where`, as `rows` explains."""
    found, left = reports, dict(where)
    while key := next((key for key in left if isinstance(rule.get(key), dict)), None):
        part = rule[key][known(key, left.pop(key), rule[key])]
        found, rule = meeting(found, part), rule | part
    for key, value in left.items():
        if key in _PERIODS:
            found = _in_period(found, key, value)
        else:
            found = _with_value(found, reports, key, value)
    return found


def _in_period(reports, key, value):
    """The reports of a period, given by its name or by a date in it; a name that no period of the calendar has is refused."""
    name, names = (
        str(span(value, key)),
        period_names(reports["report_date"], key if key in FREQUENCIES else "day"),
    )
    return reports[names <= name if key == "until" else names == name]


def _with_value(found, reports, column, value):
    """Narrow down what was found; a value that none of the reports has is refused."""
    _known_column(reports, column)
    is_meant = _texts(found[column]) == str(value)
    if not is_meant.any() and str(value) not in (known := _texts(reports[column]).unique()):
        raise unknown(f"{column} among these reports:", str(value), known)
    return found[is_meant]


def _texts(column):
    return _plain(column).astype(str)


def _known_column(reports, column):
    known("key", column, [*_PERIODS, *reports])


def _plain(column):
    """A column whose dates are text, so that it compares with values from JSON or a command line."""
    return column.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_dtype(column) else column


def post_address(posts) -> pd.Series:
    """Return the address of each source post: Facebook for ``outlet/posts/id``, others as they are; blank if unknown."""
    host = pd.Series("https://www.facebook.com/", posts.index)
    host = host.mask(posts.str.contains(r"^(?:https://|[^/]+\.gov\.ua/)").fillna(False), "")
    host = host.mask(posts.str.contains(r"^[^/]+\.gov\.ua/").fillna(False), "https://")
    return (host + posts).fillna("")


def _notes(found, air):
    """What was corrected, flagged or added of each row, with the reason (R15, R16)."""
    texts = {
        c.correction_id: f"{c.correction_id} {c.status}: {c.field} {c.was}"
        + (f" to {c.now}" if c.status == "applied" else "")
        + f" ({c.reason})"
        for c in air.corrections.itertuples()
    }
    added = {
        a.addition_id: f"{a.addition_id} added: {a.reason} ({a.evidence})"
        for a in air.additions.itertuples()
    }
    own = (
        found["correction_ids"]
        .fillna("")
        .str.split(";")
        .map(lambda ids: "; ".join(texts[i] for i in ids if i))
    )
    addition = found["report_id"].str.extract(r"-(x\d+)$", expand=False).str.upper().map(added)
    return own.mask(found["origin"] == "press", addition)


def _press_claims(found, air):
    """The claims that bear out what the ledger has for the night and class of each row, a line an article.

    Claims on drones and missiles together are left out: they bear out no single row.
    """
    claims = claims_of_nights(
        matched_claims(air.press_claims, air.reports), air.press_sources, found["report_date"]
    )
    bearing = claims[claims["verdict"].isin(_BEARING)].astype({"qualifier": "str"})
    qualifier = bearing["qualifier"].where(bearing["qualifier"] != "exact", "")
    told = (
        bearing["quantity"]
        .str.cat([qualifier, bearing["value"].astype(str)], sep=" ")
        .str.replace(r"[ _]+", " ", regex=True)
    )
    articles = [
        bearing["report_date"],
        bearing["target_class"],
        bearing["publisher"].fillna("publisher unknown"),
        bearing["url"].fillna("no address"),
    ]
    lines = {}
    for (day, target, publisher, url), counts in told.groupby(articles, sort=False):
        lines.setdefault((day, target), []).append(
            f"{target.replace('_', ' ')} {', '.join(counts)}: {publisher}, {url}"
        )
    targets = found["weapon_class"].astype(str).map(TARGETS)
    return [
        "\n".join(
            line
            for target in (own if isinstance(own, list) else [])
            if target != "all"
            for line in lines.get((date, target), [])
        )
        for date, own in zip(found["report_date"], targets, strict=True)
    ]
