"""Which rules of a profile fire in guides, and which never do: a rule that never fires is a slip, or not needed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from extract.errors import UnreadableGuide
from extract.language.lexicon import lexicon_of
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.stages import Line, Normalised, Rule, RuleUsage, SplitGuide
from extract.model.text import Text
from extract.model.values import Partner
from extract.normalise import normalise
from extract.profile.files import load_profile, profile_files
from extract.profile.schema import Profile
from extract.profile.toml_tables import expand_pieces, parse
from extract.pull import pull
from extract.repair import repair
from extract.split import split

_NO_RULES = ("name", "about", "extends", "pieces")
_NAMED_BY = ("code", "name", "char")


class Read(Struct, frozen=True):
    """A guide as a profile reads it."""

    lines: Sequence[Line]
    cut: SplitGuide
    values: Normalised


def count_usage(profile: str | Path, guides: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS) -> RuleUsage:
    """Every rule of a profile's own file, with the number of guides in which it fires, and guides that are no use.

    Raises ProfileError where the profile is wrong.
    """
    rules = load_profile(profile)
    path, text = profile_files(profile)[0]
    fires = dict.fromkeys(_rules(expand_pieces(parse(text, path), rules.pieces, path)), 0)
    refused = []
    for guide in guides:
        try:
            read = _read(guide, rules, limits)
        except UnreadableGuide as error:
            refused.append(str(error))
            continue
        for rule in fires:
            fires[rule] += _fires(rule, read, rules)
    return RuleUsage(fires, len(guides) - len(refused), tuple(refused))


def merge_usage(parts: Sequence[RuleUsage]) -> RuleUsage:
    """What is known of a profile from its usage in several guides, each looked at on its own."""
    fires: Counter[Rule] = Counter()
    for part in parts:
        fires.update(part.fires)
    return RuleUsage(fires, sum(part.guides for part in parts), tuple(why for part in parts for why in part.refused))


def _read(path: Path, rules: Profile, limits: Limits) -> Read:
    repaired = repair(pull(path, limits=limits))
    try:
        cut = split(repaired, rules)
    except UnreadableGuide as error:
        raise UnreadableGuide(f"{path}: {error}") from None
    return Read(repaired.lines, cut, normalise(cut, rules))


def _rules(table: dict[str, Any], above: str = "") -> Iterator[Rule]:
    """The rules of a file in its order: every string under its key; of a table in a list, its code or name."""
    for key, value in table.items():
        place = f"{above}{key}"
        if place in _NO_RULES:
            continue
        if isinstance(value, dict):
            yield from _rules(value, f"{place}.")
        else:
            for entry in value if isinstance(value, list) else [value]:
                named = [entry[name] for name in _NAMED_BY if name in entry] if isinstance(entry, dict) else [entry]
                yield Rule(place, str(named[0]))


def _fires(rule: Rule, read: Read, profile: Profile) -> bool:
    """Whether a rule does anything in a guide."""
    table, _, key = rule.key.partition(".")
    return _TABLES.get(table, _in_text)(key, rule.words, read, profile)


def _in_text(_: str, words: str, read: Read, __: Profile) -> bool:
    return any(words in line.text.plain for line in read.lines)


def _programme(_: str, words: str, read: Read, __: Profile) -> bool:
    return read.values.guide.programme == words


def _heading(_: str, name: str, read: Read, __: Profile) -> bool:
    return read.cut.style == name


def _label(key: str, words: str, read: Read, profile: Profile) -> bool:
    parts = [part for piece in read.cut.pieces for part in piece.parts]
    if key == "unknown":
        return any(finding.code == "label-unknown" for finding in read.cut.findings)
    if key == "topics_too":
        return any(re.search(words, topic.name) for topic in _topics(read))
    field = None if key == "other" else key
    return any(part.field == field and part.label.plain.replace(" ", "") == words for part in parts)


def _topics(read: Read) -> list[Any]:
    values = [section.fields.value for section in read.values.sections]
    return [topic for value in values if value for topic in value.items]


def _introduction(key: str, words: str, read: Read, _: Profile) -> bool:
    lines = [line.text.plain for line in read.lines]
    texts = {"chapter": lines, "contents": lines, "before_title": lines, "title_end": lines}
    return any(re.search(words, text) for text in texts.get(key, [read.cut.title.plain, read.cut.introduction.plain]))


def _below(_: str, pattern: str, read: Read, __: Profile) -> bool:
    return any(re.search(pattern, line.text.plain) for line in read.lines)


def _partner_words(_: str, words: str, read: Read, __: Profile) -> bool:
    return any(words in piece.title.plain for piece in read.cut.pieces)


def _name(_: str, code: str, read: Read, __: Profile) -> bool:
    previous = read.values.guide.previous
    partners: list[Partner] = [partner for section in read.values.sections for partner in section.partners]
    return any(
        code in (one.code, one.name, one.subdivision and one.subdivision.code)
        for one in (*partners, *(previous.partners if previous else ()))
    )


def _parts(field: str, read: Read) -> list[Text]:
    return [part.text for piece in read.cut.pieces for part in piece.parts if part.field == field]


def _agreement(_: str, words: str, read: Read, __: Profile) -> bool:
    return any(words in text.plain for text in _parts("agreement", read))


def _topic_words(key: str, words: str, read: Read, _: Profile) -> bool:
    pattern = re.escape(words) if key == "stop" else words
    return any(re.search(pattern, text.plain) for text in _parts("fields", read))


def _requirement(key: str, words: str, read: Read, profile: Profile) -> bool:
    texts = _parts("requirements", read)
    table, _, name = key.partition(".")
    if table == "kinds":
        patterns = dict(profile.requirements.kinds.items())
        fired = {found for text in texts for found in lexicon_of(profile).fired(text)}
        return any((kind, patterns[kind].index(words)) in fired for kind in patterns if kind == name)
    return any(re.search(words if table == "facts" else re.escape(words), text.plain) for text in texts)


_TABLES: dict[str, Callable[[str, str, Read, Profile], bool]] = {
    "programmes": _programme,
    "headings": _heading,
    "labels": _label,
    "introduction": _introduction,
    "outside": _below,
    "partners": _partner_words,
    "names": _name,
    "agreement": _agreement,
    "topics": _topic_words,
    "requirements": _requirement,
}
