"""Each Python library in the few lines that its documentation shows: python -m benchmarks.scripts NAME GUIDE

Libraries are imported where they are used, so that a process pays for one alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any

TEMPLATES = f"{__file__.rpartition('/')[0]}/templates"
"""Where invoice2data finds its template."""


def guide_extract(guide: str, reader: Any) -> bytes:
    """The record as JSON, with evidence and checks: the bytes that the command writes."""
    from extract import extract_guide
    from extract.export.json import dumps

    return dumps(extract_guide(guide, reader=reader))


def pdfplumber(guide: str) -> str:
    import pdfplumber

    with pdfplumber.open(guide) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdfminer(guide: str) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(guide)


def pypdf(guide: str) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(guide).pages)


def pypdfium2(guide: str) -> str:
    from pypdfium2 import PdfDocument

    return "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(guide))


def kreuzberg(guide: str) -> str:
    """Its cache on the disk is off: it would answer a second reading without reading."""
    from kreuzberg import ExtractionConfig, extract_file_sync

    text: str = extract_file_sync(guide, config=ExtractionConfig(use_cache=False)).content
    return text


def markitdown(guide: str) -> str:
    text: str = _converter().convert(guide).text_content
    return text


@cache
def _converter() -> Any:
    from markitdown import MarkItDown

    return MarkItDown()


def invoice2data(guide: str) -> str:
    """What the template finds, one section a line; of values the words, nothing is made of them."""
    import json

    from invoice2data import extract_data

    found: list[dict[str, str]] = extract_data(guide, templates=_templates()).get("lines", [])
    return "\n".join(f"{row.pop('number')} {row.pop('title')}\n{json.dumps(row, ensure_ascii=False)}" for row in found)


@cache
def _templates() -> Any:
    from invoice2data.extract.loader import read_templates

    return read_templates(TEMPLATES)


READ: dict[str, Callable[[str], str | bytes]] = {
    "guide-extract both": partial(guide_extract, reader="both"),
    "guide-extract pdfium": partial(guide_extract, reader="pdfium"),
    "guide-extract pdfplumber": partial(guide_extract, reader="pdfplumber"),
    "pdfplumber": pdfplumber,
    "pdfminer.six": pdfminer,
    "pypdf": pypdf,
    "pypdfium2": pypdfium2,
    "kreuzberg": kreuzberg,
    "markitdown": markitdown,
    "invoice2data": invoice2data,
}


def encoded(product: str | bytes) -> bytes:
    return product.encode() if isinstance(product, str) else product


if __name__ == "__main__":
    sys.stdout.buffer.write(encoded(READ[sys.argv[1]](sys.argv[2])))
