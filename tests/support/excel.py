"""Small Excel files, made of the XML of their parts as Excel and WPS write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def excel_file(
    *sheets: str | tuple[str, str],
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    related: Mapping[str, str] = {},
    kind: str = "worksheet",
) -> bytes:
    """A file of sheets: each the content of <worksheet>, perhaps with the attributes by which the workbook names it.

    `workbook` stands before the list of sheets, `related` are parts that the first sheet names, by their kinds.
    """
    named = [one if isinstance(one, tuple) else (one, "") for one in sheets]
    names = {f"rId{number}": (kind, f"worksheets/sheet{number}.xml") for number in range(1, len(named) + 1)}
    listed = "".join(
        f'<sheet sheetId="{number}" r:id="rId{number}" {attributes or _name(number)}/>'
        for number, (_, attributes) in enumerate(named, 1)
    )
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        parts = {"strings": ("sharedStrings", "sharedStrings.xml"), "styles": ("styles", "styles.xml")}
        archive.writestr("xl/_rels/workbook.xml.rels", _relations({**names, **parts}))
        archive.writestr("xl/workbook.xml", part("workbook", f"{workbook}<sheets>{listed}</sheets>"))
        archive.writestr("xl/sharedStrings.xml", part("sst", strings))
        archive.writestr("xl/styles.xml", part("styleSheet", styles))
        for number, (content, _) in enumerate(named, 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", part("worksheet", content))
        if related:
            beside = {name: (name, f"../{name}1.xml") for name in related}
            archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", _relations(beside))
            for name, content in related.items():
                archive.writestr(f"xl/{name}1.xml", content)
    return target.getvalue()


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}/relationships">{content}</{root}>'


def data(*rows: str) -> str:
    """The rows of a sheet, each of which has its cells."""
    return f"<sheetData>{''.join(row if row.startswith('<row') else f'<row>{row}</row>' for row in rows)}</sheetData>"


def text(words: str, attributes: str = "") -> str:
    """A cell with its words in it."""
    return f'<c t="inlineStr" {attributes}><is><t xml:space="preserve">{words}</t></is></c>'


def texts(*words: str, attributes: str = "") -> str:
    """The cells of a row; one without words is empty."""
    return "".join(text(one, attributes) if one else f"<c {attributes}/>" for one in words)


def number(value: object, attributes: str = "") -> str:
    return f"<c {attributes}><v>{value}</v></c>"


def formats(*codes: str | int) -> str:
    """The styles of a file in which the cells s="1", s="2" … have these number formats."""
    own = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{_quoted(code)}"/>'
        for place, code in enumerate(codes)
        if isinstance(code, str)
    )
    ids = [code if isinstance(code, int) else 164 + place for place, code in enumerate(codes)]
    xfs = "".join(f'<xf numFmtId="{one}"/>' for one in (0, *ids))
    return f"<numFmts>{own}</numFmts><cellXfs>{xfs}</cellXfs>"


def rewritten(file: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A file with its parts renamed, changed, or left out."""
    target = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            changed = change(name, source.read(name))
            if changed is not None:
                archive.writestr(*changed)
    return target.getvalue()


def _quoted(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _name(number: int) -> str:
    return f'name="Sheet{number}"'


def _content_types() -> str:
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    main = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{main}</Types>'


def _relations(related: Mapping[str, tuple[str, str]]) -> str:
    rows = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for key, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'
