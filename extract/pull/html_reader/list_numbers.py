"""The numbers of lists, which a browser writes: 1.  a.  iv.  一、"""

import re
from collections.abc import Callable
from itertools import islice

from lxml import html

# How guides number what they list themselves; then the list's own numbers are switched off by a sheet that is not here.
_WRITTEN = re.compile(
    r"\s*(?:[（(]?[0-9]{1,2}[）)、.．]|[0-9]+(?:\.[0-9]+)+|[（(]?[一二三四五六七八九十]+[）)、.．]|[①-⒛●•◆■▪★◇□○])"
)
# What begins like a heading or a label: the list is how the page sets the guide, and its bullets say nothing.
OF_GUIDE = re.compile(
    r"\s*(?:\d+(?:\.\d+)+|[一二三四五六七八九十]+、|第.{1,3}[部章条]|[\u4e00-\u9fff（）]{2,16} *[：:])"
)
_UNNUMBERED = ("ul", "menu")
_LISTS = ("ol", *_UNNUMBERED)
NESTED_BULLETS = ("•", "◦", "▪")  # of the levels of lists without numbers
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_HAN = "〇一二三四五六七八九"
_MAX_NUMBER = 9999


def _alphabetic(number: int) -> str:
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _roman(number: int) -> str:
    words = ""
    steps = (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")
    for value, letters in (*steps, (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        words += number // value * letters
        number %= value
    return words


def _han(number: int) -> str:
    """A Chinese numeral.

    >>> _han(3), _han(10), _han(12), _han(20), _han(105), _han(110)
    ('三', '十', '十二', '二十', '一百零五', '一百一十')
    """
    words = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            words += _HAN[digit] + unit
        elif words and number and not words.endswith("零"):
            words += "零"
    return words[1:] if words.startswith("一十") else words


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": lambda number: f"{number}.",
    "decimal-leading-zero": lambda number: f"{number:02d}.",
    "lower-alpha": lambda number: f"{_alphabetic(number)}.",
    "upper-alpha": lambda number: f"{_alphabetic(number).upper()}.",
    "lower-roman": lambda number: f"{_roman(number)}.",
    "upper-roman": lambda number: f"{_roman(number).upper()}.",
    "cjk-ideographic": lambda number: f"{_han(number)}、",
}
_FORMS |= {"lower-latin": _FORMS["lower-alpha"], "upper-latin": _FORMS["upper-alpha"]}
_FORMS |= dict.fromkeys(("simp-chinese-informal", "trad-chinese-informal"), _FORMS["cjk-ideographic"])


def list_style_of(element: html.HtmlElement, declared: dict[str, str], inherited: str) -> str:
    """The style of the numbers of a list or an item; bullets say nothing and have the style none."""
    for value in (declared.get("list-style-type"), declared.get("list-style")):
        words = (value or "").split()
        if style := next(
            (word for word in words if word in _FORMS or word in ("none", "disc", "circle", "square")), ""
        ):
            return style if style in _FORMS else "none"
    if kind := _TYPES.get(element.get("type") or ""):
        return kind if element.tag in ("ol", "ul", "li") else inherited
    return {"ol": "decimal", "ul": "none", "menu": "none"}.get(element.tag, inherited)


def number_items(element: html.HtmlElement, style: str) -> dict[html.HtmlElement, str]:
    """The numbers of the items of a list, as they are printed before them."""
    items = list(element.iterchildren("li"))
    if style not in _FORMS or all(_WRITTEN.match(_beginning(item)) for item in items):
        return {}
    is_reversed = element.get("reversed") is not None
    number = _integer(element.get("start"), len(items) if is_reversed else 1)
    numbers = {}
    for item in items:
        number = _integer(item.get("value"), number)
        numbers[item] = _FORMS[style](number) + " " if 0 < number <= _MAX_NUMBER else f"{number}. "
        number += -1 if is_reversed else 1
    return numbers


def mark_nested_items(element: html.HtmlElement) -> dict[html.HtmlElement, str]:
    """The bullets of a list without numbers that holds another, and of those in it, as browsers draw them.

    They alone tell which items belong to which. A list of labels with their values has none, but those in it may.
    """
    items = list(element.iter("li"))
    if element.find(".//li//li") is None or any(OF_GUIDE.match(_beginning(item)) for item in items):
        return {}
    bullets: dict[html.HtmlElement, str] = {}
    depths = {element: 0}
    for item in items:
        around = item.getparent()
        if around not in depths:
            outer = next(one for one in around.iterancestors(*_LISTS) if one in depths)
            depths[around] = depths[outer] + (outer.tag in _UNNUMBERED)
        if around.tag in _UNNUMBERED:
            bullets[item] = NESTED_BULLETS[min(depths[around], len(NESTED_BULLETS) - 1)] + " "
    return bullets


def _integer(words: str | None, default: int) -> int:
    return int(words) if words and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", words) else default


def _beginning(item: html.HtmlElement) -> str:
    """The first words of an item."""
    return next((words for words in islice(item.itertext(), 50) if not words.isspace()), "")
