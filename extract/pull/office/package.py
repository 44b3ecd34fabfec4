"""Open the package of an Office file: a ZIP archive of parts in XML that name one another in lists of relationships.

python-docx reads every part, pictures too, and refuses a package that names a part which it lacks, as some converters
write it; openpyxl refuses one that is named in other letters (SharedStrings.xml). Here only the parts with words are
unpacked, and what is missing is left out.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Literal, NamedTuple

from lxml import etree

from extract.errors import UnreadableGuide
from extract.limits import MIB, Limits, raise_limit_passed

Element = etree._Element
Program = Literal["Word", "Excel"]

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPES: dict[Program, tuple[bytes, ...]] = {
    "Word": (b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml",
             b"wordprocessingml.template.main+xml", b"ms-word.template.macroEnabledTemplate.main+xml"),
    "Excel": (b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml",
              b"spreadsheetml.template.main+xml", b"ms-excel.template.macroEnabled.main+xml"),
}  # fmt: skip
_HEAD = 1 << 20  # bytes of the list of types that are looked at
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
# The names of ISO 29500 Strict, which Word writes on request, and those of every other file.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


class Relation(NamedTuple):
    """What a part names: the kind, the last word of its type, and the part's own name; None if it is outside."""

    kind: str
    part: str | None


class OfficePackage:
    """The parts of a file of an Office program, each read when it is asked for.

    Raises UnreadableGuide where one is damaged.
    """

    def __init__(self, program: Program, data: bytes, name: str, limits: Limits) -> None:
        self._program = program
        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise self.damaged(error) from None
        if sum(part.file_size for part in self._archive.infolist()) > limits.size * MIB:
            raise_limit_passed("size", limits)
        self._parts = {_folded(part.filename): part for part in self._archive.infolist()}
        self.main = next((one.part for one in self.relations("").values() if one.kind == "officeDocument"), None)
        if self.main is None:
            raise self.damaged("it names no document")

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part names, by the ids of the relationships; "" is the package."""
        folder, base = posixpath.split(part)
        listed = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {} if listed is None else dict(_relations(listed, folder))

    def related(self, kind: str) -> Element | None:
        """The part of a kind that the document names: styles, numbering, footnotes; None if there is none."""
        named = self.relations(self.main or "").values()
        return next((self.tree(one.part) for one in named if one.kind == kind and one.part), None)

    def related_to(self, part: str, kind: str) -> Iterator[str]:
        """The names of the parts of a kind that a part names."""
        return (one.part for one in self.relations(part).values() if one.kind == kind and one.part)

    def tree(self, part: str) -> Element | None:
        """The root of a part; None if the package lacks it. Nothing that it names outside itself is resolved."""
        content = self._content(part)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._malformed(part, error) from None
        self._refuse_entities(part, root)
        return root

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of a part with these tags as they end, and forget them: a sheet may have millions.

        One that holds others is yielded after them, and empty. None where the package lacks the part.
        """
        content = self._content(part) or b""
        if not content:
            return
        found = etree.iterparse(
            BytesIO(content), tag=tags, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            for number, (_, element) in enumerate(found):
                if number == 0:
                    self._refuse_entities(part, element)
                yield element
                element.clear()
                above = element.getparent()
                while above is not None and element.getprevious() is not None:
                    del above[0]
        except etree.XMLSyntaxError as error:
            raise self._malformed(part, error) from None

    def has(self, part: str) -> bool:
        return _folded(part) in self._parts

    def _content(self, part: str) -> bytes | None:
        """The bytes of a part, with the usual names of its elements; None if the package lacks it."""
        stored = self._parts.get(_folded(part))
        if stored is None:
            return None
        try:
            content = self._archive.read(stored)
        except _BROKEN as error:
            raise self.damaged(f"{part}: {error}") from None
        if b"http://purl.oclc.org/" in content:
            for strict, usual in _STRICT.items():
                content = content.replace(strict, usual)
        return content

    def _malformed(self, part: str, error: etree.XMLSyntaxError) -> Exception:
        if "ERR_NO_MEMORY" in str(error.error_log):
            return MemoryError()
        return self.damaged(f"{part}: {error.msg}")

    def _refuse_entities(self, part: str, element: Element) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            raise self.damaged(f"{part}: it declares entities, as no {self._program} file does")

    def damaged(self, detail: object) -> UnreadableGuide:
        """The error of a file in which something is wrong."""
        return UnreadableGuide(f"{self._name}: damaged {self._program} file ({detail}); get the file again")


def _folded(part: str) -> str:
    """The name of a part as it is compared: without difference of letters, and of the slashes that Windows writes."""
    return part.replace("\\", "/").lstrip("/").lower()


def _relations(listed: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for one in listed:
        target, is_outside = one.get("Target", ""), one.get("TargetMode") == "External"
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield one.get("Id", ""), Relation(one.get("Type", "").rpartition("/")[2], None if is_outside else part)


def is_office_file(program: Program, data: bytes) -> bool:
    """True for a package whose main part is a document of the program, whatever its name."""
    if not data.startswith(b"PK\3\4"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_CONTENT_TYPES) as types:
            head = types.read(_HEAD)
    except (KeyError, *_BROKEN):
        return False
    return any(kind in head for kind in _MAIN_TYPES[program])
