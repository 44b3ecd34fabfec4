"""Find labels (合作协议：… 领域方向：…) and cut a section's text at them. Labels come from the profile, longest first.

`LabelMatcher.match_line` matches each printed line, for headings and starts of paragraphs. The text is cut after its
lines are joined, for a label may stand within a line, or run over its end.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from extract.language.label_words import BRACKET, MARK, SIGNS, read_label_words
from extract.model.fields import FIELDS
from extract.model.findings import FindingDraft, finding
from extract.model.stages import LabelledText, Line
from extract.model.text import Text, join_texts
from extract.profile.schema import Labels, Profile

# The fields whose labels stand in sections alone; 申报要求： or 联系人： may stand in a notice or an annex, too.
FIELDS_OF_SECTIONS = ("agreement", "fields", "content", "indicators", "project_count", "funding")
_LABELLED = (*FIELDS, "per_project")
# A label stands at the start of a line or after the end of a sentence, bracket or title; a label word in prose has
# neither a place like that before it nor a colon after it. The ） of a list marker (2）) ends no bracket.
_AT_LINE = "(?:^|(?<=\n)|(?<=[^，、的和及与（《“）.①-⒇]\u2028))"
_BEFORE = f"(?:{_AT_LINE}|(?<=[。；》”])|(?<=[^\\d]）))"
_MID_SENTENCE = tuple("、，的和及与（《“")  # last characters of a line whose sentence continues
_FIGURES = ("per_project", *(name for name, spec in FIELDS.items() if spec.figure))
_MARKER = (
    r"(?P<marker>(?:\d{1,2}|[一二三四五六七八九十A-Za-z])[、.] *|（(?:\d{1,2}|[一二三四五六七八九十A-Za-z])） *"
    r"|(?:\d{1,2}|[A-Za-z])） *|[①-⒇] *)?"
)
# ★领域方向： | 新增 合作协议： | （每项）拟支持经费： | 拟支持经费（万元）：
_SIGNS = rf"(?:[{SIGNS}][{SIGNS} ]{{0,5}})?"
_AHEAD = rf"(?:{BRACKET} *|{MARK} +)?"
_BEHIND = rf"(?P<behind>(?: ?{BRACKET}){{0,2}})"
# Words of any kind before a label: 韩方 拟支持经费：, or the mark of a note with a sign: 1★拟支持经费：
_GAPPED = rf"(?:[^\s\d。；，：、（）《》“”]{{1,8}} +|\d{{1,2}}[{SIGNS}] *)"
_COUNTED = "1①A"  # kinds of markers that count
_BULLETS = "●•·◆■□◎〇▶►→-"  # signs that mark the points of lists
_MARKED = re.compile(r"[；。：](?:（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、.]|[①-⒇])$")  # …；（2） | 联系人：…
_NOTHING = re.compile("无。?(?=\n)")  # 其他要求：无。 ends there; what follows belongs to no label
_MIN_CELL_LABEL = 4  # characters; shorter ones (注, 背景, 联系人) are too common as words before a gap
_MIN_CELL_FIGURE = 3  # characters, for labels of figures: 执行期 3年


class LineLabel(Struct, frozen=True):
    """The label at the start of a printed line, with its field ("other" for labels of no field).

    `cell`: for a label in a table cell, the offsets at which its words and then its gap end.
    """

    field: str
    cell: tuple[int, int] | None


class _LabelMatch(Struct, frozen=True):
    """A label in a section's text: its field, its words, and the offset of the words after it."""

    field: str | None
    known: bool
    start: int
    words: slice
    end: int
    marker: str = ""  # the kind of what stands before it: one of `_COUNTED`, or a sign (●)
    beside: tuple[slice, ...] = ()  # brackets and words beside the label

    @property
    def is_counted(self) -> bool:
        """True behind a number or a letter."""
        return bool(self.marker) and self.marker in _COUNTED


_start = attrgetter("start")


