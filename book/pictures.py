"""A published picture as part of a page: its SVG without the head that the page says itself, cut to what is left."""

import re
import xml.etree.ElementTree as ET
from functools import cache

from markupsafe import Markup

from analysis import paths

_SVG = "{http://www.w3.org/2000/svg}"
_BELOW = 6  # points between the last line of the head and what follows
_NAMED = {"title", "subtitle", "values"}
_BOX = re.compile(r"M(\S+) (\S+?)L(\S+) \2L\3 (\S+?)L\1 \4(?:L\1 \2)?z")
ET.register_namespace("", _SVG.strip("{}"))
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def inline(entry, suffix="svg"):
    """Return the picture of a figure as an SVG element without title and subtitle, named by its alternative text."""
    return _drawn(paths.FIGURES / entry["files"][suffix]["path"], " ".join(entry["alt"].split()))


@cache
def _drawn(path, alt):
    drawing = ET.parse(path).getroot()
    for name in ("title", "desc", "metadata"):
        for part in drawing.findall(_SVG + name):
            drawing.remove(part)
    _, _, width, height = (float(n) for n in drawing.get("viewBox").split())
    top = _cut_head(drawing)
    drawing.attrib = {
        "viewBox": f"0 {top:.1f} {width:g} {height - top:.1f}",
        "role": "img",
        "aria-label": alt,
        "class": "drawing",
    }
    for mesh in (g for g in drawing.iter(_SVG + "g") if g.get("id", "").startswith("QuadMesh")):
        mesh[:] = sorted(
            mesh, key=lambda field: field.get("style", "")
        )  # the fields of a mesh do not overlap
    for part in drawing.iter():
        _lighten(part)
    _join(drawing)
    _share_styles(drawing)
    return Markup(ET.tostring(drawing, encoding="unicode"))


def narrow(entry):
    """Return the picture of a figure for a narrow column, as a page needs it beside the file that `write_narrow` makes: box and marks."""
    drawing = inline(entry, "column.svg")
    return {
        "path": f"narrow/{entry['id']}.svg",
        "box": re.search('viewBox="([^"]*)"', drawing)[1],
        "marks": (re.search('data-marks="([^"]*)"', drawing) or ["", ""])[1],
    }


def write_narrow(entry, folder):
    """Write the picture of a figure for a narrow column into a folder, as light as the one inlined."""
    (folder / f"{entry['id']}.svg").write_text(
        re.sub(' data-marks="[^"]*"', "", inline(entry, "column.svg")) + "\n", encoding="utf-8"
    )


def _lighten(part):
    """Take out of an element what no reader sees: more than a tenth of a point, blanks, and ids."""
    part.text, part.tail = (
        text if (text or "").strip() else None for text in (part.text, part.tail)
    )
    for name in {"d", "x", "y"} & part.attrib.keys():
        part.set(
            name,
            re.sub(
                r"(\.\d)\d+|\.0+(?=\D|$)", r"\1", re.sub(r"\s*([MLQCZz])\s*", r"\1", part.get(name))
            ).replace("\n", " "),
        )
    if "d" in part.attrib:
        part.set("d", _BOX.sub(r"M\1 \2H\3V\4H\1z", part.get("d")))
    if "style" in part.attrib:
        part.set("style", part.get("style").replace(": ", ":").replace("; ", ";"))
    if part.tag == _SVG + "g" and part.get("id") not in _NAMED:
        part.attrib.pop("id", None)
    if "rotate(-0 " in part.get("transform", ""):
        del part.attrib["transform"]


def _join(group):
    """Take groups that say nothing out of a drawing, and make one path of neighbours that look alike and hide nothing."""
    parts = []
    for part in group:
        _join(part)
        parts += part if part.tag == _SVG + "g" and not part.attrib else [part]
    group[:] = []
    for part in parts:
        last = group[-1] if len(group) else part
        look, other = ({k: v for k, v in p.attrib.items() if k != "d"} for p in (part, last))
        if (
            part is not last
            and part.tag == last.tag == _SVG + "path"
            and look == other
            and "id" not in look
            and "opacity" not in str(look)
        ):
            last.set("d", last.get("d", "") + part.get("d", ""))
        else:
            group.append(part)


def _share_styles(drawing):
    """Say once, in a style sheet of its own, how the parts of a drawing look."""
    looks = {
        style: f"l{i}"
        for i, style in enumerate(
            sorted({p.get("style") for p in drawing.iter() if "style" in p.attrib})
        )
    }
    for part in drawing.iter():
        if "style" in part.attrib:
            part.set("class", looks[part.attrib.pop("style")])
    sheet = ET.SubElement(drawing, _SVG + "style")
    sheet.text = "".join(f".drawing .{name}{{{style}}}" for style, name in looks.items())


def _cut_head(drawing):
    """Hide title and subtitle of a drawing; return how far down they reached."""
    reach = 0
    for head in [g for g in drawing.iter(_SVG + "g") if g.get("id") in ("title", "subtitle")]:
        lines = [
            re.search(r"translate\([\d.]+ ([\d.]+)\)", part.get("transform", ""))
            for part in head.iter()
        ]
        reach = max([reach, *(float(line[1]) + _BELOW for line in lines if line)])
        head.set("display", "none")  # not taken out: the others may use its glyphs
    return reach
