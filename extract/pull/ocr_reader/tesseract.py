"""Tesseract, the second engine where it is installed: it shares no code with the first, and confirms what it reads."""

import io
import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from extract.limits import Limits
from extract.pull.ocr_reader.line import OcrLine

if TYPE_CHECKING:
    from PIL.Image import Image

NAME = "Tesseract"
_LANGUAGE = "chi_sim"
_WORD = "5"  # the level of words in its table
_COLUMNS = 12


@cache
def is_installed() -> bool:
    """True if the command is there and knows Chinese."""
    if shutil.which("tesseract") is None:
        return False
    listed = _run(["--list-langs"], b"", seconds=10)
    return listed is not None and _LANGUAGE in listed.split()


def read_words(picture: "Image", dpi: int, limits: Limits) -> list[OcrLine] | None:
    """Read the words of a page, which are single characters mostly; None where it fails or takes too long."""
    file = io.BytesIO()
    picture.convert("L").save(file, "PNG", compress_level=1)
    options = ["stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(dpi), "tsv"]
    table = _run(options, file.getvalue(), seconds=limits.ocr_seconds)
    return None if table is None else [word for row in table.splitlines() for word in _word(row)]


def _word(row: str) -> list[OcrLine]:
    cells = row.split("\t")
    if len(cells) != _COLUMNS or cells[0] != _WORD or not cells[-1].strip():
        return []
    left, top, width, height = map(int, cells[6:10])
    return [OcrLine((left, top, left + width, top + height), cells[-1].strip(), float(cells[10]) / 100)]


def _run(options: list[str], given: bytes, *, seconds: int) -> str | None:
    """The output of the command, which has the limits of this process on memory, and one thread."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ["tesseract", *options], input=given, capture_output=True, timeout=seconds, env=environment, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
