"""Fields: {PAGE}, {TOC}, {REF}. Their last results are printed, their instructions are not."""

import re

from msgspec import Struct

from extract.pull.docx_reader.number_formats import format_number
from extract.pull.docx_reader.wordml import Element, value

_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_CIRCLED = re.compile(r"\s*EQ\s*\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，]\s*(\d{1,2})\s*\)\s*", re.IGNORECASE)


class _Field(Struct):
    instruction: str = ""
    in_result: bool = False


class Fields:
    """The fields that are open at a place of the document."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def instruct(self, words: str) -> None:
        """Append words to the instruction of the innermost field."""
        if self._open:
            self._open[-1].instruction += words

    def mark(self, character: Element) -> str:
        """Begin, separate or end a field. Returns what a field without a result draws: ⑪ for EQ \\o\\ac(○,11)."""
        kind = value(character, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            drawn = _CIRCLED.fullmatch(field.instruction)
            return format_number(int(drawn[1]), "decimalEnclosedCircle") if drawn and not field.in_result else ""
        return ""

    def end_paragraph(self) -> None:
        """Give up fields whose instructions do not end: no instruction is longer than its paragraph."""
        self._open = [field for field in self._open if field.in_result]

    @property
    def in_instruction(self) -> bool:
        return any(not field.in_result for field in self._open)

    @property
    def in_page_number(self) -> bool:
        return any(field.in_result and is_page_number(field.instruction) for field in self._open)


def is_page_number(instruction: str) -> bool:
    return _PAGE.match(instruction) is not None
