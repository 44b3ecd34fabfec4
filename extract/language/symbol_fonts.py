"""Characters of the fonts Symbol and Wingdings, which Word keeps at places for private use: F0B7 is a bullet.

In a PDF the fonts have such names as ABCDEF+SymbolMT, OpenSymbol or Wingdings-Regular.
"""

import re

_PRIVATE = range(0xF020, 0xF100)
_SYMBOL = dict(zip(
    [*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF)],
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
    strict=True,
))  # fmt: skip
# The signs of Wingdings that begin items of lists or stand before a choice.
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x9F: "•", 0xA1: "○",
    0xA7: "■", 0xA8: "□", 0xAB: "★", 0xD8: "◆", 0xE0: "→", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "opensymbol": _SYMBOL, "wingdings": _WINGDINGS}
_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?P<name>[A-Za-z]+?)(?:MT|-Regular)?")


def shown(words: str, font: str) -> str:
    """The words with the signs that a symbol font shows; what is not known stays, and is told as unmapped.

    >>> shown("\\uf0b7", "ABCDEF+SymbolMT"), shown("5\\uf06dm", "Symbol"), shown("\\uf0b7", "")
    ('•', '5μm', '\\uf0b7')
    """
    name = _NAME.fullmatch(font)
    signs = _FONTS.get(name["name"].lower()) if name else None
    if signs is None:
        return words
    return "".join(signs.get(ord(char) - 0xF000, char) if ord(char) in _PRIVATE else char for char in words)
