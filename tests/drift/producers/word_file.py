"""A document as a Word file (.docx), with Word's own footnotes, tracked changes, comments, line numbers and watermarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from tests.drift.document import Block, Comment, Document, Furniture, Look, Paragraph, Rules, Run, Table, Watermark
from tests.drift.producers.word_numbers import WordNumbers

PAPER = (11906, 16838)
"""A4 in twentieths of a point."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EVEN = "header_even"


_UNSEEN = {
    "paper": '<w:color w:val="FFFFFF"/>',
    "box": '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
    "tiny": '<w:sz w:val="2"/>',
    "clear": '<w:rStyle w:val="Unseen"/>',
}
"""Word draws nothing where it is told to hide words, so a style has the colour of the paper."""


def word_file(document: Document, font: str) -> bytes:
    """The bytes of the file, set in the font of that name."""
    notes: list[str] = []
    numbers = WordNumbers(with_levels=document.look.automatic == "levels")
    heads = [document.head, *(one.head for one in document.paragraphs if one.head)]
    parts = {
        "document": _part("document", f"<w:body>{_body(document, notes, numbers)}</w:body>"),
        "styles": _part("styles", _styles(document.look, font)),
        "settings": _part("settings", "<w:evenAndOddHeaders/>" if document.even_head else ""),
        "footnotes": _part("footnotes", _footnotes([] if document.look.typed_notes else notes, document.look)),
        **{f"header{at or ''}": _part("hdr", _header(document, head, font)) for at, head in enumerate(heads)},
        **({_EVEN: _part("hdr", _header(document, document.even_head, font))} if document.even_head else {}),
        "footer": _part("ftr", _furniture(document.foot, document.look)),
        "numbering": _part("numbering", numbers.definitions()),
        "comments": _part("comments", _comments(document.comments)),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relationships([("officeDocument", "officeDocument", "word/document.xml")]))
        targets = ((name, _kind(name), f"{name}.xml") for name in parts if name != "document")
        archive.writestr("word/_rels/document.xml.rels", _relationships(targets))
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return target.getvalue()


def _part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_NAMESPACES}>{content}</w:{root}>'


def _kind(part: str) -> str:
    """What a part is: document, styles, header for each of the heads."""
    return "header" if part.startswith("header") else part


