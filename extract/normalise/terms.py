"""What prose says of how long a project runs: 项目执行期为3年, 项目应在4年内完成; and what it leaves unclear."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from extract.model.evidence import cite
from extract.model.stages import Reading, Trouble
from extract.model.text import MAYBE, Text
from extract.model.values import Duration
from extract.normalise import duration
from extract.profile.schema import Profile

Patterns = Iterable[re.Pattern[str]]
# Words before 执行期 that leave it every project's; with others (重大项目执行期3年) it is that of a part.
_EVERY = re.compile(
    r"(?:\d{1,2}\.|[①-⑳])?(?:每一?个?|各个?|所有|全部|本|该|此|拟|所|申报|申请|支持|立项|获批|入选|资助|合作|研究|科研"
    r"|国际|政府间|项目|课题|任务|类|批次?|年度|专项|指南|方向|中方|双方|中外|以上|上述|原则上|一般|均|应|须|需|且|并|同时"
    r"|总|的| )*"
)
_ELSEWHERE = re.compile("在研|已有|原有|已承担|专项(?:执行|实施)")  # another project's, or the programme's
# 项目执行期内, 覆盖项目执行期，: when something is done, or how long something else is; nothing on how long that is.
_MENTIONED = re.compile(r"[内中间满末后前的，、）]|之[内中]|结束|届满|届时|期满|$")
_END = re.compile(r"[，。；（）、\n]|完成|且|并|$")
# A figure at the end of a clause is another part's duration (…，人员交流项目1年), unless it is 已满1年, 近5年.
_LEFT = re.compile(
    r"(?<![\d满近每前后已足第])(?:\d{1,2}(?:\.\d)?|[一二两三四五六七八九十半]{1,3}) *(?:年半?|个月)"
    r"(?:以内|以上|左右)?(?=[，。；）、\n]|$)"
)


class Term(Struct, frozen=True):
    """One statement of a duration, with its sentence. `value` is None where it is not understood, or only a part's."""

    sentence: Text
    words: Text
    value: Duration | None

    @property
    def told(self) -> tuple[object, ...]:
        """What it says, to tell whether two say the same."""
        value = self.value
        return (value.min_months, value.max_months, value.start, value.end) if value else (self.words.plain,)


def said(text: Text, patterns: Patterns) -> list[Term]:
    """The statements of a duration in a text, sentence by sentence."""
    return [term for sentence in text.split("[。；\n]") for term in _of(sentence, patterns)]


def _of(sentence: Text, patterns: Patterns) -> Iterator[Term]:
    """The statements of one sentence: what follows a name of the duration, if all of it is understood."""
    plain = sentence.plain
    end = 0
    for name in sorted((match for pattern in patterns for match in pattern.finditer(plain)), key=re.Match.start):
        before = clause_before(plain, name.start(), "，：（）、")
        if name.start() < end or _ELSEWHERE.search(before + name[0]):
            continue
        value, place = duration.leading(sentence, name.end())
        if value is None and place.stop == name.end() and _MENTIONED.match(plain, place.stop):
            continue
        end = place.stop
        whole = _END.match(plain, end) and not _LEFT.search(plain, end) and _EVERY.fullmatch(before)
        yield Term(sentence, sentence[place] if value and whole else sentence, value if whole else None)


def clause_before(plain: str, place: int, marks: str) -> str:
    """The words between the last of some marks and a place."""
    start = place
    while start and plain[start - 1] not in marks:
        start -= 1
    return plain[start:place]


def fixed(texts: Sequence[Text], profile: Profile) -> Reading[Term]:
    """The one duration that the words of a section fix. What is unclear fixes none, and is reported."""
    patterns = profile.requirements.facts.duration
    terms = [term for text in texts for term in said(text.without(MAYBE), patterns)]
    unread = {term.sentence.plain: term.sentence for term in terms if term.value is None}
    if unread:
        return Reading(None, tuple(_unclear("a duration that is not understood", one) for one in unread.values()))
    if len({term.told for term in terms}) > 1:
        return Reading(None, (_unclear("several durations", *{term.sentence: None for term in terms}),))
    return Reading(terms[0]) if terms else Reading(None)


def _unclear(what: str, *sentences: Text) -> Trouble:
    told = " … ".join(sentence.printed.strip() for sentence in sentences)
    return Trouble("requirement-unclear", f"{what} in: {told}", None, cite(*sentences))
