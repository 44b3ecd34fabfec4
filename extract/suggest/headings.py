"""Headings: what stands before the first label of a section, where the profile's styles find none, or miss some."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.cite import cite
from extract.handoff import Line, Suggestion
from extract.profile import Profile
from extract.records import FIELDS, Guide
from extract.split.labels import label_at
from extract.suggest.places import place, quoted
from extract.text import Text

_PREFIX = re.compile(r"(?:[^\u4e00-\u9fff“]|第?[一二三四五六七八九十]{1,3}[、.节章条 ])*")
_DIGITS, _HAN = r"\d{1,2}(?:\.\d{1,3})*", "[一二三四五六七八九十]{1,3}"
_HEAD = re.compile("^[\u4e00-\u9fff]{2,10}：")
_SHOWN = 3


def of_lines(lines: Sequence[Line], profile: Profile) -> Iterator[Suggestion]:
    """For a guide without sections: a style for the lines that stand before labels, and labels that come again."""
    before = [line.text for line, after in pairwise(lines) if label_at(after.text, profile)]
    shapes = Counter(shape for text in before if (shape := _shape(text.plain)) is not None)
    if shapes:
        shape, times = shapes.most_common(1)[0]
        heads = [text for text in before if _shape(text.plain) == shape]
        yield _style(shape, f"{times} lines before a label, such as {_told(heads)}")
    heads_of = Counter(match[0] for line in lines if (match := _HEAD.match(line.text.plain)))
    for head, times in heads_of.items():
        if times > 1 and not label_at(_first(lines, head), profile):
            yield Suggestion("labels", "other", quoted(head[:-1]), f"{times} lines begin so{_at(_first(lines, head))}")


def of_record(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """For a guide whose numbers jump: the printed lines within other parts that have the number that is missing."""
    run = next(check for check in guide.checks if check.code == "numbers-run")
    if run.outcome != "contradicted":
        return
    for section in guide.sections:
        for name in FIELDS:
            for line in getattr(section, name).evidence[1:]:
                shape = _shape(line.quote)
                if shape and "number" in shape:
                    why = f"“{line.quote}” in {section.number}{place((line,))}: a heading that was missed?"
                    yield _style(shape, f"{run.message}; {why}")


def _style(shape: str, why: str) -> Suggestion:
    lines = ["[[headings]]", 'name = "mine"', f"pattern = '{shape}(?P<title>[^。；]+)'"]
    return Suggestion("", None, "\n".join(lines), why)


def _shape(plain: str) -> str | None:
    """What a line begins with, as a pattern: digits with points are the number; None where it begins with words."""
    match = _PREFIX.match(plain)
    prefix = match[0] if match else ""
    if not re.search(r"\d|[一二三四五六七八九十]", prefix):
        return None
    escaped = re.escape(prefix)
    numbered = re.sub(r"\d+(?:\\\.\d+)*", lambda _: f"(?P<number>{_DIGITS})", escaped, count=1)
    return numbered if numbered != escaped else re.sub("[一二三四五六七八九十]{1,3}", lambda _: _HAN, escaped, count=1)


def _told(texts: Sequence[Text]) -> str:
    return ", ".join(f"“{text}”{_at(text)}" for text in texts[:_SHOWN])


def _at(text: Text) -> str:
    return place(cite(text))


def _first(lines: Sequence[Line], head: str) -> Text:
    return next(line.text for line in lines if line.text.plain.startswith(head))
