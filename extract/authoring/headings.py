"""Headings: what stands before the first label of a section, where the profile's styles find none, or miss some.

The title block: a programme or an ending that the profile does not know.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.authoring.labels import suggest_label
from extract.authoring.suggestion import Suggestion, describe_place, nearest, quoted
from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.record import Guide
from extract.model.stages import Line
from extract.model.text import Text, join_texts
from extract.profile.schema import Profile
from extract.split.labels import label_matcher
from extract.split.title_block import find_title_block

_NAMED = re.compile("“([^“”]+)”")


def suggest_title(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """The name between the title's quotation marks, else the whole title; and how a title of its kind ends."""
    codes = {finding.code for finding in guide.findings}
    words, where = guide.guide.title, describe_place(guide.guide.evidence)
    if "programme-unknown" in codes:
        yield suggest_programme(words, where, profile)
    if "title-unknown" in codes:
        ending = re.escape(words[-4:]) + "$"
        pattern = f"{profile.introduction.title_end.pattern}|{ending}"
        yield Suggestion("introduction", None, f"title_end = '{pattern}'", f"the first line “{words}”{where}")


def suggest_programme(title: str, where: str, profile: Profile) -> Suggestion:
    """What stands between the title's quotation marks, else all of it, as the name of a programme."""
    named = _NAMED.search(title)
    name = named[1] if named else title
    like = nearest(name, profile.programmes)
    told = f"; most like {like[0]} ({like[1]})" if like else ""
    return Suggestion("", "programmes", quoted(name), f"the title {title}{where}{told}")


# What a title may be led by: 项目1.1：, （1.1）, §2-1, 第三节; the number, words before it, and marks around it.
_PREFIX = re.compile(
    r"[^\w“]{0,2}[\u4e00-\u9fff]{0,4}?(?:\d{1,2}(?:\.\d{1,3})*|[一二三四五六七八九十]{1,3})(?:部分|[节章条])?[^\w“]*"
)
_DIGITS, _HAN = r"\d{1,2}(?:\.\d{1,3})*", "[一二三四五六七八九十]{1,3}"
_HEAD = re.compile("^[\u4e00-\u9fff]{2,10}：")
_SHOWN = 3


def suggest_from_lines(lines: Sequence[Line], profile: Profile) -> Iterator[Suggestion]:
    """For a guide without sections: its title, a style for the lines before labels, and labels that come again."""
    matcher = label_matcher(profile)
    title = join_texts((line.text for line in find_title_block(lines, profile)[0]), lines[0].text)
    if not any(name in title.plain for name in profile.programmes):
        yield suggest_programme(str(title), _at(title), profile)
    heads_of = Counter(match[0] for line in lines if (match := _HEAD.match(line.text.plain)))
    often = tuple(head for head, times in heads_of.items() if times > 1)
    before = [
        line.text
        for line, after in pairwise(lines)
        if (matcher.match_line(after.text) or after.text.plain.startswith(often))
        and not line.text.plain.startswith(often)
    ]
    shapes = Counter(shape for text in before if (shape := _shape(text.plain)) is not None)
    if shapes:
        shape, times = shapes.most_common(1)[0]
        heads = [text for text in before if _shape(text.plain) == shape]
        yield _style(heads[0].plain, shape, f"{times} lines before a label, such as {_told(heads)}")
    for head in often:
        first = _first(lines, head)
        if not matcher.match_line(first):
            where = f"{heads_of[head]} lines begin so, the first{_at(first)}"
            yield suggest_label(head[:-1], str(first[len(head) :]), where, profile)


def suggest_from_record(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """For a guide whose numbers jump: printed lines within other parts that begin with a number like the headings'."""
    run = next(check for check in guide.checks if check.code == "numbers-run")
    if run.outcome != "contradicted":
        return
    for section in guide.sections:
        for name in FIELDS:
            for line in getattr(section, name).evidence[1:]:
                shape = _shape(line.quote)
                if shape and "number" in shape and re.match(r"\D*\d{1,2}\.\d", line.quote):
                    why = f"“{line.quote}” in {section.number}{describe_place((line,))}: a heading that was missed?"
                    yield _style(line.quote, shape, f"{run.message}; {why}")


def _style(example: str, shape: str, why: str) -> Suggestion:
    """A style that is named by what its first heading is led by, for styles of one name are one."""
    match = _PREFIX.match(example)
    name = quoted(match[0].strip() if match else example)
    lines = ["[[headings]]", f"name = {name}", f"pattern = '{shape}(?P<title>[^。；]+)'"]
    return Suggestion("", None, "\n".join(lines), why)


def _shape(plain: str) -> str | None:
    """What a line begins with, as a pattern: digits with points are the number; None where it begins with words."""
    match = _PREFIX.match(plain)
    if match is None:
        return None
    escaped = re.escape(match[0])
    numbered = re.sub(r"\d+(?:\\\.\d+)*", lambda _: f"(?P<number>{_DIGITS})", escaped, count=1)
    return numbered if numbered != escaped else re.sub("[一二三四五六七八九十]{1,3}", lambda _: _HAN, escaped, count=1)


def _told(texts: Sequence[Text]) -> str:
    return ", ".join(f"“{text}”{_at(text)}" for text in texts[:_SHOWN])


def _at(text: Text) -> str:
    return describe_place(cite(text))


def _first(lines: Sequence[Line], head: str) -> Text:
    return next(line.text for line in lines if line.text.plain.startswith(head))
