"""From a published figure to its citation, to the rows and reports behind it, and to what changed since."""
