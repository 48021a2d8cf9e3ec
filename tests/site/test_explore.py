"""The Explore page: the library's numbers, drawn as its table says, or refused with the reason."""

import pandas as pd
import pytest

from analysis import load, measures, paths

YEARS = ["409", "3,113", "11,046", "54,585"]  # 2022 to 2025; later data add to them
CLASSES = "?weapon=missiles&split=class"
FILLS = """() => {
    const fill = (e) => getComputedStyle(e).fill;
    const swatches = [...document.querySelectorAll(".plot [class$=-swatch]")];
    const bars = [...document.querySelector(".plot g[aria-label=rect]").children];
    return [swatches.map((e) => [e.textContent, fill(e.querySelector("rect"))]), bars.map(fill)];
}"""


@pytest.fixture
def explore(visit):
    return lambda query="": visit("explore", query)


def column(tab, number):
    return tab.locator(f".stage tbody td:nth-child({number})").all_inner_texts()


def tip(tab):
    text = " ".join(tab.locator("[aria-label=tip] text").all_text_contents())
    return " ".join(text.replace("\u200b", " ").split())  # Plot's sign of a new line


def reports():
    rows = pd.read_csv(paths.DATA / "reports.csv")
    return rows.assign(year=rows["report_date"].str[:4])


def families():
    rows = reports()
    rows = rows[rows["weapon_class"].str.contains("missile")]
    is_one = ~rows["family"].str.contains(" + ", regex=False)
    rows = rows.assign(family=rows["family"].where(is_one, "several families named"))
    nine = rows.groupby("family")["launched_count"].sum().nlargest(9).index
    counts = rows[rows["family"].isin(nine)].groupby(["year", "family"])["launched_count"].sum()
    return counts.map("{:,.0f}".format).to_dict()


def areas():
    rows = reports().query("is_in_drone_series")
    named = rows.merge(pd.read_csv(paths.DATA / "launch_areas.csv"), on="report_id")
    named = named[named["area"].isin(named["area"].value_counts().index[:9])]
    shares = named.groupby(["year", "area"]).size() / rows.groupby("year").size()
    return shares.map("{:.1%}".format).to_dict()


def neutralised():
    rows = reports().query("is_in_drone_series and neutralised_count.notna()")
    rows = rows.assign(regime="regime " + rows["regime_id"]).groupby(["year", "regime"])
    sums = rows[["neutralised_count", "launched_count"]].sum()
    return (sums["neutralised_count"] / sums["launched_count"]).map("{:.1%}".format).to_dict()


