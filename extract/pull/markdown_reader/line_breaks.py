"""Line ends within a paragraph of Markdown: a line that is filled up, or the end of a paragraph of the guide.

CommonMark joins the lines of a paragraph. Converters write every printed line as one, pandoc fills lines between words,
and people write a paragraph to a line without empty lines between. A line end is the end of a paragraph where what
follows would have had room on the line.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.model.text import display_width

_SENTENCE_END = tuple("。；：！？")
_NOT_LAST = tuple("、，（(《〈“‘")  # no paragraph ends with these
_NOT_FIRST = tuple("、，。；：！？）》〉”’】,.;:!?)")  # no paragraph starts with these
_CHARACTER = re.compile(r"[（(《〈“‘【\[]*(?:[!-~]+|.)")  # or a Latin word
_WORD = re.compile(r"\S+")
_FULL_LINE_ROOM = 1.6  # ems left by a full line
_MIN_FILLED = 3  # lines by which it is judged whether lines end at any character
_FILLED_SHARE = 0.9  # of the lines that end within a sentence


class LineFill(NamedTuple):
    """How lines are filled: their width in ems, and whether they end at any character, as printed lines do."""

    width: float
    at_characters: bool

    def ends_paragraph(self, line: str, following: str) -> bool:
        """True if the beginning of the next line would have had room on a line."""
        is_open = line.endswith(_NOT_LAST) or line.count("（") > line.count("）")
        if is_open or following.startswith(_NOT_FIRST):
            return False
        word = (_CHARACTER if self.at_characters else _WORD).match(following)
        room = self.width - _width(line) - (_FULL_LINE_ROOM if self.at_characters else 0.5)
        return word is not None and _width(word[0]) <= room


def measure_fill(lines: Sequence[str]) -> LineFill:
    """How the lines of a document are filled; those that other lines of their paragraph follow.

    Lines that are filled between words are as wide as those with several words, for one word may be wider.
    """
    width = _usual_width(lines)
    within = [_width(line) for line in lines if not line.endswith(_SENTENCE_END)]
    full = sum(one >= width - _FULL_LINE_ROOM for one in within)
    if len(within) >= _MIN_FILLED and full >= _FILLED_SHARE * len(within):
        return LineFill(width, at_characters=True)
    return LineFill(_usual_width([line for line in lines if " " in line] or lines), at_characters=False)


def _usual_width(lines: Sequence[str]) -> float:
    """The width that a tenth of the lines has or surpasses."""
    widths = sorted(map(_width, lines), reverse=True)
    return widths[len(widths) // 10] if widths else 0.0


def _width(words: str) -> float:
    return sum(map(display_width, words))
