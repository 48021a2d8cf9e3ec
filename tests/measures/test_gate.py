"""Whatever frame a function is given, its answer is right or refused in one line."""

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


REPORTS, NIGHTS = within(WHOLE.reports), within(WHOLE.nights)
OTHERS = ["launch_areas", "regimes", "siren_nights", "silent_verdicts", "period"]
AIR = SimpleNamespace(
    reports=REPORTS, nights=NIGHTS, **{name: getattr(WHOLE, name) for name in OTHERS}
)
FRAMES = {
    "reports": REPORTS,
    "drones": measures.drones(AIR),
    "missiles": measures.missiles(AIR),
    "nightly": measures.nightly_launches(AIR),
    "outcomes": measures.night_outcomes(AIR, "neutralised_share"),
    "sirens": within(silence.night_sirens(WHOLE)),
}
FUNCTIONS = {
    "air": [
        measures.drones,
        measures.missiles,
        measures.outcome_share,
        lambda air: measures.outcome_share(air, "neutralised_share", interval=True),
        lambda air: measures.night_outcomes(air, "lost_share"),
        lambda air: measures.difference(air, "lost_share", "2025-06", "2025-07-04"),
        lambda air: measures.coverage(air, "shahed_count"),
        measures.launch_areas,
        measures.date_states,
        measures.nightly_launches,
        lambda air: measures.night_fates(air, "2025-07-04"),
        silence.night_sirens,
    ],
    "reports": [lambda rows: measures.launches(rows, of="series")],
    "drones": [measures.launches],
    "missiles": [
        measures.launches,
        lambda rows: measures.launches(rows, of="weapon_class"),
        measures.family_launches,
        measures.interception_lines,
        measures.interception,
        lambda rows: measures.interception(rows, by="year"),
        measures.double_count_bound,
    ],
    "nightly": [
        measures.record_nights,
        measures.cumulative_by_year,
        measures.wave_sizes,
    ],
    "outcomes": [
        lambda nights: pd.DataFrame(
            [intervals.share_interval(nights, "neutralised_count")], columns=["low", "high"]
        ),
        lambda nights: intervals.share_intervals(nights, "neutralised_count", "regime_id"),
    ],
    "sirens": [silence.silence_bound, silence.loud_silent_dates],
}


def merged(table):
    """The table with the places of launch beside each report, or with itself."""
    beside = WHOLE.launch_areas if "report_id" in table else table[["report_date"]]
    beside = pd.concat([beside, beside])
    return table.merge(beside, on=list(set(table) & set(beside)))


def retyped(dtype, *names):
    """A function that gives the columns with these beginnings or ends another type."""

    def retype(table):
        columns = [name for name in table if name.startswith(names) or name.endswith(names)]
        return table.astype(dict.fromkeys(columns, dtype))

    return retype


def without(name):
    return lambda table: table.drop(columns=name, errors="ignore")


WRONG = {
    "doubled rows": lambda table: pd.concat([table, table], ignore_index=True),
    "merged": merged,
    "shuffled": lambda table: table.sample(frac=1, random_state=1),
    "text dates": retyped("str", "report_date"),
    "dates with hours": lambda table: table.assign(
        report_date=table["report_date"] + pd.Timedelta(hours=8)
    ),
    "flags of 0 and 1": retyped(int, "is_", "has_", "overlaps_"),
    "float counts": retyped("float64", "_count"),
    "text counts": retyped("str", "_count"),
    "renamed counts": lambda table: table.rename(columns=lambda name: name.replace("_count", "")),
    "no ids": without("report_id"),
    "no dates": without("report_date"),
    "no regimes": without("regime_id"),
    "no classes": without("weapon_class"),
    "no flags": without(["is_in_drone_series", "has_report"]),
}


def given(kind, wrong=lambda table: table):
    if kind != "air":
        return wrong(FRAMES[kind])
    return SimpleNamespace(**vars(AIR) | {"reports": wrong(REPORTS), "nights": wrong(NIGHTS)})


def in_order(table, columns):
    """These columns of a table with the rows in order, flags and counts in one type."""
    flags = dict.fromkeys(table[columns].select_dtypes("bool"), int)
    counts = dict.fromkeys((name for name in columns if name.endswith("_count")), "Float64")
    table = table[columns].astype(flags | counts).astype("str")
    return table.sort_values(columns, ignore_index=True)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("kind", FUNCTIONS)
def test_answer_to_a_wrong_frame_is_right_or_refused_in_one_line(kind, wrong):
    for function in FUNCTIONS[kind]:
        right = function(given(kind))
        try:
            answer = function(given(kind, WRONG[wrong]))
        except ValueError as error:
            assert "\n" not in str(error)
        else:
            columns = [name for name in right if name in answer]
            assert in_order(answer, columns).equals(in_order(right, columns)), function


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("doubled rows", "report_id: found 2024-03-.* in several rows, expected each report once"),
        ("text dates", "report_date: found str, expected days without an hour"),
        ("dates with hours", "report_date: found 2024-.*08:00:00, expected days without an hour"),
        ("flags of 0 and 1", "is_in_drone_series: found int64, expected True and False"),
        ("float counts", "launched_count: found float64, expected whole numbers"),
        ("renamed counts", "no column 'launched_count'; nearest: launched"),
    ],
)
def test_error_says_which_column_what_was_found_and_what_to_do(wrong, message):
    with pytest.raises(ValueError, match=message):
        measures.launches(given("drones", WRONG[wrong]))


def test_nights_out_of_order_are_refused():
    with pytest.raises(ValueError, match=r"found dates out of order.*sort_values\(.report_date.\)"):
        measures.record_nights(given("nightly", WRONG["shuffled"]))


@pytest.mark.parametrize("kind", FUNCTIONS)
@pytest.mark.parametrize("other", [None, "drones", [1, 2], WHOLE.press_claims])
def test_anything_else_is_refused_with_what_was_expected(kind, other):
    for function in FUNCTIONS[kind]:
        with pytest.raises(ValueError, match="expected|nearest"):
            function(other)


@pytest.mark.parametrize(
    "function", [measures.findings, silence.night_sirens, measures.drones, measures.coverage]
)
def test_table_in_place_of_the_dataset_is_refused(function):
    more = ["lost_count"] if function is measures.coverage else []
    with pytest.raises(ValueError, match=r"found DataFrame, expected the dataset, as load\(\)"):
        function(WHOLE.reports, *more)
