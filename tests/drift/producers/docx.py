"""Word files as they are, with Word's own comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.drift.document import Document
from tests.drift.producers.libreoffice import FONTS
from tests.drift.producers.word_file import word_file


def missing() -> str | None:
    return None


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Write a Word file for each document."""
    files = [folder / f"{number:04d}.docx" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(word_file(document, FONTS[document.look.font % len(FONTS)]))
    return files
