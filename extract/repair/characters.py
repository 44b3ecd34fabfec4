"""Characters that PDF fonts hand out in place of the ones that were meant: each maps one to one.

Kangxi radicals (⽅ for 方), the radicals supplement (⻓ for 长) and compatibility ideographs look the same on
paper, so a record that kept them would fail every comparison. Full-width forms are printed that way and stay.
"""

import unicodedata
from functools import lru_cache

# One glyph often stands for two characters; a PDF names only one of them.
_TWINS = {"―": "—", "\u2011": "\u2010"}
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


@lru_cache(maxsize=1 << 14)
def unified(text: str) -> str:
    """The usual form of a glyph's text: radicals, compatibility ideographs and ligatures unified, separators a space.

    What is not seen on paper (zero-width spaces and joiners, soft hyphens, marks of direction) is nothing.
    """
    return "".join(map(_usual, text))


def _usual(char: str) -> str:
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category in ("Zl", "Zp") or char in "\t\n\v\f\r\x85\x1c\x1d\x1e\x1f":
        return " "
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return _SUPPLEMENT.get(char) or _TWINS.get(char, char)
