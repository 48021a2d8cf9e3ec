"""The former place of `show`, until the notebooks import it from `analysis`."""

from analysis.notebook import show as whole  # noqa: F401
