"""Which findings survive other choices (`choices`); what naive steps would have shown (`traps`).

Notebook 06 alone imports it.
"""

from analysis.sensitivity.choices import findings_by_choice, largest_moves
from analysis.sensitivity.traps import traps

__all__ = ["findings_by_choice", "largest_moves", "traps"]
