"""What a cell shows: its words, or its number in the cell's format; and what of it is in doubt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from extract.model.record import ExcludedReason
from extract.pull.office.package import Element, OfficePackage
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.number_formats import hides_text, shown_number, shown_text
from extract.pull.xlsx_reader.spreadsheetml import path
from extract.pull.xlsx_reader.strings import RichText, Run, plain, rich_text, shared_strings, unescaped
from extract.pull.xlsx_reader.styles import CellStyle

_DAY_0 = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


class Content(NamedTuple):
    """The words of a cell. `doubt` has the variant of the finding on it, and what else that says."""

    text: RichText
    is_text: bool = False
    excluded: ExcludedReason | None = None
    doubt: Mapping[str, str] | None = None


class ContentReader:
    """Read the contents of the cells of a workbook.

    `is_stale`: Excel is to work out all formulas anew, so that a program may have written any result.
    """

    def __init__(self, package: OfficePackage, colours: Colours, *, from_1904: bool, is_stale: bool) -> None:
        self._package = package
        self._colours = colours
        self._from_1904 = from_1904
        self._is_stale = is_stale
        strings = package.related_to(package.main or "", "sharedStrings")
        self._strings: Sequence[RichText] = shared_strings(package, next(strings, None), colours)

    def read(self, cell: Element, style: CellStyle, *, shows_zeros: bool = True) -> Content | None:
        """What a cell shows; None for an empty one. A sheet may show no zeros."""
        formula, value = path(cell, "f"), path(cell, "v")
        if formula is not None and (value is None or not (value.text or cell.get("t") == "str")):
            words = f"={unescaped(formula.text or '')}"
            return Content((Run(words),), doubt={"variant": "formula"})
        content = self._stored(cell, value, style)
        if content is not None and formula is not None and self._is_stale and content.doubt is None:
            return content._replace(doubt={"variant": "stale"})
        if content is not None and not shows_zeros and not content.is_text and _decimal(plain(content.text)) == 0:
            return content._replace(excluded="hidden")
        return content

    def _stored(self, cell: Element, value: Element | None, style: CellStyle) -> Content | None:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = path(cell, "is")
            return None if inline is None else _as_text(rich_text(inline, self._colours), style)
        words = unescaped((value.text if value is not None else None) or "")
        match kind:
            case "s":
                return _as_text(self._shared(words), style) if words else None
            case "str":
                return _as_text((Run(words),) if words else (), style)
            case "e":
                return Content((Run(words),), doubt={"variant": "error"}) if words else None
            case "b":
                return Content((Run({"0": "FALSE", "1": "TRUE"}.get(words, words)),)) if words else None
            case _:
                return self._number(words.strip(), style, is_date=kind == "d") if words.strip() else None

    def _shared(self, words: str) -> RichText:
        try:
            number = int(words)
            if number >= 0:
                return self._strings[number]
        except (ValueError, IndexError):
            pass
        raise self._package.damaged(f"a cell refers to a string {words!r} that there is not")

    def _number(self, words: str, style: CellStyle, *, is_date: bool) -> Content:
        number = _day_of(words, from_1904=self._from_1904) if is_date else _decimal(words)
        shown = None
        if number is not None and style.code is not None:
            shown = shown_number(number, style.code, from_1904=self._from_1904)
        if shown is None:
            return Content((Run(words),), doubt={"variant": "format", "form": style.code or ""})
        if not shown.strip():
            return Content((Run(words),), excluded="hidden")
        return Content((Run(shown),))


def _as_text(text: RichText, style: CellStyle) -> Content | None:
    """A text in the format of its cell, which may show words around it, or hide it."""
    if not any(run.words.strip() for run in text):
        return None
    if style.code is None or hides_text(style.code):
        return Content(text, is_text=True, excluded="hidden" if style.code else None)
    around = shown_text(style.code)
    if around is None:
        # The format of a number does not concern a text, unless it has a section for texts.
        doubt = {"variant": "format", "form": style.code} if "@" in style.code else None
        return Content(text, is_text=True, doubt=doubt)
    before, behind = around
    return Content((*_runs(before), *text, *_runs(behind)), is_text=True)


def _runs(words: str) -> RichText:
    return (Run(words),) if words.strip() else ()


def _decimal(words: str) -> Decimal | None:
    """A number as it is stored; None for no number that Excel holds."""
    try:
        number = Decimal(words)
        return number if number.is_finite() and abs(number.adjusted()) <= 308 else None
    except InvalidOperation:
        return None


def _day_of(words: str, *, from_1904: bool) -> Decimal | None:
    """The number of a day that is stored as 2019-03-01T00:00:00."""
    try:
        passed = datetime.fromisoformat(words.removesuffix("Z")).replace(tzinfo=None) - _DAY_0[from_1904]
    except ValueError:
        return None
    return passed.days + Decimal(passed.seconds) / 86_400
