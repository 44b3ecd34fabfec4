"""Find the ends of sections before the next heading: chapters (一、 二、), group headings, appendices, signatures."""

import re
from collections.abc import Sequence

from extract.language.numerals import CHINESE_ORDINAL, format_ordinal
from extract.model.stages import Line
from extract.profile.schema import Profile
from extract.split.labels import FIELDS_OF_SECTIONS, LineLabel

# Marks of group headings, and of lists within a section: 第二部分, 二、, （二）, 2.
_MARK_SHAPES = {
    "第一": r"第[一二三四五六七八九十\d]{1,3}(?:部分|[章节])",
    "一、": f"{CHINESE_ORDINAL}、",
    "（一）": f"（{CHINESE_ORDINAL}）",
    "1.": r"\d{1,2}(?:[.、](?!\d)|\.0)?(?= |[^\d\s.、])",
}
_LIST = re.compile("： *一、")  # behind its label
_TITLE = re.compile(r"[^\d\s.、。；：，][^。；：，]{1,40}")
# Below the date of a letter: whether it is public, to whom copies go, and who printed it when.
_BELOW_DATE = re.compile(
    r"（?此件[^。]{0,6}公开[^。]{0,4}）?"
    r"|(?:主送|抄送|抄报|分送|印送) *：.*|[^。；：]{0,40}\d{4} *年 *\d{1,2} *月 *\d{1,2} *日 *印[发制]"
)
_OUTSIDE_LETTER = (_BELOW_DATE, re.compile("（联系人[^（）]*）"))  # what else stands at the foot of a letter
_ENCLOSED = re.compile("附 *[件录表]")
_MAX_ANNEX_LINES = 4  # of the title of a further paper
_GOES_ON = ("：", "；", "，", "、")
_SHORT_LINE = re.compile(r"[\u4e00-\u9fff（）“” -]+")
_MAX_UNMARKED_LENGTH = 20  # characters of a group heading or signature without a mark


def find_chapters(introduction: Sequence[Line], profile: Profile) -> int:
    """Count the chapters (一、 二、) of the introduction."""
    count = 0
    for line in introduction:
        match = profile.introduction.chapter.match(line.text.plain)
        count += bool(match and line.starts is not False and match["number"] == format_ordinal(count + 1))
    return count


def chapter_at(lines: Sequence[Line], labels: Sequence[object | None], profile: Profile, chapters: int) -> int | None:
    """Return the index of the line with the guide's next chapter in a section; None without one.

    A list inside a section begins with 一、; a chapter continues the chapters before. `labels` are those at the starts
    of the lines: what would continue either is a chapter where the list's field has ended.
    """
    last = 0
    field_ended = False
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        match = profile.introduction.chapter.match(line.text.plain) if line.starts is not False else None
        is_chapter = match is not None and chapters > 0 and match["number"] == format_ordinal(chapters + 1)
        field_ended = field_ended or label is not None
        if _LIST.search(line.text.plain):
            last, field_ended = 1, False  # 领域方向：一、先进制造：
        elif match and match["number"] == format_ordinal(last + 1) and not (is_chapter and field_ended and last):
            last, field_ended = last + 1, False
        elif is_chapter:
            return index
    return None


def is_group_heading(lines: Sequence[Line], number: str, following: str) -> bool:
    """Return True if the last line of a section heads the next group: 2. 多边合作 between 1.9 and 2.1, （二）欧洲.

    A kind of mark that the section's own lists use is theirs, unless it is the next section's chapter.
    """
    line, plain = lines[-1], lines[-1].text.plain
    if line.starts is False:
        return False
    for shape in _MARK_SHAPES.values():
        mark = re.match(f"({shape}) *", plain)
        if mark and _TITLE.fullmatch(plain, mark.end()):
            digits = re.match(r"\d+", plain)
            chapter = following.split(".")[0]
            if digits and "." in following:
                return digits[0] == chapter != number.split(".")[0]
            return not any(re.match(shape, other.text.plain) for other in lines[:-1])
    return _stands_alone(lines)


def _stands_alone(lines: Sequence[Line]) -> bool:
    """Return True if the last line is a short unmarked paragraph after one that ends in a full stop."""
    return len(lines) > 1 and _is_short(lines[-1]) and lines[-2].text.plain.endswith("。")


def _is_short(line: Line) -> bool:
    """Return True for a short unmarked paragraph: a group heading, an issuer."""
    plain = line.text.plain
    return line.starts is not False and len(plain) <= _MAX_UNMARKED_LENGTH and _SHORT_LINE.fullmatch(plain) is not None


