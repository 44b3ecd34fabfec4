"""guide-extract: a Chinese research-funding guide as structured data, with evidence for every value.

>>> from extract import extract_guide
>>> guide = extract_guide("raw/guide_2017.pdf")  # doctest: +SKIP
>>> guide.sections[0].funding.value.max  # doctest: +SKIP
180000000
"""

from extract.errors import CorrectionError, ExtractError, ProfileError, UnreadableGuide, UsageError
from extract.export.json import load
from extract.pipeline import extract_guide
from extract.records import Guide

__version__ = "0.1.0"
__all__ = [
    "CorrectionError",
    "ExtractError",
    "Guide",
    "ProfileError",
    "UnreadableGuide",
    "UsageError",
    "extract_guide",
    "load",
]
