"""Web pages through Chromium's print to PDF, one browser for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from tests.drift.document import Block, Document, Furniture, Look, Run, Table

PROGRAM = Path("/usr/bin/chromium")
PAGES = Path(__file__).with_name("pages.js")
PAPER_HEIGHT = 841.89
BROWSERS_EDGE = 11.3  # points from the edge of the paper to what the browser prints there
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL SungtiL GB", "WenQuanYi Zen Hei")
_CHANGES = {"struck": "s", "deleted": "del", "inserted": "ins"}
_UNSEEN = {
    "paper": "color: #fff",
    "box": "color: #000; background: #000",
    "tiny": "font-size: 1px",
    "clear": "opacity: 0.01",  # what is quite clear is not drawn
}
_LABEL = re.compile("[\u4e00-\u9fff]{2,14}[：:]")
_COUNTERS = {"n": "page", "total": "pages"}
_PAGES = {"{n}": '<span class="pageNumber"></span>', "{total}": '<span class="totalPages"></span>'}


def missing() -> str | None:
    """Name the program that is not there."""
    if not PROGRAM.is_file():
        return f"there is no {PROGRAM}"
    return None if find_spec("playwright") else "playwright is not installed"


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Print each document as a page."""
    from playwright.sync_api import sync_playwright

    targets = [folder / f"{number:04d}.pdf" for number in range(len(documents))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(PROGRAM), args=["--no-sandbox"])
        page = browser.new_page()
        for target, document in zip(targets, documents, strict=True):
            page.set_content(web_page(document))
            if _has_page_notes(document):
                page.evaluate(PAGES.read_text("utf-8"), (PAPER_HEIGHT - 2 * document.look.margin) * 4 / 3)
            margin = f"{document.look.margin * 4 / 3:.0f}px"
            page.pdf(
                path=target,
                format="A4",
                margin={"top": margin, "bottom": margin, "left": margin, "right": margin},
                display_header_footer=not document.has_changing_heads and bool(document.head or document.foot),
                header_template=_furniture(document.head, document.look, "top"),
                footer_template=_furniture(document.foot, document.look, "bottom"),
            )
        browser.close()
    return targets


def _has_page_notes(document: Document) -> bool:
    """Notes stand at the foot of pages, or as in most web pages at the end."""
    notes = any(run.note is not None for one in document.paragraphs for run in one.runs)
    return notes and not document.look.end_notes and document.look.columns == 1


def web_page(document: Document) -> str:
    """The document as HTML."""
    look = document.look
    notes: list[str] = []
    parts = []
    chapters = count()
    for spans, blocks in document.stretches:
        html = "".join(_chaptered(_block(block, look, notes), block, chapters) for block in blocks)
        parts.append(f'<div class="spanning">{html}</div>' if spans else html)
    above = parts.pop(0) if document.stretches[0][0] and len(parts) > 1 else ""
    body = f'{above}<div class="text">{"".join(parts)}</div>'
    if notes:
        rows = "".join(
            f"<p><sup>{mark}</sup>{behind}{escape(note)}</p>"
            for at, note in enumerate(notes, 1)
            for mark, behind in [look.sign(at)]
        )
        body += f'<div class="notes">{rows}</div>'
    if document.watermark:
        turned = f"transform: rotate({-document.watermark.angle}deg); font-size: {document.watermark.scale}em"
        body += f'<div class="watermark" style="{turned}">{escape(document.watermark.text)}</div>'
    return f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>{_sheet(look)}{_page_boxes(document)}</style><body class="{look.labels}">{body}</body></html>'


def _sheet(look: Look) -> str:
    """The style sheet."""
    return f"""
        body {{ margin: 0; width: {595.28 - 2 * look.margin}pt; font: {look.size}pt/{look.leading} "{FONTS[look.font % len(FONTS)]}"; }}
        p {{ margin: 0; }}
        .red {{ color: red; border-bottom: 2px solid red; }}
        .contents {{ display: flex; }}
        .contents i {{ flex: 1; overflow: hidden; white-space: nowrap; direction: rtl; }}
        .text {{ columns: {look.columns}; column-gap: {look.gutter}pt; column-rule: {"1px solid" if look.gutter_rule else "none"};
                 column-fill: {"balance" if look.spanning == "headings" else "auto"}; }}
        .spanning {{ column-span: all; }}
        .sheet {{ position: relative; break-after: page; overflow: hidden; }}
        .foot {{ position: absolute; bottom: 0; left: 0; right: 0; }}
        .notes, .foot {{ font-size: 0.75em; line-height: {look.note_leading}; }}
        .notes {{ margin-top: 2em; }}
        .notes::before, .foot:has(p)::before {{ content: ""; display: block; width: 30%; border-top: 1px solid; }}
        .watermark {{ position: fixed; top: 45%; left: 0; right: 0; text-align: center; color: #cdcdcd; z-index: -1; }}
        .beside .labelled {{ display: grid; grid-template-columns: 9em 1fr; }}
        .above .label, .above .value {{ display: block; }}
        .above .value {{ margin-left: 2em; }}
        .boxed .labelled {{ border: 1px solid #999; padding: 4pt 6pt; margin: 4pt 0; }}
        sup, sub {{ line-height: 0; }}
        table {{ width: 100%; border-collapse: collapse; }}
        td {{ border: 1px solid; }}
        .three td, .none td {{ border: none; padding: 2pt 5pt; }}
        .three tr.head td {{ border-top: 1px solid; border-bottom: 1px solid; }}
        .three tr:last-child:not(.head) td {{ border-bottom: 1px solid; }}
    """


