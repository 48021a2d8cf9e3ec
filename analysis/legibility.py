"""What the eye would stumble over in a drawn figure: texts in each other's way, stray colours."""

from itertools import combinations

from matplotlib.backend_bases import RendererBase
from matplotlib.colors import rgb_to_hsv, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis import style

_FAINT = {style.GRID.lower(), "#ffffff"}  # a text may stand on it
_GREY = 0.04  # saturation
_TINT = 0.02  # of the circle of hues: 7 degrees
_HUES = [rgb_to_hsv(to_rgb(color))[0] for color in (style.BLUE, style.VERMILLION)]


class _Eye(RendererBase):
    """Draws nothing; keeps the lines of text that are drawn, each with its box, and the colours."""

    def __init__(self, dpi):
        super().__init__()
        self.dpi, self.texts, self.strokes, self.colors = dpi, [], [], set()

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def flipy(self):
        return False

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        width, height, below = self.get_text_width_height_descent(s, prop, ismath)
        self.texts.append((s, Bbox.from_bounds(x, y - below, width, height)))
        self.colors.add(to_hex(gc.get_rgb()))

    def draw_path(self, gc, path, transform, rgbFace=None):
        color = to_hex(gc.get_rgb())
        if rgbFace is not None:
            self.colors.add(to_hex(rgbFace))
        elif color not in _FAINT:
            stroke = path.transformed(transform)
            extent, view = stroke.get_extents(), gc.get_clip_rectangle()
            self.strokes.append((stroke, extent, view or extent))
        if gc.get_linewidth():
            self.colors.add(color)


def faults(fig: Figure) -> list[str]:
    """Return a line for each fault of a laid-out figure.

    Two lines of text overlap, one leaves the canvas, or a colour is neither
    grey nor a tint of the blue or the vermillion of `style.COLORS`.

    Examples
    --------
    >>> from analysis import style
    >>> fig, ax = style.figure("A finding", "A measure")
    >>> notes = [style.note(ax, x, 0.5, name) for x, name in [(0.5, "many"), (0.52, "few")]]
    >>> style.settle(fig)
    >>> faults(fig)
    ["'many' overlaps 'few'"]
    """
    eye = _Eye(fig.dpi)
    fig.draw(eye)
    overlaps = [
        f"{one!r} overlaps {other!r}"
        for (one, box), (other, other_box) in combinations(eye.texts, 2)
        if box.overlaps(other_box)
    ]
    struck = [
        f"{words!r} stands on a line"
        for words, box in eye.texts
        if any(_meets(*stroke, box) for stroke in eye.strokes)
    ]
    outside = [
        f"{words!r} leaves the canvas"
        for words, box in eye.texts
        if (box.min < fig.bbox.min).any() or (box.max > fig.bbox.max).any()
    ]
    stray = [f"{color} is not of style.COLORS" for color in sorted(eye.colors) if _is_stray(color)]
    return overlaps + struck + outside + stray


def _meets(path, extent, view, box):
    if not box.overlaps(extent):  # most lines are far from most texts
        return False
    seen = Bbox.intersection(box, view)
    return seen is not None and path.intersects_bbox(seen, filled=False)


def _is_stray(color):
    hue, saturation, _ = rgb_to_hsv(to_rgb(color))
    return saturation > _GREY and min(abs(hue - own) for own in _HUES) > _TINT
