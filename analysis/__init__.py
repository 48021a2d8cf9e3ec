"""Russian drone and missile attacks on Ukraine, as the Air Force reported them.

``load()`` reads the curated dataset. From there, frame in and frame out:
`measures` computes launches and outcome shares, `intervals` bootstraps over
nights, `plots` draws finished tables in the house `style`, and `figures`
publishes a figure with its data and its manifest entry, whose columns `columns`
describes; `trace` leads from a bar of it back to the reports. `paths` says where
things are. What keeps the package itself (curation, checks, refresh, citation)
is in `upkeep` and is reached through ``python -m analysis``.
"""

__version__ = "1.0.0"
__all__ = ["load", "__version__"]


def load(path=None):
    """Return the curated dataset; see `analysis.dataset.load`."""
    from analysis.dataset import load

    return load(path)
