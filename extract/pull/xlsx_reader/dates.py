"""Dates and times, which Excel keeps as numbers of days: 43525 is 2019年3月1日."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from extract.pull.xlsx_reader.format_codes import Token

_SECONDS = 24 * 60 * 60
_FROM_1900 = datetime(1899, 12, 30)
_FROM_1904 = datetime(1904, 1, 1)
_FIRST = 61  # before 1900-03-01 Excel counts a day that never was
_LAST = 2_958_465  # 9999-12-31
_WEEKDAYS = "一二三四五六日"


def shown_date(days: Decimal, tokens: Sequence[Token], *, from_1904: bool) -> str | None:
    """The words of a date or a time in a section of a format; None where that is not understood.

    >>> shown_date(Decimal("43525.75"), [Token("date", "yyyy"), Token("literal", "年")], from_1904=False)
    '2019年'
    """
    fraction = max((token.words.partition(".")[2] for token in tokens if token.kind == "date"), key=len, default="")
    step = Decimal(1).scaleb(-len(fraction))
    seconds = (days * _SECONDS).quantize(step, ROUND_HALF_UP)
    is_time = not any(token.kind == "date" and token.words[0] in "ymdae" for token in _without_minutes(tokens))
    whole = int(seconds // _SECONDS)
    if whole > _LAST or not (is_time or from_1904 or whole >= _FIRST):
        return None
    moment = (_FROM_1904 if from_1904 else _FROM_1900) + timedelta(seconds=int(seconds))
    has_halves = any(token.kind == "meridiem" for token in tokens)
    shown: list[str] = []
    minutes = _minutes(tokens)
    for place, token in enumerate(tokens):
        words = _words(token, moment, seconds, is_minute=place in minutes, has_halves=has_halves)
        if words is None:
            return None
        shown.append(words)
    return "".join(shown)


def _minutes(tokens: Sequence[Token]) -> set[int]:
    """The places of the tokens m and mm that are minutes: those behind hours and before seconds."""
    units = [(place, token.words[0]) for place, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    letters = ["", *(letter for _, letter in units), ""]
    return {
        place
        for (place, letter), before, after in zip(units, letters, letters[2:], strict=False)
        if letter == "m" and len(tokens[place].words) <= 2 and (before == "h" or after == "s")
    }


def _without_minutes(tokens: Sequence[Token]) -> list[Token]:
    minutes = _minutes(tokens)
    return [token for place, token in enumerate(tokens) if place not in minutes]


def _words(token: Token, moment: datetime, seconds: Decimal, *, is_minute: bool, has_halves: bool) -> str | None:
    """The words of a token; None for one that is no part of a date, or whose words another language has (mmm)."""
    if token.kind == "elapsed":
        passed = {"h": seconds // 3600, "m": seconds // 60, "s": seconds // 1}[token.words[0]]
        return str(int(passed)).zfill(len(token.words))
    if token.kind == "meridiem":
        return _half(token.words, is_late=moment.hour >= 12)
    if token.kind != "date":
        return None if token.kind in ("general", "text", "power", "percent", "digit") else token.words
    unit, size = token.words[0], len(token.words)
    if unit == "s":
        whole, point, fraction = token.words.partition(".")
        rest = f"{seconds % 1:f}".partition(".")[2].ljust(len(fraction), "0")[: len(fraction)]
        return str(moment.second).zfill(len(whole)) + point + rest
    if unit == "h":
        hour = (moment.hour % 12 or 12) if has_halves else moment.hour
        return str(hour).zfill(min(size, 2))
    if is_minute:
        return str(moment.minute).zfill(size)
    return _of_day(unit, size, moment)


def _of_day(unit: str, size: int, moment: datetime) -> str | None:
    if unit == "a":
        return ("星期" if size > 3 else "") + _WEEKDAYS[moment.weekday()]
    if unit in "ye":
        return f"{moment.year % 100:02}" if unit == "y" and size < 3 else f"{moment.year:04}"
    if size > 2:
        return None
    return str(moment.month if unit == "m" else moment.day).zfill(size)


def _half(words: str, *, is_late: bool) -> str:
    early, _, late = words.upper().partition("/")
    return late if is_late else early
