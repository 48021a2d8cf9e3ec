"""What keeps the package, beside the library and not in the wheel: curation, refresh, checks. Notebooks import none of it."""
