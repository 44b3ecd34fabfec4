"""Suggest rules from a record: partners without a code, requirements without a kind, and those of the other modules."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.authoring.headings import suggest_from_record, suggest_programme_of, suggest_style, suggest_title
from extract.authoring.labels import suggest_directions, suggest_labels, unknown_heads
from extract.authoring.suggestion import Suggestion, describe_position, nearest, quoted
from extract.language.lexicon import lexicon_of
from extract.language.word_patterns import SENTENCE_ENDS
from extract.model.record import Guide
from extract.model.stages import Line
from extract.model.text import GlyphTable, Text, shortened
from extract.model.values import Evidence, Requirement
from extract.normalise.partners.gazetteer import gazetteer_of
from extract.profile.schema import Profile

_MIN_NAME_LIKENESS = 75  # of 100; 瓦坎达共和国 and 卢旺达共和国, which are less alike, are different partners
_LETTERS = re.compile("（([A-Z][A-Z0-9-]+)）$")


def suggest_partners(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Suggest a table for each unknown partner, with the code of the most similar name, or a placeholder.

    Letters in brackets are an organisation's code: 星海联盟组织（XHO）.
    """
    unknown: dict[tuple[str, str], list[tuple[str, Sequence[Evidence]]]] = defaultdict(list)
    for section in guide.sections:
        for partner in section.partners:
            if partner.code is None:
                unknown[partner.kind, partner.name].append((section.number, partner.evidence))
    known = gazetteer_of(profile).full
    for (kind, name), seen in unknown.items():
        like = nearest(name, known, at_least=_MIN_NAME_LIKENESS)
        likeness = f"most like {like[0]} ({known[like[0]][1]}, {like[1]})" if like else "like no name that is known"
        bracket = _LETTERS.search(name)
        code = known[like[0]][1] if like else bracket[1] if bracket else "??"
        form = "short" if len(name) == 1 else "aliases"
        lines = [f"[[names.{kind}]]", f'code = "{code}"', f"{form} = [{quoted(_LETTERS.sub('', name))}]"]
        sections = ", ".join(number for number, _ in seen)
        yield Suggestion("", None, "\n".join(lines), f"{name} in {sections}{describe_position(seen[0][1])}; {likeness}")


_MAX_PATTERN_WORDS = 3  # content words of a sentence in a suggested pattern
_MAX_SHOWN = 40  # characters of a sentence in a comment


def suggest_requirements(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Suggest a word pattern for each requirement without a kind, under the kind with the most similar pattern."""
    examples = {
        "".join(word.split("|")[0] for word in pattern.replace("…", " ").split()): kind
        for kind, patterns in profile.requirements.kinds.items()
        for pattern in patterns
    }
    seen: set[str] = set()
    for number, item in _unclassified(guide, profile):
        pattern = _pattern(item.text, profile)
        if not pattern or item.text in seen:
            continue
        seen.add(item.text)
        like = nearest(pattern.replace(" … ", ""), examples)
        kind = examples[like[0]] if like else "other"
        likeness = f"most like {like[0]} ({kind}, {like[1]})" if like else "like no pattern that is known"
        words = shortened(item.text, _MAX_SHOWN)
        yield Suggestion(
            "requirements.kinds",
            kind,
            quoted(pattern),
            f"“{words}” in {number}{describe_position(item.evidence)}; {likeness}",
        )


def _unclassified(guide: Guide, profile: Profile) -> Iterator[tuple[str, Requirement]]:
    """Yield the requirements without a kind, except those matched by a pattern for `other`."""
    for section in guide.sections:
        for item in section.requirements.value.items if section.requirements.value else ():
            if item.kinds == ("other",) and not lexicon_of(profile).fired(_text(item.text)):
                yield section.number, item


def _pattern(sentence: str, profile: Profile) -> str:
    """Create a word pattern of the first content words of a sentence, with gaps between them."""
    first = next((part for part in _parts(sentence) if part), "")
    return " … ".join(lexicon_of(profile).keywords([_text(first)])[:_MAX_PATTERN_WORDS])


def _text(words: str) -> Text:
    return Text(words, [-1] * len(words), GlyphTable((), (), drawn=False))


def _parts(sentence: str) -> list[str]:
    for stop in SENTENCE_ENDS:
        sentence = sentence.replace(stop, "\n")
    return sentence.split("\n")


def suggest_rules(lines: Sequence[Line], guide: Guide | None, profile: Profile) -> Iterator[Suggestion]:
    """Yield the suggestions that decide what is read where: headings and labels; `guide` is None without sections."""
    heads = {head.line for of in unknown_heads(lines, profile).values() for head in of}
    yield from suggest_title(guide, profile) if guide else suggest_programme_of(lines, profile)
    yield from suggest_from_record(guide, profile) if guide else ()
    yield from suggest_style(lines, heads, profile)
    yield from suggest_directions(lines, profile)
    yield from suggest_labels(lines, guide, profile)


def suggest_meanings(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """Yield the suggestions that only a person can judge: what a name or a sentence means."""
    yield from suggest_partners(guide, profile)
    yield from suggest_requirements(guide, profile)
