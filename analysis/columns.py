"""What the columns of the figures' tables mean: title, unit and definition, each stated once.

A column that a table of `data/` also has is described there, in
`datapackage.json`; this is the dictionary of those that are computed.
"""

import pandas as pd

_SHARE = "share of 1"
_DRONES, _DAYS, _NIGHTS = "aircraft", "days", "nights"

COLUMNS = {
    "day": ("Report date", "", "Calendar date on which the reporting window ends, Kyiv local time (R4)."),
    "week": ("Week", "", "First and last day, Monday to Sunday, of the report date (R4)."),
    "month": ("Month", "", "Of the report date (R4)."),
    "quarter": ("Quarter", "", "Of the report date (R4)."),
    "year": ("Year", "", "Of the report date (R4)."),
    "series": ("Series", "", "drones: the national one-way attack drone series (R6). missiles: all missile classes (R7)."),
    "is_record": ("Is a record", "", "More drones than on any night before."),
    "day_of_year_count": ("Day of the year", _DAYS, "1 to 366."),
    "launched_cumulative_count": ("Launched since 1 January", _DRONES, "A date without a report adds nothing."),
    "drones_per_missile_ratio": ("Drones per missile", "ratio", "Launched drones by launched missiles of the period."),
    "night_count": ("Nights", _NIGHTS, "Nights that the other columns of the row are computed from."),
    **{f"q{q}_count": (f"{q} % quantile", _DRONES, "Of drones launched in a night with drones.") for q in (10, 25, 50, 75, 90)},
    "max_count": ("Largest night", _DRONES, "Of drones launched in a night."),
    **{f"at_least_{n}_share": (f"Nights of at least {n} drones", _SHARE, "Of nights with drones.") for n in (100, 300, 500)},
    "share": ("Share", _SHARE, "Sum over sum (R14), as the subtitle names it; missing where the regime does not give it."),
    "low_share": ("Lower end of the interval", _SHARE, "95 % interval, BCa bootstrap over nights."),
    "high_share": ("Upper end of the interval", _SHARE, "95 % interval, BCa bootstrap over nights."),
    "naive_share": ("Shot-down column alone", _SHARE, "Divided by launched whatever the regime: its meaning changes on 2025-07-24."),
    "place": ("Kind of place", "", "Places hit, or places where debris fell (R18)."),
    "places_per_100_rate": ("Places per 100 drones", "places per 100 drones launched", "Sum over sum; places, not drones (R18)."),
    "low_rate": ("Lower end of the interval", "places per 100 drones launched", "95 % interval, BCa bootstrap over nights."),
    "high_rate": ("Upper end of the interval", "places per 100 drones launched", "95 % interval, BCa bootstrap over nights."),
    "first_date": ("First date", "", "First date that the row covers."),
    "last_date": ("Last date", "", "Last date that the row covers."),
    "claimed_share": ("Claimed share", _SHARE, "Shot down of launched before lost was reported apart: an upper bound (R13)."),
    "shot_down_share": ("Shot-down share", _SHARE, "Shot down of launched; regime C alone (R12)."),
    "lost_share": ("Lost (jamming) share", _SHARE, "Lost of launched; regime C alone (R12)."),
    "merged_share": ("Merged share", _SHARE, "Shot down or suppressed of launched, one figure; regime D (R12)."),
    "neutralised_share": ("Neutralised share", _SHARE, "Shot down plus lost of launched; regimes C and D (R12)."),
    "residual_share": ("Not reported as neutralised", _SHARE, "Launched minus neutralised, of launched; not hits (R18)."),
    "state": ("State", "", "Of a date by its drone report (R17), or of a quantity in it (R11); see the caption."),
    "quantity": ("Quantity", "", "What is counted: a count of reports.csv, or what a printed figure speaks of."),
    "date_count": ("Dates", _DAYS, "Report dates in this state."),
    "date_share": ("Share of dates", _SHARE, "Dates in this state, of the dates of the period."),
    "drone_row_count": ("Drone rows", "rows", "Rows of the drone series on the date."),
    "other_row_count": ("Other rows", "rows", "Rows of other weapons on the date."),
    "composite_launched_count": ("Launched in composite lines", _DRONES,
                                 "In lines that name this family with others, which may have any part of it (R9)."),
    "unknown_launched_count": ("Launched with unknown outcome", _DRONES, "Out of both sides of the share (R11)."),
    "is_small": ("Few missiles", "", "Fewer than 30 launched or 10 nights: to be read with care."),
    "residual_count": ("Not reported as neutralised", _DRONES, "Launched minus shot down and lost; not hits (R18)."),
    "is_named": ("One of the five nights", "", ""),
    "month_rank": ("Rank in the month", "", "1: the largest night with drones of the month; ties share a rank."),
    "line": ("Line", "", "Missiles that the row counts."),
    "finding_id": ("Finding", "", "Headline number, as in the table of findings."),
    "choice": ("Choice", "", "Another defensible way to curate or compute; see notebook 06."),
    "difference_percent": ("Difference", "percent of the published value", "From the published value."),
    "trap": ("Trap", "", "A step that looks natural and misleads."),
    "reading": ("Reading", "", "naive or correct."),
    "point": ("Point", "", "Month, wave size or way of counting; blank where there is one value."),
    "verdict": ("Verdict", "", "Of a printed figure against the ledger: equal, consistent with its qualifier, explained or not."),
    "value": ("Value", "as unit or quantity says", "The printed figure, or what a reading gives; missing where no correct value exists."),
    "unit": ("Unit", "", "Of value."),
    "span": ("Span of report dates", "", "Split at 1 April and at the merge of 24 July 2025; the first from 21 August 2024."),
    "wave_band": ("Wave size", "drones launched in a night", "From and to, inclusive."),
    **{f"{name}_night_count": (f"Nights {name}", _NIGHTS, "By the best press claim on drones launched; the classes are "
                               "those of `measures.matched_claims`.")
       for name in ("equal", "consistent", "explained", "unexplained")},
    "unclaimed_night_count": ("Nights without a claim", _NIGHTS, "No press claim on drones launched."),
    **{f"{name}_article_count": (f"Articles: {words}", "articles", "Each article once a week, by its most telling wording.")
       for name, words in (("lost_apart", "lost apart"), ("shot_down", "shot down"), ("neutralised", "neutralised"),
                           ("suppressed", "shot down or suppressed"))},
    "article_count": ("Articles", "articles", "That print the number; copies of one text count each."),
    "ledger_count": ("In the ledger", _DRONES, "Figure of reports.csv that the printed one is compared with."),
    "press_count": ("In the press", _DRONES, "Launched, as the press series settles it; missing: no article."),
    "published_count": ("Published total", _DRONES, "Launched in the month, as printed."),
    "difference_count": ("Difference", _DRONES, "Printed minus ledger."),
    "difference_share": ("Difference", _SHARE, "Printed minus ledger, of the ledger."),
    "counter": ("Counter", "", "Who counted, as the article says."),
    "group": ("Group of counters", "", "As drawn."),
    "target": ("Lost", "", "drones, or missiles of any class."),
    "outcome_week": ("Week", "", "First and last day, Thursday to Wednesday, of the report date (R4)."),
    "is_disputed": ("Copies disagree", "", "Articles print more than one number."),
    "is_exact": ("Is exact", "", "The number is printed without a qualifier."),
    "label": ("Label", "", "Written in the picture; empty for most."),
}


def describe(table, package):
    """Return a field descriptor (name, type, title, unit, description) for each column of a table to be published.

    `package` is the descriptor of the data. A column that nobody has described
    has a name and a type alone.
    """
    known = {f["name"]: (f["title"], f.get("unit", ""), f.get("description", ""))
             for resource in reversed(package["resources"]) for f in resource["schema"]["fields"]}
    known |= COLUMNS
    return [{"name": name, "type": _type(column), **_words(known.get(name))} for name, column in table.items()]


def _words(described):
    return {k: v for k, v in zip(("title", "unit", "description"), described or ()) if v}


def _type(column):
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(column) else "string"
