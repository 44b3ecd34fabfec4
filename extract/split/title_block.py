"""Find the title block, the lines that end in …项目申报指南, in what stands before the sections of a guide.

A notice (关于发布…的通知), a red head (国科发资〔2018〕300号), a list of enclosures and a table of contents may stand
above the guide's own title; remarks (征求意见稿), issuer and date may stand below it. They belong neither to the title
nor to the introduction.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extract.model.findings import FindingDraft, finding
from extract.model.stages import Line
from extract.model.text import GLUE, Glyph, Text, enclosing_box
from extract.profile.schema import Introduction, Profile
from extract.split.labels import FIELDS_OF_SECTIONS, LineLabel
from extract.split.line_joining import join_lines

_MAX_TAIL_LENGTH = 10  # characters of a last line that only completes the title
_MAX_TITLE_LINES = 6
_MAX_TITLE_LENGTH = 200  # characters
_MAX_REMARK_LINES = 2
YEAR = re.compile(r"(?:19|20)\d\d *年")
_MARKS_IN_SENTENCE = re.compile("[。；：，]")
_ENDED = ("。", "；", "：")
_CONTINUES = re.compile("[，。；、：》”）]|的|及|和|等")  # …申报指南 | 的通知
_LETTER_SPACE = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_CONTENTS_ENTRY = re.compile(r"[\u4e00-\u9fff）”][ \t]+\d{1,3}$")  # 中国和德国联合研究项目	3
_BRACKET = "（[^（）]*）"
_MIN_SIZE, _MAX_SIZE = 0.75, 1.35  # of one line of a title, as a part of the next
_SIZE_TOLERANCE = 0.1
_LIST_MARK = re.compile(
    r"\d{1,2}(?:\.\d{1,3})+|\d{1,2}[.、）]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）"
    r"|第[一二三四五六七八九十\d]{1,3}(?:部分|[章节])"
)


class FrontMatter(Struct, frozen=True):
    """The title of a guide, empty if it has none; the index of the line after it; and what belongs to neither.

    `aside` are a notice, contents and enclosures above the title, and remarks, issuer and date below it. `notice` is
    the notice alone, with MAYBE at the ends of its printed lines.
    """

    title: Text
    end: int
    aside: tuple[Text, ...]
    findings: tuple[FindingDraft, ...] = ()
    notice: Text | None = None


class _TitleBlock(Struct, frozen=True):
    """Lines that end like a title. `is_listed`: it stands behind the mark of a list of enclosures (附件：1. …指南)."""

    lines: slice
    title: Text
    aside: tuple[Text, ...]
    is_listed: bool
    is_labelled: bool  # a label stands right below, as below the heading of a section
    is_closed: bool  # the layout or the size of the type starts a paragraph right below

    @property
    def words(self) -> str:
        """The characters of the title without spaces."""
        return self.title.plain.replace(" ", "")


# ── the title ─────────────────────────────────────────────────────────────────────────────────────────


def read_front_matter(lines: Sequence[Line], labels: Sequence[LineLabel | None], profile: Profile) -> FrontMatter:
    """Find the title, the last before the sections: what stands above it is a notice, a cover or contents.

    One behind the mark of an enclosure comes last, one without a year after one with a year.
    """
    words = profile.introduction
    blocks = list(_find_blocks(lines, labels, words))
    if not blocks:
        return _without_title(lines, labels, words)
    block = blocks[0]
    for later in blocks[1:]:
        if _evidence(later) >= _evidence(block) and not _is_of_introduction(later, block, lines):
            block = later
    end = block.lines.stop
    while end < len(lines) and words.beside_title.fullmatch(lines[end].text.plain.strip()):
        end += 1
    above, below = lines[: block.lines.start], lines[block.lines.stop : end]
    aside = (*_joined(above), *block.aside, *_joined(below))
    findings = (*_told_above(above, words), *_doubts(block, blocks))
    return FrontMatter(block.title, end, aside, findings, _notice(above, words))


def _evidence(block: _TitleBlock) -> tuple[bool, bool, bool]:
    """Return the evidence that a block is the guide's own title, the strongest first."""
    return not block.is_listed, not block.is_labelled, YEAR.search(block.title.plain) is not None


