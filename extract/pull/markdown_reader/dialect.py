"""The Markdown that converters write of Chinese guides: CommonMark, with what it lacks or reads wrongly there."""

import re
from functools import cached_property, lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from extract.pull.markdown_reader.mathematics import Piece, parse_mathematics
from extract.pull.markdown_reader.pandoc_tables import enable_pandoc_tables

MAX_NESTING = 100  # of lists and quotes; a list counts twice
PIECES = "pieces"  # the type of a token that has pieces in its meta
REMARK = "remark"  # the type of a token whose content is a comment
NOTE_OPEN, NOTE_CLOSE = "note_open", "note_close"
_SCRIPT = r"((?:\\?[0-9A-Za-z+\-−–=.,()\[\]*†‡①-⑳注])+)"
_RAISED = re.compile(rf"\^{_SCRIPT}\^")
_LOWERED = re.compile(rf"(?<=[^\W\d_\u4e00-\u9fff)\]])~{_SCRIPT}~(?!~)")  # CO~2~; 2~3年 is a range
_LONGEST = 12  # characters of a script
_DEFINITION = re.compile(r"\[\^([^\]\s]{1,40})\]:")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
# pandoc's attributes of words, and the fence around a division of the text.
_ATTRIBUTES = re.compile(r"\{[.#]([\w-]+)[^{}]{0,200}\}")
_PICTURE_ATTRIBUTES = re.compile(r"\{[^{}]{0,400}\}")
_HEADING_ATTRIBUTES = re.compile(r"\s*\{[.#][^{}]{0,200}\}$")
_DIVISION = re.compile(r":{3,}[ \t]*(?:\{[^{}\n]{0,200}\}|[\w-]*)[ \t]*:*[ \t]*")
_MAX_BRACKETS = 100  # of one paragraph
_IS_TEX = re.compile(r"[\\^_{]")
_LETTER = re.compile(r"[0-9A-Za-z]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")  # of ASCII: Chinese marks stand close to the words on both sides


def markdown_parser() -> MarkdownIt:
    """A parser of CommonMark with tables, strikethrough, notes, scripts and formulas.

    Text indented by four spaces is a paragraph, not code; [1]: and what follows it is text, not the target of links.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.disable(["code", "reference"])
    inline = _Inline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("paragraph", "note", _note, {"alt": ["paragraph", "blockquote", "list"]})
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("strikethrough", "script", _script)
    parser.inline.ruler.before("link", "reference_mark", _reference_mark)
    parser.inline.ruler.before("link", "brackets", _brackets)
    parser.inline.ruler.after("link", "span", _span)
    parser.inline.ruler.before("link", "picture_attributes", _picture_attributes)
    parser.block.ruler.before("paragraph", "division", _division, {"alt": ["paragraph", "blockquote", "list"]})
    enable_pandoc_tables(parser)
    parser.core.ruler.after("block", "heading_attributes", _drop_heading_attributes)
    return parser


class _Inline(ParserInline):
    """The parser of words within a paragraph, with states of our own."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    @cached_property
    def brackets(self) -> int:
        return self.src.count("[")

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (the name that is called)
        """Tell where runs of *, _ and ~ open and close emphasis.

        CommonMark has no end in **领域方向：**农业, since a mark of punctuation stands before it and none behind.
        Bold marks open and close wherever they stand, for their pairs are told by their order; a single one as in
        CommonMark, with Chinese marks taken for words. Between digits and letters all are text: 5*10*3, 138****1234.
        """
        marker = self.src[start]
        end = start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        length = end - start
        before = self.src[start - 1] if start else " "
        behind = self.src[end] if end < self.posMax else " "
        if marker != "~" and _LETTER.match(before) and _LETTER.match(behind):
            return Scanned(False, False, length)
        if marker == "_" and length > 2:  # to be filled in: ____年
            return Scanned(False, False, length)
        if marker == before == "*":  # the second half of ****
            return Scanned(True, False, length)
        if marker == "*" and length == 4:
            return Scanned(False, True, 2)
        if (marker == "*" and length > 1) or (marker == "_" and length == 2):
            stands_apart = before.isspace() and behind.isspace()
            return Scanned(not stands_apart, not stands_apart, length)
        opens = not behind.isspace() and not (_PUNCTUATION.match(behind) and _is_word(before))
        closes = not before.isspace() and not (_PUNCTUATION.match(before) and _is_word(behind))
        if canSplitWord:
            return Scanned(opens, closes, length)
        return Scanned(opens and not (closes and _is_word(before)), closes and not (opens and _is_word(behind)), length)


def _is_word(char: str) -> bool:
    """True for letters and digits of ASCII, beside which emphasis follows the rules of CommonMark."""
    return char.isascii() and char.isalnum()


