"""Typst, the typesetter, from its Python package."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.drift.document import Block, Document, Furniture, Look, Paragraph, Run, Table

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL SungtiL GB", "WenQuanYi Zen Hei")
_UNSEEN = {
    "paper": "#text(white)[{}]",
    "box": "#highlight(fill: black, text(black)[{}])",
    "tiny": "#text(1pt)[{}]",
    "clear": "#text(rgb(0, 0, 0, 0))[{}]",
}
_PLACES = ("left", "center", "right")


def missing() -> str | None:
    """Name the package that is not there."""
    return None if find_spec("typst") else "typst is not installed"


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Compile each document."""
    import typst

    targets = [folder / f"{number:04d}.pdf" for number in range(len(documents))]
    for target, document in zip(targets, documents, strict=True):
        source = target.with_suffix(".typ")
        source.write_text(markup(document), "utf-8")
        typst.compile(str(source), output=str(target))
    return targets


def markup(document: Document) -> str:
    """The document in Typst's language."""
    look, opening = document.look, document.opening
    blocks = [_block(block, look) for block in document.blocks]
    if look.columns == 1 or _has_page_columns(document):
        return "\n".join([*_settings(document), *blocks])
    columns = (f"#columns({look.columns}, gutter: {look.gutter}pt)[", *blocks[opening:], "]")
    return "\n".join([*_settings(document), *blocks[:opening], *columns])


def _has_page_columns(document: Document) -> bool:
    """True if whole pages have columns: a page cannot begin within columns that stand on one."""
    below = document.blocks[document.opening :]
    return document.in_frames or any(isinstance(block, Paragraph) and block.starts_page for block in below)


def _settings(document: Document) -> list[str]:
    look = document.look
    columns = look.columns if _has_page_columns(document) else 1
    around = [
        f"{name}: {_furniture(one, look)}"
        for name, one in (("header", document.head), ("footer", document.foot))
        if one
    ]
    if document.even_head:
        odd, even = (_furniture(one or Furniture(), look) for one in (document.head, document.even_head))
        around[: bool(document.head)] = [f"header: context if calc.odd(here().page()) {{ {odd} }} else {{ {even} }}"]
    for name, one in (("header-ascent", document.head), ("footer-descent", document.foot)):
        if one and one.edge is not None:
            around.append(f"{name}: {look.margin - one.edge - look.size * one.scale}pt")
    if document.watermark:
        mark = document.watermark
        words = f"text({look.size * mark.scale}pt, fill: luma(205), {_string(mark.text)})"
        around.append(f"background: rotate({-mark.angle}deg, {words})")
    return [
        f'#set page(paper: "a4", margin: {look.margin}pt, columns: {columns}{"".join(", " + one for one in around)})',
        f"#set columns(gutter: {look.gutter}pt)",
        f'#set text(font: {_string(FONTS[look.font % len(FONTS)])}, size: {look.size}pt, lang: "zh", region: "cn")',
        f"#set par(justify: {str(look.justified).lower()}, leading: {look.leading - 1:.2f}em, spacing: {look.leading - 1:.2f}em)",
        f"#set footnote(numbering: {_string(look.note_mark.format('①' if look.circled_notes else '1'))})",
        f"#show footnote.entry: set par(leading: {look.note_leading - 1:.2f}em)",
        f'#set par.line(numbering: "1", number-margin: {look.line_numbers})' if look.line_numbers else "",
    ]


def _furniture(furniture: Furniture, look: Look) -> str:
    cells = (f"align({place}, {_counted(part)})" for place, part in zip(_PLACES, furniture.places, strict=True))
    return f"context text({look.size * furniture.scale}pt, grid(columns: (auto, 1fr, auto), {', '.join(cells)}))"


def _counted(template: str) -> str:
    """The words as an expression that counts pages."""
    words = _string(template).replace("{n}", '" + str(counter(page).get().first()) + "')
    return words.replace("{total}", '" + str(counter(page).final().first()) + "')


def _table(table: Table) -> str:
    first, *others = (", ".join(f"[#{_string(cell)}]" for cell in row) for row in table.rows)
    shares = ", ".join(f"{share:.2f}fr" for share in table.shares(100))
    columns = f"({shares})" if shares else len(table.rows[0])
    rule = ["table.hline()"] if table.rules == "three" else []
    first = ", ".join([*rule, first, *rule])
    head = f"table.header({first})" if table.repeats_heads else first
    stroke = "" if table.rules == "all" else "stroke: none, "
    return f"#table(columns: {columns}, {stroke}{', '.join([head, *others, *rule])})"


def _block(block: Block, look: Look) -> str:
    if isinstance(block, Table):
        return _table(block)
    first, hanging = look.indents(block)
    words = "".join(map(_run, block.runs))
    if block.scale != 1:
        words = f"#text({look.size * block.scale}pt)[{words}]"
    if block.kind == "red":
        words = f"#text(red)[{words}]"
    if block.kind == "contents":
        entry, _, page = block.text.partition("\t")
        words = f"#{_string(entry)}#box(width: 1fr, repeat[.])#{_string(page)}"
    alignment = look.alignment(block).replace("justify", "left")
    indents = f"#set par(first-line-indent: (amount: {first}em, all: true), hanging-indent: {hanging}em)"
    paragraph = f"#[\n#set align({alignment})\n{indents}\n{words}\n\n]"
    rule = "\n#line(length: 100%, stroke: 1.5pt + red)" if block.kind == "red" else ""
    if block.head:
        return f"#set page(header: {_furniture(block.head, look)})\n{paragraph}"  # begins a page
    return ("#pagebreak(weak: true)\n" if block.starts_page else "") + paragraph + rule


def _run(run: Run) -> str:
    if run.note is not None:
        return f"#footnote[#{_string(run.note)}]"
    words = f"#{_string(run.text)}"
    if run.bold:
        words = f'#text(weight: "bold")[{words}]'
    if run.script:
        words = f"#{'super' if run.script == 'superscript' else 'sub'}(typographic: false)[{words}]"
    if run.unseen:
        words = _UNSEEN[run.unseen].format(words)
    if run.change in ("struck", "deleted"):
        words = f"#strike[{words}]"
    return f"#underline[{words}]" if run.change == "inserted" else words


def _string(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