def luminance(colour):
    parts = [int(n) / 255 for n in colour[4:-1].split(",")]
    linear = [p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_launches_are_those_of_the_library(explore):
    assert column(explore("?period=year"), 3)[:4] == YEARS


def test_shares_and_intervals_are_those_of_the_library(explore):
    tab = explore("?measure=neutralised_share&period=quarter")
    row = tab.locator(".stage tbody tr", has_text="2025Q1")
    share = measures.outcome_share(
        load(), measure="neutralised_share", by="quarter", interval=True
    ).set_index("quarter")
    share = share.loc["2025-01-01"]
    assert row.locator("td").nth(2).inner_text() == f"{share['share']:.1%}"
    assert row.locator("td").last.inner_text() == (
        f"{share['low_share']:.1%} to {share['high_share']:.1%}"
    )


@pytest.mark.parametrize(
    "query, counted",
    [
        ("?weapon=missiles&split=family&period=year", families),
        ("?measure=naming_share&split=area&period=year", areas),
        ("?measure=neutralised_share&split=regime&period=year", neutralised),
    ],
)
def test_families_areas_and_shares_are_those_that_pandas_counts(query, counted, explore):
    tab = explore(query)
    rows = zip(column(tab, 1), column(tab, 2), column(tab, 3))
    given = {(period[:4], part): value for period, part, value in rows if value != "–"}
    assert given == counted()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_legend_names_the_colours_that_are_drawn(scheme, explore, tab):
    tab.emulate_media(color_scheme=scheme)
    legend, bars = explore(CLASSES).evaluate(FILLS)
    assert len(dict(legend)) == 4 and set(bars) == set(dict(legend).values())
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    for _, fill in legend:
        dark, light = sorted([luminance(fill), luminance(ground)])
        assert (light + 0.05) / (dark + 0.05) >= 3
    assert tab.locator(".plot").evaluate("(e) => getComputedStyle(e).filter") == "none"


def test_217_cruise_missiles_of_october_2022_have_the_colour_of_cruise_missiles(explore):
    tab = explore(CLASSES)
    legend, bars = tab.evaluate(FILLS)
    rows = list(zip(column(tab, 1), column(tab, 2), column(tab, 3)))
    place = rows.index(("2022-10", "cruise missile", "217"))
    assert bars[place] == dict(legend)["cruise missile"]


def test_every_bar_tells_its_own_month(explore):
    tab = explore()
    months = column(tab, 1)
    for month, bar in zip(
        months, tab.locator(".plot g[aria-label=rect]").first.locator("rect").all()
    ):
        box = bar.bounding_box()
        tab.mouse.move(box["x"] + box["width"] / 2, box["y"] - 5)
        assert month[:7] in tip(tab)


def test_tip_has_words_and_percents(explore):
    tab = explore("?measure=neutralised_share&period=year")
    box = tab.locator(
        ".plot g[aria-label=dot] path, .plot g[aria-label=dot] circle"
    ).first.bounding_box()
    tab.mouse.move(box["x"] + 3, box["y"] + 3)
    assert "2024" in tip(tab) and "%" in tip(tab) and "_" not in tip(tab)


def test_month_without_a_row_is_a_gap(explore):
    tab = explore("?weapon=missiles&measure=intercepted_share&split=class")
    lines = tab.locator(".plot g[aria-label=line] path").evaluate_all(
        "(paths) => paths.map((e) => e.getAttribute('d').split('M').length - 1)"
    )
    assert len(lines) == 4 and max(lines) > 5


def test_part_of_a_period_is_hatched_and_named(explore):
    tab = explore("?split=regime")
    july = tab.locator(".stage tbody tr", has_text="2025-07").all_inner_texts()
    assert "1 Jul 2025 to 23 Jul 2025" in july[0] and "24 Jul 2025 to 31 Jul 2025" in july[1]
    assert tab.locator(".plot rect[fill='url(#hatch)']").count() == 7  # with September 2022


def test_measure_that_is_not_given_is_refused_with_its_reason(explore):
    tab = explore("?measure=lost_share&period=quarter")
    merged = "lost is merged into shot down: not separable"
    assert merged in tab.locator(".notice").last.inner_text()
    tab = explore("?weapon=missiles&measure=lost_share")
    assert "is a measure of drones" in tab.locator(".notice").inner_text()
    assert tab.locator(".plot svg").count() == 0


@pytest.mark.parametrize(
    "query",
    ["", "?measure=neutralised_share", CLASSES, "?weapon=missiles&split=family"],
)
def test_edges_and_wordings_are_drawn_on_every_view(query, explore):
    texts = explore(query).locator(".plot svg text").all_text_contents()
    assert {"B", "C", "D", "W2", "W3"} <= set(texts)


def test_view_is_in_the_address_and_back_restores_it(explore):
    tab = explore()
    months = column(tab, 1)
    tab.get_by_role("combobox", name="Period").select_option("year")
    assert "period=year" in tab.url and column(tab, 3)[:4] == YEARS
    tab.go_back()
    assert column(tab, 1) == months and tab.faults == []


def test_malformed_view_is_the_first_one(explore):
    tab = explore("?measure=nothing&weapon=__proto__&period=%E0%A4%A")
    assert column(tab, 1)[1] == "2022-10" and tab.faults == []
