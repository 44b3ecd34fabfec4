"""Forms of files that no reader reads, recognised by their content or named by a suffix: what they are, what to do."""

import codecs
import zipfile
from io import BytesIO
from typing import Literal, NamedTuple

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office files before .docx, and of encrypted ones
_AS_DOCX = "install LibreOffice, which converts it, or save it as .docx"
_AS_XLSX = "install LibreOffice with Calc, which converts it, or save it as .xlsx"
_AS_PDF = "save it as PDF or .docx"
_AS_PICTURE = "save it as PNG, JPEG or PDF"
_UNPACK = "unpack it and name the guide in it"
_HEAD = 1 << 20  # bytes of a part that are looked at


class ForeignForm(NamedTuple):
    """What a file is, and what to do with it.

    `suffix` is that of a form which LibreOffice converts, and `made` the reader of the file that it makes.
    """

    name: str
    remedy: str
    suffix: str | None = None
    made: Literal["docx", "xlsx"] = "docx"

    def __str__(self) -> str:
        return f"{self.name}; {self.remedy}"


_DAMAGED = ForeignForm("a damaged ZIP archive, perhaps a Word file that was cut off", "get the file again")
_STARTS = {
    b"{\\rtf": ForeignForm("an RTF file", _AS_DOCX, ".rtf"),
    b"Rar!\x1a\x07": ForeignForm("an archive (.rar)", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": ForeignForm("an archive (.7z)", _UNPACK),
    b"\x1f\x8b\x08": ForeignForm("an archive (.gz)", _UNPACK),
    b"GIF8": ForeignForm("a picture (.gif)", _AS_PICTURE),
}
_XML = ForeignForm("an XML file", _AS_PDF)
# Word writes documents as XML, too, and so do systems that fill in templates, with the suffix .doc.
_NAMESPACES = {
    b"http://schemas.microsoft.com/office/word/2003/wordml": ForeignForm("a Word file as XML", _AS_DOCX, ".xml"),
    b"http://schemas.microsoft.com/office/2006/xmlPackage": ForeignForm("a Word file as XML", "save it as .docx"),
}
_XML_HEAD = 8192  # bytes within which the namespaces of a document stand
# Streams of an OLE container; an encrypted file has no others, and a Word file may hold a workbook.
_STREAMS = {
    "EncryptedPackage": ForeignForm("an encrypted Office file", "save a copy without a password"),
    "WordDocument": ForeignForm("a Word file of the old form (.doc, .wps)", _AS_DOCX, ".doc"),
    "Workbook": ForeignForm("an Excel file of the old form (.xls, .et)", _AS_XLSX, ".xls", "xlsx"),
    "PowerPoint Document": ForeignForm("a PowerPoint file of the old form (.ppt)", _AS_PDF),
}
# What the parts of a ZIP archive say: the part, and words in it.
_PARTS = {
    ("[Content_Types].xml", b"sheet.binary"): ForeignForm("a binary Excel file (.xlsb)", "save it as .xlsx"),
    ("[Content_Types].xml", b"spreadsheetml"): ForeignForm("an Excel file without a workbook", "save it as .xlsx"),
    ("[Content_Types].xml", b"presentationml"): ForeignForm("a PowerPoint file (.pptx)", _AS_PDF),
    ("mimetype", b"opendocument.text"): ForeignForm("an OpenDocument file (.odt)", _AS_DOCX, ".odt"),
    ("mimetype", b"opendocument.spreadsheet"): ForeignForm("an OpenDocument file (.ods)", _AS_XLSX, ".ods", "xlsx"),
    ("mimetype", b"opendocument"): ForeignForm("an OpenDocument file", _AS_PDF),
    ("mimetype", b"epub"): ForeignForm("an e-book (.epub)", _AS_PDF),
    ("OFD.xml", b""): ForeignForm("an OFD file", "save it as PDF"),
}


# Suffixes of forms that no reader reads, with what they say that a file is.
FOREIGN_SUFFIXES = {
    **dict.fromkeys((".pptx", ".ppt", ".dps"), "a PowerPoint file"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "an archive"),
    **dict.fromkeys((".gif", ".webp", ".bmp"), "a picture"),
    ".ofd": "an OFD file",
    ".epub": "an e-book",
}


def foreign_form(data: bytes) -> ForeignForm | None:
    """Return the form of a file that is neither read nor text; None if it has none of these.

    >>> print(foreign_form(b"{\\\\rtf1 ..."))
    an RTF file; install LibreOffice, which converts it, or save it as .docx
    """
    if data.startswith(b"PK\3\4"):
        return _archive(data)
    if data.startswith(_OLE):
        found = (form for stream, form in _STREAMS.items() if stream.encode("utf-16-le") in data)
        return next(found, ForeignForm("an Office file of an old form", _AS_PDF))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ForeignForm("a picture (.webp)", _AS_PICTURE)
    if data[:_XML_HEAD].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<?xml"):
        return next((form for name, form in _NAMESPACES.items() if name in data[:_XML_HEAD]), _XML)
    return next((form for start, form in _STARTS.items() if data.startswith(start)), None)


def _archive(data: bytes) -> ForeignForm:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            for (part, words), form in _PARTS.items():
                if part in names and words in _head(archive, part):
                    return form
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError):
        return _DAMAGED
    return ForeignForm("an archive (.zip)", _UNPACK)


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as opened:
            return opened.read(_HEAD)
    except (RuntimeError, NotImplementedError, EOFError):  # encrypted, packed in an unknown way, cut off
        return b""
