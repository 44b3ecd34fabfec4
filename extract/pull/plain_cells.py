"""All words of an Excel file by other means than its reader: the standard library, its numbers and its calendar.

A number is written in each way in which its format may show it, so that a quote is among them whichever it is.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree

from extract.pull.xlsx_reader.format_codes import BUILT_IN

_SHEET = re.compile(r"xl[/\\](?:worksheets|drawings)[/\\][^/\\]+\.xml", re.IGNORECASE)
_MARKS = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[\$([^-\]]*)[^\]]*\]|\[[^\]]*\]|@')
_DIGITS = re.compile(r"[#0?][#0?,.]*|General|G/通用格式")
_TYPED_POINT = re.compile(r"[\\!]\.")
_OF_DATES = re.compile("[ymdhs]", re.IGNORECASE)
_FROM_1900, _FROM_1904, _AFTER_ALL_DAYS = datetime(1899, 12, 30), datetime(1904, 1, 1), 2_958_466
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def words_of_workbook(data: bytes) -> str:
    """The words of all cells and text boxes; no two figures stand side by side."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        strings = [_text(one) for one in _children(archive, parts.get("xl/sharedstrings.xml"), "si")]
        codes = list(_codes(archive, parts.get("xl/styles.xml")))
        properties = _children(archive, parts.get("xl/workbook.xml"), "workbookPr")
        from_1904 = any(one.get("date1904") in ("1", "true") for one in properties)
        words = []
        for part in filter(_SHEET.fullmatch, archive.namelist()):
            for element in ElementTree.fromstring(archive.read(part)).iter():
                kind = _name(element)
                if kind == "row" and element.get("hidden") not in ("1", "true"):
                    words += [one for cell in element for one in _cell(cell, strings, codes, from_1904=from_1904)]
                elif kind == "p":
                    words.append("".join(one.text or "" for one in element.iter() if _name(one) == "t"))
        return "|".join(words)


def _children(archive: zipfile.ZipFile, part: str | None, name: str) -> Iterator[ElementTree.Element]:
    root = ElementTree.fromstring(archive.read(part)) if part else ()
    return (one for one in root if _name(one) == name)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _codes(archive: zipfile.ZipFile, part: str | None) -> Iterator[str]:
    """The code of the number format of each style."""
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for formats in _children(archive, part, "numFmts"):
        codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in formats}
    for styles in _children(archive, part, "cellXfs"):
        yield from (codes.get(one.get("numFmtId", "0"), "") for one in styles)


def _text(element: ElementTree.Element) -> str:
    """The words of a string without readings (rPh) and what is struck out."""
    words = []
    for child in element:
        if _name(child) == "t":
            words.append(child.text or "")
        elif _name(child) == "r" and not _is_struck(child):
            words += [one.text or "" for one in child if _name(one) == "t"]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(words))


def _is_struck(run: ElementTree.Element) -> bool:
    forms = [form for child in run if _name(child) == "rPr" for form in child]
    return any(_name(form) == "strike" and form.get("val", "1") not in ("0", "false") for form in forms)


def _cell(cell: ElementTree.Element, strings: Sequence[str], codes: Sequence[str], *, from_1904: bool) -> list[str]:
    """The words of a cell, in each way in which it may show them."""
    stored = {_name(child): child for child in cell}
    words, kind = (stored["v"].text or "") if "v" in stored else "", cell.get("t", "n")
    style = int(cell.get("s") or 0)
    code = codes[style] if style < len(codes) else "General"
    if "is" in stored:
        return _around(_text(stored["is"]), code)
    if kind == "s":
        return _around(strings[int(words)], code) if words else []
    if kind in ("str", "e"):
        return _around(words or f"={stored['f'].text}" if "f" in stored else words, code)
    if kind == "b":
        return ["TRUE" if words == "1" else "FALSE"]
    return [words, *_ways(words, code, from_1904=from_1904)] if words else []


def _around(words: str, code: str) -> list[str]:
    """A text, and with what its format has around it."""
    return [words, _MARKS.sub(lambda mark: words if mark[0] == "@" else mark[1] or mark[2] or "", code.split(";")[-1])]


def _ways(words: str, code: str, *, from_1904: bool) -> Iterator[str]:
    """The ways in which a format may show a number."""
    try:
        number = Decimal(words) if "T" not in words else Decimal((datetime.fromisoformat(words) - _FROM_1900).days)
        yield f"{float(number):.10g}"
    except (ValueError, InvalidOperation):
        return
    for section in code.split(";"):
        if _OF_DATES.search(_MARKS.sub("", section)) and 0 < number < _AFTER_ALL_DAYS:
            yield from _dates((_FROM_1904 if from_1904 else _FROM_1900) + timedelta(days=float(number)))
        yield from _figures(abs(number), section)


def _figures(number: Decimal, section: str) -> Iterator[str]:
    """A number in the digits of a section, with the words around them; 0!.0, has a point that is typed in."""
    typed = _TYPED_POINT.sub(".", section)
    plain = _MARKS.sub(lambda mark: mark[1] or mark[2] or mark[3] or "", typed)
    digits = _DIGITS.search(plain)
    if digits is None:
        yield plain
        return
    if digits[0].startswith("G"):
        yield digits.re.sub(f"{float(number):.10g}", plain)
        return
    form = digits[0].rstrip(",")
    places = len(form.partition(".")[2])
    scaled = number.scaleb(2 * plain.count("%") - 3 * (len(digits[0]) - len(form)) - places * (typed != section))
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    for figure in (f"{rounded:,f}", f"{rounded:f}", f"{rounded.normalize():f}"):
        yield plain[: digits.start()] + figure + plain[digits.end() :]


def _dates(day: datetime) -> Iterator[str]:
    """A day as it may be written; what stands between its figures is whatever the format has."""
    year, month, date = day.year, day.month, day.day
    yield from (f"{year}年{month}月{date}日", f"{year}/{month}/{date}", f"{year}-{month:02}-{date:02}")
    yield from (f"{year}.{month}.{date}", f"{year}年{month:02}月{date:02}日", f"{year}/{month:02}/{date:02}")
    yield from (day.strftime(form) for form in ("%H:%M:%S", "%I:%M", "%H时%M分%S秒"))
