"""Markdown in the manner of the converters that write it: which one is chosen as other producers choose a font."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape as escape_html
from itertools import groupby, zip_longest
from pathlib import Path
from unicodedata import east_asian_width

from tests.drift.document import Block, Document, Look, Paragraph, Run, Table

_MARKS = re.compile(r"([\\`*_\[\]<>#~^$|])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_BEFORE_SCRIPT = re.compile(r"[0-9A-Za-zμ]+$")
FILL = 36
"""pandoc's 72 columns, in characters of Chinese."""
_TABLE_WIDTH = 160
_OPENING, _CLOSING = "[（《“【]", "[，。、；：？）》”】]"
_UNBROKEN = r"<(\w+)>.*?</\1>|\*\*.*?\*\*|[!-)+-;=?-~]+"
_PRINTED = re.compile(rf"{_OPENING}*(?:{_UNBROKEN}|.) *{_CLOSING}*")
_UNSEEN = re.compile(r"</?\w+>|\*\*")
_HEADINGS = ("title", "announcement", "heading")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


def missing() -> str | None:
    """Nothing is needed."""
    return None


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Write each document."""
    targets = [folder / f"{number:04d}.md" for number in range(len(documents))]
    for target, document in zip(targets, documents, strict=True):
        target.write_text(markdown(document, DIALECTS[document.look.font % len(DIALECTS)]), "utf-8")
    return targets


@dataclass(frozen=True)
class Dialect:
    """How one converter writes. `struck` and `raised`, `lowered` are put around words, `formulas` take them in."""

    heading: str
    escape: Callable[[str], str]
    table: Callable[[Table], str]
    raised: str = "<sup>{}</sup>"
    lowered: str = "<sub>{}</sub>"
    struck: str = "<del>{}</del>"
    bold: str = "{}"
    formulas: bool = False
    own_notes: bool = False
    """[^1] in the place of a mark, and at the end [^1]: with the note."""
    around: tuple[str, str] = ("", "\n")
    """Before and after the whole text."""
    lines: Callable[[str, Look], str] = field(default=lambda words, _: words)
    """The lines of a paragraph."""
    between: str = "\n\n"
    """Between paragraphs; before and after headings and tables stands an empty line."""


def markdown(document: Document, dialect: Dialect) -> str:
    """The document as the converter writes it."""
    notes: list[str] = []
    parts: list[str] = []
    for is_body, blocks in groupby(document.blocks, key=_is_body):
        written = [_block(block, document.look, dialect, notes) for block in blocks]
        parts.append((dialect.between if is_body else "\n\n").join(written))
    for number, note in enumerate(notes, 1):
        words = dialect.escape(note)
        mark, behind = document.look.sign(number)
        if _has_own_notes(document.look, dialect):
            parts.append(f"[^{number}]: {words}")
        else:
            parts.append(f"{_script(mark, 'superscript', dialect)}{behind}{words}")
    before, after = dialect.around
    return before + "\n\n".join(parts) + after


def _has_own_notes(look: Look, dialect: Dialect) -> bool:
    """True if notes are Markdown's; typed marks stay as they are."""
    return dialect.own_notes and not look.typed_notes and not look.circled_notes


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind in ("body", "flush")


def _block(block: Block, look: Look, dialect: Dialect, notes: list[str]) -> str:
    if isinstance(block, Table):
        return dialect.table(block)
    words = "".join(_runs(block, look, dialect, notes)).replace("\t", "……………… ")
    if block.kind in _HEADINGS:
        return f"{dialect.heading} {words}"
    return dialect.lines(words, look)


def _runs(block: Paragraph, look: Look, dialect: Dialect, notes: list[str]) -> list[str]:
    written: list[str] = []
    for (bold, change), runs in groupby(block.runs, key=lambda run: (run.bold, run.change)):
        words = "".join(_words(list(runs), look, dialect, notes))
        words = dialect.bold.format(words) if bold and block.kind not in _HEADINGS else words
        words = dialect.struck.format(words) if change in ("struck", "deleted") else words
        written.append(f"<ins>{words}</ins>" if change == "inserted" else words)
    return written


def _words(runs: Sequence[Run], look: Look, dialect: Dialect, notes: list[str]) -> list[str]:
    """The words of runs that are alike but for what is raised and lowered."""
    written: list[str] = []
    for run in runs:
        if run.note is not None:
            notes.append(run.note)
            mark = look.mark(len(notes))
            written.append(
                f"[^{len(notes)}]" if _has_own_notes(look, dialect) else _script(mark, "superscript", dialect)
            )
        elif run.script and dialect.formulas and written and (host := _BEFORE_SCRIPT.search(written[-1])):
            written[-1] = written[-1][: host.start()]
            sign = "^" if run.script == "superscript" else "_"
            words = host[0] if host[0].isdigit() else rf"\mathrm{{{host[0]}}}"
            written.append(f"${words}{sign}{{{run.text}}}$")
        elif run.script:
            written.append(_script(run.text, run.script, dialect))
        else:
            words = dialect.escape(run.text)
            written.append(_PERCENT.sub(r"$\1 \\%$", words) if dialect.formulas else words)
    return written


