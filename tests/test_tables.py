"""Tables as notebooks show them."""

import pandas as pd

from analysis.tables import whole

ADDRESS = "https://www.facebook.com/kpszsu/posts/" + "pfbid" * 12
REASON = "lost drones were not reported, so that shot down is claimed alone, an upper bound (R13)"


def test_long_text_is_not_cut_and_an_address_is_a_link_by_the_name_of_its_site():
    table = whole(pd.DataFrame({"reason": [REASON], "post_address": [ADDRESS]}))
    assert f'<a href="{ADDRESS}" target="_blank">facebook.com</a>' in table._repr_html_()
    assert REASON in table._repr_html_() and REASON in repr(table) and ADDRESS in repr(table)


def test_text_of_a_cell_is_escaped():
    assert "&lt;b&gt;" in whole(pd.DataFrame({"a": ["<b>"]}))._repr_html_()


def test_no_column_is_left_out():
    table = whole(pd.DataFrame([range(40)]))
    assert "..." not in table._repr_html_() + repr(table)
