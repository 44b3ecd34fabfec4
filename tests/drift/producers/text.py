"""Plain text, a paragraph to a line, as people save it from an editor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.drift.document import Document, Paragraph

_INDENT = "　　"


def missing() -> str | None:
    return None


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Write a text file for each document."""
    files = [folder / f"{number:04d}.txt" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_text("".join(f"{line}\n" for block in document.blocks for line in _lines(block)), "utf-8")
    return files


def _lines(block: Paragraph | object) -> list[str]:
    if not isinstance(block, Paragraph):
        raise TypeError("plain text has no tables")
    return [_INDENT + block.text if block.kind == "body" else block.text]
