"""guide-extract: a Chinese research-funding guide as structured data, with evidence for every value.

>>> from extract import extract_guide
>>> guide = extract_guide("raw/guide_2017.pdf")  # doctest: +SKIP
>>> guide.sections[0].funding.value.max  # doctest: +SKIP
180000000
"""

from typing import TYPE_CHECKING, Any

from extract.errors import CorrectionError, ExtractError, ProfileError, UnreadableGuide, UsageError

if TYPE_CHECKING:
    from extract.export.json import load
    from extract.model.record import Guide
    from extract.pipeline import extract_guide

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


def __getattr__(name: str) -> Any:
    """Import on first access what takes a while to load."""
    if name == "Guide":
        from extract.model.record import Guide

        return Guide
    if name == "extract_guide":
        from extract.pipeline import extract_guide

        return extract_guide
    if name == "load":
        from extract.export.json import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
