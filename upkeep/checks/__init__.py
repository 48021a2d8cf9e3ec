"""What `check` checks: the data, and the stored notebooks and figures."""
