"""Picture files: recognised by content, bounded before they are unpacked, and an error of one line where broken."""

import io
import struct
import zlib
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.pull import pull, recognise
from extract.pull.ocr_reader.pictures import LONG_SIDE, count_pictures, pictures_in_file


def packed(picture: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PAGE = Image.new("L", (200, 300), 255)
HUGE = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 25_000, 8, 0, 0, 0, 0)) + chunk(b"IEND", b"")
)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_recognised_by_its_content(form: str) -> None:
    assert recognise(packed(PAGE, form)) == "ocr"


def test_other_pictures_are_none() -> None:
    assert recognise(packed(PAGE, "BMP")) != "ocr"


def test_a_picture_of_a_thousand_million_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(LimitPassed, match="has a picture of more than 80 million pixels, the limit pixels"):
        next(pictures_in_file(HUGE, "a.png", DEFAULT_LIMITS))


def test_each_picture_of_a_tiff_is_a_page_within_the_limit() -> None:
    data = packed(PAGE, "TIFF", save_all=True, append_images=[PAGE, PAGE])
    assert (
        len(list(pictures_in_file(data, "a.tiff", DEFAULT_LIMITS)))
        == count_pictures(data, "a.tiff", DEFAULT_LIMITS)
        == 3
    )
    with pytest.raises(LimitPassed, match="has more than 2 pages"):
        next(pictures_in_file(data, "a.tiff", Limits(pages=2)))


@pytest.mark.parametrize("data", [packed(PAGE, "PNG")[:60], packed(PAGE, "TIFF")[:40], b"\xff\xd8\xff" + bytes(50)])
def test_a_broken_picture_is_an_error_of_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableGuide, match=r"^a: a picture that cannot be read \(.*\); scan the guide again$"):
        list(pictures_in_file(data, "a", DEFAULT_LIMITS))


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGBA", (200, 300), (0, 0, 0, 0)),
        Image.new("LA", (200, 300), (0, 0)),
        Image.new("I;16", (200, 300), 65535),
        Image.new("1", (200, 300), 1),
    ],
    ids=lambda picture: picture.mode,
)
def test_paper_is_white_however_it_is_packed(picture: Image.Image) -> None:
    ((page, _),) = pictures_in_file(packed(picture, "PNG"), "a.png", DEFAULT_LIMITS)
    assert page.mode == "RGB"
    assert page.getpixel((50, 50)) == (255, 255, 255)


def test_a_photo_is_upright_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    ((page, _),) = pictures_in_file(packed(PAGE, "JPEG", exif=exif), "a.jpg", DEFAULT_LIMITS)
    assert page.size == (300, 200)


def test_the_longer_side_counts_as_that_of_a4() -> None:
    ((page, scale),) = pictures_in_file(packed(PAGE.resize((4000, 6000)), "PNG"), "a.png", DEFAULT_LIMITS)
    assert page.height == LONG_SIDE
    assert page.height * scale == pytest.approx(841.89)


def test_without_the_extra_the_error_says_how_to_install_it(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(packed(PAGE, "PNG"))
    with (
        patch("extract.pull.ocr_reader.is_installed", return_value=False),
        pytest.raises(
            UnreadableGuide, match=r"a\.png: a picture; to read it, install OCR: pip install 'guide-extract\[ocr\]'"
        ),
    ):
        pull(path)
