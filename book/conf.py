"""What Sphinx has to know to build the figure book; nothing of it asks another host for anything."""

from analysis import __version__, descriptor, paths
from upkeep.refresh.inputs import data_facts

project = "Ukraine Air Attack Notebooks"
author = descriptor.read_descriptor(paths.DATA)["contributors"][0]["title"]
version = release = __version__
language = "en"
extensions = ["myst_nb"]
nb_execution_mode = "off"  # the notebooks are committed executed, and the tests run them
smartquotes = False
keep_warnings = False

html_theme = "pydata_sphinx_theme"
html_title = project
html_static_path = ["static"]
templates_path = ["theme"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_favicon = "static/favicon.svg"
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch the pages found, which a browser forbids from disk
html_context = {"default_mode": "auto", "data_version": data_facts()["data_version"]}
html_sidebars = {"index": [], "changelog": [], "search": []}
html_theme_options = {
    "logo": {"text": project},
    "navbar_align": "left",
    "navbar_persistent": ["search-button"],
    "navbar_end": ["theme-switcher"],
    "footer_start": ["licence"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "search_bar_text": "Search the book",
    "show_toc_level": 1,
}
