"""What keeps the package: curation, checks, refresh, citation. Notebooks import none of it."""
