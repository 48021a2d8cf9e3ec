"""From a snapshot of the compilation to `data/`: read, curate by the rules, guard, release."""
