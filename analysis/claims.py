"""The former place of `holds`, until the notebooks import it from `analysis`."""

from analysis.notebook import holds  # noqa: F401
