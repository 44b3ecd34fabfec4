"""The pages of a file as pictures: of a PDF they are drawn, a picture file holds one or several."""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extract.errors import LimitPassed, UnreadableGuide
from extract.limits import Limits, raise_limit_passed
from extract.pull.reading import damaged_error, encrypted_error

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 2339  # pixels, of A4 at 200 dpi: engines read no better in more, and take longer
_LONG_SIDE_POINTS = 841.89  # of A4: what a picture file says of its size cannot be trusted
_FORMATS = ("PNG", "JPEG", "TIFF")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_MILLION = 10**6


def is_picture(data: bytes) -> bool:
    """True for the first bytes of a PNG, JPEG or TIFF file."""
    return data.startswith(_SIGNATURES)


def count_pictures(data: bytes, name: str, limits: Limits) -> int:
    """Return how many pictures a file holds. Raises UnreadableGuide, and LimitPassed."""
    with _opened(data, name, limits) as file:
        return _count(file)


def pictures_in_file(data: bytes, name: str, limits: Limits) -> Iterator[tuple["Image", float]]:
    """Yield the pictures of a file, upright as its camera says, each with the size of its pixels in points.

    Raises UnreadableGuide, and LimitPassed before a picture that is too large is unpacked.
    """
    from PIL import ImageOps, ImageSequence

    with _opened(data, name, limits) as file:
        for frame in ImageSequence.Iterator(file):
            if frame.width * frame.height > limits.pixels * _MILLION:
                raise_limit_passed("pixels", limits)
            picture = _on_paper(ImageOps.exif_transpose(frame))
            yield picture, _LONG_SIDE_POINTS / max(picture.size)


@contextmanager
def _opened(data: bytes, name: str, limits: Limits) -> Iterator["Image"]:
    """A picture file within the limit on pages, and its errors as the program's own."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are limited here, and of odd tags
            with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
                if _count(file) > limits.pages:
                    raise_limit_passed("pages", limits)
                yield file
    except (LimitPassed, MemoryError):
        raise
    except Image.DecompressionBombError:  # Pillow's own limit, beyond which it opens nothing
        raise_limit_passed("pixels", limits)
    except Exception as error:  # Pillow raises anything from its own errors to a bare struct.error on a damaged file
        raise UnreadableGuide(
            f"{name}: a picture that cannot be read ({error or type(error).__name__}); scan the guide again"
        ) from None


def _count(file: "Image") -> int:
    return getattr(file, "n_frames", 1)  # a JPEG has no such attribute


def _on_paper(picture: "Image") -> "Image":
    """The picture in RGB, on white where it is transparent, and no larger than engines need."""
    from PIL import Image

    if picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), coloured)
    elif picture.mode.startswith("I;16"):  # of 16 bits Pillow would cut off what is over 255
        picture = picture.point(lambda level: level / 256).convert("L")
    picture = picture.convert("RGB")
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    return picture


def pictures_of_pages(
    data: bytes, name: str, pages: Sequence[int], password: str | None
) -> Iterator[tuple["Image", float]]:
    """Yield pages of a PDF, drawn, each with the size of its pixels in points. Raises UnreadableGuide."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data, password=password) as document:
            for number in pages:
                yield _drawn(document, number)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise encrypted_error(name, password) from None
        raise damaged_error(name, str(error)) from None


def _drawn(document: Any, number: int) -> tuple["Image", float]:
    from extract.pull.pdfium_reader import page_box

    page = document[number - 1]
    try:
        left, low, right, high, _ = page_box(page, number)
        page.set_cropbox(left, low, right, high)
        scale = LONG_SIDE / max(right - left, high - low)
        return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB"), 1 / scale
    finally:
        page.close()
