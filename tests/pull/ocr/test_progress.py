"""OCR reports each page that it has read, of how many: what the bars of a terminal show."""

import io
from collections.abc import Callable
from unittest.mock import patch

import pytest
from PIL import Image

from extract.limits import DEFAULT_LIMITS
from extract.model.stages import PageTurn
from extract.pull import ocr_reader
from extract.pull.reading import FileReading
from tests.support.scans import as_pdf

PAGE = Image.new("L", (200, 300), 255)


def tiff(pictures: int) -> bytes:
    file = io.BytesIO()
    PAGE.save(file, "TIFF", save_all=True, append_images=[PAGE] * (pictures - 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("read", "count"),
    [
        (lambda: ocr_reader.read_pictures(tiff(3), "a.tiff", DEFAULT_LIMITS), 3),
        (lambda: ocr_reader.read_pictures(tiff(1), "a.tiff", DEFAULT_LIMITS), 1),
        (lambda: ocr_reader.read_scanned_pages(as_pdf([PAGE] * 4), "a.pdf", [2, 4], DEFAULT_LIMITS, None), 2),
    ],
    ids=["a file of three pictures", "a picture", "two scanned pages of a PDF"],
)
def test_each_page_is_reported_when_it_is_read(read: Callable[[], FileReading], count: int) -> None:
    happened: list[str] = []

    def read_page(*_: object) -> ocr_reader._Page:
        happened.append("read")
        return ocr_reader._Page([], PageTurn(0, 0.0), 0, [])

    with (
        patch.object(ocr_reader.rapidocr_engine, "RapidOcr"),
        patch.object(ocr_reader, "_read_page", read_page),
        patch.object(
            ocr_reader, "report_step", lambda counted, done, count: happened.append(f"{counted}: {done}/{count}")
        ),
    ):
        assert len(read().turns) == count
    assert happened[::2] == [f"pages read by OCR: {done}/{count}" for done in range(count + 1)]
    assert happened[1::2] == ["read"] * count
