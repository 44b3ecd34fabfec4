"""The files to which a page links: 附件：1.申报书.docx. They are listed, and not fetched."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote, urlsplit

from extract.model.record import Attachment
from extract.model.values import Evidence
from extract.pull.html_reader.paragraphs import Paragraph

_FILE = re.compile(r"\.(?:docx?|wps|rtf|odt|ofd|pdf|xlsx?|et|ods|pptx?|zip|rar|7z)\s*$", re.IGNORECASE)


def find_attachments(paragraphs: Sequence[Paragraph]) -> Iterator[Attachment]:
    """Yield the links whose address or words name a document or an archive; each paragraph is a block."""
    for block, paragraph in enumerate(paragraphs, 1):
        for name, address in _files(paragraph):
            place = Evidence(page=None, bbox=None, block=block, quote=name)
            yield Attachment(name=name, address=address, evidence=(place,))


def has_attachment(paragraph: Paragraph) -> bool:
    """Return True if a paragraph links to a file."""
    return any(_files(paragraph))


def _files(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """The words and the address of each link to a file."""
    for address, pieces in groupby(paragraph.pieces, key=lambda piece: piece.link):
        words = "".join(piece.words for piece in pieces).strip()
        if address is not None and words and (_FILE.search(_path(address)) or _FILE.search(words)):
            yield words, address


def _path(address: str) -> str:
    """The path of an address, without what is asked of it: /P020190302.docx?download=1"""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""
