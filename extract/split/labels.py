"""Running text → labelled parts: 合作协议：… 领域方向：… Labels come from the profile, longest first."""

import re
from dataclasses import dataclass
from functools import cache

from extract.cite import cite
from extract.handoff import Part, Trouble
from extract.profile import Profile
from extract.text import Text

FIELDS = ("agreement", "fields", "project_count", "funding", "per_project", "duration", "requirements")
# A label stands at the start of a line or after the end of a sentence, bracket or title; a label word in
# prose has neither a place like that before it nor a colon after it.
_BEFORE = "(?:^|(?<=[\n\u2028。；）》”]))"
_MARKER = r"(?:(?:\d{1,2}|[一二三四五六七八九十])[、.] *|（(?:\d{1,2}|[一二三四五六七八九十])） *)?"


@dataclass(frozen=True)
class _Found:
    """A label: the field it leads to, where its words stand, and where the part's own words begin."""

    field: str | None
    known: bool
    start: int
    words: slice
    end: int


@cache
def _known(profile: Profile) -> re.Pattern[str]:
    """One pattern for all labels of a profile, longer labels first: 共拟支持经费 contains 拟支持经费."""
    names = sorted(_fields_of(profile), key=len, reverse=True)
    words = "|".join(" ?".join(map(re.escape, name)) for name in names)
    return re.compile(rf"{_BEFORE} *{_MARKER}(?P<words>{words}) *：|(?:^|(?<=\n))(?P<alone>{words})(?=\n)")


@cache
def _unknown(profile: Profile) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\n))(?P<words>{profile.labels.unknown.pattern}) *：")


@cache
def _fields_of(profile: Profile) -> dict[str, str | None]:
    """The field that each label leads to; None for labels of no known field."""
    labels = profile.labels
    return dict.fromkeys(labels.other) | {name: field for field in FIELDS for name in getattr(labels, field)}


def starts_with_label(line: Text, profile: Profile) -> bool:
    """Whether a printed line begins with a label that the profile knows."""
    return bool(_known(profile).match(line.plain + "\n"))


def parts(body: Text, profile: Profile, section: str) -> tuple[Text, tuple[Part, ...], list[Trouble]]:
    """What stands before the first label, the labelled parts, and what is odd about them."""
    found = _labels(body, profile)
    troubles = []
    cut: list[Part] = []
    for place, label in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(body)
        field = label.field
        words = body[label.words]
        if field and any(part.field == field for part in cut):
            message = f"the label {words} leads to a part that this section already has; kept under other"
            troubles.append(Trouble("label-repeated", message, section, cite(words)))
            field = None
        if not label.known:
            message = f"{words} looks like a label that the profile does not know; kept under other"
            troubles.append(Trouble("label-unknown", message, section, cite(words)))
        cut.append(Part(field, words, body[label.start : label.end], body[label.end : end].strip()))
    return body[: found[0].start if found else len(body)].strip(), tuple(cut), troubles


def _labels(body: Text, profile: Profile) -> list[_Found]:
    fields = _fields_of(profile)
    found = []
    for match in _known(profile).finditer(body.plain):
        group = "words" if match["words"] else "alone"
        field = fields[match[group].replace(" ", "")]
        found.append(_Found(field, True, match.start(), slice(*match.span(group)), match.end()))
    for match in _unknown(profile).finditer(body.plain):
        within = max((f for f in found if f.known and f.start <= match.start()), key=lambda f: f.start, default=None)
        if within and within.start == match.start():
            continue
        if within and within.field == "fields" and profile.labels.topics_too.search(match["words"]):
            continue
        found.append(_Found(None, False, match.start(), slice(*match.span("words")), match.end()))
    return sorted(found, key=lambda f: f.start)
