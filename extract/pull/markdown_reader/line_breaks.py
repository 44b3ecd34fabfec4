"""Line ends within a paragraph of Markdown: a line that is filled up, or the end of a paragraph of the guide.

CommonMark joins the lines of a paragraph. Converters write every printed line as one, pandoc fills lines between words,
and people write a paragraph to a line without empty lines between. A line end is the end of a paragraph where what
follows would have had room on the line.
"""

import re
from collections.abc import Sequence
from math import inf
from typing import Literal, NamedTuple

from extract.model.text import display_width

LineEnd = Literal["paragraph", "within", "unknown"]

_SENTENCE_END = tuple("。；：！？")
_NOT_LAST = tuple("、，（(《〈“‘")  # no paragraph ends with these
_NOT_FIRST = tuple("、，。；：！？）》〉”’】,.;:!?)")  # no paragraph starts with these
# A label, a number or a marker, with which a paragraph may begin wherever it stands.
_BEGINNING = re.compile(
    r"[\u4e00-\u9fff（）]{2,16} *[：:]|\d{1,2}[.、)](?!\d)|（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、]"
    r"|[①-⒇]|第.{1,3}[部章条]"
)
_CHARACTER = re.compile(r"[（(《〈“‘【\[]*(?:[!-~]+|.)[、，。；：！？）》〉”’】]*")  # or a Latin word
_WORD = re.compile(r"\S+")
_FULL_LINE_ROOM = 1.6  # ems left by a full line
_SPACE = 0.5  # ems
_NARROWEST_PRINT = 15.0  # ems of a column; shorter lines are those of a list
_NARROWEST_FILL, _WIDEST_FILL = 25.0, 40.0  # ems of lines that are filled between words: 50 to 80 columns
_MIN_FILLED = 3  # full lines by which it is judged how lines are filled
_MIN_FREE = 10  # lines with room for what follows by which it is judged that each is a paragraph
_FILLED_SHARE = 0.9  # of the lines
_PRINTED_SHARE = 0.6  # of those that end within a sentence; the others are items of lists


class LineFill(NamedTuple):
    """How lines are filled: their width in ems, whether they end at any character, as printed lines do, or between
    words, and whether nearly all are full, so that no line end is the end of a paragraph.
    """

    width: float
    at_characters: bool
    is_even: bool = False

    def judge(self, line: str, following: str) -> LineEnd:
        """Tell what the end of a line is by what follows."""
        is_open = line.endswith(_NOT_LAST) or line.rfind("（") > line.rfind("）")
        if is_open or following.startswith(_NOT_FIRST) or not self.has_room(line, following):
            return "within" if self.is_even and not _BEGINNING.match(following) else "unknown"
        return "paragraph"

    def has_room(self, line: str, following: str) -> bool:
        """True if the beginning of the next line would have had room on a line."""
        word = (_CHARACTER if self.at_characters else _WORD).match(following)
        room = self.width - _width(line) - (_FULL_LINE_ROOM - 1 if self.at_characters else _SPACE)
        return word is not None and _width(word[0]) <= room


def measure_fill(pairs: Sequence[tuple[str, str]]) -> LineFill:
    """How the lines of a document are filled; those that another line of their paragraph follows, with that line."""
    printed = LineFill(_usual_width([line for line, _ in pairs]), at_characters=True)
    within = [not printed.has_room(*pair) for pair in pairs if not pair[0].endswith(_SENTENCE_END)]
    is_printed = printed.width >= _NARROWEST_PRINT and _are_nearly_all(within, _PRINTED_SHARE)
    fill = printed if is_printed else LineFill(_width_between_words(pairs), at_characters=False)
    if not is_printed and _are_paragraphs(pairs, fill):
        return LineFill(inf, at_characters=False)
    widest = fill if is_printed else LineFill(_widest_between_words(pairs), at_characters=False)
    is_full = [not widest.has_room(*pair) for pair in pairs]
    return fill._replace(is_even=widest.width >= _NARROWEST_PRINT and _are_nearly_all(is_full))


def _width_between_words(pairs: Sequence[tuple[str, str]]) -> float:
    """The least width of lines: where few have several words, that of the narrowest fill."""
    return min(_widest_between_words(pairs), max(_usual_width(_with_spaces(pairs)), _NARROWEST_FILL))


def _widest_between_words(pairs: Sequence[tuple[str, str]]) -> float:
    """The width of lines with several words; no more than 80 columns, for a word of Chinese may be wider than that."""
    width = _usual_width(_with_spaces(pairs))
    lines = [line for pair in pairs for line in pair]
    return min(width if width >= _NARROWEST_FILL else _usual_width(lines), _WIDEST_FILL)


def _with_spaces(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [line for pair in pairs for line in pair if " " in line]


def _are_paragraphs(pairs: Sequence[tuple[str, str]], fill: LineFill) -> bool:
    """True if each line is a paragraph: nearly all have room for what follows, or end a sentence or before a label."""
    cut = [pair for pair in pairs if not pair[0].endswith(_SENTENCE_END) and not _BEGINNING.match(pair[1])]
    filled = sum(not fill.has_room(*pair) for pair in cut)
    free = sum(fill.has_room(*pair) for pair in pairs)
    return free >= _MIN_FREE and filled <= (1 - _FILLED_SHARE) * free


def joint(line: str, following: str) -> str:
    """What a line end within a paragraph is: a space between Latin words, nothing beside Chinese characters.

    >>> joint("农业、", "能源"), joint("Open", "Science"), joint("约", "5个")
    ('', ' ', '')
    """
    return "" if max(map(display_width, line[-1:] + following[:1]), default=1.0) == 1.0 else " "


def _are_nearly_all(signs: Sequence[bool], share: float = _FILLED_SHARE) -> bool:
    return sum(signs) >= max(_MIN_FILLED, share * len(signs))


def _usual_width(lines: Sequence[str]) -> float:
    """The width that a tenth of the lines has or surpasses."""
    widths = sorted(map(_width, lines), reverse=True)
    return widths[len(widths) // 10] if widths else 0.0


def _width(words: str) -> float:
    return sum(map(display_width, words))
