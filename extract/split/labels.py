"""Running text → labelled parts: 合作协议：… 领域方向：… Labels come from the profile, longest first."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from extract.model.findings import FindingDraft, finding
from extract.model.record import FIELDS
from extract.model.stages import LabelledText, Line
from extract.model.text import Text, join_texts
from extract.profile.schema import Profile

_LABELLED = (*FIELDS, "per_project")
# A label stands at the start of a line or after the end of a sentence, bracket or title; a label word in prose has
# neither a place like that before it nor a colon after it. The ） of a list marker (2）) ends no bracket.
_BEFORE = "(?:^|(?<=[\n。；》”])|(?<=[^\\d]）)|(?<=[^，、的和及与）]\u2028))"
_IN_SENTENCE = tuple("，、的和及与")  # a line that ends like this has its sentence go on
_INLINE = "(?<=[ ，])"  # two figures on one line: 2个项目，拟支持经费：800万元
_FIGURES = ("project_count", "funding", "per_project", "duration")
_MARKER = r"(?P<marker>(?:\d{1,2}|[一二三四五六七八九十])[、.] *|（(?:\d{1,2}|[一二三四五六七八九十])） *|\d{1,2}） *)?"
_BRACKET = "(?: ?（(?:单位：)?[^（）：]{1,8}）)?"  # 拟支持经费（万元）：1000
_UNIT = re.compile("（(?:单位：)?((?:[百千十]?[万亿])?元(?:人民币)?|个|项|个月|年)）$")
_MARKED = re.compile(r"[；。：](?:（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、.])$")  # …；（2） | 联系人：…
_NOTHING = re.compile("无。?(?=\n)")  # 其他要求：无。 ends there; what follows belongs to no label


class _LabelMatch(Struct, frozen=True):
    """A label: the field it leads to, where its words stand, and where the part's own words begin."""

    field: str | None
    known: bool
    start: int
    words: slice
    end: int
    marked: bool = False


@cache
def _known(profile: Profile) -> re.Pattern[str]:
    """One pattern for all labels of a profile, longer labels first: 共拟支持经费 contains 拟支持经费.

    A label may be spaced out, and in plain text run over the end of a line.
    """
    fields = _fields_of(profile)
    spelt = {name: "[ \u2028]?".join(map(re.escape, name)) for name in sorted(fields, key=len, reverse=True)}
    words = "|".join(spelt.values())
    figures = "|".join(spelling for name, spelling in spelt.items() if fields[name] in _FIGURES)
    return re.compile(
        rf"{_BEFORE} *{_MARKER}【?(?P<words>(?:{words}){_BRACKET})】?[ \u2028]*：+"
        rf"|{_INLINE}(?P<figure>(?:{figures}){_BRACKET}) *：+"
        rf"|(?:^|(?<=[\n\u2028]))(?P<alone>{words})(?=[\n\u2028])"
    )


@cache
def _unknown(profile: Profile) -> re.Pattern[str]:
    words = rf"(?P<words>{profile.labels.unknown.pattern}|[\u4e00-\u9fff]{{2,8}})"
    return re.compile(rf"(?:^|(?<=\n)){words} *：(?=(?P<after>[^\n]*))")


@cache
def _fields_of(profile: Profile) -> dict[str, str | None]:
    """The field that each label leads to; None for labels of no known field."""
    labels = profile.labels
    return dict.fromkeys(labels.other) | {name: field for field in _LABELLED for name in getattr(labels, field)}


@cache
def _kept(profile: Profile) -> tuple[str, ...]:
    """Labels of no known field that may have words before them: 韩方联系人."""
    return tuple(name for name in profile.labels.other if len(name) > 2)


def match_label(line: Text, profile: Profile) -> str | None:
    """The field of the label that a printed line begins with ("other" for none of the record's); None without one."""
    if match := _known(profile).match(line.plain + "\n"):
        return _fields_of(profile)[_bare(match)] or "other"
    cell = _cell(profile).match(line.plain + " " * line.plain.endswith("】"))
    return (_fields_of(profile)[cell["words"]] or "other") if cell else None