def _script(words: str, script: str, dialect: Dialect) -> str:
    if dialect.formulas:
        return f"$^{{{words}}}$" if script == "superscript" else f"$_{{{words}}}$"
    return (dialect.raised if script == "superscript" else dialect.lowered).format(words)


def _escape_all(words: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words))


def _escape_tags(words: str) -> str:
    return escape_html(words, quote=False).replace("_", r"\_")


def _escape_stars(words: str) -> str:
    return words.replace("*", r"\*")


def _pipe_table(table: Table) -> str:
    head, *rows = ("| " + " | ".join(row) + " |" for row in table.rows)
    return "\n".join([head, "|" + "---|" * len(table.rows[0]), *rows])


def _dashed_table(table: Table) -> str:
    """pandoc's own, its columns below dashes: a line to a row, or as many as their words take."""
    if table.widths:
        return _multiline_table(table)
    widths = [max(round(2 * _width(cell)) for cell in column) for column in zip(*table.rows, strict=True)]
    head, *rows = (
        "  " + " ".join(cell + " " * (width - round(2 * _width(cell))) for cell, width in zip(row, widths, strict=True))
        for row in table.rows
    )
    return "\n".join([head, "  " + " ".join("-" * width for width in widths), *rows])


def _multiline_table(table: Table) -> str:
    """Rows with empty lines between them, all of it between rules; the columns are as wide as in the document."""
    widths = [max(4, round(share)) for share in table.shares(_TABLE_WIDTH)]
    rows = []
    for row in table.rows:
        cells = (_cell_lines(cell, width) for cell, width in zip(row, widths, strict=True))
        rows.append("\n".join(_padded(line, widths) for line in zip_longest(*cells, fillvalue="")))
    rule, dashes = "-" * (sum(widths) + len(widths) - 1), " ".join("-" * width for width in widths)
    head, *others = rows
    return "\n".join([f"  {rule}", head, f"  {dashes}", "\n\n".join(others), f"  {rule}"])


def _cell_lines(cell: str, width: int) -> list[str]:
    lines = [""]
    for piece in re.findall(r"[!-~]+ ?|.", cell):
        if lines[-1] and _places(lines[-1]) + _places(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _places(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  " + " ".join(padded).rstrip()


def _places(words: str) -> int:
    """The places that pandoc counts: what may be narrow is (“ —)."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in words)


def _html_table(table: Table) -> str:
    rows = ("".join(f"<td>{escape_html(cell)}</td>" for cell in row) for row in table.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _filled(words: str, look: Look) -> str:
    """The words with lines filled as pandoc does it, or as they are."""
    return _lines(re.findall(r"[^ ]+ ?", words), FILL) if look.justified else words


def _printed(words: str, look: Look) -> str:
    """The lines of a page. Marks of Markdown and what they are around stand on one line."""
    width = (595 - 2 * look.margin) / look.size
    return _lines([match[0] for match in _PRINTED.finditer(words)], width)


def _lines(pieces: Sequence[str], width: float) -> str:
    lines = [""]
    for piece in pieces:
        if lines[-1] and _width(lines[-1]) + _width(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def _width(words: str) -> float:
    """In characters of Chinese."""
    return sum(1 if east_asian_width(char) in "WFA" else 0.5 for char in _UNSEEN.sub("", words))


DIALECTS: tuple[Dialect, ...] = (
    Dialect(  # pandoc
        "#", _escape_all, _dashed_table, raised="^{}^", lowered="~{}~", struck="~~{}~~", bold="**{}**", own_notes=True, lines=_filled
    ),
    Dialect("#", _escape_stars, _html_table, formulas=True, struck="~~{}~~"),  # MinerU
    Dialect("##", _escape_tags, _pipe_table, around=("<!-- image -->\n\n", "\n")),  # docling
    Dialect("#", _escape_stars, _pipe_table, bold="**{}**", lines=_printed),  # markitdown, of a PDF
    Dialect("#", _escape_stars, _pipe_table, lines=_printed, between="\n"),  # the same without empty lines
    Dialect("###", _escape_stars, _pipe_table, bold="**{}**", between="\n"),  # by hand, a paragraph to a line
)  # fmt: skip