def _formula(state: StateInline, silent: bool) -> bool:
    """$10^{4}$ and $$10^{4}$$; what is not simple is left as it is written."""
    if state.src[state.pos] != "$":
        return False
    sign = "$$" if state.src.startswith("$$", state.pos) else "$"
    start = state.pos + len(sign)
    end = state.src.find(sign, start, state.posMax)
    source = state.src[start:end]
    if end < 0 or not source.strip() or (sign == "$" and state.src[end + 1 : end + 2].isdigit()):
        return False
    has_space = (source[0].isspace(), source[-1].isspace())
    if sign == "$" and any(has_space) and not (all(has_space) and _IS_TEX.search(source)):
        return False
    pieces = parse_mathematics(source)
    if pieces is None and not _IS_TEX.search(source):
        return False
    if not silent:
        token = state.push(PIECES, "", 0)
        token.meta = {PIECES: pieces or [Piece(sign + source + sign)]}
    state.pos = end + len(sign)
    return True


def _picture_attributes(state: StateInline, silent: bool) -> bool:
    """pandoc's size of a picture: ![](image1.png){width="0.5in" height="0.2in"}."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens or state.tokens[-1].type != "image":
        return False
    match = _PICTURE_ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _script(state: StateInline, silent: bool) -> bool:
    """pandoc's 10^4^ and CO~2~."""
    pattern = {"^": _RAISED, "~": _LOWERED}.get(state.src[state.pos])
    match = pattern.match(state.src, state.pos, min(state.posMax, state.pos + _LONGEST)) if pattern else None
    if match is None:
        return False
    if not silent:
        token = state.push(PIECES, "", 0)
        words = match[1].replace("\\", "")
        token.meta = {PIECES: [Piece(words, "raised" if match[0][0] == "^" else "lowered")]}
    state.pos = match.end()
    return True


def _reference_mark(state: StateInline, silent: bool) -> bool:
    """[^1], where such a note exists."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    marks = state.env.get("marks", {})
    if match is None or match[1] not in marks:
        return False
    if not silent:
        state.push(PIECES, "", 0).meta = {PIECES: [Piece(marks[match[1]], "raised")]}
    state.pos = match.end()
    return True


def _brackets(state: StateInline, silent: bool) -> bool:
    """Take brackets as text where a paragraph has so many that looking for links would take long."""
    assert isinstance(state, _State)
    if state.src[state.pos] not in "[!" or state.brackets <= _MAX_BRACKETS:
        return False
    if not silent:
        state.append_pending(state.src[state.pos])
    state.pos += 1
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """pandoc's [words]{.underline}, [3]{.deletion author="…"}, and the remark of [更正]{.comment-start author="…"}."""
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos + 1, parseLinkLabel(state, state.pos)
    match = _ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if match is None:
        return False
    if not silent and match[1] == "comment-start":
        state.push(REMARK, "", 0).content = state.src[start:end]
    elif not silent:
        struck = match[1] == "deletion"
        state.push("s_open" if struck else "span_open", "", 1)
        after, state.pos, state.posMax = state.posMax, start, end
        state.md.inline.tokenize(state)
        state.posMax = after
        state.push("s_close" if struck else "span_close", "", -1)
    state.pos = match.end()
    return True


def _drop_heading_attributes(state: StateCore) -> None:
    """pandoc's # 1.1 中国和美国 {#anchor .unnumbered}"""
    for before, token in pairwise(state.tokens):
        if before.type == "heading_open":
            token.content = _HEADING_ATTRIBUTES.sub("", token.content)


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A block of HTML. A comment that never ends is none: all that follows would be no text."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src.startswith("<!--", start) and start > _last_comment_end(state.src):
        return False
    return html_block(state, start_line, end_line, silent)


@lru_cache(maxsize=1)  # a file may hold very many comments
def _last_comment_end(source: str) -> int:
    return source.rfind("-->")


def _division(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The fences of pandoc's divisions: ::: {.center} and :::"""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not _DIVISION.fullmatch(state.src, start, state.eMarks[start_line]):
        return False
    if not silent:
        state.line = start_line + 1
    return True


def _note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """[^1]: and the words of the note, with further paragraphs set in by four spaces."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.match(state.src, start, state.eMarks[start_line])
    if match is None:
        return False
    if silent:
        return True
    marks = state.env.setdefault("marks", {})
    mark = marks.setdefault(match[1], match[1] if match[1].isdigit() else str(len(marks) + 1))
    token = state.push(NOTE_OPEN, "", 1)
    token.meta = {"mark": mark}
    token.map = [start_line, start_line + 1]
    kept = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType)
    state.bMarks[start_line] = match.end()
    state.tShift[start_line] = len(state.src[match.end() : state.eMarks[start_line]]) - len(
        state.src[match.end() : state.eMarks[start_line]].lstrip(" \t")
    )
    state.blkIndent += 4
    state.sCount[start_line] = state.blkIndent
    state.parentType = "reference"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 4
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = kept
    state.push(NOTE_CLOSE, "", -1)
    return True
