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
