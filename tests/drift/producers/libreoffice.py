"""Word files through LibreOffice Writer, all of them in one start of the program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.drift.document import Document
from tests.drift.producers.word_file import word_file

PROGRAM = "soffice"
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL SungtiL GB", "WenQuanYi Zen Hei")


def missing() -> str | None:
    """Name the program that is not there."""
    return None if shutil.which(PROGRAM) else f"there is no {PROGRAM}"


def draw(documents: Sequence[Document], folder: Path) -> list[Path]:
    """Write a Word file for each document, and convert them."""
    sources = [folder / f"{number:04d}.docx" for number in range(len(documents))]
    for source, document in zip(sources, documents, strict=True):
        source.write_bytes(word_file(replace(document, comments=()), FONTS[document.look.font % len(FONTS)]))
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    command = [PROGRAM, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True)
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return [source.with_suffix(".pdf") for source in sources]
