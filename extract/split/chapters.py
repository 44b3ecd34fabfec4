"""Chapters of a guide (一、 二、) and where one cuts a section short. A list inside a section counts from 一 again."""

from collections.abc import Sequence

from extract.handoff import Line
from extract.profile import Profile

_DIGITS = "一二三四五六七八九"


def chapters_of(introduction: Sequence[Line], profile: Profile) -> int:
    """How many chapters (一、 二、) the introduction has."""
    count = 0
    for line in introduction:
        match = profile.introduction.chapter.match(line.text.plain)
        count += bool(match and line.starts is not False and match["number"] == numeral_of(count + 1))
    return count


def numeral_of(number: int) -> str:
    """11 → 十一; up to 99, as chapters are counted."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


def leaves_at(lines: Sequence[Line], profile: Profile, chapters: int) -> int | None:
    """Where a section's lines leave it for the guide's next chapter or an appendix.

    A list inside a section begins with 一、 and runs on from there; a chapter goes on from the chapters before.
    """
    last = 0
    for place, line in enumerate(lines):
        if line.starts is False:
            continue
        if profile.introduction.before_title.fullmatch(line.text.plain):
            return place
        match = profile.introduction.chapter.match(line.text.plain)
        if match and match["number"] == numeral_of(last + 1):
            last += 1
        elif match and chapters and match["number"] == numeral_of(chapters + 1):
            return place
    return None
