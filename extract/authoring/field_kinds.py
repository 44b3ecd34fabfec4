"""Tell the field of a label by the words under it: 《》 is an agreement, 元 money, a list of short names topics."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extract.authoring.suggestion import nearest
from extract.language.numerals import ORDINAL
from extract.model.text import GlyphTable, Text
from extract.normalise import duration
from extract.normalise.label_brackets import without_label
from extract.normalise.quantities import count, money
from extract.profile.schema import Profile

_DOCUMENT = re.compile(
    "(?!根据|按照|依据|为|落实|现)[^，。；须应]{0,12}《[^》]*(?:协[定议]|备忘录|纪要|声明|公报|意向|计划|规划|方案|文件)[^》]*》(?![^，。；]{0,8}(?:提交|报送|寄))"
)
_CLAUSE_END = re.compile("[，；。\n]")
_MAX_FIGURE = 80  # characters of words that state a figure
DUTY = re.compile("须|应当|应(?=[为由在有具是按符])|不得|必须|需(?=[要由有提具])|具有|具备|限报|原则上|可申报|不予受理")
# Whom conditions are about, and what is theirs alone.
_APPLICANTS = re.compile(
    "(?:申报|申请|牵头|承担|参与|依托)单位|(?:申报|申请|负责)人|(?:牵头|联合)申[报请]|自筹|下设|在研"
)
# What applicants do with their papers, one step after the other.
STEP = re.compile("(?:登录|在线|网上|填[报写]|上传|打印|盖章|报送|寄送|提交|递交|受理|评审|公示)")
_TARGET = re.compile("不[低少小大高多]于|优于|不超过|以上|[≥≤]")
# A figure with its unit, in words that no parser understands whole: 每个课题扶持200万元.
_MENTIONS = {
    "funding": re.compile(r"\d[\d.]* *[亿万千百]*元"),
    "project_count": re.compile(r"\d *(?:项|个项目)(?:左右|以内)?$"),
    "duration": re.compile(r"\d *(?:年(?![\d度])|个月)"),
}
_MARK = re.compile(rf"^(?:[（(]?{ORDINAL}[)）、.]|[①-⑳])\s*")
_LEAD = re.compile("^[^。；：\n]{1,30}：\n")  # 本年度共同征集：
_MAX_NAME = 16  # characters of a topic in a list
# Labels whose words are another's money, or how many applications a place may hand in: no figure of the programme.
_OF_OTHERS = re.compile("外方|对方|自筹|配套|企业|地方|单位|限[额报项推]|推荐|申报|申请")
_OF_EACH = re.compile("^(?:单|每|各)")  # 单项经费
# Whom a project is done with: their names look like a list of topics (科学和高等教育部).
_OF_PARTNERS = re.compile("外方|对方|伙伴|机构|单位")
_ORGANISATION = re.compile("(?:部|委|委员会|署|局|厅|司|院|所|处|中心|基金会|大学|机构|公司|协会|学会)$")
# Any sentence may be content, any bound a target: their labels have to say so.
_OF_ANY_WORDS = {
    "content": re.compile("内容|任务|研究|攻关|工作"),
    "indicators": re.compile("指标|目标|达标|考核|验收|成效|成果|绩效"),
}
TOLD_BY_WORDS = ("agreement", "project_count", "funding", "duration")


class FieldGuess(NamedTuple):
    """The field of an unknown label, `other` if none is told, the reasons, and how many of its places tell it."""

    field: str
    reasons: list[str]
    places: int


def field_of(label: str, samples: Sequence[str], profile: Profile) -> FieldGuess:
    """Return the field of an unknown label.

    `samples` are the words under the label wherever it stands. Where they do not tell, the most similar label does; no
    label makes a requirement of words that demand nothing.
    """
    owners = profile.labels.fields_by_name
    like = nearest(label, owners)
    likeness = f"most like {like[0]} ({owners[like[0]]}, {like[1]})" if like else "like no label that is known"
    told = Counter(kind for words in samples if (kind := _kind_of(label, words, profile)))
    field, times = told.most_common(1)[0] if told else (None, 0)
    if field and _is_of_others(label, field):
        return FieldGuess("other", [f"its words read as {field}, and its name says that it is another's", likeness], 0)
    if field:
        key = "per_project" if field == "funding" and _OF_EACH.match(label) else field
        return FieldGuess(key, [f"its words read as {field}", likeness], times)
    by_name = owners[like[0]] if like else "other"
    named = {"per_project": "funding", "requirements": "other"}.get(by_name, by_name)
    return FieldGuess(named, [likeness], 0)


def names_partner(label: str) -> bool:
    """Return True for a label of whom a project is done with: 合作外方, 伙伴机构."""
    return _OF_PARTNERS.search(label) is not None


def _is_of_others(label: str, field: str) -> bool:
    if field == "fields":
        return names_partner(label)
    return field in TOLD_BY_WORDS and field != "agreement" and _OF_OTHERS.search(label) is not None


def is_guess(label: str, field: str, profile: Profile) -> bool:
    """Return True for a field that any words could have, if the label does not say so and is like none of it."""
    if field not in _OF_ANY_WORDS or _OF_ANY_WORDS[field].search(label):
        return False
    owners = profile.labels.fields_by_name
    like = nearest(label, owners)
    return like is None or owners[like[0]] != field


def _kind_of(label: str, words: str, profile: Profile) -> str | None:
    """Return the field of words; None for words that may be anything."""
    words = words.strip()
    if _DOCUMENT.match(words):
        return "agreement"
    if figure := _figure_of(label, words):
        return figure
    if _is_list(words):
        return "fields"
    if figure := _mentioned_figure(words):
        return figure
    if DUTY.search(words) or (_APPLICANTS.search(words) and not STEP.search(words)):
        return "requirements"
    if profile.labels.indicators and _TARGET.search(words):
        return "indicators"
    return "content" if profile.labels.content and len(words) > _MAX_NAME and words.endswith("。") else None


def _figure_of(label: str, words: str) -> str | None:
    """Return the field that can parse these words whole: 每项50万元, 10项, 3年; they may repeat their label."""
    if not words or len(words) > _MAX_FIGURE:
        return None
    text = _text(words)
    text = without_label(text, _text(label)) or text
    figures = {
        "project_count": count.parse_count(text).value,
        "funding": money.parse_money(text).value,
        "duration": duration.parse_duration(text).value,
    }
    return next((field for field, value in figures.items() if value is not None), None)


def _text(words: str) -> Text:
    return Text(words, [-1] * len(words), GlyphTable((), (), drawn=False))


def _mentioned_figure(words: str) -> str | None:
    """Return the field whose figure the first clause mentions, though it is not understood: 每个课题扶持200万元."""
    clause = _CLAUSE_END.split(words, maxsplit=1)[0]
    is_condition = DUTY.search(clause) or _APPLICANTS.search(clause) or _OF_OTHERS.search(clause)
    if len(words) > _MAX_FIGURE or is_condition:
        return None
    return next((field for field, unit in _MENTIONS.items() if unit.search(clause)), None)


def _is_list(words: str) -> bool:
    """Return True for a list of short names: 智能制造、新材料；绿色能源."""
    listed = _LEAD.sub("", words).rstrip("。；")
    names = [_MARK.sub("", name) for name in re.split("[、；;\n]|以及|和|与", listed) if name.strip()]
    return len(names) > 1 and all(
        len(name) <= _MAX_NAME and not re.search("[，。：]", name) and not _ORGANISATION.search(name) for name in names
    )
