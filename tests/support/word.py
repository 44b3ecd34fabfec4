"""Small Word files, made of the XML of their parts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_ROOTS = {"header1": "hdr", "footer1": "ftr"}


def word_file(body: str, **parts: str) -> bytes:
    """A file with this body, and parts by their names: numbering, styles, footnotes, header1 …"""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "word/document.xml")}))
        related = {name: (name.rstrip("0123456789"), f"{name}.xml") for name in parts}
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", part(_ROOTS.get(name, name), content))
    return target.getvalue()


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{content}</w:{root}>'


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _content_types(parts: dict[str, str]) -> str:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    named = {"document": "document.main", **{name: name.rstrip("0123456789") for name in parts}}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in named.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return f'<Types xmlns="{types}"><Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'


def _relations(related: dict[str, tuple[str, str]]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rows = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for key, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{package}">{"".join(rows)}</Relationships>'
