"""Whatever a caption holds is shown as text."""

import json
import shutil

from analysis import paths

HOSTILE = "<b>bold</b> `code` $x$ ``````````\n</script><script>window.hacked = 1</script> \"quoted\" {role}`x` [link](http://example.org)"


def test_markup_in_the_manifest_is_shown_as_it_stands(make_site, tmp_path, monkeypatch, tab):
    figures = shutil.copytree(paths.FIGURES, tmp_path / "figures")
    book = json.loads((figures / "figures.json").read_text("utf-8"))
    entry = next(e for e in book["figures"] if e["id"] == "03-neutralised-share")
    entry |= {name: HOSTILE for name in ("title", "subtitle", "caption", "alt", "not_shown", "source")}
    (figures / "figures.json").write_text(json.dumps(book), encoding="utf-8")
    monkeypatch.setattr(paths, "FIGURES", figures)
    tab.goto((make_site() / "figures" / "03-neutralised-share.html").as_uri())
    shown = " ".join(HOSTILE.split())
    assert " ".join(tab.locator("figcaption").inner_text().split()) == shown
    assert tab.locator("figure img").get_attribute("alt") == HOSTILE
    assert tab.locator("h1").inner_text().startswith("<b>bold</b> `code`")
    assert tab.evaluate("window.hacked") is None and tab.faults == []
