"""A guide as plain text: one printed line to a line, the page's number first, fake bold as an extractor gives it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.typeset.layout import Line, Page
from tests.typeset.style import Style


def dumped(pages: Iterable[Page], style: Style) -> str:
    """The lines of all pages; a form feed before each further one."""
    sheets = []
    for number, page in enumerate(pages, 1):
        footer = page.footer if style.footer is None else style.footer.format(n=number)
        sheets.append("\n".join([*([footer] if footer else []), *(_line(line, style) for line in page.lines)]) + "\n")
    return "\f".join(sheets)


def _line(line: Line, style: Style) -> str:
    """A line; of a heading or title, bold runs come as often as they are printed."""
    if line.kind not in ("heading", "title") or style.layers == 1:
        return line.text
    glyph_by_glyph = style.by == "glyph"
    return "".join(
        run.text
        if not run.bold
        else "".join(char * style.layers for char in run.text)
        if glyph_by_glyph
        else run.text * style.layers
        for run in line.runs
    )
