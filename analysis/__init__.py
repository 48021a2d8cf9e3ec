"""Russian drone and missile attacks on Ukraine, as the Air Force reported them.

``load()`` reads the curated dataset. From there, frame in and frame out:
`measures` computes launches and outcome shares, `intervals` how far they hang on
the nights, `plots` draws finished tables in the house `style`, and `figures`
publishes a figure with its data and its manifest entry; `citing` leads from it
to its citation and back to the reports. `press` and `sensitivity` hold what
only notebooks 05 and 06 use. `paths` says where things are.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.dataset import Dataset

__version__ = "2.0.0"
__all__ = ["load", "__version__"]


def load(path=None) -> "Dataset":
    """Return the curated dataset; see `analysis.dataset.load`."""
    from analysis.dataset import load

    return load(path)
