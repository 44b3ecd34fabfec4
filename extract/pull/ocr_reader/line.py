"""A line of print as an engine reads it."""

from typing import NamedTuple

Pixels = tuple[int, int, int, int]  # left, top, right, bottom; the right and the lower edge are outside


class OcrLine(NamedTuple):
    """A line: its box on the straightened picture, its words, and how certain the engine is of them, from 0 to 1.

    `centres` are where the middles of its characters stand, if the engine tells.
    """

    box: Pixels
    words: str
    score: float
    centres: tuple[float, ...] = ()
