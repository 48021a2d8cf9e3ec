"""What Sphinx has to know to build the figure book; none of it asks another host for anything."""

from analysis import __version__, load
from book import codes, filling, search, share

project = "Ukraine Air Attack Notebooks"
author = load().package["contributors"][0]["title"]
version = release = __version__
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc"]
numpydoc_show_class_members = False
autodoc_typehints = "none"  # the docstrings say more
nb_execution_mode = "off"  # the notebooks are committed executed, and the tests run them
smartquotes = False
keep_warnings = False

html_theme = "furo"
html_title = project
html_baseurl = filling.base()
html_static_path = ["static"]
templates_path = ["theme"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_favicon = "static/favicon.svg"
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
html_additional_pages = {"search": "search.html"}
html_context = {"data_version": load().version}
_BRAND = ("primary", "content", "visited")
html_theme_options = {
    f"{theme}_css_variables": {f"color-brand-{name}": blue for name in _BRAND}
    for theme, blue in (("light", "#01619a"), ("dark", "#7cc4f0"))
}


def setup(app):
    """Have codes link to what they mean, pages say what they are, and the search know them."""
    for part in (search, codes, share):  # the search reads the prose before it has links
        part.connect(app)
