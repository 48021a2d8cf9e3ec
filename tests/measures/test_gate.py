"""Whatever frame a function is given, its answer is right or refused in one line."""

import inspect
from functools import partial
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import intervals, load, measures, press
from analysis.measures import silence

WHOLE = load()


def within(table, dates="report_date"):
    dates = table[dates]
    is_near = dates.between("2024-03-01", "2024-05-31") | dates.between("2025-06-01", "2025-08-31")
    return table[is_near].reset_index(drop=True)


TABLES = ["reports", "nights", "press_claims", "independent_posts"]
OTHERS = ["launch_areas", "regimes", "siren_nights", "silent_verdicts", "corrections"]
OTHERS += ["press_sources", "period"]
AIR = SimpleNamespace(**{name: getattr(WHOLE, name) for name in OTHERS})
AIR.reports, AIR.nights = within(WHOLE.reports), within(WHOLE.nights)
AIR.press_claims = within(WHOLE.press_claims, "period_end")
AIR.independent_posts = within(WHOLE.independent_posts)
# By the name of the argument.
FRAMES = {
    "air": AIR,
    "claims": AIR.press_claims,
    "matched": press.matched_claims(AIR.press_claims, AIR.reports),
    "posts": AIR.independent_posts,
    "reports": AIR.reports,
    "sources": WHOLE.press_sources,
    "rows": measures.drones(AIR),
    "missile_rows": measures.missiles(AIR),
    "nightly": measures.nightly_launches(AIR),
    "monthly": measures.launches(measures.drones(AIR)),
    "nights": measures.night_outcomes(AIR, "neutralised_share"),
    "sirens": within(silence.night_sirens(WHOLE)),
}
MORE = {
    "claims_of_nights": ["2025-07-04"],
    "coverage": ["shahed_count"],
    "difference": ["lost_share", "2025-06", "2025-07-04"],
    "doubling_time": ["2024-03", "2025-08"],
    "fitted_growth": ["2024-03", "2025-08"],
    "night_fates": ["2025-07-04"],
    "night_outcomes": ["lost_share"],
    "share_interval": ["neutralised_count"],
    "share_intervals": ["neutralised_count", "regime_id"],
    "standardised_share": ["neutralised_share"],
}
# Those of a column, of fixed periods, that count nothing, or that draw at random from rows.
APART = ["periods", "wave_band", "findings", "with_series", "with_hours", "permuted_errors"]
FUNCTIONS = {
    name: function
    for module in (measures, press)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if name in module.__all__ and name not in APART
}
FUNCTIONS |= {name: getattr(intervals, name) for name in ("share_interval", "share_intervals")}
FUNCTIONS |= {
    "standardised_share": partial(measures.standardised_share, reference="2025-06"),
    "night_sirens": silence.night_sirens,
    "silence_bound": lambda sirens: silence.silence_bound(sirens),
    "alarmed_dates": lambda sirens: silence.alarmed_dates(sirens),
}


def merged(table):
    """The table with the places of launch beside each report, or with itself."""
    beside = WHOLE.launch_areas if "report_id" in table else pd.concat([table, table])
    return table.merge(beside, on=list(set(table) & set(beside)))


def retyped(dtype, *names):
    def retype(table):
        columns = [name for name in table if name.startswith(names) or name.endswith(names)]
        return table.astype(dict.fromkeys(columns, dtype))

    return retype


def with_hours(table):
    dates = table.filter(regex="^(report_date|month|period_start|period_end)$")
    return table.assign(**dates + pd.Timedelta(hours=8))


def without(*names):
    return lambda table: table.drop(columns=list(names), errors="ignore")


WRONG = {
    "doubled rows": lambda table: pd.concat([table, table], ignore_index=True),
    "merged": merged,
    "shuffled": lambda table: table.sample(frac=1, random_state=1),
    "text dates": retyped("str", "report_date", "month", "period_start", "period_end"),
    "dates with hours": with_hours,
    "flags of 0 and 1": retyped(int, "is_", "has_", "overlaps_"),
    "float counts": retyped("float64", "_count", "value"),
    "text counts": retyped("str", "_count", "value"),
    "renamed counts": lambda table: table.rename(columns=lambda name: name.replace("_count", "")),
    "no ids": without("report_id", "claim_id", "source_id", "independent_id"),
    "no dates": without("report_date", "month", "period_end"),
    "no regimes": without("regime_id"),
    "no classes": without("weapon_class", "target_class"),
    "no flags": without("is_in_drone_series", "has_report"),
}


def frames_of(name):
    """The names of those first arguments of a function that are frames, or the dataset."""
    function = FUNCTIONS.get(name, measures.findings)
    return [key for key in inspect.signature(function).parameters if key in FRAMES]


def answer(name, wrong=lambda table: table, at=None):
    """What a function says of a frame, by default its first, each flag and count in one type."""
    given = {key: FRAMES[key] for key in frames_of(name)}
    at = at or next(iter(given))
    if at == "air":
        tables = {table: wrong(getattr(AIR, table)) for table in TABLES}
        given[at] = SimpleNamespace(**vars(AIR) | tables)
    else:
        given[at] = wrong(given[at])
    found = FUNCTIONS[name](*given.values(), *MORE.get(name, []))
    if isinstance(found, pd.Series):
        found = found.to_frame()
    table = found if isinstance(found, pd.DataFrame) else pd.DataFrame([found]).add_prefix("c")
    flags = dict.fromkeys(table.select_dtypes("bool"), "Int64")
    counts = dict.fromkeys(table.filter(regex="_count|value"), "Float64")
    return table.astype(flags | counts).astype("str")


@pytest.mark.parametrize(("name", "at"), [(n, at) for n in FUNCTIONS for at in frames_of(n)])
def test_answer_to_a_wrong_frame_is_right_or_refused_in_one_line(name, at):
    right = answer(name)
    for kind, wrong in WRONG.items():
        try:
            found = answer(name, wrong, at)
        except ValueError as error:
            assert "\n" not in str(error)
        else:
            columns = [column for column in right if column in found]
            expected, found = (
                table[columns].sort_values(columns, ignore_index=True) for table in (right, found)
            )
            assert found.equals(expected), kind


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("doubled rows", "report_id: found 2024-03-.* in several rows, expected each report once"),
        ("text dates", "report_date: found (str|object), expected days without an hour"),
        ("dates with hours", "report_date: found 2024-.*08:00:00, expected days without an hour"),
        ("flags of 0 and 1", "is_in_drone_series: found int64, expected True and False"),
        ("float counts", "launched_count: found float64, expected whole numbers"),
        ("renamed counts", "no column 'launched_count'; nearest: launched"),
    ],
)
def test_error_says_which_column_what_was_found_and_what_to_do(wrong, message):
    with pytest.raises(ValueError, match=message):
        answer("launches", WRONG[wrong])


def test_nights_out_of_order_are_refused():
    with pytest.raises(ValueError, match=r"found dates out of order.*sort_values\(.report_date.\)"):
        answer("record_nights", WRONG["shuffled"])


@pytest.mark.parametrize("name", [*FUNCTIONS, "findings"])
@pytest.mark.parametrize("other", [None, "drones", [1, 2], WHOLE.weapons])
def test_anything_else_is_refused_with_what_was_expected(name, other):
    more = [FRAMES[key] for key in frames_of(name)[1:]]
    with pytest.raises(ValueError, match="expected|nearest"):
        FUNCTIONS.get(name, measures.findings)(other, *more, *MORE.get(name, []))
