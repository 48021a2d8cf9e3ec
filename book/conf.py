"""What Sphinx has to know to build the figure book; nothing of it asks another host for anything."""

from analysis import __version__, dataset
from upkeep.refresh.inputs import data_facts
from book import codes, search, share

project = "Ukraine Air Attack Notebooks"
author = dataset.descriptor()["contributors"][0]["title"]
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
html_baseurl = share.base()
html_static_path = ["static"]
templates_path = ["theme"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_favicon = "static/favicon.svg"
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
html_additional_pages = {"search": "search.html"}
html_context = {"data_version": data_facts()["data_version"]}
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#01619a",
        "color-brand-content": "#01619a",
        "color-brand-visited": "#01619a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc4f0",
        "color-brand-content": "#7cc4f0",
        "color-brand-visited": "#7cc4f0",
    },
}


def setup(app):
    """Have codes link to what they mean, pages say what they are, and the search know them."""
    for part in (codes, share, search):
        part.connect(app)
