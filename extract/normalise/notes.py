"""Footnotes → the notes of the sections that refer to them; what no section refers to is the guide's."""

from collections.abc import Iterable, Sequence

from extract.model.evidence import cite
from extract.model.record import Note
from extract.model.stages import NoteText, SectionText
from extract.model.text import GLUE, Text


def assign_notes(
    notes: Iterable[NoteText], pieces: Sequence[SectionText]
) -> tuple[list[tuple[Note, ...]], tuple[Note, ...]]:
    """The notes of each section, in the order of the sections, and those of the guide."""
    owners = {origin: index for index, piece in enumerate(pieces) for text in _texts(piece) for origin in text.origins}
    owners.pop(GLUE, None)
    of_sections: list[list[Note]] = [[] for _ in pieces]
    of_guide: list[Note] = []
    for note in notes:
        places: dict[int | None, list[Text]] = {}
        for words in note.references:
            owner = next((owners[origin] for origin in reversed(words.origins) if origin in owners), None)
            places.setdefault(owner, []).append(words)
        for place in places or {None: []}:
            record = _record(note, places.get(place, []))
            (of_guide if place is None else of_sections[place]).append(record)
    return [tuple(found) for found in of_sections], tuple(of_guide)


def _texts(piece: SectionText) -> Iterable[Text]:
    return (piece.heading, *piece.loose, *(text for part in piece.parts for text in (part.lead, part.text)))


def _record(note: NoteText, references: Sequence[Text]) -> Note:
    return Note(mark=note.mark, text=note.text.printed, evidence=cite(note.text), references=cite(*references))