def _is_of_introduction(block: _TitleBlock, title: _TitleBlock, lines: Sequence[Line]) -> bool:
    """Return True if a block may be a line of a sentence below the title: …, …项目申报指南 | 如下。"""
    between = lines[title.lines.stop : block.lines.start]
    is_below_sentence = not between or any("。" in line.text.plain for line in between)
    return is_below_sentence and title.is_closed and not title.is_listed and not block.is_closed


def _doubts(block: _TitleBlock, blocks: Sequence[_TitleBlock]) -> list[FindingDraft]:
    """Report a title that only a list of enclosures has, and one that differs from another with the same evidence."""
    if block.is_listed:
        return [finding("title-doubtful", block.title, field="title", variant="enclosure")]
    others = [other for other in blocks if other is not block and _evidence(other) >= _evidence(block)]
    if not others or any(block.words in other.words or other.words in block.words for other in others):
        return []
    title = str(others[-1].title)
    return [finding("title-doubtful", block.title, others[-1].title, field="title", variant="several", title=title)]


def _notice(above: Sequence[Line], words: Introduction) -> Text | None:
    """Return the notice above the guide, up to the first 附件1 that stands alone; None for a cover, contents, …"""
    marks = (index for index, line in enumerate(above) if is_annex_mark(line.text.plain.strip(), words))
    lines = above[: next(marks, len(above))]
    has_title = any(words.notice_end.search(line.text.plain) for line in lines)
    if not has_title and not _told_above(lines, words):
        return None
    return join_lines([replace(line, starts=line.starts or None) for line in lines])


def is_annex_mark(plain: str, words: Introduction) -> bool:
    """Return True for 附件1 on a line of its own; 附件： is the head of a list."""
    return words.before_title.fullmatch(plain) is not None and not plain.endswith("：")


def _told_above(above: Sequence[Line], words: Introduction) -> list[FindingDraft]:
    """Report sentences above the guide: a notice, whose words are no introduction."""
    sentences = [line.text for line in above if "。" in line.text.plain and not words.contents.search(line.text.plain)]
    return [finding("text-before-guide", *sentences[:1], field="title")] if sentences else []


def untitled(first: Text) -> FrontMatter:
    """The front matter of a guide all of whose words stand in tables, given the first of them."""
    return FrontMatter(first[:0], 0, (), (finding("title-unknown", first, field="title"),), None)


def _without_title(lines: Sequence[Line], labels: Sequence[LineLabel | None], words: Introduction) -> FrontMatter:
    """Return front matter without a title line: the text begins below the last 附件1 that stands alone.

    A first paragraph that is no sentence and has a year is taken for the title.
    """
    stop = _sections_start(labels)
    marks = [index for index, line in enumerate(lines[:stop]) if words.before_title.fullmatch(line.text.plain.strip())]
    start = end = marks[-1] + 1 if marks and marks[-1] + 1 < len(lines) else 0
    while end + 1 < len(lines) and words.beside_title.fullmatch(lines[end].text.plain.strip()):
        end += 1
    aside = (*_joined(lines[:start]), *_joined(lines[start:end]))
    findings = (*_told_above(lines[:start], words), finding("title-unknown", lines[0].text, field="title"))
    notice = _notice(lines[:start], words)
    if end + 1 < len(lines) and _may_be_title(lines[end], lines[end + 1], words):
        return FrontMatter(_title_of(lines[end : end + 1]), end + 1, aside, findings, notice)
    return FrontMatter(lines[0].text[:0], end, aside, findings, notice)


def _may_be_title(line: Line, following: Line, words: Introduction) -> bool:
    """Return True if a paragraph of one line is no sentence and has a year: “…”重点专项2018年度项目."""
    plain = line.text.plain
    is_paragraph = following.starts is True and not _CONTINUES.match(following.text.plain)
    figures = (getattr(words.figures, key) for key in words.figures.__struct_fields__)
    is_declaration = any(pattern.search(plain) for pattern in figures)
    return bool(is_paragraph and not is_declaration and YEAR.search(plain) and not _is_no_title(plain, words))


