"""Which findings survive other choices (`choices`), what naive steps would have shown (`traps`), and the `charts` of both.

Notebook 06 alone imports it.
"""

from analysis.sensitivity.charts import choice_dots, trap_panels
from analysis.sensitivity.choices import findings_by_choice
from analysis.sensitivity.traps import traps

__all__ = ["choice_dots", "findings_by_choice", "trap_panels", "traps"]
