"""拟支持时间 → Duration: 2-3年, 不超过3年, 一年半, 36个月, 2018年1月至2020年12月, 一般3年，最长不超过5年.

Also durations in prose (项目执行期为3年, 项目应在4年内完成), and findings for unclear ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from extract.language import dates
from extract.language.dates import PERIOD
from extract.language.numerals import NUMERAL, TO, parse_numeral
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, Reason, finding
from extract.model.ranges import MONTHS, Range, contains, months_between, months_of
from extract.model.stages import Parsed, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Duration
from extract.normalise.quantities.words import HIGH, LIMITS, LOW
from extract.profile.schema import Profile

_ONE = rf"(?:(?:{NUMERAL}) *(?:年半?|个月)(?: *{NUMERAL} *个月)?|半年)"
_OR = rf"(?:{TO}|或者?)"  # 2年或3年 is from two to three; of counts and money, 或 joins no range
_UPPER = rf"(?:最[长多])?可?(?:申请)?延[长期][至到]|(?:最[长多])?(?:{HIGH})|最长"
_SPAN = re.compile(
    rf"(?:(?P<same>含)|(?P<upper>{_UPPER})|(?P<lower>{LOW}|最短))?[为 ]*"
    rf"(?:(?P<low>{_ONE})|(?P<bare>{NUMERAL}(?= *{_OR}))) *(?:{_OR} *(?P<high>{_ONE}))?"
    r"(?:（含）)?(?:(?P<within>以内|之内|以下|内)|(?P<above>以上)|不等)?(?:（含）)?"
)
_ANYWHERE = re.compile(rf"{_ONE}|{PERIOD.pattern}")
_FILL = re.compile(
    r"(?>(?:执行|实施|研究|研发|建设|资助|支持|合作|起止)+(?:期限?|周期|年限|时间|时限|年月|日期)|周期|期限"
    r"|每个|项目|课题|的|一般|原则上|均|应|须|在|为期|为|且|共计?|总计|拟|控制|：|，|（|）| "
    rf"|自(?:[^，。；\d]{{1,12}}|{NUMERAL} *年(?: *\d{{1,2}} *月(?: *\d{{1,2}} *日)?)?)起(?!，?{TO}))*"
)
# Continuations of a figure that a pattern of the profile matched: 2年〔至3年〕, 1年〔，不超过3年〕.
TAIL = re.compile(
    rf"半?(?: *{NUMERAL} *个月)?(?: *{_OR} *{_ONE})?(?:（含）)?(?:{LIMITS})?"
    rf"(?:，? *(?:一般|原则上)?(?:{_UPPER}|{LOW}|最短) *{_ONE}(?:{LIMITS})?)?"
)
_MAX_MONTHS = 240  # no project runs longer; 2018年 is no duration of two thousand years


class _Span(Struct, frozen=True):
    """A statement of a duration: months, open if bounded, or a period; `refused`: the reason why it is neither."""

    start: int
    end: int
    refused: Reason | None = None
    low: int | None = None
    high: int | None = None
    period: tuple[date, date] | None = None
    is_bound: bool = False
    repeats: bool = False  # 不超过3年（含3年）


def parse_duration(text: Text) -> Parsed[Duration]:
    """Parse the duration of a project.

    >>> from extract.model.text import GlyphTable, Text
    >>> text = "2-3年"
    >>> duration = parse_duration(Text(text, [-1] * len(text), GlyphTable([], [], False))).value
    >>> duration.min_months, duration.max_months
    (24, 36)
    """
    whole = text.rstrip("。；，、 \n\u2028")
    value, span = leading_duration(whole)
    if isinstance(value, Unread):
        later = _ANYWHERE.search(whole.plain) if value.reason == "no-figure" else None  # 约3年
        return Parsed(None, unread=Unread("words-unknown", whole[: later.start()].strip()) if later else value)
    rest = whole[_skip(whole.plain, span.stop) :]
    return Parsed(None, unread=Unread("words-unknown", rest)) if rest else Parsed(value)


def leading_duration(text: Text, start: int = 0) -> tuple[Duration | Unread, slice]:
    """Return the duration at an offset, perhaps after filler words, and its span."""
    spans = list(_spans(text.plain, start))
    if not spans:
        return Unread("no-figure", text[start:].strip() or text), slice(start, start)
    span = slice(_skip(text.plain, start), spans[-1].end)
    if text.plain[span].count("（") > text.plain[span].count("）") and text.plain.startswith("）", span.stop):
        span = slice(span.start, span.stop + 1)  # 3年（36个月）
    refused = next((span for span in spans if span.refused), None)
    if refused is not None and refused.refused is not None:
        return Unread(refused.refused, text[refused.start : refused.end].strip()), span
    return _combine(spans, text[span]), span


def _skip(plain: str, start: int) -> int:
    match = _FILL.match(plain, start)
    return match.end() if match else start


def _spans(plain: str, offset: int) -> Iterator[_Span]:
    """Yield the consecutive statements at an offset: a period (2018年1月至2020年12月), or months (2-3年)."""
    while True:
        start = _skip(plain, offset)
        dated, months = PERIOD.match(plain, start), _SPAN.match(plain, start)
        if dated:
            period = dates.parse_period(dated)
            span = _Span(*dated.span(), None if period else "no-date", period=period)
        elif months and (months["low"] or months["high"]):
            span = _months_span(months)
        else:
            return
        yield span
        offset = span.end


def _months_span(match: re.Match[str]) -> _Span:
    """Parse months; a bare number takes the unit of the end of the range (2-3年)."""
    high = match["high"]
    unit = ("年" if "年" in high else "个月") if match["bare"] else ""
    lower = _months((match["bare"] or match["low"]) + unit)
    upper = _months(high) if high else lower
    is_upper, is_lower = bool(match["upper"] or match["within"]), bool(match["lower"] or match["above"])
    if lower is None or upper is None:
        return _Span(*match.span(), "no-number")
    if lower > upper or (is_upper and is_lower) or (lower != upper and (is_upper or is_lower)):
        return _Span(*match.span(), "bounds-contradict")
    return _Span(
        *match.span(),
        low=None if is_upper else lower,
        high=None if is_lower else upper,
        is_bound=is_upper or is_lower,
        repeats=bool(match["same"]),
    )


def _combine(spans: Sequence[_Span], text: Text) -> Duration | Unread:
    """Combine the statements; refused if they contradict."""
    bounds = [span for span in spans if span.period is None and not span.repeats]
    exact = {(span.low, span.high) for span in bounds if not span.is_bound}
    uppers = [span.high for span in bounds if span.is_bound and span.high is not None]
    lowers = [span.low for span in bounds if span.is_bound and span.low is not None]
    periods = {span.period for span in spans if span.period is not None}
    rising = all(one < other for one, other in pairwise(uppers))  # 一般不超过2年，最多可延长至3年
    if len(exact) > 1 or len(periods) > 1 or len(lowers) > 1 or not rising:
        return Unread("several-values", text)
    low, high = next(iter(exact), (None, None))
    if (high is not None and uppers and uppers[0] < high) or (low is not None and lowers and lowers[0] > low):
        return Unread("bounds-contradict", text)
    low, high = (lowers[0] if lowers else low), (uppers[-1] if uppers else high)
    repeated = {span.high for span in spans if span.repeats}
    if (low is not None and high is not None and low > high) or not repeated <= {low, high}:
        return Unread("bounds-contradict", text)
    if periods:
        return _with_months(next(iter(periods)), low, high, text)
    return Duration(min_months=low, max_months=high, evidence=cite(text))


def _with_months(period: tuple[date, date], low: int | None, high: int | None, text: Text) -> Duration | Unread:
    """Combine a period with the months beside it, which have to agree: 3年（2019年12月—2022年11月） is 36 months."""
    start, end = period
    if low is not None or high is not None:
        stated = Range(min=low, max=high, unit=MONTHS)
        months = months_between(start, end)
        if months.approximate or not contains(stated, months):
            return Unread("dates-differ", text)
        if low == high:
            return Duration(min_months=low, max_months=high, evidence=cite(text))
    return Duration(start=start.isoformat(), end=end.isoformat(), evidence=cite(text))


def month_bounds(value: Duration) -> tuple[int | None, int | None]:
    """Return the least and most months, also of dates; None for an open side or no whole number of months."""
    months = months_of(value)
    return (None, None) if months.approximate else (months.min, months.max)


def _months(words: str) -> int | None:
    """Parse a number of months; None if it is not whole, or over `_MAX_MONTHS`.

    >>> _months("2.5年"), _months("一年半"), _months("1年6个月"), _months("半年"), _months("2018年")
    (30, 18, 18, 6, None)
    """
    bare = words.replace(" ", "")
    if bare == "半年":
        return 6
    months = Decimal(6 if "半" in bare else 0)
    for number, unit in re.findall(rf"({NUMERAL})(年|个月)", bare):
        value = parse_numeral(number)
        if value is None:
            return None
        months += value * (12 if unit == "年" else 1)
    return int(months) if 0 < months <= _MAX_MONTHS and months == int(months) else None


Patterns = Iterable[re.Pattern[str]]
# Words before 执行期 with which it applies to every project; with others (重大项目执行期3年) it applies to a part.
_EVERY_PROJECT = re.compile(
    r"(?:\d{1,2}\.|[①-⑳])?(?:每一?个?|各个?|所有|全部|本|该|此|拟|所|申报|申请|支持|立项|获批|入选|资助|合作|研究|科研"
    r"|国际|政府间|项目|课题|任务|类|批次?|年度|专项|指南|方向|中方|双方|中外|以上|上述|原则上|一般|均|应|须|需|且|并|同时"
    r"|总|的| )*"
)
_ELSEWHERE = re.compile("在研|已有|原有|已承担|专项(?:执行|实施)")  # another project's, or the programme's
# 项目执行期内, 覆盖项目执行期，: the duration is mentioned, not stated.
_MENTIONED = re.compile(r"[内中间满末后前的，、）]|之[内中]|结束|届满|届时|期满|$")
_END = re.compile(r"[，。；（）、\n]|完成|且|并|$")
# A figure at the end of a clause is the duration of another part (…，人员交流项目1年), but not 已满1年, 近5年.
_FURTHER_FIGURE = re.compile(
    r"(?<![\d满近每前后已足第])(?:\d{1,2}(?:\.\d)?|[一二两三四五六七八九十半]{1,3}) *(?:年半?|个月)"
    r"(?:以内|以上|左右)?(?=[，。；）、\n]|$)"
)


class DurationStatement(Struct, frozen=True):
    """A statement of a duration, with its sentence; `value` is None if not understood, or only of a part."""

    sentence: Text
    words: Text
    value: Duration | None

    @property
    def key(self) -> tuple[object, ...]:
        """A key that is equal for statements of the same duration."""
        value = self.value
        return (value.min_months, value.max_months, value.start, value.end) if value else (self.words.plain,)


def find_durations(text: Text, patterns: Patterns) -> list[DurationStatement]:
    """Return the statements of a duration in a text, sentence by sentence."""
    return [statement for sentence in text.split("[。；\n]") for statement in _parse_sentence(sentence, patterns)]


def _parse_sentence(sentence: Text, patterns: Patterns) -> Iterator[DurationStatement]:
    """Yield the statements of a sentence: what follows a word for the duration, if all of it is understood."""
    plain = sentence.plain
    end = 0
    for name in sorted((match for pattern in patterns for match in pattern.finditer(plain)), key=re.Match.start):
        before = clause_before(plain, name.start(), "，：（）、")
        if name.start() < end or _ELSEWHERE.search(before + name[0]):
            continue
        value, span = leading_duration(sentence, name.end())
        if isinstance(value, Unread) and span.stop == name.end() and _MENTIONED.match(plain, span.stop):
            continue
        end = span.stop
        whole = _END.match(plain, end) and not _FURTHER_FIGURE.search(plain, end) and _EVERY_PROJECT.fullmatch(before)
        understood = value if whole and isinstance(value, Duration) else None
        yield DurationStatement(sentence, sentence[span] if understood else sentence, understood)


def clause_before(plain: str, offset: int, marks: str) -> str:
    """Return the words between the last of `marks` and an offset."""
    start = offset
    while start and plain[start - 1] not in marks:
        start -= 1
    return plain[start:offset]


def binding_duration(texts: Sequence[Text], profile: Profile) -> Parsed[DurationStatement]:
    """Return the only duration that the words of a section state; unclear or differing ones are reported instead."""
    patterns = profile.requirements.facts.duration
    statements = [statement for text in texts for statement in find_durations(text.without(MAYBE), patterns)]
    unread = {statement.sentence.plain: statement.sentence for statement in statements if statement.value is None}
    if unread:
        return Parsed(None, tuple(_unread(sentence) for sentence in unread.values()))
    if len({statement.key for statement in statements}) > 1:
        sentences = list(dict.fromkeys(statement.sentence for statement in statements))
        words = [sentence.printed.strip() for sentence in sentences]
        return Parsed(None, (finding("requirement-unclear", *sentences, variant="durations", words=words),))
    return Parsed(statements[0]) if statements else Parsed(None)


def _unread(sentence: Text) -> FindingDraft:
    words = sentence.printed.strip()
    return finding("requirement-unclear", sentence, variant="duration-unread", words=words)
