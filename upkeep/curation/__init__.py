"""From a snapshot of the upstream compilation to `data/`: read, curate by the rules, guard, release as a version."""