def mark_labels(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """The lines of a section, those that begin with a label made to start a paragraph.

    In a table a label stands in a cell of its own: a gap, or 【】, takes the place of its colon, and gets one of glue.
    """
    made: list[Line] = []
    for line in lines:
        below = bool(made) and made[-1].text.plain.endswith("：")  # 支持额度： | 国拨经费 1100万元
        cell = None if below else _cell(profile).match(line.text.plain)
        if cell:
            closed = cell.end("words") + line.text.plain.startswith("【")
            words, rest = line.text[:closed], line.text[cell.end() :]
            line = replace(line, text=join_texts([words, words.glue("："), rest], line.text), starts=True)
        elif match_label(line.text, profile) and not (made and _runs_on(made[-1].text, line.text, profile)):
            line = replace(line, starts=True)
        made.append(line)
    return made


def _runs_on(before: Text, line: Text, profile: Profile) -> bool:
    """Whether a line that begins with a label goes on from the one before: in a sentence, in a point of a list."""
    if before.plain.endswith(_IN_SENTENCE) or _MARKED.search(before.plain):
        return True
    tails, most = _halves(profile)
    ends = (before.plain[-length:] for length in range(1, min(most, len(before)) + 1))
    return any(line.plain.startswith(tails[head]) for head in ends if head in tails)


@cache
def _halves(profile: Profile) -> tuple[dict[str, tuple[str, ...]], int]:
    """What may follow the first characters of a label that a line's end cuts in two, and how many these are at most."""
    tails: dict[str, tuple[str, ...]] = {}
    for name in _fields_of(profile):
        for cut in range(1, len(name)):
            tails[name[:cut]] = (*tails.get(name[:cut], ()), name[cut:])
    return tails, max(map(len, tails), default=0)


@cache
def _cell(profile: Profile) -> re.Pattern[str]:
    """A label in a cell of its own; short labels (注, 背景, 联系人) are too common as words."""
    fields = _fields_of(profile)
    names = sorted((name for name in fields if len(name) > 3 - (fields[name] in _FIGURES)), key=len, reverse=True)
    words = "|".join(map(re.escape, names))
    return re.compile(rf"【?(?P<words>{words})(?:】[ ：]*| +(?![ ：]|（[^（）：]*） *：))(?=.)")


def _bare(match: re.Match[str]) -> str:
    """The label that a match found, without the space and the line end within it."""
    return re.sub(f"[ \u2028]|{_BRACKET}$", "", match["words"] or match["figure"] or match["alone"])


def cut_at_labels(
    body: Text, profile: Profile, section: str
) -> tuple[list[Text], tuple[LabelledText, ...], list[FindingDraft]]:
    """The words under no label, the labelled parts, and what is odd about them."""
    found = _labels(body, profile)
    loose = [body[: found[0].start if found else len(body)].strip()]
    findings = []
    cut: list[LabelledText] = []
    for place, label in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(body)
        words, text = body[label.words], body[label.end : end].strip(" \n\u2028，")
        if not label.known and not words.plain.endswith(_kept(profile)):
            findings.append(finding("label-unknown", words, section=section, label=str(words)))
        nothing = _NOTHING.match(text.plain)
        if nothing:
            loose.append(text[nothing.end() :].strip())
            text = text[: nothing.end()].strip()
        unit = _UNIT.search(words.plain)
        cut.append(
            LabelledText(
                field=label.field,
                label=words.without("\u2028"),
                lead=body[label.start : label.end],
                text=text,
                unit=words.group(unit, 1) if unit else None,
            )
        )
    return [text for text in loose if text], tuple(cut), findings


def _labels(body: Text, profile: Profile) -> list[_LabelMatch]:
    """The labels of a section in order: those that the profile knows, and what only looks like one."""
    fields = _fields_of(profile)
    found: list[_LabelMatch] = []
    for match in _known(profile).finditer(body.plain):
        field = fields[_bare(match)]
        group = next(name for name in ("words", "figure", "alone") if match[name])
        if match["figure"] and (not found or found[-1].field not in _FIGURES):
            continue
        if match["marker"] and found and not found[-1].marked:
            continue  # 3）联系人：… is a point of a list, unless all labels of the section are numbered
        place, start = slice(*match.span(group)), _before_space(body.plain, match.start())
        found.append(_LabelMatch(field, True, start, place, match.end(), marked=bool(match["marker"])))
    return sorted([*found, *_unlisted(body, found, profile)], key=lambda f: f.start)


def _before_space(plain: str, place: int) -> int:
    """A place, or where the space and the comma begin that stand before it."""
    while place and plain[place - 1] in " ，":
        place -= 1
    return place


def _unlisted(body: Text, known: Sequence[_LabelMatch], profile: Profile) -> Iterator[_LabelMatch]:
    """Heads of paragraphs that look like labels: by their words, or by where they stand.

    In a part that holds no list of heads (a document, a figure) any short head is one, and among the fields one whose
    words are nothing but a figure: 计划数目：5个项目.
    """
    starts = [label.start for label in known]
    for match in _unknown(profile).finditer(body.plain):
        before = bisect_right(starts, match.start())
        if before and starts[before - 1] == match.start():
            continue
        field = known[before - 1].field if before else None
        words, after = match["words"], match["after"]
        like = profile.labels.unknown.fullmatch(words) and not (
            field == "fields" and profile.labels.topics_too.search(words)
        )
        if like or field in ("agreement", *_FIGURES) or (field == "fields" and profile.labels.figure.fullmatch(after)):
            yield _LabelMatch(None, False, match.start(), slice(*match.span("words")), match.end())