def _chaptered(html: str, block: Block, chapters: Iterator[int]) -> str:
    """A block, at the start of pages of its own where the head changes."""
    if isinstance(block, Table) or not block.head:
        return html
    return f'</div><div class="spanning" style="page: chapter{next(chapters)}">{html}'


def _page_boxes(document: Document) -> str:
    """Heads that change, and the feet below them, in the boxes of the margin of a page."""
    if not document.has_changing_heads:
        return ""
    heads = enumerate(one.head for one in document.paragraphs if one.head)
    chapters = [(f"@page chapter{number}", head) for number, head in heads]
    pages = [("@page", document.head), ("@page :left", document.even_head), *chapters]
    sheets = [f"{page} {{ {_boxes(head, document.look, 'top')} }}" for page, head in pages if head]
    feet = [f"@page {{ {_boxes(document.foot, document.look, 'bottom')} }}"] if document.foot else []
    return "\n".join([*sheets, *feet])


def _boxes(furniture: Furniture, look: Look, side: str) -> str:
    inner = "bottom" if side == "top" else "top"
    form = f'font: {look.size * furniture.scale}pt "{FONTS[look.font % len(FONTS)]}"; vertical-align: {inner}'
    gap = look.margin - furniture.edge_in(look) - look.size * furniture.scale * 1.2
    return " ".join(
        f"@{side}-{place} {{ content: {_counted(part)}; {form}; padding-{inner}: {max(gap, 0):.1f}pt }}"
        for place, part in zip(("left", "center", "right"), furniture.places, strict=True)
    )


def _counted(template: str) -> str:
    """The words as content of CSS that counts pages."""
    words = re.sub(r"\{(n|total)\}", lambda slot: f'" counter({_COUNTERS[slot[1]]}) "', template)
    return f'"{words}"'


def _furniture(furniture: Furniture | None, look: Look, side: str) -> str:
    if furniture is None:
        return "<span></span>"
    cells = "".join(f"<span>{_with_pages(part)}</span>" for part in furniture.places)
    style = f"font-size: {look.size * furniture.scale / 0.75}px; width: 100%; margin: 0 {look.margin}pt; display: flex; justify-content: space-between"
    if furniture.edge is not None:
        style += f"; padding-{side}: {furniture.edge - BROWSERS_EDGE}pt"
    return f'<div style="{style}">{cells}</div>'


def _with_pages(template: str) -> str:
    words = escape(template)
    for slot, counter in _PAGES.items():
        words = words.replace(slot, counter)
    return words


def _table(table: Table) -> str:
    """A table; a browser repeats its head on each page."""
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in table.rows)
    first, *others = (f"<tr>{row}</tr>" if at else f'<tr class="head">{row}</tr>' for at, row in enumerate(rows))
    columns = "".join(f'<col style="width: {share:.1f}%">' for share in table.shares(100)) if table.widths else ""
    head = f"<thead>{first}</thead>" if table.repeats_heads else first
    return f'<table class="{table.rules}">{columns}{head}{"".join(others)}</table>'


def _block(block: Block, look: Look, notes: list[str]) -> str:
    if isinstance(block, Table):
        return _table(block)
    if look.labels and block.kind == "body" and (label := _LABEL.match(block.runs[0].text)):
        return _labelled(label[0], block.runs, look, notes)
    words = "".join(_run(run, look, notes) for run in block.runs)
    if block.kind == "contents":
        entry, _, page = words.partition("\t")
        words = f"<span>{entry}</span><i>{'.' * 200}</i><span>{page}</span>"
    first, others = look.indents(block)
    style = "break-before: page; " if block.starts_page else ""
    style += f"text-align: {look.alignment(block)}; text-indent: {first - others}em; padding-left: {others}em"
    style += f"; font-size: {block.scale}em" if block.scale != 1 else ""
    return f'<p class="{block.kind}" style="{style}">{words}</p>'


def _labelled(label: str, runs: Sequence[Run], look: Look, notes: list[str]) -> str:
    """A label and its value, which the style sheet sets apart."""
    first = replace(runs[0], text=runs[0].text[len(label) :])
    value = "".join(_run(run, look, notes) for run in (first, *runs[1:]))
    return f'<p class="labelled"><span class="label">{label}</span><span class="value">{value}</span></p>'


def _run(run: Run, look: Look, notes: list[str]) -> str:
    if run.note is not None:
        notes.append(run.note)
        tag = "span" if look.level_marks else "sup"
        return f'<{tag} data-note="{len(notes)}">{look.mark(len(notes))}</{tag}>'
    words = escape(run.text)
    if run.bold:
        words = f"<b>{words}</b>"
    if run.script:
        tag = "sup" if run.script == "superscript" else "sub"
        words = f"<{tag}>{words}</{tag}>"
    if run.unseen:
        words = f'<span style="{_UNSEEN[run.unseen]}; print-color-adjust: exact">{words}</span>'
    if run.change:
        words = f"<{_CHANGES[run.change]}>{words}</{_CHANGES[run.change]}>"
    return words
