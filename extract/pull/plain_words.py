"""All words of a Word or Excel file or a web page, by other means than its reader: parsers of the standard library.

`verify` asks for them. They know nothing of blocks, styles, automatic numbers or the article, so a quote that the
reader made up or put together is not among them.
"""

import zipfile
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

from extract.model.record import Reader
from extract.pull.office.package import is_office_file
from extract.pull.plain_cells import words_of_workbook

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_GONE = frozenset({"del", "moveFrom", "instrText", "delText"})
_STRUCK = frozenset({"strike", "dstrike", "vanish"})
_OFF = ("0", "false", "off")
_NO_TEXT = frozenset({"script", "style", "template", "del", "s", "strike", "rt", "rp"})


def plain_words(reader: Reader, data: bytes, name: str) -> str | None:
    """The words of a readable file; None for a form that other readers confirm, or that is converted."""
    if reader == "docx" and is_office_file("Word", data):
        return _words_of_word_file(data)
    if reader == "xlsx" and is_office_file("Excel", data):
        return words_of_workbook(data)
    if reader == "html":
        from extract.pull.html_reader.page import decode_file

        parser = _WordsOfPage()
        parser.feed(decode_file(data, name).text)
        return "".join(parser.words)
    return None


def _words_of_word_file(data: bytes) -> str:
    """The words of the parts that a Word file keeps under their usual names."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in _PARTS if name in archive.namelist()]
        return "\n".join(_words_of_element(ElementTree.fromstring(archive.read(name))) for name in names)


def _words_of_element(element: ElementTree.Element) -> str:
    """The words of an element: those in w:t and m:t that no change deletes and nothing strikes out or hides."""
    words: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        kind = one.tag.rpartition("}")[2]
        if kind == "t":
            words.append(one.text or "")
        elif kind not in _GONE and not (kind == "r" and _is_out(one)):
            waiting += reversed(one)
    return "".join(words)


def _is_out(run: ElementTree.Element) -> bool:
    """True for a run whose own form strikes it out or hides it."""
    forms = [form for child in run if child.tag.endswith("}rPr") for form in child]
    return any(
        form.tag.rpartition("}")[2] in _STRUCK
        and next((value for key, value in form.attrib.items() if key.endswith("}val")), "1") not in _OFF
        for form in forms
    )


class _WordsOfPage(HTMLParser):
    """Collects the words of a web page, without those that are struck out or no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_TEXT:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            del self._within[self._within.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.words.append(data)
