"""Labels: words before a colon that head a part, or a line within one, and that no list of the profile has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.handoff import Suggestion
from extract.profile import Profile
from extract.records import FIELDS, Guide, Section
from extract.suggest.places import nearest, place, quoted
from extract.values import Evidence, Topic

_HEAD = re.compile(r"^ *((?:[\u4e00-\u9fff]|（[^（）：]{1,8}）){2,12}) *[:：]")
_Seen = list[tuple[str, Sequence[Evidence]]]  # section and place


def labels(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Each label once, under the field of the label that it is most like; `other` where it is like none."""
    lists = {field: getattr(profile.labels, field) for field in profile.labels.known}
    owners = {name: field for field, names in lists.items() for name in names}
    for words, seen in _unclaimed(guide, owners).items():
        like = nearest(words, owners)
        field = owners[like[0]] if like else "other"
        told = f"most like {like[0]} ({field}, {like[1]})" if like else "like no label that is known"
        sections = list(dict.fromkeys(section for section, _ in seen))
        count = f"{len(sections)} section{'s' * (len(sections) > 1)}, first {sections[0]}"
        yield Suggestion("labels", field, quoted(words), f"{count}{place(seen[0][1])}; {told}")


def _unclaimed(guide: Guide, known: dict[str, str]) -> dict[str, _Seen]:
    """What looks like a label: told by a finding, or at the start of a printed line of some other part."""
    found: dict[str, _Seen] = defaultdict(list)
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
    """The printed lines of a section's parts but the first of each, which follows its label."""
    for name in FIELDS:
        yield from getattr(section, name).evidence[1:]


def _topics(section: Section) -> set[str]:
    """The names of the section's topics: 农业：粮食、畜牧 has a topic before its colon."""

    def names(topics: Sequence[Topic]) -> Iterator[str]:
        for topic in topics:
            yield topic.name
            yield from names(topic.items)

    return set(names(section.fields.value.items)) if section.fields.value else set()
