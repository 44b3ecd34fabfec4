"""Find chapters: headings on a line of their own that name what stands below them (三、资助强度, 【支持方向】).

The kinds of marks (一、 （一） 1. （1）) nest in the order in which they come.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from extract.language.label_words import name_of
from extract.language.numerals import CHINESE_ORDINAL, ORDINAL, parse_ordinal
from extract.model.stages import Line
from extract.model.text import Text, join_texts
from extract.profile.schema import Profile

_NUMERAL = f"(?P<ordinal>{ORDINAL})"
_MARKS = {
    "第一": rf"第{_NUMERAL}(?:部分|[章节])[、：.]?",
    "一、": f"(?P<ordinal>{CHINESE_ORDINAL})[、.]",
    "（一）": f"（(?P<ordinal>{CHINESE_ORDINAL})）[、.]?",
    "专题一": rf"(?P<word>专题|方向|子方向|任务|课题|项目|类别|领域|板块|主题) *{_NUMERAL} *[、：. ]",
    "1.1": r"(?P<number>\d{1,2}\.(?P<ordinal>\d{1,2}))(?![\d.%年月亿万元])[、.]?",
    "1.": r"(?P<ordinal>\d{1,2})(?:[.、](?!\d)| (?=[\u4e00-\u9fff]))",
    "（1）": r"（?(?P<ordinal>\d{1,2})）[、.]?",
}
_PATTERNS = {kind: re.compile(rf"{mark} *(?P<title>\S.*)") for kind, mark in _MARKS.items()}
_UNMARKED = "【】"
_MAX_TITLE = 60  # characters
_MAX_LINES = 3  # printed lines of a heading
_SENTENCE_MARK = re.compile("[。；]|[，、]$")
_AROUND = "：【】 "


class Chapter(Struct):
    """A chapter: its number in digits (empty without one), its heading, its title, what the title names, and what
    stands below: lines, then chapters one level down.

    `names` are fields of the record, or `other`, `outer`, `directions`; empty for words that the profile does not know.
    """

    number: str
    heading: Sequence[Line]
    title: Text
    names: tuple[str, ...]
    lines: list[Line]
    children: list["Chapter"]

    @property
    def words(self) -> Text:
        """The whole heading."""
        return join_texts([line.text for line in self.heading], self.title)

    @property
    def below(self) -> Iterator[Line]:
        """All lines below the heading."""
        yield from self.lines
        for child in self.children:
            yield from child.heading
            yield from child.below


class Outline(NamedTuple):
    """The lines before the first chapter, and the chapters of the first level."""

    before: list[Line]
    chapters: list[Chapter]


class _Heading(NamedTuple):
    """A line, or several, with the mark of a heading, or words that name something."""

    kind: str
    ordinal: int | None
    number: str
    lines: Sequence[Line]
    title: Text


def read_outline(lines: Sequence[Line], profile: Profile) -> Outline:
    """Return the chapters of all levels. One with a mark is due by its ordinal, or its words name something.

    Ordinals may run on through the groups of a chapter: （一） | 1. | 2. | （二） | 3.
    """
    outline = Outline([], [])
    open_chapters: list[tuple[str, int, Chapter | None]] = []  # kind and ordinal of each level; None for a point
    closed: dict[str, int] = {}  # the last ordinals below the groups that stand before
    index = 0
    while index < len(lines):
        found = _heading_at(lines, index, profile)
        names = names_of(found.title.plain, profile) if found else ()
        if found is None or not (names or _is_due(found, open_chapters, closed)):
            _last(outline, open_chapters).append(lines[index])
            index += 1
            continue
        depth = next((at for at, (kind, *_) in enumerate(open_chapters) if kind == found.kind), len(open_chapters))
        closed = {kind: ordinal for kind, ordinal, _ in open_chapters[depth + 1 :]} if depth else {}
        del open_chapters[depth:]
        if not _is_title(found.title.plain):  # a point of a list is counted, and text
            _last(outline, open_chapters).append(lines[index])
            open_chapters.append((found.kind, found.ordinal or 0, None))
            index += 1
            continue
        chapter = Chapter(found.number, found.lines, found.title, names, [], [])
        above = next((one for *_, one in reversed(open_chapters) if one), None)
        (above.children if above else outline.chapters).append(chapter)
        open_chapters.append((found.kind, found.ordinal or 0, chapter))
        index += len(found.lines)
    return outline


def is_chapter(line: Line, profile: Profile) -> bool:
    """Return True if the words of a line name what stands below it: 三、申报条件."""
    matches = (pattern.fullmatch(line.text.plain) for pattern in _PATTERNS.values())
    title = next((match["title"] for match in matches if match), line.text.plain)
    return bool(names_of(title.strip(_AROUND), profile))


def names_of(plain: str, profile: Profile) -> tuple[str, ...]:
    """Return what the words of a heading name by the profile, in the order of the words: 支持数量及资助标准.

    Words that are only partly known name nothing; brackets behind them say no more of it: 资助强度（每项）.
    """
    known = _known_names(profile)
    bare = name_of("".join(plain.split()))
    words, whole = known.joints.split(bare), known.of(bare)
    kinds = [whole] if whole else [known.of(word) for word in words]
    return tuple(dict.fromkeys(kind for of_word in kinds for kind in of_word)) if all(kinds) else ()


class _KnownNames(NamedTuple):
    """The names of chapters, each with what it names; the words that may stand before one, and between two."""

    kinds: Mapping[str, tuple[str, ...]]
    before: re.Pattern[str]
    joints: re.Pattern[str]

    def of(self, words: str) -> tuple[str, ...]:
        """Return what words name, as they are or without what may stand before a name."""
        while words not in self.kinds and (match := self.before.match(words)):
            words = words[match.end() :]
        return self.kinds.get(words, ())


@cache
def _known_names(profile: Profile) -> _KnownNames:
    kinds: dict[str, list[str]] = {}
    for name, kind in (*profile.labels.fields_by_name.items(), *profile.chapters.by_name):
        kinds.setdefault(name, []).append("funding" if kind == "per_project" else kind)
    before, joints = ("|".join(map(re.escape, words)) for words in (profile.chapters.before, profile.chapters.joints))
    named = {name: tuple(dict.fromkeys(of)) for name, of in kinds.items()}
    return _KnownNames(named, re.compile(before or "(?!)"), re.compile(joints or "(?!)"))


def _is_due(
    found: _Heading, open_chapters: Sequence[tuple[str, int, Chapter | None]], closed: Mapping[str, int]
) -> bool:
    last = next((ordinal for kind, ordinal, _ in open_chapters if kind == found.kind), None)
    return found.ordinal in ((1, closed.get(found.kind, 0) + 1) if last is None else (last + 1,))


def _last(outline: Outline, open_chapters: Sequence[tuple[str, int, Chapter | None]]) -> list[Line]:
    """Return the lines of the chapter that is open."""
    return next((chapter.lines for *_, chapter in reversed(open_chapters) if chapter), outline.before)


def _heading_at(lines: Sequence[Line], index: int, profile: Profile) -> _Heading | None:
    """Return what may be a heading that begins at a line."""
    line = lines[index]
    if line.starts is False:
        return None
    for kind, pattern in _PATTERNS.items():
        match = pattern.fullmatch(line.text.plain)
        if match:
            whole = _whole(lines, index)
            words = join_texts([one.text for one in whole], line.text)
            kind = match["word"] if "word" in match.re.groupindex else kind  # 方向1 stands below 专题一
            ordinal = parse_ordinal(match["ordinal"])
            number = match["number"] if "number" in match.re.groupindex else str(ordinal)
            return _Heading(kind, ordinal, number, whole, words[match.start("title") :].strip(_AROUND))
    words = line.text.strip(_AROUND)
    # Without a paragraph of its own it may be the end of a sentence: …的 | 要求
    is_apart = line.starts is True or line.text.plain.startswith("【")
    return _Heading(_UNMARKED, None, "", [line], words) if is_apart and names_of(words.plain, profile) else None


def _whole(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """Return the printed lines of a paragraph that may be a heading."""
    end = index + 1
    while end < len(lines) and end - index < _MAX_LINES and lines[end].starts is False:
        end += 1
    return lines[index:end]


def _is_title(plain: str) -> bool:
    return len(plain) <= _MAX_TITLE and not _SENTENCE_MARK.search(plain)
