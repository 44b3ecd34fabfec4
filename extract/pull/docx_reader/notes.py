"""Footnotes and endnotes: the marks that Word counts, and the notes to which they refer, in the order of the marks."""

from typing import NamedTuple

from extract.pull.docx_reader.number_formats import format_number
from extract.pull.docx_reader.wordml import Element, W, by_id, path, value

_USUAL_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


class Note(NamedTuple):
    """A note that a mark refers to: its place among all, from 1, its mark, and its paragraphs."""

    number: int
    mark: str
    content: Element


class Notes:
    """The notes of a document, and how far their marks have counted."""

    def __init__(self, footnotes: Element | None, endnotes: Element | None, settings: Element | None) -> None:
        self._contents = {"footnote": by_id(footnotes, "footnote"), "endnote": by_id(endnotes, "endnote")}
        self._settings = settings
        self._section: Element | None = None
        self._counts: dict[str, int] = {}
        self.referred: list[Note] = []

    def enter_section(self, properties: Element | None) -> None:
        """Begin a section, of which these are the properties (sectPr); marks may count anew there."""
        self._section = properties
        for kind in _USUAL_FORMS:
            if self._setting(kind, "numRestart") == "eachSect":
                self._counts.pop(kind, None)

    def refer(self, reference: Element, custom_mark: str) -> Note | None:
        """The note of a reference, which is remembered; None if there is none. Custom marks are not counted."""
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        content = self._contents[kind].get(value(reference, "id") or "")
        if content is None:
            return None
        note = Note(len(self.referred) + 1, custom_mark or self._next_mark(kind), content)
        self.referred.append(note)
        return note

    def _next_mark(self, kind: str) -> str:
        if kind not in self._counts:
            start = self._setting(kind, "numStart") or ""
            self._counts[kind] = (int(start) if start.isdecimal() else 1) - 1
        self._counts[kind] += 1
        return format_number(self._counts[kind], self._setting(kind, "numFmt") or _USUAL_FORMS[kind])

    def _setting(self, kind: str, name: str) -> str | None:
        """A property of the notes of a kind, of the section or of the whole document."""
        places = (path(owner, f"{kind}Pr", name) for owner in (self._section, self._settings))
        return next((value(found) for found in places if found is not None), None)
