"""Launches and outcomes as published measures: frame in, frame out, missing kept apart from zero.

`launches` counts what was launched, a concept a module; each function says
which columns it needs and what missing means. Rule numbers (R6) are those of
`data/README.md`.
"""

from analysis.measures.launches import drones, launches, missiles, periods

__all__ = ["drones", "launches", "missiles", "periods"]
