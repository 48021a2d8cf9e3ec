"""What keeps the package up: curation, refresh, checks. No notebook imports it, no wheel has it."""
