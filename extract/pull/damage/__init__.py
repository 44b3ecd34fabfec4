"""Detect damage in a PDF that readers pass over silently: streams that do not decode fully, pages left out of the tree.

Both readers turn a damaged stream into an empty or shortened page, so comparing them does not reveal it.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import PSException, PSLiteral

from extract.limits import Limits, raise_limit_passed
from extract.model.findings import FindingDraft, finding
from extract.model.stages import Annotation
from extract.pull.annotations import document_annotations
from extract.pull.damage.page_commands import Scan, scan
from extract.pull.damage.stream_decoding import StreamDecoder, bounded_decoding
from extract.pull.reading import Damage, Fault

_PAGE = re.compile(rb"/Type\s*/Page\b")
_OBJECT = re.compile(rb"\b(\d{1,8})\s+\d{1,5}\s+obj\b")
_MAX_NAME_LENGTH = 20  # characters of a name in a message
_MAX_OBJECTS_NAMED = 5  # objects in a finding
_MAX_OBJECT_HEAD = 4000  # bytes from the start of an object to its /Type /Page
_UNREADABLE = (PDFException, PSException, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def examine(
    data: bytes, limits: Limits, password: str | None
) -> tuple[tuple[FindingDraft, ...], tuple[Annotation, ...]]:
    """Find the damage of a PDF that PDFium reads alone, and the annotations on its pages. Raises LimitPassed."""
    streams = StreamDecoder(limits)
    with bounded_decoding(streams):
        try:
            document = PDFDocument(PDFParser(io.BytesIO(data)), password=password or "")
            pages = document_pages(document, limits)
            return find_damage(document, pages, data, streams), document_annotations(pages)
        except _UNREADABLE as error:
            why = str(error) or type(error).__name__
            return (finding("file-damaged", variant="unopened", detail=why),), ()


def find_damage(
    document: PDFDocument, pages: Sequence[PDFPage], data: bytes, streams: StreamDecoder
) -> tuple[FindingDraft, ...]:
    """Find the damage of an opened PDF, independently of the reader. Raises LimitPassed."""
    scans: dict[Any, Scan] = {}
    found = {number: _damage_of_page(page, streams, scans) for number, page in enumerate(pages, 1)}
    return damage_findings(found, _damage_of_tree(document, data, pages, streams))


def document_pages(document: PDFDocument, limits: Limits) -> list[PDFPage]:
    """List the pages of a document before any is read. Raises LimitPassed if there are too many.

    Page labels, which may be damaged, are dropped, and an invalid MediaBox is replaced by pdfminer's default.
    """
    document.catalog.pop("PageLabels", None)
    pages = list(islice(PDFPage.create_pages(document), limits.pages + 1))
    if len(pages) > limits.pages:
        raise_limit_passed("pages", limits)
    for page in pages:
        box = resolve1(page.attrs.get("MediaBox"))
        numbers = [resolve1(edge) for edge in box] if isinstance(box, list) else []
        if len(numbers) != 4 or not all(isinstance(edge, int | float) for edge in numbers):
            page.attrs["MediaBox"] = list(page.mediabox)  # what pdfminer takes in its offset, and PDFium too
    return pages


def _damage_of_page(page: PDFPage, streams: StreamDecoder, scans: dict[Any, Scan]) -> list[Damage]:
    """Find the faults of a page, each once; faults found before the page becomes unreadable are kept."""
    found: dict[Damage, None] = {}
    for faults in (_damage_of_streams(page, streams), _damage_of_commands(page, scans)):
        try:
            found.update((fault, None) for fault in faults)
        except _UNREADABLE as error:
            found[Damage(Fault("parts-unreadable", str(error) or type(error).__name__))] = None
    return list(found)


def _damage_of_streams(page: PDFPage, streams: StreamDecoder) -> Iterator[Damage]:
    """Yield the faults of the streams behind a page's text: its commands, its forms and its fonts' tables."""
    for content in page.contents:
        stream = resolve1(content)
        if not isinstance(stream, PDFStream):
            yield Damage(Fault("commands-missing"))
        else:
            yield from _damage(stream, streams, "commands")
    seen: set[int] = set()
    waiting: list[Any] = [page.resources]
    while waiting:
        resources = _table(waiting.pop())
        for name, font in _table(resources.get("Font")).items():
            yield from _damage_of_font(str(name), _table(font), streams)
        for name, thing in _table(resources.get("XObject")).items():
            form = resolve1(thing)
            if isinstance(form, PDFStream) and form.objid not in seen and _is(form.get("Subtype"), "Form"):
                seen.add(form.objid or 0)
                yield from _damage(form, streams, "form", str(name))
                waiting.append(_table(form.get("Resources")))


def _damage_of_commands(page: PDFPage, scans: dict[Any, Scan]) -> Iterator[Damage]:
    """Yield the faults in the commands of a page and of the forms that it draws; `scans` caches finished scans."""
    contents = [stream for content in page.contents if isinstance(stream := resolve1(content), PDFStream)]
    waiting = [(contents, _table(page.resources))]
    seen: set[Any] = set()
    while waiting:
        parts, resources = waiting.pop()
        key = tuple(part.objid for part in parts)
        if key not in scans:
            scans[key] = scan(b"\n".join(part.get_data() for part in parts))
        faults, fonts, drawn = scans[key]
        yield from map(Damage, faults)
        has, things = _table(resources.get("Font")), _table(resources.get("XObject"))
        for name in sorted(fonts):
            if not _table(has.get(name)):
                yield Damage(Fault("font-missing", repr(name[:_MAX_NAME_LENGTH])))
        for name in sorted(drawn):
            thing = resolve1(things.get(name))
            if not isinstance(thing, PDFStream):
                yield Damage(Fault("drawn-missing", repr(name[:_MAX_NAME_LENGTH])))
            elif _is(thing.get("Subtype"), "Form") and thing.objid not in seen:
                seen.add(thing.objid)
                waiting.append(([thing], _table(thing.get("Resources")) or resources))


def _damage_of_tree(
    document: PDFDocument, data: bytes, pages: Sequence[PDFPage], streams: StreamDecoder
) -> list[FindingDraft]:
    """Find the faults of the whole file: pages counted or present but not listed, damaged object streams."""
    found = [
        finding("file-damaged", variant="table", **fault.args())
        for number, fault in streams.faults.items()
        if number not in streams.reported
    ]
    counted = _table(document.catalog.get("Pages")).get("Count")
    if isinstance(counted, int) and counted != len(pages):
        found.append(finding("file-damaged", variant="count", counted=counted, listed=len(pages)))
    listed = {page.pageid for page in pages}
    left_out = [number for number in sorted(_page_objects(document, data)) if number not in listed]
    if left_out:
        objects: list[str | int] = [*left_out[:_MAX_OBJECTS_NAMED], *["…"] * (len(left_out) > _MAX_OBJECTS_NAMED)]
        found.append(finding("file-damaged", variant="unlisted", count=len(left_out), objects=objects))
    return found


def damage_findings(pages: Mapping[int, Sequence[Damage]], file: Sequence[FindingDraft]) -> tuple[FindingDraft, ...]:
    """The findings on the file, and one for each kind of damage, with the pages that have it."""
    pages_of: dict[Damage, list[int]] = {}
    for page, found in pages.items():
        for damage in found:
            pages_of.setdefault(damage, []).append(page)
    return (*file, *(finding("file-damaged", pages=having, **damage.args()) for damage, having in pages_of.items()))


def _damage(stream: PDFStream, streams: StreamDecoder, kind: str, name: str | None = None) -> list[Damage]:
    """Decode a stream and return its fault, if any."""
    try:
        stream.get_data()
    except _UNREADABLE as error:
        return [Damage(Fault("undecoded", str(error)), kind, name)]
    streams.reported.add(stream.objid)
    return [Damage(streams.faults[stream.objid], kind, name)] if stream.objid in streams.faults else []


def _damage_of_font(name: str, font: Mapping[str, Any], streams: StreamDecoder) -> list[Damage]:
    tables = (("ToUnicode", "font-characters"), ("Encoding", "font-encoding"))
    return [
        damage
        for key, kind in tables
        if isinstance(stream := resolve1(font.get(key)), PDFStream)
        for damage in _damage(stream, streams, kind, name)
    ]


def _page_objects(document: PDFDocument, data: bytes) -> set[int]:
    """The numbers of all page objects, listed or not, without those that an incremental update removed."""
    numbers = {
        int(match[1]) for page in _PAGE.finditer(data) for match in _OBJECT.finditer(_object_head(data, page.start()))
    }
    updated = data.count(b"startxref") > 1
    return {number for number in numbers if _is_page(document, number, default=not updated)}


def _object_head(data: bytes, offset: int) -> bytes:
    """The bytes before an offset, back to the end of the preceding object."""
    before = data[max(0, offset - _MAX_OBJECT_HEAD) : offset]
    return before[max(before.rfind(b"endobj"), before.rfind(b"stream")) + 1 :]


def _is_page(document: PDFDocument, number: int, *, default: bool) -> bool:
    """True if an object is a page; `default` is returned for an object in no cross-reference table."""
    try:
        if not any(_leads_to(xref, number) for xref in document.xrefs):
            return default
        return _is(_table(document.getobj(number)).get("Type"), "Page")
    except _UNREADABLE:
        return False


def _leads_to(table: PDFBaseXRef, number: int) -> bool:
    try:
        table.get_pos(number)
    except KeyError:
        return False
    return True


def _table(thing: Any) -> Mapping[str, Any]:
    return dict_value(thing)


def _is(thing: Any, name: str) -> bool:
    return isinstance(thing, PSLiteral) and thing.name == name
