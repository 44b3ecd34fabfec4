"""Draw the font of boxes that PDFium is given: python -m tests.typeset.boxes extract/pull/boxes.ttf"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

EM, TOP, BOTTOM = 1000, 880, -120


def boxes() -> bytes:
    """A TrueType font in which every character is one full-width box."""
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupGlyf({".notdef": _box(), "box": _box()})
    font.setupHorizontalMetrics({".notdef": (EM, 0), "box": (EM, 0)})
    font.setupHorizontalHeader(ascent=TOP, descent=BOTTOM)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupCharacterMap({0x4E00: "box"})
    font.setupOS2()
    font.setupPost(keepGlyphNames=False)
    font.font["cmap"] = _every_character()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    target = BytesIO()
    font.font.save(target)
    return target.getvalue()


def _box() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, BOTTOM))
    for corner in ((EM, BOTTOM), (EM, TOP), (0, TOP)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _every_character() -> object:
    """A table that maps all of Unicode to the box: format 13, many to one."""
    table = newTable("cmap")
    table.tableVersion = 0
    many = CmapSubtable.newSubtable(13)
    many.platformID, many.platEncID, many.language = 3, 10, 0
    many.format, many.reserved, many.length, many.nGroups = 13, 0, 0, 0
    many.cmap = dict.fromkeys(range(0x20, 0x110000), "box")
    table.tables = [many]
    return table


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Path(sys.argv[1]).write_bytes(boxes())
