"""Which numbers a record holds, and whether the ink they cite has their digits. Knows nothing of how they were read."""

import calendar
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import prod
from typing import Literal, NamedTuple

from extract.records import DeclaredCount, DeclaredProjects, GuideFacts, Previous, Section
from extract.values import Count, Duration, Evidence, Money, Per, PerProject, Record, Requirement, Track

Kind = Literal["number", "sum", "months", "date", "ratio", "label"]
_ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_CHINESE = re.compile(rf"[\d.{_NUMERALS}]*[{_NUMERALS}][\d.{_NUMERALS}]*")


class Cited(NamedTuple):
    """A number of the record with the evidence that it cites; `parts` are figures that it may be the sum of."""

    name: str
    value: int | float | str
    kind: Kind
    evidence: tuple[Evidence, ...]
    parts: tuple[int, ...] = ()


def cited(record: Record) -> Iterator[Cited]:
    """The numbers that a record states itself; those of the records in it are theirs."""
    match record:
        case Count() | Money():
            for end in ("min", "max"):
                tracks = tuple(getattr(track, end) or 0 for track in record.tracks)
                yield from _one(record, end, "sum" if tracks else "number", tracks)
        case Track() | Per() | PerProject() | DeclaredProjects():
            yield from _one(record, "min")
            yield from _one(record, "max")
        case Duration():
            for end in ("min_months", "max_months"):
                yield from _one(record, end, "months")
            for end in ("start", "end"):
                yield from _one(record, end, "date")
        case Requirement():
            for name in ("per_department_max", "min_enterprises", "min_partner_countries"):
                yield from _fact(record, name, "number")
            yield from _fact(record, "cofunding_ratio", "ratio")
            yield from _fact(record, "max_months", "months")
            yield from _fact(record, "deadline", "date")
        case DeclaredCount():
            yield from _one(record, "count", "sum")
        case Previous():
            yield from _one(record, "year")
            yield from _one(record, "count")
        case GuideFacts():
            yield from _one(record, "year")
            yield from _one(record, "batch")
        case Section() if re.search(r"\d", "".join(piece.quote for piece in record.evidence)[:1]):
            yield Cited("number", record.number, "label", record.evidence)


def _one(record: Record, name: str, kind: Kind = "number", parts: tuple[int, ...] = ()) -> Iterator[Cited]:
    value = getattr(record, name)
    if isinstance(value, int | str):
        yield Cited(name, value, kind, record.evidence, parts)  # type: ignore[attr-defined]


def _fact(record: Requirement, name: str, kind: Kind) -> Iterator[Cited]:
    value = getattr(record.facts, name)
    if isinstance(value, int | float | str):
        yield Cited(name, value, kind, record.evidence)


class _Seen(NamedTuple):
    """What numbers a text shows: Arabic numerals, the scales that stand after them, and numerals in Chinese."""

    text: str
    arabic: frozenset[Decimal]
    scales: frozenset[int]
    chinese: frozenset[str]  # their digits without zeros: 二十三 → 23, 十二 → 12, 1亿2千万 → 12

    def has(self, value: float | Decimal) -> bool:
        """Whether a number is seen, as such or times a scale (18000万); 2400—3200万 has one scale for both."""
        exact = Decimal(str(value))
        if any(numeral * scale == exact for numeral in self.arabic for scale in self.scales):
            return True
        return re.sub("[^1-9]", "", str(exact)) in self.chinese


def explained(number: Cited, ink: Sequence[str]) -> bool:
    """Whether the ink, line by line, has the digits of a number; a number may run over a line's end."""
    lines = [unicodedata.normalize("NFKC", line) for line in ink]
    return any(_explained(number, _seen(text)) for text in ("".join(lines), " ".join(lines)))


def _explained(number: Cited, seen: _Seen) -> bool:
    match number.kind:
        case "months":
            return _months(int(number.value), seen)
        case "date":
            return _date(date.fromisoformat(str(number.value)), seen)
        case "ratio":  # 等额 states 1 without a digit
            ratio = Decimal(str(number.value))
            return ratio == 1 or seen.has(ratio) or seen.has(ratio * 100)
        case "label":
            return re.search(rf"(?<![\d.]){re.escape(str(number.value))}(?![\d]|\.\d)", seen.text) is not None
        case "sum":
            value = int(number.value)
            return seen.has(value) or value == sum(number.parts) or value == sum(seen.arabic)
        case "number":
            return seen.has(int(number.value))


def _seen(text: str) -> _Seen:
    """The numbers of a text; full-width commas are thousands separators here, or nothing."""
    numerals = [numeral.replace(",", "") for numeral in _ARABIC.findall(text)]
    pieces = [piece for numeral in _ARABIC.findall(text) for piece in numeral.split(",") if piece]
    scales = {_times(scale) for scale in re.findall(r"(?<=\d) *([百千万亿]+)", text)}
    return _Seen(
        text=text,
        arabic=frozenset(Decimal(numeral) for numeral in (*numerals, *pieces)),
        scales=frozenset({1, *scales}),
        chinese=frozenset(_spelt(run) for run in _CHINESE.findall(text) if len(_ARABIC.findall(run)) != 1),
    )


def _times(scale: str) -> int:
    """What a scale multiplies by: 千万 → 10000000."""
    return prod({"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char] for char in scale)


def _spelt(numeral: str) -> str:
    digits = ""
    for char in numeral:
        value = 2 if char == "两" else unicodedata.numeric(char, 0)
        if 1 <= value <= 9:
            digits += str(int(value))
        elif value >= 10 and not digits:
            digits = "1"
    return digits


def _months(months: int, seen: _Seen) -> bool:
    """Months as such, as years (3年, 2.5年), or as years and months (1年6个月, 一年半)."""
    if seen.has(months) or seen.has(Decimal(months) / 12):
        return True
    for years in range(months // 12 + 1):
        rest = months - 12 * years
        if (not years or seen.has(years)) and (not rest or seen.has(rest) or (rest == 6 and "半" in seen.text)):
            return True
    return False


def _date(day: date, seen: _Seen) -> bool:
    """A date's year, month and day; a month may be the first or last of its year, a day of its month."""
    last = calendar.monthrange(day.year, day.month)[1]
    month = day.month in (1, 12) or seen.has(day.month)
    return seen.has(day.year) and month and (day.day in (1, last) or seen.has(day.day))
