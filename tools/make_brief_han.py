"""Cut the "Brief Han" font out of Noto Sans SC, or "Brief Han JP" out of Noto Sans JP.

Usage: python tools/make_brief_han.py NotoSansSC_400Regular.ttf templates/house/fonts/BriefHan-Regular.ttf
       python tools/make_brief_han.py NotoSansJP_400Regular.ttf templates/house/fonts/BriefHanJP-Regular.ttf

A brief names companies in Chinese and Japanese, in a handful of characters. The full font weighs ten megabytes;
the characters in everyday use weigh a third of that. The result is renamed, because the licence of the original
reserves a name that a changed copy must not carry.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

KEPT_NAMES = (0, 8, 9, 11, 13, 14)  # copyright, maker, designers, maker's address, licence and its address

# What a horizontal line of plain text never uses: layout rules, vertical metrics, names of variable axes, hints.
DROPPED_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "cvt ", "fpgm", "gasp", "prep", "vhea", "vmtx")

BLOCKS = (
    (0x0020, 0x0020),  # space
    (0x3000, 0x303F),  # punctuation
    (0x3040, 0x30FF),  # hiragana and katakana
    (0x31F0, 0x31FF),  # katakana extensions
    (0xFF00, 0xFFEF),  # full-width and half-width forms
)


def table(encoding: str, leads: range, trails: range) -> set[int]:
    """Return the characters of a rectangle of a two-byte character set."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.add(ord(bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:  # the last row of a set is not full
                continue
    return found


def characters(*, japanese: bool) -> set[int]:
    """Return every character the font keeps; the Japanese one those whose shapes differ from the Chinese."""
    kept = {point for first, last in BLOCKS for point in range(first, last + 1)}
    if japanese:
        return kept | table("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF))
    kept |= table("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))  # simplified Chinese: all 6,763
    kept |= table("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF))  # Japanese, level 1: 2,965
    kept |= table("big5", range(0xA4, 0xC6), range(0x40, 0xFF))  # traditional Chinese, level 1: 5,401
    kept |= table("big5", range(0xC6, 0xC7), range(0x40, 0x7F))
    return kept


def rename(font: TTFont, family: str, postscript_name: str) -> None:
    """Give the font its own name, and keep what its licence asks to be kept."""
    names = font["name"]
    version, original = names.getDebugName(5), f"Noto Sans {'JP' if 'JP' in family else 'SC'}"
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    for name_id, text in {
        1: family,
        2: "Regular",
        3: f"{postscript_name}; cut from {original} {version}",
        4: f"{family} Regular",
        5: version,
        6: postscript_name,
        10: f"The characters in everyday use, cut from {original}; without hints and layout rules.",
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)


def main(source: Path, target: Path) -> None:
    """Write the subset of `source` to `target`."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, *DROPPED_TABLES]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    japanese = "JP" in target.stem
    subsetter.populate(unicodes=characters(japanese=japanese))
    subsetter.subset(font)
    rename(font, "Brief Han JP" if japanese else "Brief Han", target.stem)
    font.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
