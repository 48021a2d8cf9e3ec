"""Places and carriers that a report names, never a way to split what was launched.

A name that is not known, or a list that is broken, is a finding: what can be read is kept.
"""

from upkeep.curation.account import spelled


def launch_areas(reports, areas, account):
    """Return `report_id` and `area` of each place of launch that a report names."""
    names = reports["launch_place"].fillna("").str.split(r"\s*(?:,|\band\b)\s*", regex=True)
    return _children(reports, names.rename("launch_place"), areas, account)


def affected_regions(reports, areas, account):
    """Return `report_id` and `area` of each region that a report names as affected."""
    items = reports["affected_regions"].fillna("").str.strip("[] ").str.split(r",\s*").explode()
    names = items.str.extract("^'([^']+)'$")[0]
    for row, item in items[names.isna() & (items != "")].items():
        line = f"line {reports.at[row, 'line']:.0f}, affected region"
        account.findings.append(
            f"broken-list: {line}: {item[:80]!r} has no quotes in pairs, left out"
        )
    return _children(reports, names.fillna("").rename("affected region"), areas, account)


def carriers(reports, types, account):
    """Return the types of carriers that each row names, joined by +; missing where none."""
    names = reports["carrier"].fillna("").str.split(" and ").explode()
    names = names.str.replace(r"^\d+ x ", "", regex=True).str.strip()
    taxonomy = types.set_index("raw_name")["carrier"]
    types = _translated(names, taxonomy, "carriers.csv", reports["line"], account)
    return types.groupby(level=0).unique().map(" + ".join).reindex(reports.index).astype("str")


def _children(reports, names, areas, account):
    taxonomy = areas.set_index("raw_name")["area"]
    found = _translated(names.explode(), taxonomy, "areas.csv", reports["line"], account)
    table = reports[["report_id"]].join(found.rename("area"), how="inner")
    return table.drop_duplicates().sort_values(["report_id", "area"], ignore_index=True)


def _translated(names, taxonomy, table, lines, account):
    """The names translated whatever their capitals; left out where unknown, or blank there (R8)."""
    names = names[names != ""].dropna()
    taxonomy = taxonomy.set_axis(taxonomy.index.str.casefold())
    plain = names.str.casefold()
    unknown = names[~plain.isin(taxonomy.index)].drop_duplicates()
    for row, name in unknown.items():
        where = f"line {lines[row]:.0f}, {names.name}"
        account.findings.append(
            f"unknown-name: {where}: {spelled(name)} is not in {table}, left out"
        )
    return plain.map(taxonomy).dropna()
