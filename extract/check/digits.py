"""Which numbers a record holds, and whether the ink they cite has their digits. Knows nothing of how they were read."""

import calendar
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from extract.records import DeclaredCount, DeclaredProjects, GuideFacts, Previous, Section
from extract.values import Count, Duration, Evidence, Money, Per, PerProject, Record, Requirement, Track

Kind = Literal["number", "sum", "months", "date", "ratio"]
_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(r"\d[\d,.]*")
_RUN = re.compile(rf"[\d,.{_CHINESE}]+")


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
            yield Cited("number", record.number, "number", record.evidence)


def _one(record: Record, name: str, kind: Kind = "number", parts: tuple[int, ...] = ()) -> Iterator[Cited]:
    value = getattr(record, name)
    if isinstance(value, int | str):
        yield Cited(name, value, kind, record.evidence, parts)  # type: ignore[attr-defined]


def _fact(record: Requirement, name: str, kind: Kind) -> Iterator[Cited]:
    value = getattr(record.facts, name)
    if isinstance(value, int | float | str):
        yield Cited(name, value, kind, record.evidence)


def explained(number: Cited, ink: Sequence[str]) -> bool:
    """Whether the ink, line by line, has the digits of a number; a number may run over a line's end."""
    folded = [unicodedata.normalize("NFKC", line) for line in ink]
    seen = _digits("".join(folded)) | _digits(" ".join(folded))
    if number.kind == "months":
        return _months(int(number.value), seen, half="半" in "".join(folded))
    if number.kind == "date":
        return _date(date.fromisoformat(str(number.value)), seen)
    if number.kind == "ratio" and number.value == 1:
        return True  # 等额 states it without a digit
    if number.kind == "sum" and (number.value == sum(number.parts) or _adds_up(int(number.value), " ".join(folded))):
        return True
    return _in(number.value, seen)


def _digits(text: str) -> set[str]:
    """The digits of every numeral in a text. Zeros tell the scale, which 18000万 and 2.578亿 write in words."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        arabic = run if _ARABIC.fullmatch(run) else ""
        found |= {_bare(piece) for piece in (arabic, *re.split("[,.]", arabic)) if piece}
        found.add("" if arabic else _spelt(run))
    return found


def _bare(numeral: str) -> str:
    return re.sub(r"\D", "", numeral).strip("0")


def _spelt(numeral: str) -> str:
    """The digits of a numeral that has Chinese characters, without its zeros: 二十三 → 23, 十二 → 12, 1亿2千万 → 12."""
    digits = ""
    for char in numeral:
        value = 2 if char == "两" else unicodedata.numeric(char, 0)
        if 1 <= value <= 9:
            digits += str(int(value))
        elif value >= 10 and not digits:
            digits = "1"
    return digits


def _in(value: int | float | str, seen: set[str]) -> bool:
    """Whether a number's digits are seen, as Arabic numerals or Chinese ones write them."""
    digits = f"{value:.10g}" if isinstance(value, float) else str(value)
    return bool({_bare(digits), re.sub("[^1-9]", "", digits)} & seen)


def _adds_up(value: int, text: str) -> bool:
    """Whether the numerals of a text sum up to a number: 12个国家和2个国际组织."""
    return value == sum(int(numeral) for numeral in re.findall(r"\d+", text))


def _months(months: int, seen: set[str], half: bool) -> bool:
    """Months as such, as years (3年, 2.5年), or as years and months (1年6个月, 一年半)."""
    if _in(months, seen) or _in(months / 12, seen):
        return True
    for years in range(months // 12 + 1):
        rest = months - 12 * years
        if (not years or _in(years, seen)) and (not rest or _in(rest, seen) or (half and rest == 6)):
            return True
    return False


def _date(day: date, seen: set[str]) -> bool:
    """A date's year, month and day; a month may be the first or last of its year, a day of its month."""
    last = calendar.monthrange(day.year, day.month)[1]
    month = day.month in (1, 12) or _in(day.month, seen)
    return _in(day.year, seen) and month and (day.day in (1, last) or _in(day.day, seen))
