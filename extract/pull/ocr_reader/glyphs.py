"""Make glyphs of the lines that an engine reads: each character has its share of its line's box."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from extract.model.text import Glyph, display_width
from extract.pull.ocr_reader.line import OcrLine, Pixels
from extract.pull.reading import ASCENT, DESCENT

if TYPE_CHECKING:
    from PIL.Image import Image

FONT = "ocr"
_INK_LEVEL = 128  # of 255: what is darker is ink, when a box is drawn in to it
_CHINESE_HEIGHT = 0.92  # of the type size: the ink of Chinese characters
_LATIN_HEIGHT = 0.70  # of the type size: that of digits and capital letters
_CHINESE_BELOW = 0.08  # of the type size: how far Chinese characters reach below the baseline
_SAME_SIZE = 0.15  # sizes of lines that differ by less than this part are one: a box is not drawn more exactly

_GAP = 0.6  # of the type size: marks, whose ink lies at one side, leave half of it


def to_glyphs(lines: Sequence[OcrLine], picture: "Image", page: int, scale: float) -> list[list[Glyph]]:
    """The glyphs of each line; `scale` is the size of a pixel in points."""
    boxes = [_drawn_in(line.box, picture) for line in lines]
    sizes = _levelled([_size(line.words, box) for line, box in zip(lines, boxes, strict=True)])
    return [_line(line, box, size, page, scale) for line, box, size in zip(lines, boxes, sizes, strict=True)]


def _drawn_in(box: Pixels, picture: "Image") -> Pixels:
    """The box drawn in to the ink within."""
    ink = picture.crop(box).convert("L").point(lambda level: 255 if level < _INK_LEVEL else 0).getbbox()
    if ink is None:
        return box
    return box[0] + ink[0], box[1] + ink[1], box[0] + ink[2], box[1] + ink[3]


def _size(words: str, box: Pixels) -> float:
    return (box[3] - box[1]) / (_CHINESE_HEIGHT if _has_chinese(words) else _LATIN_HEIGHT)


def _has_chinese(words: str) -> bool:
    return any(display_width(char) == 1 and char.isalnum() for char in words)


def _levelled(sizes: Sequence[float]) -> list[float]:
    """Sizes with those that are nearly the page's commonest made equal to it."""
    if not sizes:
        return []
    whole = Counter(round(size) for size in sizes)
    common = max(whole, key=lambda size: (sum(whole[near] for near in (size - 1, size, size + 1)), size))
    return [common if abs(size - common) <= _SAME_SIZE * common else size for size in sizes]


def _line(line: OcrLine, box: Pixels, size: float, page: int, scale: float) -> list[Glyph]:
    em = size * scale
    baseline = box[3] * scale - (_CHINESE_BELOW * em if _has_chinese(line.words) else 0)
    top, bottom = baseline - ASCENT * em, baseline + DESCENT * em
    glyphs = []
    for words, left, right in _stretches(line, box, size):
        widths = [display_width(char) for char in words]
        share = (right - left) / sum(widths) * scale
        edges = [left * scale + share * width for width in accumulate(widths, initial=0)]
        glyphs += [
            Glyph(char, page, x0, top, x1, bottom, FONT, em, x1 - x0, "", baseline)
            for char, (x0, x1) in zip(words, pairwise(edges), strict=True)
        ]
    return glyphs


def _stretches(line: OcrLine, box: Pixels, size: float) -> Iterator[tuple[str, float, float]]:
    """Cut a line at wide gaps, where the middles of characters lie farther apart than type is wide."""
    halves = [display_width(char) * size / 2 for char in line.words]
    gaps = [
        place
        for place in range(1, len(line.centres))
        if line.centres[place] - line.centres[place - 1] > halves[place - 1] + halves[place] + _GAP * size
    ]
    for start, end in pairwise([0, *gaps, len(line.words)]):
        left = line.centres[start] - halves[start] if start else box[0]
        right = line.centres[end - 1] + halves[end - 1] if end < len(line.words) else box[2]
        yield line.words[start:end], left, right
