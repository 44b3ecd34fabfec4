"""Join printed lines to running text: drop layout space, mark paragraphs with glue."""

import re
from collections.abc import Sequence

from extract.language.lexicon import lexicon_of
from extract.model.stages import Line
from extract.model.text import MAYBE, PARAGRAPH, Text, join_texts
from extract.profile.schema import Profile

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
# Space between two Chinese words (科技部 财政部) or two Latin words is text; between Chinese and a digit or a Latin
# letter (不超过 6个项目), and beside Chinese punctuation, it is layout.
_LAYOUT_SPACE = re.compile(
    rf"(?<![{_HAN}A-Za-z0-9,;:)!-~]) +|(?<=[{_HAN}]) +(?![{_HAN} ])|(?<=[!-~]) +(?![A-Za-z0-9( ])"
)
_WORD_SPACE = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_LAST_HAN, _FIRST_HAN = re.compile(rf"[{_HAN}]+$"), re.compile(rf"[{_HAN}]+")
_MAX_WORD = 8  # characters on either side of a space, of a word that it may break
_DIGIT_SPACE = re.compile(r"(?<=[\d.]) +(?=\d)(?!\d{1,2}[：∶]\d\d)")  # 2018-12-28 17:00 keeps its space
_GROUP_SPACE = re.compile(
    r"(?<=(?<!\d)\d) +(?=\d{3}(?!\d))|(?<=(?<!\d)\d\d) +(?=\d{3}(?!\d))|(?<=(?<!\d)\d{3}) +(?=\d{3}(?!\d))"
)
# Words that a line end cuts, as narrow cells do: what stands before it, and behind it.
_CUT_WORDS = [
    (re.compile(before), re.compile(behind))
    for before, behind in (
        # 发送电子邮件至cstec_|eu@most.cn, and no word before an address: email|eu@most.cn, Zhang San|zs@most.cn
        (r"(?<![A-Za-z0-9._-])(?<![A-Za-z0-9.] )[a-z0-9._-]+(?<!mail)$", r"[!-?A-~]+@"),
        ("（[A-Z]+$", "[A-Z]+）"),  # （SK|A）
        # LE|D照明, L|NG船舶: no word is a capital alone.
        ("(?<![A-Za-z])[A-Z]{1,4}$", "[A-Z](?![A-Za-z])"),
        ("(?<![A-Za-z ])[A-Z]$", "[A-Z]{1,4}(?![A-Za-z])"),
        (r"(?:https?：//|www\.|@)[!-~：]*$", ""),
    )
]
_DAY, _TIME = re.compile(r"\d{4}([./-])\d{1,2}\1\d{1,2}$"), re.compile(r"\d{1,2}：\d\d")
_NEAR = 9  # texts, each second one glue: an address fills several lines of a narrow cell


def join_lines(lines: Sequence[Line]) -> Text:
    """Join lines to one text, with PARAGRAPH where a paragraph starts and MAYBE where one could."""
    pieces: list[Text] = []
    for line in lines:
        if pieces:
            pieces.append(line.text.glue(_glue(pieces[-_NEAR:], line)))
        pieces.append(line.text)
    return tidy_spaces(join_texts(pieces, lines[0].text))


def tidy_spaces(text: Text) -> Text:
    """Drop layout space. On a page a figure may be set apart; in a document only groups of thousands are: 3 000."""
    return text.without(_LAYOUT_SPACE).without(_DIGIT_SPACE if text.ink.drawn else _GROUP_SPACE)


def close_words(text: Text, profile: Profile) -> Text:
    """Drop single spaces inside words, as web copies leave them where a line ended: 900万元人 民币, 技 术.

    The word must be known; a space between two whole words is text (科技部 财政部).
    """
    plain = text.plain
    before, closed, end = "", list[int](), 0  # the end of the line so far without the spaces that are dropped
    for match in _WORD_SPACE.finditer(plain):
        start = match.start()
        before = (before + plain[end:start])[-_MAX_WORD:]
        left, right = _LAST_HAN.search(before), _FIRST_HAN.match(plain, match.end(), match.end() + _MAX_WORD)
        is_broken = left and right and lexicon_of(profile).is_broken_word(left[0], right[0])
        end = start + 1 if is_broken else start
        closed += [start] if is_broken else []
    pieces = list(text.cut(edge for offset in closed for edge in (offset, offset + 1)))
    return join_texts(pieces[::2], text) if closed else text


def _glue(before: Sequence[Text], line: Line) -> str:
    """What joins a line to those before it. No paragraph starts between a day and the time on it."""
    if not line.starts and _DAY.search(before[-1].plain) and _TIME.match(line.text.plain):
        return " "
    return {True: PARAGRAPH, None: MAYBE, False: _between(before, line.text)}[line.starts]


def _between(before: Sequence[Text], after: Text) -> str:
    """The text for a joined line break: a space between two Latin words, unless one of them is cut."""
    left, right = before[-1].plain[-1:], after.plain[:1]
    words = left.isascii() and left.isalpha() and right.isascii() and right.isalpha()
    return " " if words and not _is_one_word("".join(text.plain for text in before), after.plain) else ""


def _is_one_word(before: str, after: str) -> bool:
    """True if a line end cuts an address, or an acronym."""
    return any(ending.search(before) and beginning.match(after) for ending, beginning in _CUT_WORDS)
