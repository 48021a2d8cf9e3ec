"""A published picture as part of a page: its SVG without the head that the page says itself, cut to what is left."""

import re
import xml.etree.ElementTree as ET

from markupsafe import Markup

from analysis import paths

_SVG = "{http://www.w3.org/2000/svg}"
_BELOW = 6  # points between the last line of the head and what follows
ET.register_namespace("", _SVG.strip("{}"))
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def inline(entry):
    """Return the picture of a figure as an SVG element without title and subtitle, named by its alternative text."""
    drawing = ET.parse(paths.FIGURES / entry["files"]["svg"]["path"]).getroot()
    for name in ("title", "desc", "metadata"):
        for part in drawing.findall(_SVG + name):
            drawing.remove(part)
    _, _, width, height = (float(n) for n in drawing.get("viewBox").split())
    top = _cut_head(drawing)
    drawing.attrib = {"viewBox": f"0 {top:.1f} {width:g} {height - top:.1f}", "role": "img", "aria-label": " ".join(entry["alt"].split()),
                      "class": "drawing"}
    for part in drawing.iter():
        _lighten(part)
    _share_styles(drawing)
    return Markup(ET.tostring(drawing, encoding="unicode"))


def narrow(entry):
    """Return the path of a figure's picture for a narrow column, and how much of its width the head is high; None if it has none."""
    files = [file for key, file in entry["files"].items() if key.startswith("column") and file["path"].endswith(".svg")]
    return _headless(files[0]) if files else None


def thumb(entry):
    """Return the same of the picture that reads best when small."""
    return narrow(entry) or _headless(entry["files"]["svg"])


def _headless(file):
    drawing = ET.parse(paths.FIGURES / file["path"]).getroot()
    width = float(drawing.get("viewBox").split()[2])
    return {"path": file["path"], "head": f"{100 * _cut_head(drawing) / width:.1f}%"}


def _lighten(part):
    """Take out of an element what no reader sees: more than a tenth of a point, blanks, and matplotlib's own ids."""
    part.text, part.tail = (text if (text or "").strip() else None for text in (part.text, part.tail))
    for name in {"d", "x", "y"} & part.attrib.keys():
        part.set(name, re.sub(r"(\.\d)\d+|\.0+(?=\D|$)", r"\1", re.sub(r"\s*([MLQCZz])\s*", r"\1", part.get(name))).replace("\n", " "))
    if "style" in part.attrib:
        part.set("style", part.get("style").replace(": ", ":").replace("; ", ";"))
    if part.tag == _SVG + "g" and re.fullmatch(r"[A-Za-z0-9.]+_\d+", part.get("id", "")):
        del part.attrib["id"]


def _share_styles(drawing):
    """Say once, in a style sheet of its own, how the parts of a drawing look."""
    looks = {style: f"l{i}" for i, style in enumerate(sorted({p.get("style") for p in drawing.iter() if "style" in p.attrib}))}
    for part in drawing.iter():
        if "style" in part.attrib:
            part.set("class", looks[part.attrib.pop("style")])
    sheet = ET.SubElement(drawing, _SVG + "style")
    sheet.text = "".join(f".drawing .{name}{{{style}}}" for style, name in looks.items())


def _cut_head(drawing):
    """Hide title and subtitle of a drawing; return how far down they reached."""
    reach = 0
    for head in [g for g in drawing.iter(_SVG + "g") if g.get("id") in ("title", "subtitle")]:
        lines = [re.search(r"translate\([\d.]+ ([\d.]+)\)", part.get("transform", "")) for part in head.iter()]
        reach = max([reach, *(float(line[1]) + _BELOW for line in lines if line)])
        head.set("display", "none")  # not taken out: the others may use its glyphs
    return reach
