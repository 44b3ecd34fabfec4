"""Suggest labels: words before a colon at the start of a part or line that the profile does not list."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.authoring.suggestion import Suggestion, describe_position, nearest, quoted
from extract.model.fields import FIELDS
from extract.model.record import Guide, OtherPart, Section
from extract.model.text import GlyphTable, Text
from extract.model.values import Evidence, Topic
from extract.normalise import duration
from extract.normalise.quantities import count, money
from extract.profile.schema import Profile

_HEAD = re.compile(r"^ *((?:[\u4e00-\u9fff]|（[^（）：]{1,8}）){2,12}) *[:：]")
_Occurrences = list[tuple[str, Sequence[Evidence]]]  # section number and evidence


def suggest_labels(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Suggest each unknown label once, under a field or `other`."""
    for words, seen in _unclaimed(guide, profile.labels.fields_by_name).items():
        sections = list(dict.fromkeys(section for section, _ in seen))
        seen_in = f"{len(sections)} section{'s' * (len(sections) > 1)}, first {sections[0]}"
        after = next((part.text for part in _others(guide) if part.label == words), "")
        yield suggest_label(words, after, f"{seen_in}{describe_position(seen[0][1])}", profile)


def suggest_label(words: str, after: str, where: str, profile: Profile) -> Suggestion:
    """Suggest a label for the field that can parse the words after it, else for that of the most similar label."""
    owners = profile.labels.fields_by_name
    like, field = nearest(words, owners), _reads_as(after)
    reasons = [f"its words read as {field}"] if field else []
    reasons += [f"most like {like[0]} ({owners[like[0]]}, {like[1]})" if like else "like no label that is known"]
    field = field or (owners[like[0]] if like else "other")
    return Suggestion("labels", field, quoted(words), f"{where}; {', '.join(reasons)}")


def _reads_as(words: str) -> str | None:
    """The field that can parse these words: a figure, or the title of a document 《…》; None if there is none."""
    text = Text(words, [-1] * len(words), GlyphTable((), (), drawn=False))
    figures = {
        "project_count": count.parse_count(text).value,
        "funding": money.parse_money(text).value,
        "duration": duration.parse_duration(text).value,
    }
    figure = next((field for field, value in figures.items() if value is not None), None)
    return "agreement" if words.startswith("《") else figure


def _others(guide: Guide) -> Iterator[OtherPart]:
    for section in guide.sections:
        yield from section.other


def _unclaimed(guide: Guide, known: dict[str, str]) -> dict[str, _Occurrences]:
    """Unknown labels with their occurrences: from findings, and at the start of printed lines within parts."""
    found: dict[str, _Occurrences] = defaultdict(list)
    for finding in guide.findings:
        if finding.code in ("label-unknown", "text-unclaimed") and finding.section:
            words = "".join(line.quote for line in finding.evidence)
            head = _HEAD.match(words + "：" if finding.code == "label-unknown" else words)
            if head and head[1] not in known:
                found[head[1]].append((finding.section, finding.evidence))
    for section in guide.sections:
        for line in _lines(section):
            head = _HEAD.match(line.quote)
            if head and head[1] not in known and head[1] not in _topics(section):
                found[head[1]].append((section.number, (line,)))
    return found


def _lines(section: Section) -> Iterator[Evidence]:
    """Yield the printed lines of a section's parts, without the first of each, which follows its label."""
    for name in FIELDS:
        yield from getattr(section, name).evidence[1:]


def _topics(section: Section) -> set[str]:
    """The names of a section's topics, which may precede a colon, too: 农业：粮食、畜牧."""

    def names(topics: Sequence[Topic]) -> Iterator[str]:
        for topic in topics:
            yield topic.name
            yield from names(topic.items)

    return set(names(section.fields.value.items)) if section.fields.value else set()
