"""The figure book: a static site made of the executed notebooks, the manifest and the descriptor.

``python -m book`` (`make site`) writes its sources into `.cache/book/` and has
Sphinx build `site/` from them. Nothing is computed here that the package does
not compute: a page is a template filled with what `analysis` gives.
"""
