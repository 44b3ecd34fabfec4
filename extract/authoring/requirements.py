"""Requirements: sentences of which no pattern tells the kind."""

from collections.abc import Iterator

from extract.authoring.suggestion import nearest, place, quoted
from extract.language.lexicon import words_of
from extract.language.word_patterns import STOPS
from extract.model.record import Guide
from extract.model.stages import Suggestion
from extract.model.text import Ink, Text
from extract.model.values import Requirement
from extract.profile.schema import Profile

_WORDS = 3  # of a sentence, that a suggested pattern is made of
_TOLD = 40  # characters of a sentence that a comment shows


def requirements(guide: Guide, profile: Profile) -> Iterator[Suggestion]:
    """A word pattern of each sentence's own words, under the kind whose pattern it is most like."""
    examples = {
        "".join(word.split("|")[0] for word in pattern.replace("…", " ").split()): kind
        for kind, patterns in profile.requirements.kinds.items()
        for pattern in patterns
    }
    seen: set[str] = set()
    for number, item in _untold(guide, profile):
        pattern = _pattern(item.text, profile)
        if not pattern or item.text in seen:
            continue
        seen.add(item.text)
        like = nearest(pattern.replace(" … ", ""), examples)
        kind = examples[like[0]] if like else "other"
        told = f"most like {like[0]} ({kind}, {like[1]})" if like else "like no pattern that is known"
        words = item.text if len(item.text) <= _TOLD else f"{item.text[:_TOLD]}…"
        yield Suggestion(
            "requirements.kinds", kind, quoted(pattern), f"“{words}” in {number}{place(item.evidence)}; {told}"
        )


def _untold(guide: Guide, profile: Profile) -> Iterator[tuple[str, Requirement]]:
    """The points of no kind, but for those that a pattern of the profile calls `other`."""
    for section in guide.sections:
        for item in section.requirements.value.items if section.requirements.value else ():
            if item.kinds == ("other",) and not words_of(profile).fired(_text(item.text)):
                yield section.number, item


def _pattern(sentence: str, profile: Profile) -> str:
    """The first content words of a sentence, with gaps between them."""
    first = next((part for part in _parts(sentence) if part), "")
    return " … ".join(words_of(profile).keywords([_text(first)])[:_WORDS])


def _text(words: str) -> Text:
    return Text(words, [-1] * len(words), Ink((), (), drawn=False))


def _parts(sentence: str) -> list[str]:
    for stop in STOPS:
        sentence = sentence.replace(stop, "\n")
    return sentence.split("\n")
