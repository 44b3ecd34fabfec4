"""Suggest heading styles, from lines before labels or missed numbers; and programmes and endings of titles."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from extract.authoring.suggestion import Suggestion, describe_position, nearest, quoted
from extract.language.numerals import CHINESE_ORDINAL
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
    why = f"the title {title}{where}{likeness}"
    # a whole title is more than a name, and for a person to cut
    return Suggestion("", "programmes", quoted(name), why, name if named else "")


def suggest_programme_of(lines: Sequence[Line], profile: Profile) -> Iterator[Suggestion]:
    """Suggest the programme of a guide without sections, if the profile knows none in its title."""
    matcher = label_matcher(profile)
    title = read_front_matter(lines, [matcher.match_line(line.text) for line in lines], profile).title
    if title and not any(name in title.plain for name in profile.programmes):
        yield suggest_programme(str(title), _at(title), profile)


_DIGITS = r"\d{1,2}(?:\.\d{1,3})*"
# The prefix of a heading: 项目1.1：, （1.1）, §2-1, 第三节, 榜单A1：; a number with the words before it and its marks.
_PREFIX = re.compile(
    rf"[^\w“]{{0,2}}[\u4e00-\u9fff]{{0,4}}?[A-Z]?-?(?:{_DIGITS}|{CHINESE_ORDINAL})(?:部分|[节章条])?(?![\d年月])[^\w“]*"
)
_MAX_EXAMPLES = 3  # lines in an explanation


def suggest_style(lines: Sequence[Line], heads: Collection[int], profile: Profile) -> Iterator[Suggestion]:
    """Suggest the style of the lines right above labels; `heads` are the lines that begin with unknown ones."""
    matcher = label_matcher(profile)
    labelled = {index for index, line in enumerate(lines) if index in heads or matcher.match_line(line.text)}
    before = [lines[index - 1].text for index in sorted(labelled) if index and index - 1 not in labelled]
    above = [text for text in before if not text.plain.endswith(("。", "；"))]  # the rest end a part
    shapes = Counter(shape for text in above if (shape := _shape(text.plain)) is not None)
    if not shapes:
        return
    shape, times = shapes.most_common(1)[0]
    found = [text for text in above if _shape(text.plain) == shape]
    is_known = any(all(style.pattern.fullmatch(text.plain) for text in found) for style in profile.headings)
    if not is_known:
        yield _style(found[0].plain, shape, f"{times} lines before a label, such as {_examples(found)}")


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
    return Suggestion("", None, "\n".join(lines), why, match[0].strip() if match else example)


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
    if numbered != escaped:
        return numbered
    return re.sub(CHINESE_ORDINAL, lambda _: CHINESE_ORDINAL, escaped, count=1)


def _examples(texts: Sequence[Text]) -> str:
    return ", ".join(f"“{text}”{_at(text)}" for text in texts[:_MAX_EXAMPLES])


def _at(text: Text) -> str:
    return describe_position(cite(text))
