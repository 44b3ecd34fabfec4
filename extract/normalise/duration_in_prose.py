"""Durations in prose: 项目执行期为3年, 项目应在4年内完成; findings for unclear ones, or those of some projects only."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from extract.model.findings import FindingDraft, finding
from extract.model.stages import Parsed, Unread
from extract.model.text import MAYBE, Text
from extract.model.values import Duration
from extract.normalise.duration import leading_duration, parse_duration
from extract.normalise.partners.gazetteer import gazetteer_of
from extract.profile.schema import Profile

_ELSEWHERE = re.compile("在研|已有|原有|已承担|专项(?:执行|实施)")  # another project's, or the programme's
# 项目执行期内, 覆盖项目执行期，: the duration is mentioned, not stated.
_MENTIONED = re.compile(r"[内中间满末后前的，、）]|之[内中]|结束|届满|届时|期满|$")
# 资助期限不超过1年的专款项目不计入限项范围: which projects count, not how long they run.
_QUALIFIES = re.compile("的[^，。；]{0,16}(?:不?计入|不受限项|不限项)")
_END = re.compile(r"[，。；（）、\n]|完成|且|并|$")
# A figure at the end of a clause is the duration of another part (…，人员交流项目1年), but not 已满1年, 近5年.
_FURTHER_FIGURE = re.compile(
    r"(?<![\d满近每前后已足第])(?:\d{1,2}(?:\.\d)?|[一二两三四五六七八九十半]{1,3}) *(?:年半?|个月)"
    r"(?:以内|以上|左右)?(?=[，。；）、\n]|$)"
)


def parse_labelled_duration(text: Text, profile: Profile) -> Parsed[Duration]:
    """Parse the words under a label, perhaps with the projects that it is of: 本轮获批的中德合作项目资助期限为3年."""
    parsed = parse_duration(text)
    projects = _every_project(profile).match(text.plain)
    if parsed.value is not None or projects is None:
        return parsed
    behind = parse_duration(text[projects.end() :])
    return behind if behind.value is not None else parsed


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


def find_durations(text: Text, profile: Profile) -> list[DurationStatement]:
    """Return the statements of a duration in a text, sentence by sentence."""
    return [statement for sentence in text.split("[。；\n]") for statement in _parse_sentence(sentence, profile)]


def _parse_sentence(sentence: Text, profile: Profile) -> Iterator[DurationStatement]:
    """Yield the statements of a sentence: what follows a word for the duration, if all of it is understood."""
    plain = sentence.plain
    end = 0
    names = (match for pattern in profile.requirements.duration for match in pattern.finditer(plain))
    for name in sorted(names, key=re.Match.start):
        before = clause_before(plain, name.start(), "，：（）、")
        if name.start() < end or _ELSEWHERE.search(before + name[0]):
            continue
        value, span = leading_duration(sentence, name.end())
        if isinstance(value, Unread) and span.stop == name.end() and _MENTIONED.match(plain, span.stop):
            continue
        end = span.stop
        if _QUALIFIES.match(plain, end):
            continue
        whole = _END.match(plain, end) and not _FURTHER_FIGURE.search(plain, end)
        is_of_all = whole and _every_project(profile).fullmatch(before)
        understood = value if is_of_all and isinstance(value, Duration) else None
        yield DurationStatement(sentence, sentence[span] if understood else sentence, understood)


@cache
def _every_project(profile: Profile) -> re.Pattern[str]:
    """Return words before 执行期 with which it is of every project; with others (重大项目执行期3年) it is of a part."""
    partners = "|".join(map(re.escape, gazetteer_of(profile).shorts))
    return re.compile(
        r"(?:\d{1,2}\.|[①-⑳])?(?:每一?个?|各个?|所有|全部|本|该|此|拟|所|申报|申请|征集|支持|立项|获批|批准|入选|资助|合作(?:与?交流)?"
        r"|研究|科研|国际|政府间|项目|课题|任务|类|批次?|轮次?|年度|专项|指南|方向|中方|双方|中外|以上|上述|原则上|一般|均|应|须|需"
        rf"|且|并|同时|总|的| |中(?:{partners})+)*"
    )


def clause_before(plain: str, offset: int, marks: str) -> str:
    """Return the words between the last of `marks` and an offset."""
    start = offset
    while start and plain[start - 1] not in marks:
        start -= 1
    return plain[start:offset]


def binding_duration(texts: Sequence[Text], profile: Profile) -> Parsed[DurationStatement]:
    """Return the only duration that the words of a section state; unclear or differing ones are reported instead."""
    statements = [statement for text in texts for statement in find_durations(text.without(MAYBE), profile)]
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
