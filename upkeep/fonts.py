"""Make the fonts of the house figure: the letters of DejaVu Sans that a figure can need.

A PDF embeds the letters it uses, and to look for them among six thousand takes long. Run by hand,
where Matplotlib has a newer DejaVu: ``python -m upkeep.fonts``.
"""

import shutil
from pathlib import Path

from fontTools import subset
from matplotlib import get_data_path

from analysis import style

# Latin, Cyrillic, punctuation, superscripts, currency and number signs, arrows, operators, shapes.
_LETTERS = ["20-7E", "A0-17F", "2B0-2FF", "400-491", "2010-205F", "2070-209C", "20AC", "2116"]
_SIGNS = ["2122", "2190-2195", "2200-2265", "25A0-25FF"]
_OPTIONS = ["--layout-features=*", "--glyph-names", "--name-IDs=*"]


def main() -> None:
    """Write the regular and the bold face, under a name of their own, and the licence."""
    source = Path(get_data_path(), "fonts", "ttf")
    style.FONTS.mkdir(exist_ok=True)
    for face in ("Sans", "Sans-Bold"):
        made = style.FONTS / f"House{face}.ttf"
        letters = f"--unicodes={','.join(_LETTERS + _SIGNS)}"
        subset.main(
            [f"{source / f'DejaVu{face}.ttf'}", f"--output-file={made}", letters, *_OPTIONS]
        )
        font = subset.load_font(made, subset.Options())
        for record in font["name"].names:
            record.string = str(record).replace("DejaVu", "House")
        font.save(made)
    shutil.copy(source / "LICENSE_DEJAVU", style.FONTS / "LICENSE")


if __name__ == "__main__":
    main()
