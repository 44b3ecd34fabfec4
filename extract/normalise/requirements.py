"""其他要求 → Requirements: one item per numbered point, else one per sentence, with kinds and facts."""

from collections.abc import Iterable

from extract.language import brackets
from extract.language.lexicon import words_of
from extract.language.list_markers import markers
from extract.model.evidence import cite
from extract.model.stages import Reading, Trouble
from extract.model.text import Text
from extract.model.values import Facts, Requirement, Requirements
from extract.normalise import facts, terms
from extract.profile.schema import Profile

_SPACE = " \n\u2028"


def read(text: Text, profile: Profile) -> Reading[Requirements]:
    """The points or sentences of a section's requirements; every text is a list of them, so all are read.

    What a point states twice, differently, is no fact, and is reported; of durations, `terms.fixed` reports.
    """
    whole = text.without("[\u2028]").strip()
    marked = markers(whole.plain)
    if marked:
        ends = [*(marker.start for marker in marked[1:]), len(whole)]
        points = [(whole[m.start : m.end], whole[m.end : end]) for m, end in zip(marked, ends, strict=True)]
        items = [_item(marker, words, profile) for marker, words in points]
        lead = whole[: marked[0].start].strip(_SPACE)
    else:
        items = [_item(None, sentence, profile) for sentence in _sentences(whole)]
        lead = whole[:0]
    troubles = [trouble for _, doubts in items for trouble in doubts]
    found = tuple(item for item, _ in items)
    return Reading(Requirements(lead=lead.printed or None, items=found, evidence=cite(text)), tuple(troubles))


def _sentences(text: Text) -> Iterable[Text]:
    """The sentences, each with its full stop; a paragraph ends a sentence too."""
    for paragraph in text.split("\n"):
        depth = brackets.depths(paragraph.plain)
        stops = [place + 1 for place, char in enumerate(paragraph.plain) if char == "。" and not depth[place]]
        yield from (piece for piece in paragraph.cut(stops) if piece.strip(_SPACE))


def _item(marker: Text | None, words: Text, profile: Profile) -> tuple[Requirement, list[Trouble]]:
    """A point or sentence, and what it leaves unclear."""
    text = words.without("\n").strip(_SPACE).rstrip("；" + _SPACE)
    lasting = terms.said(text, profile.requirements.facts.duration)
    stated, doubts = facts.read(text, profile.requirements, lasting)
    told = {*words_of(profile).requirement_kinds(text), *(facts.TELLS[fact] for fact in stated if fact in facts.TELLS)}
    if lasting:
        told.add("duration")
    elif "duration" in told:
        doubts.append("a duration that is not understood")
    doubts += facts.missing(text, told, stated) if not doubts else []
    item = Requirement(
        marker=marker.printed.strip() if marker is not None else None,
        text=text.printed,
        kinds=tuple(kind for kind in profile.requirements.kinds if kind in told) or ("other",),
        facts=Facts(**stated),
        evidence=cite(*(piece for piece in (marker, text) if piece is not None)),
    )
    return item, [Trouble("requirement-unclear", f"{what} in: {text.printed}", None, cite(text)) for what in doubts]