class LabelMatcher:
    """The labels of a profile as compiled patterns."""

    def __init__(self, labels: Labels, *, numbered: bool) -> None:
        """`numbered`: labels without a colon may have numbers; where chapters name fields, they head chapters."""
        self._labels, self._numbered = labels, numbered
        # the field of each label; None for labels of no field
        self._fields: dict[str, str | None] = dict.fromkeys(labels.other) | {
            name: field for field in _LABELLED for name in getattr(labels, field)
        }
        longest_first = sorted(self._fields, key=len, reverse=True)
        self._known = self._known_pattern(longest_first)
        self._cell = self._cell_pattern(longest_first)
        words = rf"(?P<words>(?P<name>{labels.unknown.pattern}|[\u4e00-\u9fff]{{2,8}}){_BEHIND})"
        self._unknown = re.compile(rf"(?:^|(?<=\n)){words} *：(?=(?P<after>[^\n]*))")
        own = "|".join(name for name in longest_first if self._fields[name] not in (None, "requirements"))
        self._gapped = re.compile(rf"(?:^|(?<=[\n\u2028]))(?P<words>{_GAPPED}(?P<name>{own}){_BEHIND}) *：+")
        # labels of no field that may have words before them: 韩方联系人
        self._suffixes = tuple(name for name in labels.other if len(name) > 2)
        self._tails = _tails(self._fields)
        self._longest_head = max(map(len, self._tails), default=0)

    def _known_pattern(self, names: Sequence[str]) -> re.Pattern[str]:
        """Return the pattern of all labels, longest first: 共拟支持经费 contains 拟支持经费.

        A label may be spaced out, and run over a line end in plain text. The words of all labels, most of the pattern,
        stand in it once; `_is_label` judges a match by what is before and after them.
        """
        words = "|".join("[ \u2028]?".join(map(re.escape, name)) for name in names)
        ahead = rf"{_BEFORE} *(?P<signs>{_SIGNS}{_MARKER}{_SIGNS})(?P<ahead>{_AHEAD})【?"
        before = rf"(?:{ahead}|(?P<inline>(?<=[ ，]))|(?P<wrapped>(?<=\u2028)))"
        label = rf"(?P<words>(?P<name>{words}){_BEHIND})"
        return re.compile(rf"{before}{label}(?:】?[ \u2028]*(?P<colon>：+)|】?(?=[\n\u2028]))")

    def _is_label(self, match: re.Match[str]) -> bool:
        """Return True if a match of all labels is one by its place.

        CASE 1, without a colon: alone on its line, perhaps with a marker or in brackets: （一）领域方向, 【领域方向】
        CASE 2, within a line: only a figure: 2个项目，拟支持经费：800万元
        CASE 3, with a colon: at the start of a line or after the end of a sentence, bracket or title
        """
        if match["colon"] is None:
            has_number = match["marker"] is not None and not self._numbered
            words = match[0].removeprefix(match["signs"] or "").removeprefix(match["ahead"] or "")
            is_alone = words in (match["words"], f"【{match['words']}】")
            may_have_bracket = not match["behind"] or self._fields[_label_of(match)] in _FIGURES
            return _is_at_line(match) and is_alone and may_have_bracket and not has_number
        if match["inline"] is not None:
            return self._fields[_label_of(match)] in _FIGURES
        return match["wrapped"] is None

    def _may_be_chapter(self, match: re.Match[str]) -> bool:
        """Return True for a numbered label without a colon that may head a chapter of the guide: 二、申报要求."""
        is_numbered = match["colon"] is None and match["marker"] is not None
        return is_numbered and (
            match["marker"].rstrip().endswith("、") or self._fields[_label_of(match)] not in FIELDS_OF_SECTIONS
        )

    def _cell_pattern(self, names: Sequence[str]) -> re.Pattern[str]:
        """Return the pattern of a label in a table cell: 【支持数量】3个, 支持经费 600万元; a short one in 【】."""

        def is_long_enough(name: str) -> bool:
            return len(name) >= (_MIN_CELL_FIGURE if self._fields[name] in _FIGURES else _MIN_CELL_LABEL)

        words = "|".join(map(re.escape, names))
        long_words = "|".join(map(re.escape, filter(is_long_enough, names)))
        gap = "(?:】[ ：]*| +(?![ ：]|（[^（）：]*） *：))"
        name = rf"(?P<name>(?<=【)(?:{words})(?=】)|(?:{long_words}))"
        return re.compile(rf"{_SIGNS}【?(?P<words>{name}{_BEHIND}){gap}(?=.)")

    def match_line(self, line: Text) -> LineLabel | None:
        """Return the label at the start of a printed line; None without one."""
        plain = line.plain
        cell = self._cell.match(plain)
        ends = (cell.end("words") + plain.startswith("】", cell.end("words")), cell.end()) if cell else None
        match = self._known.match(plain + "\n")
        if match and self._is_label(match) and not (self._may_be_chapter(match) or self._may_be_item(match)):
            return LineLabel(self._fields[_label_of(match)] or "other", ends)
        if cell is None and plain.endswith("】"):
            cell = self._cell.match(plain + " ")  # 【支持数量】 with its value on the next line
        return LineLabel(self._fields[cell["name"]] or "other", ends) if cell else None

    def continues(self, before: Text, line: Text) -> bool:
        """Return True if a line with a label continues the one before: within a sentence or a point of a list."""
        if before.plain.endswith(_MID_SENTENCE) or _MARKED.search(before.plain):
            return True
        ends = (before.plain[-length:] for length in range(1, min(self._longest_head, len(before)) + 1))
        return any(line.plain.startswith(self._tails[head]) for head in ends if head in self._tails)

    def find(self, body: Text) -> list[_LabelMatch]:
        """Return the labels of a section in order, known ones and words that look like one."""
        labels: list[_LabelMatch] = []
        gapped = {match.start("name"): match for match in self._gapped.finditer(body.plain)}
        for match in filter(self._is_label, self._known.finditer(body.plain)):
            if match["inline"] is not None and (not labels or labels[-1].field not in _FIGURES):
                continue  # 共支持 2个项目，拟支持经费：800万元
            if match["inline"] is not None and match.start("name") in gapped:
                continue  # 韩方 拟支持经费：800万元
            if labels and self._is_point(match, labels[-1]):
                continue
            gapped.pop(match.start("name"), None)
            labels.append(self._label(match))
        labels += [_unknown_label(match) for match in gapped.values() if not self._is_topic(match, labels)]
        labels.sort(key=_start)
        return sorted([*labels, *self._find_unknown(body, labels)], key=_start)

    def _label(self, match: re.Match[str]) -> _LabelMatch:
        """Return the label of a match. Words before it are its own at the start of a line: （每项）拟支持经费."""
        is_ahead = bool(match["ahead"]) and _is_at_line(match)
        start = match.start() if is_ahead or not match["ahead"] else match.end("ahead")
        words = slice(match.start("ahead") if is_ahead else match.start("words"), match.end("words"))
        beside = [slice(*match.span("ahead"))] if is_ahead else []
        if match["behind"]:
            beside.append(slice(*match.span("behind")))
        return _LabelMatch(
            self._fields[_label_of(match)],
            known=True,
            start=_before_space(match.string, start),
            words=words,
            end=match.end(),
            marker=_marker_of(match),
            beside=tuple(beside),
        )

    def _is_point(self, match: re.Match[str], last: _LabelMatch) -> bool:
        """Return True for a point of a list: 3）联系人：…, unless all labels of the section have such a marker.

        A sign (★领域方向：) marks a point if the part before has it, too; a bullet also where that part may be a list.
        """
        marker = _marker_of(match)
        if not marker or marker == last.marker:
            return False
        is_listed = re.search(rf"(?:^|[\n\u2028]) *{re.escape(marker)}", match.string[last.end : match.start()])
        may_be_item = self._may_be_item(match) and last.field not in ("agreement", *_FIGURES)
        return marker in _COUNTED or is_listed is not None or may_be_item

    def _may_be_item(self, match: re.Match[str]) -> bool:
        """Return True behind a bullet for a label of no value, which may head an item of a list: ● 联系人：…"""
        marker = _marker_of(match)
        return bool(marker) and marker in _BULLETS and self._fields[_label_of(match)] in (None, "requirements")

    def _is_topic(self, match: re.Match[str], labels: Sequence[_LabelMatch]) -> bool:
        """Return True for words that head a topic in the fields: 农业 研究领域：育种."""
        before = [label.field for label in labels if label.start < match.start()]
        return before[-1:] == ["fields"] and self._labels.topics_too.search(match["name"]) is not None

    def _find_unknown(self, body: Text, known: Sequence[_LabelMatch]) -> Iterator[_LabelMatch]:
        """Yield heads of paragraphs that look like labels, by their words or their position.

        In a part that is no list with heads (a document, a figure) any short head is one; in `fields` one before
        nothing but a figure: 计划数目：5个项目.
        """
        starts = [label.start for label in known]
        for match in self._unknown.finditer(body.plain):
            before = bisect_right(starts, match.start())
            if before and starts[before - 1] == match.start():
                continue
            field = known[before - 1].field if before else None
            name, after = match["name"], match["after"]
            is_like_label = self._labels.unknown.fullmatch(name) and not (
                field == "fields" and self._labels.topics_too.search(name)
            )
            heads_figure = field == "fields" and self._labels.figure.fullmatch(after)
            if is_like_label or field in ("agreement", *_FIGURES) or heads_figure:
                yield _unknown_label(match)

    def knows(self, label: _LabelMatch, words: Text) -> bool:
        """Return True if the profile has the label, perhaps with words before it: 韩方联系人."""
        return label.known or words.plain.endswith(self._suffixes)


