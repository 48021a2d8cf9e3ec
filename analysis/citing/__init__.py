"""From a published figure to its citation, to the reports behind it, and to what changed since."""
