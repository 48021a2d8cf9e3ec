"""What is said of the numbers, held over every text: pages, notebooks, descriptions, messages."""

import json
import re

import pytest

from analysis import paths

# Each is false as stated, or says more than the record can.
FALSE = {
    "lost is no bound": r"bound (of|on) (what was )?jam(ming|med)",
    "the interval is one over nights": r"95 ?% confidence",
    "14.7 is the most favourable of sixteen": r"at least × ?14\.7|14\.7 to 17\.5|15 to 17\.5",
    "two definitions are no bounds": r"1,945 to 2,021|most numerous in 2024",
    "by at least half, 60% in rows that name it alone": r"Iskander-M\S* rose by (?!at least|60%)",
    "of the rest 600 before, what left the country apart": r"\b601\b",
    "no step shown": r"step in September 2024|change_points",
    "a neutral question": r"Did the defence hold",
    "unreported, not silent": r"loud(er)? (silent|on)|silent (night|date)s? were (loud|quiet)",
}
ALLOWED = r"[Nn]either a measure nor a bound of jamming|no evidence of a step in September 2024"
PAGES = [*paths.ROOT.glob("*.md"), *paths.ROOT.glob("docs/*.md"), *paths.ROOT.glob("data/*.md")]
PAGES += [*paths.NOTEBOOKS.glob("*.texts.md"), paths.DATA / "datapackage.json"]
PAGES += [paths.ROOT / "analysis" / "columns.json"]
PAGES = [page for page in PAGES if page.name != "CHANGELOG.md"]
CODE = [*paths.ROOT.glob("analysis/**/*.py"), *paths.ROOT.glob("book/**/*.py")]


def _said(pattern, text):
    joined = " ".join(re.sub(r'" *\n *f?"', "", text).split())  # a string may have two lines
    return [said[0] for said in re.finditer(pattern, re.sub(ALLOWED, "", joined))]


def _texts():
    for page in [*PAGES, *CODE]:
        yield page.name, page.read_text("utf-8")
    for path in paths.NOTEBOOKS.glob("*.ipynb"):
        for cell in json.loads(path.read_bytes())["cells"]:
            yield f"{path.name}, {cell['id']}", "".join(cell["source"])


TEXTS = list(_texts())


@pytest.mark.parametrize("why", FALSE)
def test_no_text_says_what_the_record_cannot_bear(why):
    found = [f"{name}: {words}" for name, text in TEXTS for words in _said(FALSE[why], text)]
    assert found == []


def test_a_fall_from_94_to_82_percent_is_told_with_the_sizes_of_the_waves():
    falls = [(name, text) for name, text in TEXTS if re.search(r"94 ?%.{1,300}\b82 ?%", text, re.S)]
    assert len(falls) > 3
    assert [name for name, text in falls if "wave" not in text] == []
