"""Places and carriers that a report names, never a way to split what was launched."""

from upkeep.curation.curate import spelled


def launch_areas(reports, areas, account):
    """Return `report_id` and `area` of each place of launch that a report names."""
    names = reports["launch_place"].fillna("").str.split(r"\s*(?:,|\band\b)\s*", regex=True)
    return _children(reports, names.rename("launch_place"), areas, account)


def affected_regions(reports, areas, account):
    """Return `report_id` and `area` of each region that a report names as affected."""
    names = reports["affected_region"].fillna("").str.findall(r"'([^']+)'")
    return _children(reports, names.rename("affected region"), areas, account)


def carriers(reports, types, account):
    """Return the types of carriers that each row names, joined by +; missing where none."""
    names = reports["carrier"].fillna("").str.split(" and ").explode()
    names = names.str.replace(r"^\d+ x ", "", regex=True).str.strip()
    types = _translated(names, types.set_index("raw_name")["carrier"], "carriers.csv", account)
    types = types.reset_index().drop_duplicates().set_index("index")["carrier"]
    return types.groupby(level=0).agg(" + ".join).reindex(reports.index).astype("str")


def _children(reports, names, areas, account):
    names = names.set_axis(reports["report_id"]).explode().dropna()
    taxonomy = areas.set_index("raw_name")["area"]
    found = _translated(names, taxonomy, "areas.csv", account).rename("area").reset_index()
    return found.drop_duplicates().sort_values(["report_id", "area"], ignore_index=True)


def _translated(names, taxonomy, table, account):
    """The names translated whatever their capitals; an unknown one is a fault (R8)."""
    taxonomy = taxonomy.set_axis(taxonomy.index.str.casefold())
    names = names[names != ""]
    translated = names.str.casefold().map(taxonomy)
    for name in sorted(set(names[translated.isna()])):
        account.faults.append(
            f"{names.name}: found {spelled(name)}, which {table} does not have; add a row for it, "
            "unless it is misspelled (R8)"
        )
    return translated.dropna()