def _content_types(parts: Iterable[str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{_kind(name).replace("document", "document.main")}+xml"/>'
        for name in parts
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return f'<Types xmlns="{types}"><Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'


def _relationships(rows: Iterable[tuple[str, str, str]]) -> str:
    """The identifier, the kind and the file of each part."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    written = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in rows
    )
    return f'<Relationships xmlns="{package}">{written}</Relationships>'


def _styles(look: Look, font: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    size = f'<w:sz w:val="{round(look.size * 2)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    spacing = f'<w:spacing w:line="{round(look.leading * look.size * 20)}" w:lineRule="exact"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    )


def _body(document: Document, notes: list[str], numbers: WordNumbers) -> str:
    """All blocks, in a section of the file for each stretch of them with as many columns as stand there, or another head."""
    parts: list[str] = []
    *sections, (last_spans, last_head, last) = _sections(document)
    kind = ""
    for spans, head, blocks in sections:
        parts += [_block(block, document, notes, numbers) for block in blocks[:-1]]
        parts.append(_block(blocks[-1], document, notes, numbers, _section(document, head, spans=spans, kind=kind)))
        kind = '<w:type w:val="continuous"/>' if document.look.columns > 1 else ""
    parts += [_block(block, document, notes, numbers) for block in last]
    parts += [_typed_notes(notes, document.look)] if document.look.typed_notes else []
    return "".join(parts) + _section(document, last_head, spans=last_spans, kind=kind)


def _sections(document: Document) -> list[tuple[bool, int, list[Block]]]:
    """The sections of the file: whether they span all columns, the number of their head, and their blocks."""
    found: list[tuple[bool, int, list[Block]]] = []
    head = 0
    for spans, blocks in document.stretches:
        found.append((spans, head, []))
        for block in blocks:
            if isinstance(block, Paragraph) and block.head:
                head += 1
                found.append((spans, head, []))
            found[-1][2].append(block)
    return [section for section in found if section[2]]


def _columns(look: Look) -> str:
    widths = [round(width * 20) for width in look.column_widths(PAPER[0] / 20 - 2 * look.margin)]
    gutter, rule = round(look.gutter * 20), int(look.gutter_rule)
    cells = "".join(f'<w:col w:w="{width}" w:space="{gutter}"/>' for width in widths)
    return f'<w:cols w:num="{look.columns}" w:sep="{rule}" w:space="{gutter}" w:equalWidth="0">{cells}</w:cols>'


def _section(document: Document, head: int, *, spans: bool, kind: str = "") -> str:
    look, margin = document.look, round(document.look.margin * 20)
    columns = '<w:cols w:num="1"/>' if spans else _columns(look)
    lines = '<w:lnNumType w:countBy="1" w:restart="continuous"/>' if look.line_numbers else ""
    circled = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>' if look.circled_notes else ""
    header, footer = (round((one or Furniture()).edge_in(look) * 20) for one in (document.head, document.foot))
    even = f'<w:headerReference w:type="even" r:id="{_EVEN}"/>' if document.even_head else ""
    even += '<w:footerReference w:type="even" r:id="footer"/>' if document.even_head else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="header{head or ""}"/>'
        f'<w:footerReference w:type="default" r:id="footer"/>{even}'
        f'{circled}{kind}<w:pgSz w:w="{PAPER[0]}" w:h="{PAPER[1]}"/><w:pgMar w:top="{margin}" w:right="{margin}"'
        f' w:bottom="{margin}" w:left="{margin}" w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
        f"{lines}{columns}</w:sectPr>"
    )


def _block(block: Block, document: Document, notes: list[str], numbers: WordNumbers, section: str = "") -> str:
    if isinstance(block, Table):
        return _table(block) + (f"<w:p><w:pPr>{section}</w:pPr></w:p>" if section else "")
    look = document.look
    written = block.runs
    list_place = ""
    if look.automatic and block.kind == "heading" and written[0].change is None:
        list_place, rest = numbers.count(written[0].text)
        written = (replace(written[0], text=rest), *written[1:])
    runs = "".join(_run(run, look, block, notes) for run in written)
    if block.kind == "heading":
        runs += "".join(
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
            for number, comment in enumerate(document.comments)
            if comment.section == block.section
        )
    return f"<w:p><w:pPr>{_form(block, look, list_place)}{section}</w:pPr>{runs}</w:p>"


def _form(block: Paragraph, look: Look, list_place: str) -> str:
    """Page break, list, border, tabs, line pitch, indents and alignment, in the order that the schema wants."""
    width = PAPER[0] - round(look.margin * 40)
    form = "<w:pageBreakBefore/>" if block.starts_page else ""
    form += list_place
    if block.kind == "red":
        form += '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="FF0000"/></w:pBdr>'
    if block.kind == "contents":
        form += f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    form += (
        '<w:overflowPunct w:val="1"/>'  # LibreOffice 7.4 reads it the wrong way round, and loses signs that hang over
    )
    if block.scale != 1:
        form += f'<w:spacing w:line="{round(look.leading * look.size * block.scale * 20)}" w:lineRule="exact"/>'
    first, hanging = (round(characters * look.size * 20) for characters in look.indents(block))
    form += f'<w:ind w:left="{hanging}" {"w:firstLine" if first >= hanging else "w:hanging"}="{abs(first - hanging)}"/>'
    alignment = look.alignment(block)
    return form + f'<w:jc w:val="{"both" if alignment == "justify" else alignment}"/>'


def _run(run: Run, look: Look, block: Paragraph, notes: list[str]) -> str:
    if run.note is not None:
        notes.append(run.note)
        raised = "" if look.level_marks else '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        mark = f'<w:footnoteReference w:id="{len(notes) + 1}"/>'
        if look.typed_notes:
            mark = f"<w:t>{look.mark(len(notes))}</w:t>"
        return f"<w:r>{raised}{mark}</w:r>"
    form = _UNSEEN[run.unseen] if run.unseen else ""
    form += "<w:b/>" if run.bold else ""
    form += "<w:strike/>" if run.change == "struck" else ""
    form += '<w:color w:val="FF0000"/>' if block.kind == "red" else ""
    form += f'<w:sz w:val="{round(look.size * block.scale * 2)}"/>' if block.scale != 1 else ""
    form += f'<w:vertAlign w:val="{run.script}"/>' if run.script else ""
    name = "delText" if run.change == "deleted" else "t"
    pieces = "<w:tab/>".join(
        f'<w:{name} xml:space="preserve">{escape(piece)}</w:{name}>' for piece in run.text.split("\t")
    )
    words = f"<w:r><w:rPr>{form}</w:rPr>{pieces}</w:r>"
    if run.change not in ("deleted", "inserted"):
        return words
    tag = "del" if run.change == "deleted" else "ins"
    return f'<w:{tag} w:id="{900 + len(notes)}" w:author="editor" w:date="2020-01-02T03:04:05Z">{words}</w:{tag}>'


_RULES: dict[Rules, tuple[str, ...]] = {
    "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "three": ("top", "bottom"),
    "none": (),
}


def _edges(names: Sequence[str]) -> str:
    return "".join(f'<w:{name} w:val="single" w:sz="4"/>' for name in names)


def _table(table: Table) -> str:
    widths = [round(share) for share in table.shares(5000)]
    forms = [f'<w:tcW w:w="{width}" w:type="pct"/>' for width in widths] or [""] * len(table.rows[0])
    below = f"<w:tcBorders>{_edges(('bottom',))}</w:tcBorders>" if table.rules == "three" else ""
    rows = [
        "".join(
            f"<w:tc><w:tcPr>{form}{'' if at else below}</w:tcPr><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>"
            for form, cell in zip(forms, row, strict=True)
        )
        for at, row in enumerate(table.rows)
    ]
    head = "<w:trPr><w:tblHeader/></w:trPr>" if table.repeats_heads else ""
    lines = "".join(f"<w:tr>{'' if at else head}{row}</w:tr>" for at, row in enumerate(rows))
    fixed = '<w:tblLayout w:type="fixed"/>' if widths else ""
    grid = "".join(f'<w:gridCol w:w="{2 * width}"/>' for width in widths)
    form = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_edges(_RULES[table.rules])}</w:tblBorders>{fixed}</w:tblPr>'
    form += f"<w:tblGrid>{grid}</w:tblGrid>" if grid else ""
    return f"<w:tbl>{form}{lines}</w:tbl><w:p/>"


def _footnotes(notes: list[str], look: Look) -> str:
    rules = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    raised = f'<w:rPr><w:sz w:val="{round(look.size * 1.5)}"/><w:vertAlign w:val="superscript"/></w:rPr>'
    signs = (look.sign(at)[1] for at in range(1, len(notes) + 1))
    return rules + "".join(
        f'<w:footnote w:id="{number}">{_note(f"<w:r>{raised}<w:footnoteRef/></w:r>", behind + note, look)}</w:footnote>'
        for number, (behind, note) in enumerate(zip(signs, notes, strict=True), 2)
    )


def _note(mark: str, words: str, look: Look) -> str:
    """A note behind its mark."""
    small = f'<w:rPr><w:sz w:val="{round(look.size * 1.5)}"/></w:rPr>'
    spacing = f'<w:spacing w:line="{round(look.note_leading * 180)}" w:lineRule="auto"/>'
    return f'<w:p><w:pPr>{spacing}</w:pPr>{mark}<w:r>{small}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def _typed_notes(notes: list[str], look: Look) -> str:
    """Notes that are typed as paragraphs below a short rule: Word's own begin with their numbers."""
    if not notes:
        return ""
    rule = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1"/></w:pBdr><w:ind w:right="6000"/>'
    rows = [f'<w:p><w:pPr>{rule}<w:rPr><w:sz w:val="4"/></w:rPr></w:pPr></w:p>']
    small = f'<w:rPr><w:sz w:val="{round(look.size * 1.5)}"/><w:vertAlign w:val="superscript"/></w:rPr>'
    for number, note in enumerate(notes, 1):
        mark, behind = look.sign(number)
        rows.append(_note(f"<w:r>{small}<w:t>{mark}</w:t></w:r>", behind + note, look))
    return "".join(rows)


def _comments(comments: Sequence[Comment]) -> str:
    return "".join(
        f'<w:comment w:id="{number}" w:author="editor"><w:p><w:r><w:t>{escape(comment.text)}</w:t></w:r></w:p></w:comment>'
        for number, comment in enumerate(comments)
    )


def _header(document: Document, head: Furniture | None, font: str) -> str:
    mark = f"<w:p><w:r>{_watermark(document.watermark, font)}</w:r></w:p>" if document.watermark else ""
    return mark + _furniture(head, document.look)


def _furniture(furniture: Furniture | None, look: Look) -> str:
    """A line with its left, middle and right part, set by tabs."""
    if furniture is None:
        return "<w:p><w:pPr><w:suppressLineNumbers/></w:pPr></w:p>"
    width = PAPER[0] - round(look.margin * 40)
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    small = f'<w:rPr><w:sz w:val="{round(look.size * furniture.scale * 2)}"/></w:rPr>'
    pitch = f'<w:spacing w:line="{round(look.size * max(furniture.scale, 0.75) * 1.3 * 20)}" w:lineRule="exact"/>'
    parts = f"<w:r>{small}<w:tab/></w:r>".join(_with_fields(part, small) for part in furniture.places)
    return (
        f"<w:p><w:pPr><w:suppressLineNumbers/>{tabs}{pitch if furniture.edge is not None else ''}</w:pPr>{parts}</w:p>"
    )


def _with_fields(template: str, form: str) -> str:
    """The words, with Word's fields for the page and the number of pages."""
    words = f'<w:r>{form}<w:t xml:space="preserve">{escape(template)}</w:t></w:r>'
    for slot, field in (("{n}", "PAGE"), ("{total}", "NUMPAGES")):
        counted = f'<w:fldSimple w:instr="{field}"><w:r>{form}<w:t>1</w:t></w:r></w:fldSimple>'
        words = words.replace(slot, f'</w:t></w:r>{counted}<w:r>{form}<w:t xml:space="preserve">')
    return words


def _watermark(mark: Watermark, font: str) -> str:
    """Word's own kind of watermark: WordArt behind the text of each page."""
    place = "mso-position-{0}:center;mso-position-{0}-relative:margin"
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:400pt;height:80pt;rotation:{-mark.angle % 360};z-index:-251658752;"
        f"{place.format('horizontal')};{place.format('vertical')}"
    )
    return (
        '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape type="#_x0000_t136" style="{style}" fillcolor="silver" stroked="f">'
        f'<v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string="{escape(mark.text)}"/></v:shape></w:pict>'
    )
