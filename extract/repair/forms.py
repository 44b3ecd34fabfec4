"""Characters that PDF fonts hand out in place of the ones that were meant: each maps one to one.

Kangxi radicals (⽅ for 方), the radicals supplement (⻓ for 长) and compatibility ideographs look the same on
paper, so a record that kept them would fail every comparison. Full-width forms are printed that way and stay.
"""

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def unified(char: str) -> str:
    """The usual form of a radical or compatibility ideograph; every other character as it is."""
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _SUPPLEMENT.get(char, char)
