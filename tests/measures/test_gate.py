"""Whatever frame a function is given, its answer is right or refused in one line."""

import inspect
from functools import partial
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import intervals, load, measures
from analysis.measures import silence

WHOLE = load()


def within(table):
    dates = table["report_date"]
    is_near = dates.between("2024-03-01", "2024-05-31") | dates.between("2025-06-01", "2025-08-31")
    return table[is_near].reset_index(drop=True)


OTHERS = ["launch_areas", "regimes", "siren_nights", "silent_verdicts", "period"]
AIR = SimpleNamespace(**{name: getattr(WHOLE, name) for name in OTHERS})
AIR.reports, AIR.nights = within(WHOLE.reports), within(WHOLE.nights)
# By the name of a function's first argument.
FRAMES = {
    "rows": measures.drones(AIR),
    "missile_rows": measures.missiles(AIR),
    "nightly": measures.nightly_launches(AIR),
    "monthly": measures.launches(measures.drones(AIR)),
    "nights": measures.night_outcomes(AIR, "neutralised_share"),
    "sirens": within(silence.night_sirens(WHOLE)),
}
MORE = {
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
# Those of a column, of fixed periods, or that count nothing.
APART = ["periods", "wave_band", "findings", "with_series", "with_hours"]
FUNCTIONS = {
    name: function
    for name, function in inspect.getmembers(measures, inspect.isfunction)
    if name in measures.__all__ and name not in APART
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
    dates = table.filter(regex="^(report_date|month)$")
    return table.assign(**dates + pd.Timedelta(hours=8))


def without(*names):
    return lambda table: table.drop(columns=list(names), errors="ignore")


WRONG = {
    "doubled rows": lambda table: pd.concat([table, table], ignore_index=True),
    "merged": merged,
    "shuffled": lambda table: table.sample(frac=1, random_state=1),
    "text dates": retyped("str", "report_date", "month"),
    "dates with hours": with_hours,
    "flags of 0 and 1": retyped(int, "is_", "has_", "overlaps_"),
    "float counts": retyped("float64", "_count"),
    "text counts": retyped("str", "_count"),
    "renamed counts": lambda table: table.rename(columns=lambda name: name.replace("_count", "")),
    "no ids": without("report_id"),
    "no dates": without("report_date", "month"),
    "no regimes": without("regime_id"),
    "no classes": without("weapon_class"),
    "no flags": without("is_in_drone_series", "has_report"),
}


def answer(name, wrong=lambda table: table):
    """What a function says of a frame, each flag and count of it in one type."""
    function = FUNCTIONS[name]
    first = next(iter(inspect.signature(function).parameters))
    if first == "air":
        tables = {"reports": wrong(AIR.reports), "nights": wrong(AIR.nights)}
        given = SimpleNamespace(**vars(AIR) | tables)
    else:
        given = wrong(FRAMES[first])
    found = function(given, *MORE.get(name, []))
    table = found if isinstance(found, pd.DataFrame) else pd.DataFrame([found]).add_prefix("c")
    flags = dict.fromkeys(table.select_dtypes("bool"), int)
    counts = dict.fromkeys(table.filter(like="_count"), "Float64")
    return table.astype(flags | counts).astype("str")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_answer_to_a_wrong_frame_is_right_or_refused_in_one_line(name):
    right = answer(name)
    for kind, wrong in WRONG.items():
        try:
            found = answer(name, wrong)
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
@pytest.mark.parametrize("other", [None, "drones", [1, 2], WHOLE.press_claims])
def test_anything_else_is_refused_with_what_was_expected(name, other):
    function = FUNCTIONS.get(name, measures.findings)
    with pytest.raises(ValueError, match="expected|nearest"):
        function(other, *MORE.get(name, []))