# ── blocks that end like a title ──────────────────────────────────────────────────────────────────────


def _sections_start(labels: Sequence[LineLabel | None]) -> int:
    """Return the index of the first label that only sections have, else of the first label, else of the end."""
    known = [(index, label) for index, label in enumerate(labels) if label]
    first = next((index for index, label in known if label.field in FIELDS_OF_SECTIONS), None)
    return first if first is not None else next((index for index, _ in known), len(labels))


def _find_blocks(
    lines: Sequence[Line], labels: Sequence[LineLabel | None], words: Introduction
) -> Iterator[_TitleBlock]:
    """Yield the blocks above the sections that end like a title and are no sentence, notice or line of contents."""
    top = 0
    for index in range(_sections_start(labels)):
        plain = lines[index].text.plain
        joined = lines[index - 1].text.plain + plain if index > top else plain  # 申报指 | 南
        if index < top or not words.title_end.search(joined.replace(" ", "")) or words.contents.search(plain):
            continue
        start, stop = title_start(lines, index, top, words), _block_stop(lines, index, words)
        length = sum(len(line.text) for line in lines[start:stop])
        if length > _MAX_TITLE_LENGTH or _is_within_sentence(lines, start, stop, words):
            continue
        text = _title_of(lines[start:stop])
        mark = words.enclosure.match(text.plain)
        title, remarks = _cut_remarks(text[mark.end() :] if mark else text, words)
        if not title or _is_no_title(title.plain, words):
            continue
        aside = (*([text[: mark.end()]] if mark else []), *remarks)
        yield _TitleBlock(
            lines=slice(start, stop),
            title=title,
            aside=aside,
            is_listed=bool(mark and mark["listed"].strip()),
            is_labelled=stop < len(labels) and labels[stop] is not None,
            is_closed=stop < len(lines) and (lines[stop].starts is True or _differs_in_size(lines[index], lines[stop])),
        )
        top = stop


def title_start(lines: Sequence[Line], end: int, top: int, words: Introduction) -> int:
    """Return the index of the first line of the block that ends at a line; no page break is within it."""
    start = end
    while start > top and end - start < _MAX_TITLE_LINES and lines[start - 1].page == lines[end].page:
        if words.enclosure.match(lines[start].text.plain) or not _is_in_title(lines[start - 1], lines[start], words):
            break
        start -= 1
    while start < end and re.fullmatch(_BRACKET, lines[start].text.plain.strip()):
        start += 1  # （此件主动公开）
    return start


def _is_in_title(line: Line, following: Line, words: Introduction) -> bool:
    """Return True if a line above the end of the title belongs to it: no sentence, appendix, issuer, mark or date."""
    plain = line.text.plain.strip()
    is_of_size = _MIN_SIZE < _size_ratio(line, following) < _MAX_SIZE
    if not is_of_size or _is_at_right(line, following) or _is_apart(plain, words) or words.notice_end.search(plain):
        return False
    if words.enclosure.match(plain):
        return True
    is_whole = all(plain.count(opening) == plain.count(closing) for opening, closing in ("“”", "（）"))
    return not (_LIST_MARK.match(plain) and is_whole) and not _MARKS_IN_SENTENCE.search(plain)


def _size_ratio(line: Line, other: Line) -> float:
    """Return how large a line is printed beside another; 1 in plain text."""
    sizes = [median(glyph.size for glyph in _glyphs(one)) for one in (line, other)]
    return sizes[0] / sizes[1] if line.text.ink.drawn and all(sizes) else 1.0


def _glyphs(line: Line) -> list[Glyph]:
    return [line.text.ink.glyphs[origin] for origin in line.text.origins if origin != GLUE]