def annex_at(lines: Sequence[Line], index: int, profile: Profile) -> int:
    """Return the number of lines of the title of a further paper that starts at a line; 0 if none does.

    A title stands behind a whole paragraph, and has lines below it: the last lines of a list may read like titles.
    """
    if index and lines[index - 1].text.plain.endswith(_GOES_ON):
        return 0
    for count in range(_MAX_ANNEX_LINES, 0, -1):
        title = [one.text.plain.strip() for one in lines[index : index + count]]
        written = ("\n".join(title), "".join(title))  # on lines of its own, or broken where a line was full
        if any(map(_ENCLOSED.match, title[1:])):
            continue  # 附件2 begins it: what stands above is text
        if index + count < len(lines) and any(map(profile.outside.annex.fullmatch, written)):
            return count
    return 0


def annexes_at(lines: Sequence[Line], labels: Sequence[LineLabel | None], profile: Profile) -> int:
    """Return the index at which the annexes behind the sections begin; the number of lines without any.

    None of the labels that only sections have stands in an annex or below it.
    """
    known = [index for index, label in enumerate(labels) if label and label.field in FIELDS_OF_SECTIONS]
    behind = range(known[-1] + 1, len(lines)) if known else ()
    return next((index for index in behind if _is_annex(lines, index, profile)), len(lines))


def _is_annex(lines: Sequence[Line], index: int, profile: Profile) -> bool:
    """Return True if an appendix, or a further paper of the file, begins at a line."""
    starts = lines[index].starts is not False or (index and lines[index - 1].text.plain.endswith("。"))
    is_appendix = profile.outside.appendix.fullmatch(lines[index].text.plain) is not None
    return bool(starts) and (is_appendix or annex_at(lines, index, profile) > 0)


def ending_at(lines: Sequence[Line], profile: Profile) -> int | None:
    """Return the index at which the last section ends: an appendix, a chapter, or issuer and date; None at its end."""
    has_list = False
    for index, line in enumerate(lines):
        starts = line.starts is not False or (index and lines[index - 1].text.plain.endswith("。"))
        if _is_annex(lines, index, profile):
            return _with_signature(lines, index, profile)
        if index and _BELOW_DATE.fullmatch(line.text.plain):
            return _with_signature(lines, index, profile)
        chapter = profile.introduction.chapter.match(line.text.plain) if starts else None
        if chapter and chapter["number"] != format_ordinal(1) and not has_list:
            return index  # 二、申报要求, where the section counts no 一、
        has_list = has_list or bool(chapter) or _LIST.search(line.text.plain) is not None
    end = _with_signature(lines, len(lines), profile)
    return end if end < len(lines) else None


def first_annex_at(lines: Sequence[Line], profile: Profile) -> int:
    """Return the index of the first line of an annex; the number of lines without any."""
    return next((index for index in range(len(lines)) if _is_annex(lines, index, profile)), len(lines))


def letter_ends_at(lines: Sequence[Line], profile: Profile) -> int:
    """Return the index at which the words of a letter end: at its first annex, or at issuer and date."""
    end = first_annex_at(lines, profile)
    outside = (profile.outside.date, profile.notice.issuer, *_OUTSIDE_LETTER)
    while end > 1 and any(pattern.fullmatch(lines[end - 1].text.plain.strip()) for pattern in outside):
        end -= 1
    return end


def _with_signature(lines: Sequence[Line], end: int, profile: Profile) -> int:
    """Return the index of the first of the lines right above that sign a letter, or head its appendix."""
    below_date = _without_seal(lines, end)
    if below_date > 1 and profile.outside.date.fullmatch(lines[below_date - 1].text.plain):
        end = below_date - 1
    elif end == len(lines):
        return end
    first = end
    while first > 1 and _is_short(lines[first - 1]):
        first -= 1
        if lines[first - 1].text.plain.endswith(("。", "）")):
            end = first
    return end


def _without_seal(lines: Sequence[Line], end: int) -> int:
    """Return the index behind the last line but for those that say again who signs, as a seal below the date does."""
    while end > 2 and _is_short(lines[end - 1]) and _is_said(lines[end - 1], lines[: end - 1]):
        end -= 1
    return end


def _is_said(line: Line, above: Sequence[Line]) -> bool:
    return any(one.text.plain == line.text.plain for one in above)


def for_all_at(lines: Sequence[Line], profile: Profile) -> int | None:
    """Return the index at which the last section turns to all sections: 以上项目执行期均为3年."""
    starts = (index for index, line in enumerate(lines) if line.starts is not False)
    return next((index for index in starts if profile.outside.for_all.match(lines[index].text.plain)), None)
