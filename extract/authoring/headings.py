"""Suggest heading styles, from lines before labels or missed numbers; and programmes and endings of titles."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.authoring.labels import suggest_label
from extract.authoring.suggestion import Suggestion, describe_position, nearest, quoted
from extract.model.evidence import cite
from extract.model.fields import FIELDS
from extract.model.record import Guide
from extract.model.stages import Line
from extract.model.text import Text
from extract.profile.schema import Profile
from extract.split.labels import label_matcher
from extract.split.title_block import read_front_matter

_QUOTED_NAME = re.compile("“([^“”]+)”")


def suggest_title(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Suggest the programme and the ending of a title that the profile does not know."""
    codes = {finding.code for finding in guide.findings}
    words, where = guide.guide.title, describe_position(guide.guide.evidence)
    if not words:
        return
    if "programme-unknown" in codes:
        yield suggest_programme(words, where, profile)
    if "title-unknown" in codes:
        ending = re.escape(words[-4:]) + "$"
        pattern = f"{profile.introduction.title_end.pattern}|{ending}"
        yield Suggestion("introduction", None, f"title_end = '{pattern}'", f"the first line “{words}”{where}")


def suggest_programme(title: str, where: str, profile: Profile) -> Suggestion:
    """Suggest the name in a title's quotation marks, else the whole title, as a programme."""
    named = _QUOTED_NAME.search(title)
    name = named[1] if named else title
    like = nearest(name, profile.programmes)
    likeness = f"; most like {like[0]} ({like[1]})" if like else ""
    return Suggestion("", "programmes", quoted(name), f"the title {title}{where}{likeness}")


# The prefix of a heading: 项目1.1：, （1.1）, §2-1, 第三节; a number, the words before it, and the marks around it.
_PREFIX = re.compile(
    r"[^\w“]{0,2}[\u4e00-\u9fff]{0,4}?(?:\d{1,2}(?:\.\d{1,3})*|[一二三四五六七八九十]{1,3})(?:部分|[节章条])?[^\w“]*"
)
_DIGITS, _HAN = r"\d{1,2}(?:\.\d{1,3})*", "[一二三四五六七八九十]{1,3}"
_HEAD = re.compile("^[\u4e00-\u9fff]{2,10}：")
_MAX_EXAMPLES = 3  # lines in an explanation


def suggest_from_lines(lines: Sequence[Line], profile: Profile) -> Iterator[Suggestion]:
    """For a guide without sections: suggest its programme, a style of the lines before labels, and repeated labels."""
    matcher = label_matcher(profile)
    title = read_front_matter(lines, [matcher.match_line(line.text) for line in lines], profile).title
    if title and not any(name in title.plain for name in profile.programmes):
        yield suggest_programme(str(title), _at(title), profile)
    label_counts = Counter(match[0] for line in lines if (match := _HEAD.match(line.text.plain)))
    repeated = tuple(head for head, times in label_counts.items() if times > 1)
    before = [
        line.text
        for line, after in pairwise(lines)
        if (matcher.match_line(after.text) or after.text.plain.startswith(repeated))
        and not line.text.plain.startswith(repeated)
    ]
    shapes = Counter(shape for text in before if (shape := _shape(text.plain)) is not None)
    if shapes:
        shape, times = shapes.most_common(1)[0]
        heads = [text for text in before if _shape(text.plain) == shape]
        yield _style(heads[0].plain, shape, f"{times} lines before a label, such as {_examples(heads)}")
    for head in repeated:
        first = _first(lines, head)
        if not matcher.match_line(first):
            where = f"{label_counts[head]} lines begin so, the first{_at(first)}"
            yield suggest_label(head[:-1], str(first[len(head) :]), where, profile)


def suggest_from_record(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """For a guide with a gap in its section numbers: suggest a style of lines within parts that begin with a number."""
    run = next(check for check in guide.checks if check.code == "numbers-run")
    if run.outcome != "contradicted":
        return
    for section in guide.sections:
        for name in FIELDS:
            for line in getattr(section, name).evidence[1:]:
                shape = _shape(line.quote)
                if shape and "number" in shape and re.match(r"\D*\d{1,2}\.\d", line.quote):
                    why = f"“{line.quote}” in {section.number}{describe_position((line,))}: a heading that was missed?"
                    yield _style(line.quote, shape, f"{run.message}; {why}")


def _style(example: str, shape: str, why: str) -> Suggestion:
    """Suggest a style, named by the prefix of its first heading, as styles of one name are merged."""
    match = _PREFIX.match(example)
    name = quoted(match[0].strip() if match else example)
    lines = ["[[headings]]", f"name = {name}", f"pattern = '{shape}(?P<title>[^。；]+)'"]
    return Suggestion("", None, "\n".join(lines), why)


def _shape(plain: str) -> str | None:
    """The prefix of a line as a pattern with the group `number` for digits; None if it begins with words.

    >>> _shape("项目1.1：中美合作")
    '项目(?P<number>\\\\d{1,2}(?:\\\\.\\\\d{1,3})*)：'
    """
    match = _PREFIX.match(plain)
    if match is None:
        return None
    escaped = re.escape(match[0])
    numbered = re.sub(r"\d+(?:\\\.\d+)*", lambda _: f"(?P<number>{_DIGITS})", escaped, count=1)
    return numbered if numbered != escaped else re.sub("[一二三四五六七八九十]{1,3}", lambda _: _HAN, escaped, count=1)


def _examples(texts: Sequence[Text]) -> str:
    return ", ".join(f"“{text}”{_at(text)}" for text in texts[:_MAX_EXAMPLES])


def _at(text: Text) -> str:
    return describe_position(cite(text))


def _first(lines: Sequence[Line], head: str) -> Text:
    return next(line.text for line in lines if line.text.plain.startswith(head))