def _is_at_right(line: Line, other: Line) -> bool:
    """Return True if a line begins right of the middle of another, as a running head at the right edge does."""
    if not line.text.ink.drawn:
        return False
    (x0, _, _, _), (left, _, right, _) = (enclosing_box(_glyphs(one)) for one in (line, other))
    return x0 > (left + right) / 2


def _differs_in_size(line: Line, other: Line) -> bool:
    """Return True if two lines are printed in different sizes: a title and the text below it."""
    return abs(_size_ratio(line, other) - 1) > _SIZE_TOLERANCE


def _is_apart(plain: str, words: Introduction) -> bool:
    """Return True if a line stands apart from any title: 附件1, issuer, number, date, a line of contents."""
    alone = (words.before_title, words.beside_title)
    is_entry = words.contents.search(plain) or _CONTENTS_ENTRY.search(plain)
    return any(pattern.fullmatch(plain) for pattern in alone) or is_entry is not None


def _block_stop(lines: Sequence[Line], end: int, words: Introduction) -> int:
    """Return the index after the block: lines of （征求意见稿） and 建议 of 指南 | 建议 continue the title."""
    stop = end + 1
    while stop < len(lines):
        above, plain = lines[stop - 1].text.plain.strip(), lines[stop].text.plain.strip()
        brackets = (lines[stop : stop + length] for length in range(1, _MAX_REMARK_LINES + 1))
        bracket = next((part for part in brackets if _is_remark(_plain_of(part), words)), ())
        is_short = len(plain) <= _MAX_TITLE_LENGTH and len(words.title_remark.sub("", plain)) <= _MAX_TAIL_LENGTH
        completes = words.title_end.search(above + plain) if is_short else None
        if not bracket and (completes is None or completes.start() >= len(above)):
            break
        stop += len(bracket) or 1
    return stop


def _is_remark(plain: str, words: Introduction) -> bool:
    """Return True if words in brackets follow a title, and are no sentence of their own."""
    is_sentence = _MARKS_IN_SENTENCE.search(plain) is not None and not words.title_remark.match(plain)
    return re.fullmatch(_BRACKET, plain) is not None and not is_sentence


def _is_within_sentence(lines: Sequence[Line], start: int, stop: int, words: Introduction) -> bool:
    """Return True if the lines around a block show that it is part of a sentence: …，现发布 | …申报指南 | 。"""
    if stop < len(lines) and _CONTINUES.match(lines[stop].text.plain.strip()):
        return True
    if start == 0 or lines[start].starts is True:
        return False
    plain = lines[start - 1].text.plain.strip()
    if _is_apart(plain, words) or words.enclosure.match(plain):
        return False
    is_open = re.search("[。；，]", re.sub(_BRACKET, "", plain)) is not None and not plain.endswith(_ENDED)
    is_inside = lines[start].starts is False and not _differs_in_size(lines[start - 1], lines[start])
    return is_open or (is_inside and plain.endswith(_ENDED))


def _is_no_title(plain: str, words: Introduction) -> bool:
    """Return True if words that end like a title are a sentence, the title of a notice, or an item of a list."""
    is_notice = words.notice_opening.search(plain) or words.notice_end.search(plain)
    return bool(is_notice or words.no_title.match(plain) or _LIST_MARK.match(plain) or _MARKS_IN_SENTENCE.search(plain))


def _cut_remarks(title: Text, words: Introduction) -> tuple[Text, list[Text]]:
    """Return a title without the remarks behind it, and these: （征求意见稿）, （仅国内申报可见）."""
    remarks: list[Text] = []
    while match := words.title_remark.search(title.plain):
        remarks.insert(0, title[match.start() :])
        title = title[: match.start()].rstrip()
    return title, remarks


def _title_of(lines: Sequence[Line]) -> Text:
    """Join the lines of a title, whatever their layout and letter space: 申 报 指 南."""
    return join_lines([replace(line, starts=False) for line in lines]).without(_LETTER_SPACE).strip()


def _plain_of(lines: Sequence[Line]) -> str:
    return "".join(line.text.plain.strip() for line in lines)


def _joined(lines: Sequence[Line]) -> list[Text]:
    return [join_lines(lines)] if lines else []