def _tails(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Map each beginning of a label to the ends that may follow it on the next line.

    >>> _tails(["执行期"])
    {'执': ('行期',), '执行': ('期',)}
    """
    tails: dict[str, tuple[str, ...]] = {}
    for name in names:
        for cut in range(1, len(name)):
            tails[name[:cut]] = (*tails.get(name[:cut], ()), name[cut:])
    return tails


def _label_of(match: re.Match[str]) -> str:
    """Return the matched label without space and line end."""
    return re.sub("[ \u2028]", "", match["name"])


def _marker_of(match: re.Match[str]) -> str:
    """Return the kind of marker before a label: of numbers, circled ones, letters, or the sign; empty without one."""
    if not match["marker"]:
        return (match["signs"] or "")[:1]
    first = match["marker"].strip("（")[0]
    return "①" if "①" <= first <= "⒇" else "A" if first.isascii() and first.isalpha() else "1"


def _is_at_line(match: re.Match[str]) -> bool:
    """Return True if a match begins at the start of a line."""
    return match.string[match.start() - 1 : match.start()] in {"", "\n", "\u2028"}


def _unknown_label(match: re.Match[str]) -> _LabelMatch:
    return _LabelMatch(None, known=False, start=match.start(), words=slice(*match.span("words")), end=match.end())


def _before_space(plain: str, offset: int) -> int:
    """Return the offset before any spaces and commas.

    >>> _before_space("2个项目， 拟支持经费", 6)
    4
    """
    while offset and plain[offset - 1] in " ，":
        offset -= 1
    return offset


@cache
def label_matcher(profile: Profile) -> LabelMatcher:
    """The matcher of a profile's labels, compiled once."""
    return LabelMatcher(profile.labels, numbered=profile.forms == ("headings",))


def mark_labels(lines: Sequence[Line], labels: Sequence[LineLabel | None], profile: Profile) -> list[Line]:
    """Mark the lines of a section that begin with a label as starts of paragraphs.

    In a table cell a label has a gap, or 【】, instead of a colon; it gets a colon of glue. Words alone on a line that
    the layout joins to the one before are the end of a sentence: 等 | 重点领域.
    """
    matcher = label_matcher(profile)
    marked: list[Line] = []
    for line, label in zip(lines, labels, strict=True):
        after_colon = bool(marked) and marked[-1].text.plain.endswith("：")  # 支持额度： | 国拨经费 1100万元
        if label and label.cell and not after_colon:
            words, rest = line.text[: label.cell[0]], line.text[label.cell[1] :]
            line = replace(line, text=join_texts([words, words.glue("："), rest], line.text), starts=True)
        elif label and not (marked and matcher.continues(marked[-1].text, line.text)):
            is_rest = line.starts is False and "：" not in line.text.plain
            line = line if is_rest else replace(line, starts=True)
        marked.append(line)
    return marked


def cut_at_labels(
    body: Text, profile: Profile, section: str | None, *, known_only: bool = False
) -> tuple[list[Text], tuple[LabelledText, ...], list[FindingDraft]]:
    """Return the words under no label, the labelled parts, and findings.

    `known_only`: words that only look like a label, or have the number of a point, are none.
    """
    matcher = label_matcher(profile)
    labels = [label for label in matcher.find(body) if not known_only or (label.known and not label.is_counted)]
    loose = [body[: labels[0].start if labels else len(body)].strip()]
    findings = []
    parts: list[LabelledText] = []
    ends = [*(label.start for label in labels[1:]), len(body)]
    for label, end in zip(labels, ends, strict=False):
        words, text = body[label.words], body[label.end : end].strip(" \n\u2028，")
        if not matcher.knows(label, words):
            findings.append(finding("label-unknown", words, section=section, label=str(words)))
        nothing = _NOTHING.match(text.plain)
        if nothing:
            loose.append(text[nothing.end() :].strip())
            text = text[: nothing.end()].strip()
        beside = read_label_words([body[span] for span in label.beside])
        parts.append(
            LabelledText(
                field=label.field,
                label=words.without("\u2028"),
                lead=body[label.start : label.end],
                text=text,
                unit=beside.unit,
                beside=beside.words,
            )
        )
    return [text for text in loose if text], tuple(parts), findings
