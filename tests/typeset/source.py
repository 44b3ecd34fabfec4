"""A guide to draw as plain text: one paragraph to a line, and how it is drawn in the first.

    ``@ ``     the style: Style's keywords as TOML, ``@ copies = 2, size = 12``
    ``= ``     a line of the title, centred
    ``# ``     a heading, in bold
    (empty)    a line of the grid left blank

Any other line is a paragraph.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path

from tests.typeset.draw import draw
from tests.typeset.layout import Kind, Paragraph, pages_from_paragraphs
from tests.typeset.style import PUBLISHED, Style

_MARKS: dict[str, Kind] = {"= ": "title", "# ": "heading"}


def read_source(text: str) -> tuple[list[Paragraph], Style]:
    """The paragraphs, and the style to draw them in."""
    rows = text.removesuffix("\n").split("\n")
    style = PUBLISHED
    if rows[0].startswith("@ "):
        style = Style(**tomllib.loads(f"style = {{{rows.pop(0)[2:]}}}")["style"])
    return [_paragraph(row) for row in rows], style


def _paragraph(row: str) -> Paragraph:
    kind = _MARKS.get(row[:2])
    return Paragraph(row[2:], kind) if kind else Paragraph(row, "body" if row else "blank")


def write_source(content: list[Paragraph], style: Style) -> str:
    """The text that reads as these paragraphs in this style."""
    knobs = {key: value for key, value in asdict(style).items() if value != getattr(PUBLISHED, key)}
    told = ", ".join(f"{key} = {_toml(value)}" for key, value in knobs.items())
    marks = {kind: mark for mark, kind in _MARKS.items()}
    rows = [marks.get(one.kind, "") + "".join(run.text for run in one.runs) for one in content]
    return "\n".join([*([f"@ {told}"] if told else []), *rows]) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def draw_source(path: Path) -> bytes:
    """The guide as a PDF."""
    content, style = read_source(path.read_text("utf-8"))
    return draw(pages_from_paragraphs(content, style), style, title="A made-up guide")
